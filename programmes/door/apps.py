from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DoorConfig(AppConfig):
    name = "programmes.door"
    label = "door"
    verbose_name = pgettext_lazy("of a session", "Door")

    def ready(self) -> None:
        # Models and registers are there only once every app is loaded.
        from programmes.door.listeners import (  # noqa: F401 - what is done by the clock, and who is told
            after,
            leaving,
            wechat,
        )
        from programmes.door.queries import (  # noqa: F401 - what can be scanned; the journal, in words
            finding,
            words,
        )
        from programmes.door.rules import network_rules  # noqa: F401 - registers what a library system may set
        from programmes.door.steps import (  # noqa: F401 - register what it keeps
            after_holdings,
            count_holdings,
            holdings,
            leaving_holdings,
            stream_holdings,
        )

        _add_staff_menu()
        _show_on_pages()
        _show_head_counts()
        _follow_sessions()
        _let_sessions_wait()
        _look_for_children()
        _show_accounts()
        _hide_from_search_engines()


def _add_staff_menu() -> None:
    # Models are there only once every app is loaded.
    from kit.navigation import Entry, Group, staff, staff_bar
    from people.choices import Role
    from people.doors import has_role
    from programmes.door.doors import attends

    line = _("today's sessions: let families in by ticket, name or list")
    label = pgettext_lazy("of a session", "Desk")
    staff.add(Entry(label, "door:desk", "enter", 15, shown_to=attends, group=Group.WORK, line=line))
    staff_bar.add(Entry(label, "door:desk", "enter", place=20, shown_to=has_role(Role.KEEPER)))


def _look_for_children() -> None:
    # Models are there only once every app is loaded.
    from kit import clock
    from kit.waiting import Waiting, waiting
    from people.doors import network_of
    from programmes.door.doors import attending_paths, attends
    from programmes.door.queries.leaving import not_fetched

    waiting.add(
        Waiting(
            "door.not_fetched",
            _("Children whom nobody has fetched"),
            lambda request: len(not_fetched(network_of(request).rules, at=clock.now(), paths=attending_paths(request))),
            "door:desk",
            "leave",
            shown_to=attends,
            place=1,
        )
    )


def _show_on_pages() -> None:
    # Models and views are there only once every app is loaded.
    from kit.page_parts import CardPart, PagePart
    from programmes.door.views.reader_parts import on_ticket
    from programmes.door.views.staff_parts import of_session
    from programmes.door.views.today import arrived_at, doors_of
    from programmes.planning.registers import session_page_parts, today_facts, today_ways
    from programmes.signup.registers import ticket_parts

    ticket_parts.add(PagePart("door.came", "door/_on_ticket.html", on_ticket, place=10))
    session_page_parts.add(PagePart("door.desk", "door/_of_session.html", of_session, place=20))
    today_facts.add(CardPart("door.arrived", "door/_arrived_today.html", arrived_at, place=20))
    today_ways.add(CardPart("door.door", "door/_door_today.html", doors_of, place=10))


def _follow_sessions() -> None:
    # Models and views are there only once every app is loaded.
    from kit.navigation import Entry, Group, staff
    from kit.page_parts import CardPart, PagePart
    from programmes.door.doors import attends
    from programmes.door.views import after_parts
    from programmes.planning.registers import session_page_parts, today_ways
    from programmes.signup.registers import ticket_parts

    line = _("diaries, how many came, problems and ideas")
    staff.add(Entry(_("After sessions"), "door:diaries", "book", 16, shown_to=attends, group=Group.WORK, line=line))
    ticket_parts.add(PagePart("door.absent", "door/_absent_on_ticket.html", after_parts.on_ticket, place=11))
    session_page_parts.add(PagePart("door.diary", "door/_after_session.html", after_parts.of_session, place=21))
    session_page_parts.add(PagePart("door.absent", "door/_absent_of_session.html", after_parts.absent_from, place=22))
    today_ways.add(CardPart("door.diary", "door/_diary_today.html", after_parts.diaries_of, place=20))


def _let_sessions_wait() -> None:
    # Models and views are there only once every app is loaded.
    from kit.waiting import Waiting, waiting
    from people.choices import Verb
    from people.doors import may_anywhere
    from programmes.door.doors import attends
    from programmes.door.views import after_parts

    plans = may_anywhere(Verb.PLAN)
    without, nobody = _("Sessions without a diary"), _("Sessions where nobody was checked in")
    told, alone = _("Problems and ideas from sessions"), _("Sessions let in without a network, to look at")
    for place, (key, label, count, icon, shown_to, query) in enumerate(
        (
            ("diaries", without, after_parts.count_without_diary, "edit", attends, "diary=missing"),
            ("unkept", nobody, after_parts.count_unkept, "person", attends, "names=unkept"),
            ("problems", told, after_parts.count_problems, "info", plans, "problems=unread"),
            ("disputes", alone, after_parts.count_disputed, "warn", attends, "alone=unseen"),
        ),
        start=20,
    ):
        waiting.add(
            Waiting(f"door.{key}", label, count, "door:diaries", icon, shown_to=shown_to, query=query, place=place)
        )


def _show_head_counts() -> None:
    # Models and views are there only once every app is loaded.
    from kit.page_parts import CardPart, PagePart
    from programmes.door.views.counted_parts import counted_at, counts_of, of_session, watched
    from programmes.planning.registers import session_page_parts, today_facts, today_ways

    session_page_parts.add(PagePart("door.counted", "door/_counted_of_session.html", of_session, place=21))
    session_page_parts.add(PagePart("door.watched", "door/_views_of_session.html", watched, place=22))
    today_facts.add(CardPart("door.counted", "door/_counted_today.html", counted_at, place=21))
    today_ways.add(CardPart("door.count", "door/_count_today.html", counts_of, place=11))


def _show_accounts() -> None:
    # Models are there only once every app is loaded.
    from kit.navigation import Entry, Group, staff
    from kit.waiting import Waiting, waiting
    from programmes.door.views.wechat import administers, is_refused

    line = _("whether WeChat lets doors scan, and since when")
    title, label = _("Scanning inside WeChat"), _("WeChat does not let doors scan")
    staff.add(Entry(title, "door:wechat", "phone", 60, shown_to=administers, group=Group.SYSTEM, line=line))
    waiting.add(Waiting("door.wechat", label, is_refused, "door:wechat", "warn", shown_to=administers, place=60))


def _hide_from_search_engines() -> None:
    # Models are there only once every app is loaded.
    from networks.registers import site_map

    site_map.hide("/desk/", "/here/")
