"""Programmes for staff: the list, and one with all that belongs to it."""

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
from people.doors import may_anywhere, member, members_only, staff_only
from people.queries.rights import rights_of
from people.queries.workplace import paths_in_view
from programmes.planning import doors
from programmes.planning.choices import ProgrammeKind
from programmes.planning.commands import programmes as commands
from programmes.planning.forms.programmes import MoneyForm, NewProgrammeForm, ProgrammeForm, initial_of
from programmes.planning.models import Brand, Programme, Season
from programmes.planning.queries.activities import activities_of
from programmes.planning.queries.choices import areas_to_plan, brands_in_use, open_seasons
from programmes.planning.queries.money import money_of, money_of_programmes
from programmes.planning.queries.programmes import programmes_around
from programmes.planning.queries.units import units_of_programme
from programmes.planning.rules.wording import age_words
from programmes.planning.sheets.programmes import columns, row_of


def _title(row: Programme) -> Cell:
    chips = ((_("dropped"), "cancelled"),) if row.dropped_at else ()
    return Cell(row.title, href=reverse("planning:programme", args=[row.pk]), soft=row.summary, chips=chips)


def _days(row: Programme) -> Cell:
    first = f"{row.starts_on:%Y-%m-%d}" if row.starts_on.year != row.season.year else f"{row.starts_on:%m-%d}"
    return Cell(f"{first} – {row.ends_on:%m-%d}", title=f"{row.starts_on} – {row.ends_on}")


def _money(row: Programme) -> Cell:
    money = money_of(row)
    if not money.budget and not money.spent:
        return Cell()
    return Cell(f"{money.budget:,.0f}", state="warn" if money.is_over else "")


def _seasons(_request: HttpRequest) -> list[tuple[str, str]]:
    return [(str(row.pk), str(row)) for row in Season.objects.order_by("-year")]


def _brands(_request: HttpRequest) -> list[tuple[str, str]]:
    return [(str(row.pk), row.name) for row in Brand.objects.order_by("place", "pk")]


def _areas(request: HttpRequest) -> list[tuple[str, str]]:
    rows = {row.area_id: row.area.name for row in in_view(request).order_by("area__path")}
    return [(str(key), name) for key, name in rows.items()]


def _found(rows: Any, words: str) -> Any:
    for word in words.split():
        rows = rows.filter(title__icontains=word) | rows.filter(summary__icontains=word)
    return rows


PROGRAMMES = ListTable(
    key="planning.programmes",
    title=_("Programmes"),
    columns=(
        Column("title", _("Programme"), cell=_title, sort=("title",), fixed=True),
        Column("season", _("Season"), cell=lambda row: Cell(row.season.year), sort=("season__year", "title")),
        Column("brand", _("Brand"), cell=lambda row: Cell(row.brand.name if row.brand else ""), sort=("brand__place",)),
        Column("kind", _("Kind"), cell=lambda row: Cell(row.get_kind_display()), sort=("kind",)),
        Column("area", _("Whose plan"), cell=lambda row: Cell(row.area.name), sort=("area__path",), shown=False),
        Column("days", pgettext_lazy("of a programme", "Days"), cell=_days, sort=("starts_on",)),
        Column("activities", _("Activities"), cell=lambda row: Cell(row.activity_count), number=True),
        Column("sessions", _("Sessions"), cell=lambda row: Cell(row.session_count), number=True),
        Column("budget", _("Budget, yuan"), cell=_money, number=True),
        Column("department", _("Department"), cell=lambda row: Cell(row.department), shown=False),
        Column("in_charge", _("In charge"), cell=lambda row: Cell(row.in_charge), shown=False),
    ),
    filters=(
        Filter("season", _("Season"), choices=_seasons, apply=lambda rows, value: rows.filter(season=value)),
        Filter("brand", _("Brand"), choices=_brands, apply=lambda rows, value: rows.filter(brand=value)),
        Filter("kind", _("Kind"), choices=ProgrammeKind.choices, apply=lambda rows, value: rows.filter(kind=value)),
        Filter("of", _("Whose plan"), choices=_areas, apply=lambda rows, value: rows.filter(area=value)),
        Filter(
            "state",
            _("State"),
            choices=(("on", _("going on")), ("dropped", _("dropped"))),
            apply=lambda rows, value: rows.filter(dropped_at__isnull=value == "on"),
        ),
    ),
    search=_found,
    search_label=_("Title"),
    sort="-season",
    export=may_anywhere(Verb.EXPORT),
    empty=Empty(
        _("No programme yet"),
        _("A programme is what a season does under a brand: story hours, a festival, a tour."),
    ),
)


def in_view(request: HttpRequest) -> Any:
    return programmes_around(paths_in_view(request, Verb.SEE_PLAN))


@require_safe
@staff_only(Verb.SEE_PLAN)
def programmes(request: HttpRequest) -> HttpResponse:
    rows = in_view(request)
    page = {
        "table": PROGRAMMES.page(request, rows),
        "money": money_of_programmes(PROGRAMMES.matching(request, rows, request.GET)),
        "may_add": may_anywhere(Verb.PLAN)(request),
    }
    return render(request, "planning/programmes/list.html", page)


def export_rows(request: HttpRequest, query: QueryDict) -> tuple[Sequence[SheetColumn], Iterable[Any]]:
    rows = PROGRAMMES.matching(request, in_view(request), query)
    return columns(), [row_of(row) for row in rows]


@require_safe
@members_only
def programme(request: HttpRequest, programme_id: int) -> HttpResponse:
    row = doors.programme_to_see(request, programme_id)
    page = {
        "programme": row,
        "activities": [(one, age_words(one.from_months, one.to_months)) for one in activities_of(row)],
        "units": units_of_programme(row),
        "venues": row.venue_lines.select_related("venue__area").order_by("-is_main", "place", "pk"),
        "money": money_of(row),
        "may_plan": doors.may_plan(request, row.area) and row.dropped_at is None,
        "may_take_up": doors.may_plan(request, row.area) and row.dropped_at is not None,
    }
    return render(request, "planning/programmes/programme.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Verb.PLAN)
def add(request: HttpRequest) -> HttpResponse:
    areas = list(areas_to_plan(rights_of(member(request)).paths(Verb.PLAN)))
    seasons = list(open_seasons())
    wanted = request.GET.get("season", "")
    initial = {"season": wanted or (str(seasons[0].pk) if seasons else ""), "area": str(areas[0].pk) if areas else ""}
    initial |= {name: request.GET.get(name, "") for name in ("title", "starts_on", "ends_on")}
    form = NewProgrammeForm(
        request.POST if request.method == "POST" else None,
        initial=initial | {"brand": request.GET.get("brand", "")},
        seasons=seasons,
        areas=areas,
        brands=brands_in_use(),
    )
    if form.is_bound and form.is_valid():
        try:
            made = commands.add_programme(
                season=form.chosen_season, area=form.chosen_area, values=form.values(), by=member(request)
            )
        except Refused as no:
            form.refuse(no.refusals)
        else:
            toast(request, _now("%(title)s is in the plan. Now its activities.") % {"title": made.title})
            return redirect("planning:programme", made.pk)
    page = {"form": form, "has_season": bool(seasons)}
    return render(request, "planning/programmes/add.html", page, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def edit(request: HttpRequest, programme_id: int) -> HttpResponse:
    row = doors.programme_to_plan(request, programme_id)
    typed = request.POST if request.method == "POST" else None
    form = ProgrammeForm(typed, initial=initial_of(row), brands=brands_in_use(with_=row.brand))
    return _change(request, row, form, "planning/programmes/edit.html")


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def money(request: HttpRequest, programme_id: int) -> HttpResponse:
    row = doors.programme_to_plan(request, programme_id)
    form = MoneyForm(request.POST if request.method == "POST" else None, initial=initial_of(row))
    return _change(request, row, form, "planning/programmes/money.html")


def _change(request: HttpRequest, row: Programme, form: ProgrammeForm | MoneyForm, template: str) -> HttpResponse:
    if form.is_bound and form.is_valid():
        try:
            commands.change_programme(programme=row, values=form.values(), by=member(request), at=clock.now())
        except Refused as no:
            form.refuse(no.refusals)
        else:
            toast(request, _now("Saved."))
            return redirect("planning:programme", row.pk)
    return render(request, template, {"programme": row, "form": form}, status=422 if form.is_bound else 200)


@require_POST
@members_only
def drop(request: HttpRequest, programme_id: int) -> HttpResponse:
    row = doors.programme_to_plan(request, programme_id)
    try:
        commands.drop_programme(programme=row, by=member(request), at=clock.now())
    except Refused as no:
        toast(request, "".join(str(refusal) for refusal in no.refusals), kind="bad")
    else:
        undo = Undo(reverse("planning:programme-take-up", args=[row.pk]))
        toast(request, _now("%(title)s is dropped.") % {"title": row.title}, undo=undo)
    return redirect("planning:programme", row.pk)


@require_POST
@members_only
def take_up(request: HttpRequest, programme_id: int) -> HttpResponse:
    row = doors.programme_to_plan(request, programme_id)
    try:
        commands.take_up_programme(programme=row, by=member(request))
    except Refused as no:
        toast(request, "".join(str(refusal) for refusal in no.refusals), kind="bad")
    else:
        toast(request, _now("%(title)s is in the plan again.") % {"title": row.title})
    return redirect("planning:programme", row.pk)
