"""The units behind a programme or an activity: who has which part, and in which order they are printed."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kit.numbers import whole
from kit.refusals import Refused
from kit.toasts import toast
from people.doors import member, members_only
from programmes.planning import doors
from programmes.planning.choices import UnitRole
from programmes.planning.commands import units as commands
from programmes.planning.forms.units import UnitLineForm
from programmes.planning.models import Activity, UnitLine
from programmes.planning.queries.units import lines_of, names_in_use, units_of_programme

MOVES = {"forward": commands.move_part_forward, "remove": commands.take_part}


@dataclass(frozen=True)
class Part:
    """One part with its lines, as it will be printed."""

    role: UnitRole
    lines: list[UnitLine]


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def of_programme(request: HttpRequest, programme_id: int) -> HttpResponse:
    row = doors.programme_to_plan(request, programme_id)
    back = reverse("planning:programme", args=[row.pk])
    return _lines(request, row, here=reverse("planning:programme-units", args=[row.pk]), back=back)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def of_activity(request: HttpRequest, activity_id: int) -> HttpResponse:
    row = doors.activity_to_plan(request, activity_id)
    here = reverse("planning:activity-units", args=[row.pk])
    if request.method == "POST" and request.POST.get("do") == "begin":
        commands.begin_with_programmes(activity=row, by=member(request))
        return redirect(here)
    return _lines(request, row, here=here, back=reverse("planning:activity", args=[row.pk]))


def _lines(request: HttpRequest, owner: commands.Owner, *, here: str, back: str) -> HttpResponse:
    form = UnitLineForm()
    if request.method == "POST":
        asked = request.POST.get("do", "")
        if asked in MOVES:
            key = whole(request.POST.get("line", ""))
            if key is not None:
                MOVES[asked](owner=owner, line_id=key, by=member(request))
            return redirect(here)
        form = UnitLineForm(request.POST)
        if form.is_valid() and _given(request, owner, form):
            return redirect(here)
    return _page(request, owner, form, here=here, back=back)


def _given(request: HttpRequest, owner: commands.Owner, form: UnitLineForm) -> bool:
    try:
        commands.give_part(owner=owner, **form.cleaned_data, by=member(request))
    except Refused as no:
        form.refuse(no.refusals)
        return False
    toast(request, _("Saved."))
    return True


def _page(request: HttpRequest, owner: commands.Owner, form: UnitLineForm, *, here: str, back: str) -> HttpResponse:
    found = lines_of(owner)
    is_activity = isinstance(owner, Activity)
    page = {
        "owner": owner,
        "parts": [Part(role, rows) for role in UnitRole if (rows := [row for row in found if row.role == role])],
        "inherited": units_of_programme(owner.programme) if isinstance(owner, Activity) and not found else [],
        "is_activity": is_activity,
        "names": names_in_use(),
        "form": form,
        "here": here,
        "back": back,
    }
    return render(request, "planning/units/lines.html", page, status=422 if form.is_bound else 200)
