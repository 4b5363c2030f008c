from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from kit.refusals import Text


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        # Models and registers are there only once every app is loaded.
        from people import listeners  # noqa: F401 - registers what it hears
        from people.queries import words  # noqa: F401 - the journal, in words
        from people.rules import network_rules  # noqa: F401 - what a library system may set
        from people.steps import holdings  # noqa: F401 - registers what is kept

        _add_ways()
        _add_account_pages()
        _add_family_ways()
        _add_own_card()
        _add_staff_ways()
        _fill_the_staff_frame()
        _add_staffing()
        _find_staff()
        _hide_from_search_engines()


def _add_ways() -> None:
    # Here and below: models are there only once every app is loaded.
    from kit.navigation import Entry, account, reader, staff_account, staff_bar
    from people.choices import Role
    from people.doors import has_role, is_signed_in, is_staff, is_stranger

    account.add(Entry(_("Sign in"), "people:sign-in", "enter", shown_to=is_stranger))
    account.add(Entry(_("Workplace"), "people:plan", "desk", place=10, shown_to=is_staff))
    account.add(Entry(_("My pages"), "people:me", "person", shown_to=is_signed_in))
    reader.add(Entry(_("Mine"), "people:me", "person", place=90))
    staff_account.add(Entry(_("My pages"), "people:me", "person", place=10))
    staff_account.add(Entry(_("Help"), "people:help", "help", place=20))
    staff_account.add(Entry(_("Sign out"), "people:sign-out", "leave", place=90))
    is_keeper = has_role(Role.KEEPER)
    staff_bar.add(Entry(_("Workplace"), "people:plan", "desk", place=0, shown_to=is_keeper))
    staff_bar.add(Entry(_("Find"), "people:search", "search", place=80, shown_to=is_keeper))
    staff_bar.add(Entry(_("Mine"), "people:me", "person", place=90, shown_to=is_keeper))


def _add_account_pages() -> None:
    # Models are there only once every app is loaded.
    from people.doors import member
    from people.queries.second_factors import has_second_factor
    from people.registers import AccountGroup, AccountPage, account_pages
    from people.rules.phones import masked

    def second_factor(request: HttpRequest) -> Text:
        return _("on") if has_second_factor(member(request)) else _("off")

    own = AccountGroup.ACCOUNT
    for key, label, url_name, icon, line in (
        ("name", _("Name"), "people:name", "person", lambda request: member(request).name or _("not given")),
        ("number", _("Mobile number"), "people:number", "phone", lambda request: masked(member(request).phone)),
        ("devices", _("Devices"), "people:devices", "screen", _("where you are signed in")),
        ("second-factor", _("Second factor"), "mfa_index", "key", second_factor),
        (
            "privacy",
            _("What the library knows"),
            "people:privacy",
            "list",
            _("take a copy, see who looked, have it erased"),
        ),
    ):
        account_pages.add(AccountPage(key, label, url_name, icon, line=line, group=own))


def _add_family_ways() -> None:
    # Models are there only once every app is loaded.
    from kit import clock
    from kit.waiting import Waiting, waiting
    from people.choices import Verb
    from people.doors import may_anywhere, member
    from people.queries.joining import logins_offered_to
    from people.queries.pairs import open_pairs
    from people.registers import AccountGroup, AccountPage, account_pages

    family = AccountPage(
        "family",
        _("Family"),
        "people:family",
        "people",
        line=_("children, members, consents"),
        count=lambda request: len(logins_offered_to(member(request), at=clock.now())),
        group=AccountGroup.FAMILY,
        place=10,
    )
    account_pages.add(family)
    waiting.add(
        Waiting(
            "pairs",
            _("Possible duplicates among children"),
            lambda _request: open_pairs().count(),
            "people:pairs",
            "people",
            shown_to=may_anywhere(Verb.MEND_FAMILIES),
            query="state=open",
            place=60,
        )
    )


def _add_own_card() -> None:
    # Models are there only once every app is loaded.
    from people.doors import member, network_of
    from people.registers import AccountPage, account_pages
    from people.rules.reader_numbers import masked

    def own_number(request: HttpRequest) -> Text:
        row = getattr(member(request), "reader_number", None)
        if row is None:
            return _("on the card")
        row.network = network_of(request)
        return masked(row.number)

    card = AccountPage("reader-number", _("Reader number"), "people:own-reader-number", "ticket", line=own_number)
    account_pages.add(card)


def _add_staff_ways() -> None:
    # Models are there only once every app is loaded.
    from kit.navigation import Entry, Group, staff
    from people.choices import Verb
    from people.doors import may_anywhere

    service, system, people = Group.SERVICE, Group.SYSTEM, Group.PEOPLE
    staff.add(Entry(_("Workplace"), "people:plan", "desk", place=0, line=_("what waits for you today")))
    for group, label, page, icon, place, verb, line in (
        (system, _("Library systems"), "operator", "home", 10, Verb.OPERATE, _("open a city and see it through")),
        (people, _("Families"), "families", "people", 70, Verb.SEE_PEOPLE, _("find a family and help it")),
        (people, _("Keepers' phones"), "keepers-devices", "phone", 80, Verb.CONFIRM_DEVICES, _("confirm or revoke")),
        (people, _("Staff"), "staff", "people", 78, Verb.APPOINT_KEEPERS, _("roles, invitations, leaving")),
        (people, _("Lists taken out"), "exports", "download", 84, Verb.EXPORT, _("what for, by whom, until when")),
        (system, _("Areas"), "areas", "pin", 60, Verb.OPEN_VENUES, _("districts, streets, the map of tiles")),
        (system, _("Journal"), "journal", "book", 70, Verb.SEE_JOURNAL, _("who did what, and when")),
        (system, _("Rules"), "rules", "check", 91, Verb.CHANGE_SETTINGS, _("limits and terms of this library system")),
        (people, _("Former numbers"), "former-numbers", "undo", 82, Verb.GRANT_ROLES, _("give a number back")),
        (service, _("Set aside"), "facts", "warn", 85, Verb.WATCH_SERVICE, _("what could not be done")),
        (service, _("Long work"), "jobs", "clock", 86, Verb.EXPORT, _("exports and large batches")),
        (system, _("What is kept"), "holdings", "key", 88, Verb.TEND_PRIVACY, _("how long, and what goes tonight")),
        (system, _("Library system"), "settings", "gear", 90, Verb.CHANGE_SETTINGS, _("name, colour, privacy texts")),
    ):
        shown_to = may_anywhere(verb)
        staff.add(Entry(label, f"people:{page}", icon, place=place, shown_to=shown_to, group=group, line=line))


def _fill_the_staff_frame() -> None:
    # Models are there only once every app is loaded.
    from kit import navigation
    from kit.waiting import Waiting, waiting
    from networks.queries.facts import facts_set_aside
    from people.choices import Verb
    from people.doors import may_anywhere, member
    from people.queries.devices import devices_asked
    from people.queries.rights import rights_of
    from people.queries.workplace import pages_named, places_to_work

    navigation.staff_pages.update(search="people:search", help="people:help", area="people:choose-area")
    navigation.places.supply = places_to_work
    navigation.search.add(navigation.Source("pages", _("Pages"), pages_named, place=0))
    waiting.add(
        Waiting(
            "keepers-devices",
            _("Keepers' phones to confirm"),
            lambda request: devices_asked(rights_of(member(request))).count(),
            "people:keepers-devices",
            "phone",
            shown_to=may_anywhere(Verb.CONFIRM_DEVICES),
        )
    )
    waiting.add(
        Waiting(
            "facts",
            _("Set aside, to be mended"),
            lambda _request: facts_set_aside().count(),
            "people:facts",
            "warn",
            shown_to=may_anywhere(Verb.WATCH_SERVICE),
            place=80,
        )
    )


def _add_staffing() -> None:
    # Models are there only once every app is loaded.
    from kit import clock
    from networks.registers import area_guards, exportable
    from people.choices import Verb
    from people.doors import member
    from people.queries.appointments import count_offers_to
    from people.queries.staff import grants_hanging_on
    from people.registers import AccountPage, account_pages
    from people.views.staff.listing import export_rows

    exportable("people.staff", title=_("Staff"), verb=Verb.APPOINT_KEEPERS, rows=export_rows)
    area_guards.add("people.grants", grants_hanging_on)
    account_pages.add(
        AccountPage(
            "appointments",
            _("Invitations"),
            "people:appointments",
            "mail",
            line=_("the library asks you to take on a role"),
            count=lambda request: count_offers_to(member(request), at=clock.now()),
            place=0,
            only_with_some=True,
        )
    )


def _find_staff() -> None:
    # Models are there only once every app is loaded.
    from kit import clock, navigation
    from kit.waiting import Waiting, waiting
    from people.choices import Verb
    from people.doors import may_anywhere
    from people.queries.found import areas_named, staff_named
    from people.queries.staff import expired_offers
    from people.queries.workplace import paths_in_view

    appoints, opens = may_anywhere(Verb.APPOINT_KEEPERS), may_anywhere(Verb.OPEN_VENUES)
    navigation.search.add(navigation.Source("staff", _("Staff"), staff_named, shown_to=appoints, place=20))
    navigation.search.add(navigation.Source("areas", _("Areas"), areas_named, shown_to=opens, place=40))
    waiting.add(
        Waiting(
            "offers",
            _("Invitations that nobody answered"),
            lambda request: expired_offers(paths_in_view(request, Verb.APPOINT_KEEPERS), at=clock.now()).count(),
            "people:staff",
            "mail",
            shown_to=appoints,
            query="state=expired",
        )
    )


def _hide_from_search_engines() -> None:
    # Models are there only once every app is loaded.
    from networks.registers import site_map

    site_map.hide("/me/", "/plan/", "/sign-in/", "/family/")
