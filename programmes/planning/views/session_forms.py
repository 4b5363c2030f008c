"""A session entered and changed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kit import clock
from kit.refusals import Refused
from kit.toasts import Undo, toast
from people.choices import Verb
from people.doors import member, members_only
from people.queries.rights import rights_of
from programmes.planning import doors
from programmes.planning.choices import LocalField, PlaceKind
from programmes.planning.commands import sessions as commands
from programmes.planning.forms.sessions import SessionForm, initial_of
from programmes.planning.models import Activity, Session
from programmes.planning.queries.offers import offers_under, time_offers
from programmes.planning.rules.changes import SessionChange
from programmes.planning.steps.sessions import SessionPlan


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def add(request: HttpRequest, activity_id: int) -> HttpResponse:
    activity = doors.activity_to_plan(request, activity_id)
    offers = offers_under(rights_of(member(request)).paths(Verb.PLAN))
    named = {name: request.GET[name] for name in ("day", "starts", "room", "venue") if name in request.GET}
    initial = {"place_kind": PlaceKind.ROOM, "starts": "10:00", **named}
    form = SessionForm(request.POST or None, activity=activity, offers=offers, initial=initial)
    if form.is_bound and form.is_valid() and not request.POST.get("look"):
        try:
            made = _make(request, activity, form)
        except Refused as no:
            form.refuse(no.refusals)
        else:
            undo = Undo(reverse("planning:session-delete", args=[made.code]))
            toast(request, _("The session is entered as a draft."), undo=undo)
            if request.POST.get("next") == "another":
                return redirect("planning:session-add", activity.pk)
            return redirect("planning:session", made.code)
    return _page(request, form, activity, None)


def _make(request: HttpRequest, activity: Activity, form: SessionForm) -> Session:
    span, where = form.span(), form.where()
    if span is None or where is None:
        raise ValueError("A valid form for a planner names time and place.")
    plan = SessionPlan(activity, span[0], where, ends_at=span[1], hosts=form.chosen_hosts() or (), own=form.own())
    anyway = form.cleaned_data["anyway"]
    [made] = commands.make_sessions(plans=[plan], by=member(request), at=clock.now(), anyway=anyway)
    return made


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def edit(request: HttpRequest, code: str) -> HttpResponse:
    row = doors.session_to_tend(request, code)
    plans = doors.may_plan(request, row.area)
    hosts = [one.host for one in row.engagements.all()]
    paths = rights_of(member(request)).paths(Verb.PLAN)
    offers = offers_under(paths, hosts=hosts) if plans else offers_under([], hosts=hosts, only=row.venue)
    form = SessionForm(
        request.POST or None,
        activity=row.activity,
        offers=offers,
        allowed=None if plans else [one for one in row.activity.local_fields if one in LocalField],
        initial=initial_of(row, hosts),
    )
    if form.is_bound and form.is_valid() and not request.POST.get("look"):
        try:
            changed = _change(request, row, form)
        except Refused as no:
            form.refuse(no.refusals)
        else:
            toast(request, _("The session is changed.") if changed else _("Nothing was changed."))
            return redirect("planning:session", row.code)
    return _page(request, form, row.activity, row)


def _change(request: HttpRequest, row: Session, form: SessionForm) -> list[Session]:
    span = form.span() or (row.starts_at, row.ends_at)
    change = SessionChange(
        row,
        starts_at=span[0],
        ends_at=span[1],
        where=form.where(),
        hosts=form.chosen_hosts(),
        own=form.own(),
        seen=form.cleaned_data["seen"],
    )
    by, at = member(request), clock.now()
    if form.is_local:
        return commands.change_local_session(change=change, by=by, at=at)
    return commands.change_session(change=change, by=by, at=at, anyway=form.cleaned_data["anyway"])


def _page(request: HttpRequest, form: SessionForm, activity: Activity, row: Session | None) -> HttpResponse:
    """With what is free, as soon as a time is known."""
    span = form.wanted
    if span is not None and span[0] < span[1] and ("room" in form.fields or "hosts" in form.fields):
        time_offers(
            form.offers,
            activity=activity,
            starts_at=span[0],
            ends_at=span[1],
            session=row.pk if row else None,
            at=clock.now(),
        )
        form.offer_again()
    page = {
        "form": form,
        "activity": activity,
        "session": row,
        "sections": form.sections(),
        "back": reverse("planning:session", args=[row.code])
        if row
        else reverse("planning:activity", args=[activity.pk]),
    }
    refused = form.is_bound and bool(form.errors)
    return render(request, "planning/sessions/form.html", page, status=422 if refused else 200)
