"""All closures that concern somebody's venues."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kit import clock
from kit.tables import Cell, Column, Empty, Filter, ListTable, RowAction
from people.choices import Verb
from people.doors import may_anywhere, member, staff_only
from people.queries.rights import rights_of
from people.queries.workplace import paths_in_view
from venues import doors
from venues.choices import ClosureState
from venues.queries.closures import ClosureLine, closure_lines
from venues.queries.venues import areas_for_venues

CHIPS = {
    ClosureState.NOW: "warn",
    ClosureState.AHEAD: "waiting",
    ClosureState.OVER: "full",
    ClosureState.WITHDRAWN: "cancelled",
}


def _where(line: ClosureLine) -> Cell:
    if line.closure.venue is not None:
        return Cell(line.place, href=reverse("venues:venue", args=[line.closure.venue.slug]))
    return Cell(line.place, soft=_("with all venues under it"))


def _made(line: ClosureLine) -> Cell:
    return Cell(line.closure.made_by.name if line.closure.made_by else "")


def _actions(line: ClosureLine) -> Cell:
    fields = {"closures": str(line.pk)}
    if not line.is_mine:
        return Cell()
    if line.state == ClosureState.WITHDRAWN:
        return Cell(actions=(RowAction(_("Restore"), reverse("venues:closures-restore"), fields, icon="undo"),))
    if line.state == ClosureState.OVER:
        return Cell()
    withdraw = RowAction(_("Withdraw"), reverse("venues:closures-withdraw"), fields, icon="close")
    if line.state == ClosureState.NOW:
        return Cell(actions=(RowAction(_("End now"), reverse("venues:closure-end"), fields, icon="check"), withdraw))
    return Cell(actions=(withdraw,))


def _found(rows: Iterable[ClosureLine], words: str) -> list[ClosureLine]:
    asked = words.casefold().split()
    return [row for row in rows if all(word in f"{row.place} {row.closure.reason}".casefold() for word in asked)]


CLOSURES = ListTable(
    key="venues.closures",
    title=_("Closures"),
    columns=(
        Column("place", _("Where"), cell=_where, sort=("place",), fixed=True),
        Column("state", _("State"), cell=lambda line: Cell(line.state.label, state=CHIPS[line.state])),
        Column("when", _("When"), cell=lambda line: Cell(line.span), sort=("starts_at",)),
        Column("reason", _("Reason"), cell=lambda line: Cell(line.closure.reason, soft=line.closure.note), long=True),
        Column("by", _("Entered by"), cell=_made, shown=False),
        Column("do", _("Change"), cell=_actions),
    ),
    filters=(
        Filter(
            "state",
            _("State"),
            choices=ClosureState.choices,
            apply=lambda rows, value: [line for line in rows if line.state == value],
        ),
        Filter(
            "on",
            _("On this day"),
            kind="date",
            apply=lambda rows, value: [line for line in rows if line.is_on(value)],
        ),
    ),
    search=_found,
    search_label=_("Place or reason"),
    empty=Empty(_("No closure"), _("Closures are entered on a venue's page, or here for a whole area.")),
)


@require_safe
@staff_only(Verb.TEND_VENUES)
def closures(request: HttpRequest) -> HttpResponse:
    lines = closure_lines(
        paths_in_view(request, Verb.TEND_VENUES), at=clock.now(), is_mine=lambda row: doors.may_tend(request, row)
    )
    page: dict[str, Any] = {"table": CLOSURES.page(request, lines), "areas": []}
    if may_anywhere(Verb.OPEN_VENUES)(request):
        page["areas"] = areas_for_venues(rights_of(member(request)).paths(Verb.OPEN_VENUES))
    return render(request, "venues/closures.html", page)
