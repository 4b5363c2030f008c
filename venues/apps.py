from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class VenuesConfig(AppConfig):
    name = "venues"
    verbose_name = _("Venues")

    def ready(self) -> None:
        # Models and registers are there only once every app is loaded.
        from kit.navigation import Entry, reader
        from venues import listeners  # noqa: F401 - registers what it hears
        from venues.queries import words  # noqa: F401 - the journal, in words
        from venues.steps import holdings  # noqa: F401 - registers what it keeps

        reader.add(Entry(_("Venues"), "venues:public", "pin", place=30))
        _add_staff_ways()
        _hang_on_lower_rooms()
        _let_wait()
        _show_to_search_engines()


def _add_staff_ways() -> None:
    # Models are there only once every app is loaded.
    from kit.navigation import Entry, Group, staff, staff_bar
    from people.choices import Role, Verb
    from people.doors import has_role, may_anywhere

    tends, plans = may_anywhere(Verb.TEND_VENUES), may_anywhere(Verb.SEE_PLAN)
    for place, shown_to, label, url_name, icon, line in (
        (20, tends, _("Venues"), "venues", "building", _("details, hours, rooms, pictures")),
        (22, tends, _("Closures"), "closures", "calendar-off", _("when venues are closed, and why")),
        (24, plans, _("Days off"), "calendar", "calendar", _("public holidays and 调休")),
    ):
        address = f"venues:{url_name}"
        staff.add(Entry(label, address, icon, place=place, shown_to=shown_to, group=Group.PLACES, line=line))
    staff_bar.add(Entry(_("Venues"), "venues:venues", "building", place=20, shown_to=has_role(Role.KEEPER)))


def _hang_on_lower_rooms() -> None:
    # Models are there only once every app is loaded.
    from kit import navigation
    from kit.readers_search import Source, readers_search
    from networks.registers import area_guards, exportable
    from people.choices import Verb
    from people.doors import may_anywhere
    from people.registers import place_numbers
    from venues.queries import found
    from venues.queries.names import numbered_areas
    from venues.queries.searching import find_venues
    from venues.queries.waiting import venues_hanging_on
    from venues.views.lists import export_rows

    readers_search.add(Source("venues", _("Venues"), "pin", found.find_venues, found.everything, place=30))
    area_guards.add("venues.venues", venues_hanging_on)
    place_numbers.add("venues.venues", numbered_areas)
    exportable("venues.venues", title=_("Venues"), verb=Verb.TEND_VENUES, rows=export_rows)
    shown_to = may_anywhere(Verb.TEND_VENUES)
    navigation.search.add(navigation.Source("venues", _("Venues"), find_venues, shown_to=shown_to, place=20))


def _let_wait() -> None:
    # Models are there only once every app is loaded.
    from kit import clock
    from kit.waiting import Waiting, waiting
    from people.choices import Verb
    from people.doors import may_anywhere, network_of
    from people.queries.workplace import paths_in_view
    from venues.queries.calendar import is_notice_missing
    from venues.queries.waiting import ending_today, without_keeper

    def unkept(request: HttpRequest) -> int:
        return without_keeper(paths_in_view(request, Verb.APPOINT_KEEPERS)).count()

    def ending(request: HttpRequest) -> int:
        paths = paths_in_view(request, Verb.TEND_VENUES)
        return ending_today(paths, at=clock.now(), zone=network_of(request).zone).count()

    def missing(request: HttpRequest) -> int:
        return int(is_notice_missing(today=clock.today(network_of(request).zone)))

    for key, label, count, url_name, icon, verb, query in (
        ("unkept", _("Venues without a keeper"), unkept, "venues", "building", Verb.APPOINT_KEEPERS, "kept=no"),
        ("closures", _("Closures that end today"), ending, "closures", "calendar-off", Verb.TEND_VENUES, "state=now"),
        ("calendar", _("Next year's days off are not known yet"), missing, "calendar", "calendar", Verb.PLAN, ""),
    ):
        waiting.add(
            Waiting(
                f"venues.{key}",
                label,
                count,
                f"venues:{url_name}",
                icon,
                shown_to=may_anywhere(verb),
                query=query,
                place=40,
            )
        )


def _show_to_search_engines() -> None:
    # Models are there only once every app is loaded.
    from networks.registers import SiteSection, site_map
    from venues.queries.site import count_pages, pages

    site_map.add(SiteSection("venues", count_pages, pages, heads=("venues:public",)))
    site_map.hide("/venues/?*", "/venues/near/")
