"""One activity for staff: everything on one page, and the forms behind its sections."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit import clock
from kit.refusals import Refused
from kit.toasts import Undo, toast
from people.choices import Verb
from people.doors import member, members_only, network_of, staff_only
from people.queries.rights import rights_of
from programmes.planning import doors
from programmes.planning.choices import Audience, LocalField, Mode
from programmes.planning.commands import activities as commands
from programmes.planning.forms.activities import PARTS, CopyForm, NewActivityForm, initial_of
from programmes.planning.queries.activities import counts_of
from programmes.planning.queries.books import books_of
from programmes.planning.queries.choices import programmes_to_fill
from programmes.planning.queries.units import units_of_activities
from programmes.planning.registers import activity_page_parts
from programmes.planning.rules.activities import least_room
from programmes.planning.rules.wording import age_words
from venues.choices import Equipment


@require_safe
@members_only
def activity(request: HttpRequest, activity_id: int) -> HttpResponse:
    row = doors.activity_to_see(request, activity_id)
    may_plan = doors.may_plan(request, row.programme.area)
    page = {
        "activity": row,
        "programme": row.programme,
        "ages": age_words(row.from_months, row.to_months),
        "audiences": _labels(Audience, row.audiences),
        "equipment": _labels(Equipment, row.equipment),
        "local_fields": _labels(LocalField, row.local_fields),
        "is_streamed": row.mode != Mode.ON_SITE,
        "least_room": least_room({name: getattr(row, name) for name in commands.FIELDS}),
        "counts": counts_of(row, at=clock.now()),
        "units": units_of_activities([row])[row.pk],
        "units_inherited": not row.unit_lines.exists(),
        "books": books_of(row, network_of(request)),
        "may_plan": may_plan and row.dropped_at is None and row.programme.dropped_at is None,
        "parts": activity_page_parts.of(request, row),
        "may_take_up": may_plan and row.dropped_at is not None,
    }
    return render(request, "planning/activities/activity.html", page)


def _labels(choices: Any, values: list[str]) -> list[Any]:
    return [choice.label for choice in choices if choice.value in values]


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def add(request: HttpRequest, programme_id: int) -> HttpResponse:
    home = doors.programme_to_plan(request, programme_id)
    form = NewActivityForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            made = commands.add_activity(programme=home, values=form.values(), by=member(request))
        except Refused as no:
            form.refuse(no.refusals)
        else:
            toast(request, _("%(title)s is in the programme. Now what it needs.") % {"title": made.title})
            return redirect("planning:activity", made.pk)
    page = {"programme": home, "form": form}
    return render(request, "planning/activities/add.html", page, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def edit(request: HttpRequest, activity_id: int, part: str) -> HttpResponse:
    row = doors.activity_to_plan(request, activity_id)
    if part not in PARTS:
        raise Http404
    title, kind = PARTS[part]
    form = kind(request.POST if request.method == "POST" else None, initial=initial_of(row, kind))
    if form.is_bound and form.is_valid():
        try:
            commands.change_activity(activity=row, values=form.values(), by=member(request))
        except Refused as no:
            form.refuse(no.refusals)
        else:
            toast(request, _("Saved. Sessions keep their times.") if part == "length" else _("Saved."))
            return redirect("planning:activity", row.pk)
    page = {
        "activity": row,
        "form": form,
        "part": part,
        "part_title": title,
        "counts": counts_of(row, at=clock.now()) if part in {"length", "for-whom"} else None,
    }
    return render(request, "planning/activities/edit.html", page, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Verb.PLAN)
def copy(request: HttpRequest, activity_id: int) -> HttpResponse:
    row = doors.activity_to_see(request, activity_id)
    programmes = list(programmes_to_fill(rights_of(member(request)).paths(Verb.PLAN)))
    typed = request.POST if request.method == "POST" else None
    initial = {"programme": str(row.programme_id), "title": _("%(title)s (copy)") % {"title": row.title[:50]}}
    form = CopyForm(typed, initial=initial, programmes=programmes)
    if form.is_bound and form.is_valid():
        home, title = form.chosen_programme, form.cleaned_data["title"]
        try:
            made = commands.copy_activity(activity=row, programme=home, title=title, by=member(request))
        except Refused as no:
            form.refuse(no.refusals)
        else:
            toast(request, _("This is the copy, without sessions."))
            return redirect("planning:activity", made.pk)
    page = {"activity": row, "form": form}
    return render(request, "planning/activities/copy.html", page, status=422 if form.is_bound else 200)


@require_POST
@members_only
def drop(request: HttpRequest, activity_id: int) -> HttpResponse:
    row = doors.activity_to_plan(request, activity_id)
    try:
        commands.drop_activity(activity=row, by=member(request), at=clock.now())
    except Refused as no:
        toast(request, "".join(str(refusal) for refusal in no.refusals), kind="bad")
    else:
        undo = Undo(reverse("planning:activity-take-up", args=[row.pk]))
        toast(request, _("%(title)s is dropped.") % {"title": row.title}, undo=undo)
    return redirect("planning:activity", row.pk)


@require_POST
@members_only
def take_up(request: HttpRequest, activity_id: int) -> HttpResponse:
    row = doors.activity_to_plan(request, activity_id)
    try:
        commands.take_up_activity(activity=row, by=member(request))
    except Refused as no:
        toast(request, "".join(str(refusal) for refusal in no.refusals), kind="bad")
    else:
        toast(request, _("%(title)s is in the plan again.") % {"title": row.title})
    return redirect("planning:activity", row.pk)
