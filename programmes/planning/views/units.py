"""The directory of partner units."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit import clock
from kit.refusals import Refused
from kit.sheets import Column as SheetColumn
from kit.tables import Cell, Column, Empty, Filter, ListTable
from kit.toasts import Undo, toast
from people.choices import Verb
from people.doors import may_anywhere, member, staff_only
from programmes.planning import doors
from programmes.planning.commands import units as commands
from programmes.planning.forms.units import UnitForm
from programmes.planning.models import PartnerUnit
from programmes.planning.queries.units import all_units, find_units, named_by


def _name(row: PartnerUnit) -> Cell:
    chips = ((_("no longer used"), "warn"),) if row.closed_at else ()
    return Cell(row.name, href=reverse("planning:unit", args=[row.pk]), soft=row.note, chips=chips)


UNITS = ListTable(
    key="planning.units",
    title=_("Partner units"),
    columns=(
        Column("name", pgettext_lazy("of a thing", "Name"), cell=_name, sort=("name",), fixed=True),
        Column("kind", _("Kind"), cell=lambda row: Cell(row.kind), sort=("kind", "name")),
        Column("address", _("Address"), cell=lambda row: Cell(row.address), long=True),
        Column("lines", _("Named"), cell=lambda row: Cell(row.line_count), number=True, sort=("line_count",)),
    ),
    filters=(
        Filter(
            "state",
            _("State"),
            choices=(("used", _("in use")), ("closed", _("no longer used"))),
            apply=lambda rows, value: rows.filter(closed_at__isnull=value == "used"),
        ),
    ),
    search=find_units,
    search_label=_("Name, kind"),
    sort="name",
    export=may_anywhere(Verb.EXPORT),
    empty=Empty(_("No unit yet"), _("They come by themselves, too, when a programme names one for the first time.")),
)


@require_safe
@staff_only(Verb.SEE_PLAN)
def units(request: HttpRequest) -> HttpResponse:
    page = {"table": UNITS.page(request, all_units()), "may_plan": may_anywhere(Verb.PLAN)(request)}
    return render(request, "planning/units/list.html", page)


def export_rows(request: HttpRequest, query: QueryDict) -> tuple[Sequence[SheetColumn], Iterable[Any]]:
    columns = (
        SheetColumn("name", pgettext_lazy("of a thing", "Name"), width=32),
        SheetColumn("kind", _("Kind")),
        SheetColumn("address", _("Address"), width=32),
        SheetColumn("note", _("Note for planners"), width=32),
        SheetColumn("line_count", _("Named"), width=8),
    )
    return columns, UNITS.matching(request, all_units(), query)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Verb.PLAN)
def add(request: HttpRequest) -> HttpResponse:
    form = UnitForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            made = commands.add_unit(values=form.values(), by=member(request))
        except Refused as no:
            form.refuse(no.refusals)
        else:
            toast(request, _now("%(name)s is in the directory.") % {"name": made.name})
            return redirect("planning:units")
    page = {"form": form, "unit": None, "may_plan": True}
    return render(request, "planning/units/unit.html", page, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Verb.SEE_PLAN)
def unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    row = doors.unit_to_plan(request, unit_id) if request.method == "POST" else doors.unit_to_see(request, unit_id)
    initial = {name: getattr(row, name) for name in UnitForm.base_fields}
    form = UnitForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            commands.change_unit(unit=row, values=form.values(), by=member(request))
        except Refused as no:
            form.refuse(no.refusals)
        else:
            toast(request, _now("Saved."))
            return redirect("planning:units")
    page = {"form": form, "unit": row, "lines": named_by(row), "may_plan": may_anywhere(Verb.PLAN)(request)}
    return render(request, "planning/units/unit.html", page, status=422 if form.is_bound else 200)


@require_POST
@staff_only(Verb.PLAN)
def close(request: HttpRequest, unit_id: int) -> HttpResponse:
    row = doors.unit_to_plan(request, unit_id)
    commands.close_unit(unit=row, by=member(request), at=clock.now())
    undo = Undo(reverse("planning:unit-again", args=[row.pk]))
    toast(request, _now("%(name)s is no longer used.") % {"name": row.name}, undo=undo)
    return redirect("planning:units")


@require_POST
@staff_only(Verb.PLAN)
def use_again(request: HttpRequest, unit_id: int) -> HttpResponse:
    row = doors.unit_to_plan(request, unit_id)
    commands.use_unit_again(unit=row, by=member(request))
    toast(request, _now("%(name)s is in use again.") % {"name": row.name})
    return redirect("planning:units")
