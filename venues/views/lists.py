"""The staff's list of venues."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kit import clock
from kit.sheets import Column as SheetColumn
from kit.tables import BulkAction, Cell, Column, Empty, Filter, ListTable
from people.choices import Verb
from people.doors import may_anywhere, network_of, staff_only
from people.queries.workplace import paths_in_view
from venues.choices import OpenState, VenueKind, Weekday
from venues.models import Venue
from venues.queries.hours import weeks_of
from venues.queries.lines import VenueLine, venue_lines
from venues.queries.table import KnownAreas, known_venues
from venues.queries.venues import districts
from venues.sheets import columns, row_of

ACCESS = (
    ("step_free", _("Step-free way in")),
    ("accessible_toilet", _("Accessible toilet")),
    ("nursing_room", _("Nursing room")),
    ("sign_language", _("Sign language")),
    ("large_print", _("Large print and listening aids")),
    ("parking", _("Parking")),
)
CHIPS = {
    OpenState.OPEN: "open",
    OpenState.ALWAYS: "open",
    OpenState.SHUT: "full",
    OpenState.PAUSED: "warn",
    OpenState.GONE: "cancelled",
}


def _name(line: VenueLine) -> Cell:
    return Cell(line.name, href=reverse("venues:venue", args=[line.venue.slug]), soft=line.number)


def _state(line: VenueLine) -> Cell:
    soft = line.today.closure.reason if line.today.closure and line.today.state == OpenState.PAUSED else ""
    return Cell(line.today.state.label, state=CHIPS[line.today.state], soft=soft)


def _keepers(line: VenueLine) -> Cell:
    names = [one.person.name or gettext("no name yet") for one in line.keepers]
    if not names:
        return Cell() if line.venue.closed_at else Cell(_("nobody"), state="warn")
    return Cell("、".join(names[:3]) + (gettext(" and others") if len(names) > 3 else ""))


def _access(line: VenueLine) -> Cell:
    return Cell("、".join(str(label) for name, label in ACCESS if getattr(line.venue, name)))


def _kept(rows: Iterable[VenueLine], wanted: str) -> list[VenueLine]:
    return [line for line in rows if bool(line.keepers) == (wanted == "yes") and line.venue.closed_at is None]


def _open_on(rows: Iterable[VenueLine], wanted: str) -> list[VenueLine]:
    """By the usual week, in one statement."""
    found = list(rows)
    weeks = weeks_of([line.venue for line in found])
    return [line for line in found if any(span.weekday == int(wanted) for span in weeks[line.venue.pk])]


def _found(rows: Iterable[VenueLine], words: str) -> list[VenueLine]:
    asked = words.casefold().split()
    return [line for line in rows if all(word in _searched(line.venue) for word in asked)]


def _searched(venue: Venue) -> str:
    return f"{venue.name} {venue.number} {venue.address} {venue.phone}".casefold()


def _districts(_request: HttpRequest) -> list[tuple[str, str]]:
    return [(str(area.pk), area.name) for area in districts()]


VENUES = ListTable(
    key="venues.venues",
    title=_("Venues"),
    columns=(
        Column("name", pgettext_lazy("of a thing", "Name"), cell=_name, sort=("name",), fixed=True),
        Column("state", _("Now"), cell=_state, sort=("state",)),
        Column("today", _("Today"), cell=lambda line: Cell(line.today.text)),
        Column("kind", _("Kind"), cell=lambda line: Cell(line.venue.get_kind_display()), sort=("kind",)),
        Column("district", _("District"), cell=lambda line: Cell(line.district_name), sort=("district",)),
        Column("keepers", _("Keepers"), cell=_keepers),
        Column("rooms", _("Rooms"), cell=lambda line: Cell(line.rooms), number=True, sort=("rooms",)),
        Column("access", _("Access"), cell=_access, shown=False, long=True),
        Column("address", _("Address"), cell=lambda line: Cell(line.venue.address), shown=False, long=True),
        Column("phone", _("Telephone"), cell=lambda line: Cell(line.venue.phone), shown=False),
    ),
    filters=(
        Filter(
            "district",
            _("In which district"),
            choices=_districts,
            apply=lambda rows, value: [line for line in rows if str(line.district_id) == value],
        ),
        Filter(
            "kind",
            _("Kind"),
            choices=VenueKind.choices,
            apply=lambda rows, value: [line for line in rows if line.kind == value],
        ),
        Filter(
            "now",
            _("Now"),
            choices=OpenState.choices,
            apply=lambda rows, value: [line for line in rows if line.today.state == value],
        ),
        Filter(
            "access",
            _("Access"),
            choices=ACCESS,
            apply=lambda rows, value: [line for line in rows if getattr(line.venue, value)],
        ),
        Filter("day", _("Open on"), choices=Weekday.choices, apply=_open_on),
        Filter("kept", _("Keeper"), choices=(("no", _("without")), ("yes", _("with"))), apply=_kept),
    ),
    search=_found,
    search_label=_("Name, number, address"),
    bulk=(BulkAction("close", _("Close for a while"), "venues:closure-many", icon="calendar-off"),),
    export=may_anywhere(Verb.EXPORT),
    empty=Empty(
        _("No venue yet"), _("Add them one by one, or all at once from Excel."), _("Import from Excel"), "venues:import"
    ),
)


def lines_in_view(request: HttpRequest) -> list[VenueLine]:
    paths = paths_in_view(request, Verb.TEND_VENUES)
    return venue_lines(paths, at=clock.now(), zone=network_of(request).zone)


@require_safe
@staff_only(Verb.TEND_VENUES)
def venues(request: HttpRequest) -> HttpResponse:
    lines = lines_in_view(request)
    may_open = may_anywhere(Verb.OPEN_VENUES)(request)
    if len(lines) == 1 and not may_open and not request.GET:
        # A keeper of one space has no list to look at.
        return redirect("venues:venue", lines[0].venue.slug)
    page = {
        "table": VENUES.page(request, lines),
        "counts": _counts(lines),
        "may_open": may_open,
    }
    return render(request, "venues/list.html", page)


def _counts(lines: Sequence[VenueLine]) -> dict[str, Any]:
    standing = [line for line in lines if line.venue.closed_at is None]
    return {
        "all": len(lines),
        "open": sum(line.today.is_open for line in standing),
        "paused": sum(line.today.state == OpenState.PAUSED for line in standing),
        "gone": len(lines) - len(standing),
        "unkept": sum(not line.keepers for line in standing),
    }


def export_rows(request: HttpRequest, query: QueryDict) -> tuple[Sequence[SheetColumn], Iterable[Any]]:
    """The rows that the list shows with these filters, as a table that can be taken in again."""
    lines = VENUES.matching(request, lines_in_view(request), query)
    known = known_venues([line.venue for line in lines], KnownAreas.read())
    return columns(), [row_of(one) for one in known]
