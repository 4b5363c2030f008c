from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SignUpConfig(AppConfig):
    name = "programmes.signup"
    label = "signup"
    verbose_name = _("Sign-up")

    def ready(self) -> None:
        # Models and registers are there only once every app is loaded.
        from programmes.signup.listeners import (  # noqa: F401 - what people are told
            approval,
            registrations,
            reminders,
            waiting,
        )
        from programmes.signup.queries import words  # noqa: F401 - the journal, in words
        from programmes.signup.rules import network_rules  # noqa: F401 - registers what a library system may set
        from programmes.signup.steps import (  # noqa: F401 - registers what it keeps
            feed_holdings,
            fetch_holdings,
            group_holdings,
            holdings,
        )

        _hang_on_planning()
        _show_to_staff()
        _move_with_children()
        _show_to_readers()
        _add_to_own_pages()
        _add_staff_menu()
        _wait_for_answers()
        _take_letters()
        _hide_from_search_engines()


def _hang_on_planning() -> None:
    # Models are there only once every app is loaded.
    from programmes.planning.registers import activity_copiers, capacity_keepers, group_lines
    from programmes.signup.queries.group_line import group_line
    from programmes.signup.steps.resizing import keep_capacity
    from programmes.signup.steps.terms import copy_terms

    capacity_keepers.append(keep_capacity)
    activity_copiers.append(copy_terms)
    group_lines.append(group_line)


def _take_letters() -> None:
    # Models and registers are there only once every app is loaded.
    from notifications.registers import LetterAudience, add_letter_audience
    from programmes.signup.doors import letter_about
    from programmes.signup.queries.letters import GROUPS, people_of_session

    add_letter_audience(
        LetterAudience("signup.session", _("The families of a session"), GROUPS, letter_about, people_of_session)
    )


def _show_to_staff() -> None:
    # Models and views are there only once every app is loaded.
    from kit.page_parts import CardPart, PagePart
    from networks.registers import exportable
    from people.choices import Verb
    from programmes.planning.registers import activity_page_parts, session_page_parts, today_facts, today_ways
    from programmes.signup.views.session_list import export_rows
    from programmes.signup.views.staff_parts import of_activity, of_session
    from programmes.signup.views.today import lists_of, places_of

    exportable("signup.list", title=_("Who comes"), verb=Verb.SEE_PEOPLE, rows=export_rows)
    activity_page_parts.add(PagePart("signup.terms", "signup/staff/_of_activity.html", of_activity, place=10))
    session_page_parts.add(PagePart("signup.list", "signup/staff/_of_session.html", of_session, place=10))
    today_facts.add(CardPart("signup.places", "signup/staff/_places_today.html", places_of, place=10))
    today_ways.add(CardPart("signup.list", "signup/staff/_list_today.html", lists_of, place=20))


def _move_with_children() -> None:
    # Models are there only once every app is loaded.
    from people.registers import merges
    from programmes.signup.steps.circles import merge_members
    from programmes.signup.steps.merging import merge_seats

    merges.add("signup", merge_seats)
    merges.add("signup.circles", merge_members)


def _show_to_readers() -> None:
    # Models and registers are there only once every app is loaded.
    from kit.page_parts import PagePart
    from programmes.planning.registers import (
        ListChips,
        event_joins,
        event_offers,
        event_ways,
        free_places,
        list_chips,
    )
    from programmes.signup.queries.chips import chips_of, lacking, way_of, with_places
    from programmes.signup.queries.offers import offer_of
    from programmes.signup.queries.standing import JOINS
    from programmes.signup.views.event import way_in

    event_joins.extend(JOINS)
    list_chips.append(ListChips(chips_of, way_of, lacking))
    event_offers.append(offer_of)
    free_places.append(with_places)
    event_ways.add(PagePart("signup.way_in", "signup/_way_in.html", way_in, place=10))


def _add_to_own_pages() -> None:
    # Models and registers are there only once every app is loaded.
    from kit import clock
    from people.doors import member
    from people.registers import AccountGroup, AccountPage, account_pages
    from programmes.signup.queries.circles import memberships_of
    from programmes.signup.queries.mine import count_coming

    account_pages.add(
        AccountPage(
            "signup.registrations",
            pgettext_lazy("of a family", "My registrations"),
            "signup:mine",
            "ticket",
            line=_("what you have signed up for"),
            count=lambda request: count_coming(member(request), at=clock.now()),
            group=AccountGroup.FAMILY,
            place=5,
        )
    )
    account_pages.add(
        AccountPage(
            "signup.circles",
            pgettext_lazy("of a family", "My circles"),
            "signup:my-circles",
            "people",
            line=_("classes and clubs that you have joined"),
            count=lambda request: len(memberships_of(member(request))),
            group=AccountGroup.FAMILY,
            place=40,
            only_with_some=True,
        )
    )


def _add_staff_menu() -> None:
    # Models are there only once every app is loaded.
    from kit.navigation import Entry, Group, staff
    from programmes.signup.doors import tends_circles

    line = _("classes, clubs and invited families")
    staff.add(
        Entry(_("Circles"), "signup:circles", "people", 60, shown_to=tends_circles, group=Group.PLANNING, line=line)
    )


def _wait_for_answers() -> None:
    # Models are there only once every app is loaded.
    from kit import clock
    from kit.waiting import Waiting, waiting
    from programmes.signup.doors import receives_families, receiving_paths
    from programmes.signup.queries.approvals import count_to_answer

    waiting.add(
        Waiting(
            "signup.approvals",
            _("Sign-ups that wait for your answer"),
            lambda request: count_to_answer(receiving_paths(request), at=clock.now()),
            "signup:approvals",
            "people",
            shown_to=receives_families,
            place=10,
        )
    )


def _hide_from_search_engines() -> None:
    # Models are there only once every app is loaded.
    from networks.registers import site_map

    site_map.hide("/t/", "/feeds/", "/circles/", "/events/*/sign-up/")
