"""Circles as staff look after them: made, opened by a link, filled, closed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit import clock
from kit.forms import RefusableForm
from kit.refusals import Refused
from kit.tables import Cell, Column, Empty, Filter, ListTable, day
from kit.toasts import toast
from networks.models import Area
from people.doors import member, members_only
from programmes.signup import doors
from programmes.signup.choices import CircleKind
from programmes.signup.commands import circles as commands
from programmes.signup.commands.readings import open_circle
from programmes.signup.forms.circles import AddFamilyForm, ChangeCircleForm, CircleForm, LinkForm
from programmes.signup.models import Circle
from programmes.signup.queries.circles import circles_within, is_used, members_in


def _name(row: Circle) -> Cell:
    chips = ((pgettext_lazy("a circle", "closed"), "warn"),) if row.closed_at else ()
    return Cell(row.name, href=reverse("signup:circle", args=[row.pk]), chips=chips)


CIRCLES = ListTable(
    key="signup.circles",
    title=_("Circles"),
    columns=(
        Column("name", pgettext_lazy("of a circle", "Name"), cell=_name, sort=("name", "pk"), fixed=True),
        Column("kind", pgettext_lazy("of a circle", "Kind"), cell=lambda row: Cell(row.get_kind_display())),
        Column("area", _("Area"), cell=lambda row: Cell(row.area.name), sort=("area__place", "name")),
        Column("members", pgettext_lazy("a circle", "In it"), cell=lambda row: Cell(row.member_count), number=True),
        Column("until", _("Link works until"), cell=lambda row: day(row.opens_until), sort=("opens_until",)),
    ),
    filters=(
        Filter(
            "kind",
            pgettext_lazy("of a circle", "Kind"),
            choices=tuple(CircleKind.choices),
            apply=lambda rows, value: rows.filter(kind=value),
        ),
        Filter(
            "state",
            _("State"),
            choices=(("open", pgettext_lazy("a circle", "open")), ("closed", pgettext_lazy("a circle", "closed"))),
            apply=lambda rows, value: rows.filter(closed_at__isnull=value == "open"),
        ),
    ),
    search=lambda rows, words: rows.filter(name__icontains=words),
    sort="name",
    empty=Empty(
        _("No circle yet"),
        _("A class, a reading club or invited families, for whom some sessions are."),
        _("Make a circle"),
        "signup:circle-add",
    ),
)


@require_safe
@members_only
def circles(request: HttpRequest) -> HttpResponse:
    page = {"table": CIRCLES.page(request, circles_within(doors.own_paths(request)))}
    return render(request, "signup/staff/circles/list.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def add(request: HttpRequest) -> HttpResponse:
    areas = list(Area.objects.filter(path__in=doors.own_paths(request), closed_at=None).order_by("path"))
    form = CircleForm(request.POST if request.method == "POST" else None, areas=areas)
    if form.is_bound and form.is_valid():
        try:
            made = commands.make_circle(**form.cleaned_data, by=member(request), at=clock.now())
        except Refused as no:
            form.refuse(no.refusals)
        else:
            return redirect("signup:circle", made.pk)
    page = {"form": form, "circle": None}
    return render(request, "signup/staff/circles/edit.html", page, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def edit(request: HttpRequest, circle_id: int) -> HttpResponse:
    row = doors.circle_to_tend(request, circle_id)
    initial = {"name": row.name, "way_in": row.way_in}
    form = ChangeCircleForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            commands.change_circle(circle=row, **form.cleaned_data, by=member(request))
        except Refused as no:
            form.refuse(no.refusals)
        else:
            return redirect("signup:circle", row.pk)
    page = {"form": form, "circle": row}
    return render(request, "signup/staff/circles/edit.html", page, status=422 if form.is_bound else 200)


@never_cache
@require_safe
@members_only
def circle(request: HttpRequest, circle_id: int) -> HttpResponse:
    return _page(request, doors.circle_to_tend(request, circle_id))


@require_POST
@members_only
def link(request: HttpRequest, circle_id: int) -> HttpResponse:
    """`do`: make or withdraw."""
    row = doors.circle_to_tend(request, circle_id)
    form = LinkForm(request.POST)
    try:
        if request.POST.get("do") == "withdraw":
            commands.withdraw_link(circle=row, by=member(request))
        elif form.is_valid():
            commands.open_link(circle=row, days=form.cleaned_data["days"], by=member(request), at=clock.now())
        else:
            return _page(request, row, link_form=form)
    except Refused as no:
        form.refuse(no.refusals)
        return _page(request, row, link_form=form)
    return redirect("signup:circle", row.pk)


@require_POST
@members_only
def add_family(request: HttpRequest, circle_id: int) -> HttpResponse:
    row = doors.circle_to_tend(request, circle_id)
    form = AddFamilyForm(request.POST)
    if form.is_valid():
        try:
            commands.add_family(circle=row, **form.cleaned_data, by=member(request), at=clock.now())
        except Refused as no:
            form.refuse(no.refusals)
        else:
            toast(request, _now("Added."))
            return redirect("signup:circle", row.pk)
    return _page(request, row, add_form=form)


@require_POST
@members_only
def take_out(request: HttpRequest, circle_id: int, member_id: int) -> HttpResponse:
    row = doors.member_to_take_out(request, circle_id, member_id)
    commands.take_out(member=row, by=member(request), at=clock.now())
    toast(request, _now("Taken out. What the family is signed up for stays."))
    return redirect("signup:circle", circle_id)


@require_POST
@members_only
def close(request: HttpRequest, circle_id: int) -> HttpResponse:
    row = doors.circle_to_tend(request, circle_id)
    commands.close_circle(circle=row, by=member(request), at=clock.now())
    return redirect("signup:circle", row.pk)


def _page(
    request: HttpRequest,
    row: Circle,
    *,
    link_form: RefusableForm | None = None,
    add_form: RefusableForm | None = None,
) -> HttpResponse:
    members = members_in(row)
    children = [one.child for one in members if one.child is not None]
    if children:
        open_circle(circle=row, children=children, by=member(request), at=clock.now())
    page: dict[str, Any] = {
        "circle": row,
        "members": members,
        "address": _address(request, row),
        "is_used": is_used(row, at=clock.now()),
        "link_form": link_form or LinkForm(),
        "add_form": add_form or AddFamilyForm(),
    }
    return render(request, "signup/staff/circles/circle.html", page, status=422 if link_form or add_form else 200)


def _address(request: HttpRequest, row: Circle) -> str:
    """Empty where nobody can join by it now."""
    if row.secret is None or row.opens_until is None or row.opens_until <= clock.now():
        return ""
    return request.build_absolute_uri(reverse("signup:circle-join", args=[row.secret]))
