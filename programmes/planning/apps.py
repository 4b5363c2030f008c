from dataclasses import replace

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PlanningConfig(AppConfig):
    name = "programmes.planning"
    label = "planning"
    verbose_name = _("Planning")

    def ready(self) -> None:
        # Models and registers are there only once every app is loaded.
        from programmes.planning import listeners  # noqa: F401 - registers long work and what it hears
        from programmes.planning.queries import words  # noqa: F401 - the journal, in words
        from programmes.planning.rules import network_rules  # noqa: F401 - what libraries set
        from programmes.planning.steps import holdings  # noqa: F401 - registers what it keeps

        _add_staff_menu()
        _let_search_find()
        _let_readers_find()
        _let_lists_be_taken_out()
        _fill_keepers_bar()
        _remind_of_days()
        _remind_of_terms()
        _hang_on_venues()
        _show_to_readers()
        _show_to_search_engines()


# Group and right by name: models are there only once every app is loaded.
STAFF_WAYS = (
    ("WORK", "SEE_PLAN", _("Day and week"), "day", "clock", _("what is on, by room and hour")),
    ("PLANNING", "SEE_PLAN", _("Seasons"), "seasons", "calendar", _("the year, its phases and days of note")),
    ("PLANNING", "SEE_PLAN", _("Programmes"), "programmes", "list", _("series, festivals, their activities")),
    ("PLANNING", "SEE_PLAN", _("Sessions"), "sessions", "ticket", _("when, where, and who leads it")),
    ("PLANNING", "PLAN", _("Roll-outs"), "rollouts", "copy", _("sessions made together over many spaces")),
    ("PLANNING", "SEE_PLAN", _("Month plan"), "table", "print", _("the table of activities, as Excel and on paper")),
    ("PLANNING", "SEE_PLAN", _("Days of note"), "observances", "bell", _("what planners are reminded of")),
    ("PLANNING", "SEE_PLAN", _("Brands"), "brands", "tag", _("the names that readers know again")),
    ("MATERIAL", "SEE_PLAN", pgettext_lazy("who leads sessions", "Hosts"), "hosts", "person", _("who leads sessions")),
    ("MATERIAL", "SEE_PLAN", _("Books"), "books", "book", _("what activities read, book lists")),
    ("MATERIAL", "SEE_PLAN", _("Partner units"), "units", "people", _("who guides, hosts and supports")),
    ("MATERIAL", "PLAN", _("Fees of hosts"), "fees", "yuan", _("what is planned for hosts, to be signed")),
    ("MATERIAL", "SEE_PLAN", _("Safety notices"), "safety-notices", "shield", _("for meetings outside")),
)
# Pages that an entry stands for besides those under its own address.
_ALSO = {
    "day": ("/plan/week/",),
    "programmes": ("/plan/activities/",),
    "sessions": (r"/plan/activities/\d+/sessions/",),
    "rollouts": (r"/plan/activities/\d+/roll-out/", "/plan/venue-sets/"),
    "table": ("/plan/whole/",),
}


def _add_staff_menu() -> None:
    # Models are there only once every app is loaded.
    from kit.navigation import Entry, Group, staff
    from people.choices import Verb
    from people.doors import may_anywhere

    for place, (group, verb, label, url_name, icon, line) in enumerate(STAFF_WAYS, start=2):
        may, also = may_anywhere(Verb[verb]), _ALSO.get(url_name, ())
        address = f"planning:{url_name}"
        staff.add(Entry(label, address, icon, place=place, shown_to=may, group=Group[group], line=line, also=also))


def _let_search_find() -> None:
    # Models are there only once every app is loaded.
    from kit.navigation import Source, search
    from people.choices import Verb
    from people.doors import may_anywhere
    from programmes.planning.queries import searching

    sees = may_anywhere(Verb.SEE_PLAN)
    for key, title, find, place in (
        ("programmes", _("Programmes"), searching.find_programmes, 10),
        ("activities", _("Activities"), searching.find_activities, 11),
        ("sessions", _("Sessions"), searching.find_sessions, 12),
        ("hosts", pgettext_lazy("who leads sessions", "Hosts"), searching.find_hosts, 39),
        ("books", _("Books"), searching.find_books_named, 40),
        ("units", _("Partner units"), searching.find_units_named, 41),
    ):
        search.add(Source(f"planning.{key}", title, find, shown_to=sees, place=place))


def _let_readers_find() -> None:
    # Models are there only once every app is loaded.
    from kit.readers_search import Source, readers_search
    from programmes.planning.queries import found

    for key, title, icon, find, everything, place in (
        ("activities", _("Activities"), "calendar", found.find_activities, found.everything, 10),
        ("programmes", _("Programmes"), "list", found.find_programmes, None, 11),
        ("brands", _("Brands"), "tag", found.find_brands, None, 12),
        ("books", _("Books"), "book", found.find_books, None, 40),
        ("hosts", pgettext_lazy("who leads sessions", "Hosts"), "person", found.find_hosts, None, 41),
    ):
        readers_search.add(Source(f"planning.{key}", title, icon, find, everything, place))


def _let_lists_be_taken_out() -> None:
    # Views are there only once every app is loaded.
    from networks.registers import exportable
    from people.choices import Verb
    from programmes.planning.views import books, fees, programmes, units

    exportable("planning.programmes", title=_("Programmes"), verb=Verb.SEE_PLAN, rows=programmes.export_rows)
    exportable("planning.books", title=_("Books"), verb=Verb.SEE_PLAN, rows=books.export_rows)
    exportable("planning.units", title=_("Partner units"), verb=Verb.SEE_PLAN, rows=units.export_rows)
    exportable("planning.fees", title=_("List of fees"), verb=Verb.PLAN, rows=fees.export_rows)


def _fill_keepers_bar() -> None:
    # Models are there only once every app is loaded.
    from django.http import HttpRequest

    from kit.navigation import Entry, staff, staff_bar
    from people.choices import Role, Verb
    from people.doors import has_role, may_anywhere
    from people.models import Person
    from people.queries.rights import rights_of
    from people.registers import first_pages

    def keepers_first_page(person: Person) -> str:
        """Of somebody who is a keeper and nothing else."""
        return reverse("planning:today") if rights_of(person).roles == {Role.KEEPER} else ""

    def runs(request: HttpRequest) -> bool:
        return any(may_anywhere(verb)(request) for verb in (Verb.RUN_SESSIONS, Verb.PLAN))

    today = Entry(_("Today"), "planning:today", "calendar", place=1, also=(r"/plan/sessions/\w+/group/",))
    staff.add(replace(today, shown_to=runs, line=_("what is on now, what comes next")))
    staff_bar.add(replace(today, place=10, shown_to=has_role(Role.KEEPER)))
    first_pages.append(keepers_first_page)


def _remind_of_days() -> None:
    # Models are there only once every app is loaded.
    from django.http import HttpRequest

    from kit import clock
    from kit.waiting import Waiting, waiting
    from people.choices import Verb
    from people.doors import may_anywhere, network_of
    from programmes.planning.queries.observances import count_unplanned

    def unplanned(request: HttpRequest) -> int:
        zone = network_of(request).zone
        return count_unplanned(clock.today(zone), zone)

    waiting.add(
        Waiting(
            "planning.observances",
            _("Days of note for which nothing is planned"),
            unplanned,
            "planning:observances",
            "calendar",
            shown_to=may_anywhere(Verb.PLAN),
            place=30,
        )
    )


def _remind_of_terms() -> None:
    # Models are there only once every app is loaded.
    from django.http import HttpRequest

    from kit import clock
    from kit.waiting import Waiting, waiting
    from people.choices import Verb
    from people.doors import may_anywhere, network_of
    from people.registers import resealers
    from programmes.planning.queries.hosts import terms_ending
    from programmes.planning.steps.hosts import seal_phones_anew

    resealers["planning.hosts"] = seal_phones_anew

    def ending(request: HttpRequest) -> int:
        return terms_ending(today=clock.today(network_of(request).zone)).count()

    waiting.add(
        Waiting(
            "planning.terms",
            _("Hosts whose appointment ends soon"),
            ending,
            "planning:hosts",
            "person",
            shown_to=may_anywhere(Verb.PLAN),
            query="term=ending",
            place=60,
        )
    )


def _show_to_readers() -> None:
    # Models and registers are there only once every app is loaded.
    from kit.navigation import Entry, reader
    from kit.page_parts import PagePart
    from programmes.planning.views.venue import on_here
    from venues.registers import venue_page_parts

    reader.add(Entry(_("Events"), "planning:events", "calendar", place=20))
    venue_page_parts.add(PagePart("planning.events", "planning/public/_on_here.html", on_here, place=10))


def _hang_on_venues() -> None:
    # Models are there only once every app is loaded.
    from networks.registers import area_guards
    from programmes.planning.queries.venue_ties import (
        occupancy_of,
        sessions_hanging_on_area,
        sessions_hanging_on_place,
    )
    from venues.registers import occupancies, place_guards

    occupancies["planning.sessions"] = occupancy_of
    place_guards["planning.sessions"] = sessions_hanging_on_place
    area_guards.add("planning.sessions", sessions_hanging_on_area)


def _show_to_search_engines() -> None:
    # Models are there only once every app is loaded.
    from networks.registers import SiteSection, site_map
    from programmes.planning.queries.site import count_pages, pages

    heads = ("planning:events", "planning:month")
    site_map.add(SiteSection("events", count_pages, pages, heads=heads))
    # Each list under all the names that narrow it: thousands of addresses of the same sessions.
    site_map.hide("/events/?*", "/events/month/?*", "/events.ics?*")
