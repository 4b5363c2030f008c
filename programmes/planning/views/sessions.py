"""One session for staff: what holds of it, and what is done to it."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit import clock
from kit.refusals import Refusal, Refused
from kit.toasts import Undo, toast
from people.doors import member, members_only
from programmes.planning import doors
from programmes.planning.choices import Mode, PlaceKind, SessionState
from programmes.planning.commands import sessions as commands
from programmes.planning.forms.sessions import ReasonForm
from programmes.planning.models import Session
from programmes.planning.queries.judging import Wish, judge
from programmes.planning.queries.publishing import publishing_faults
from programmes.planning.registers import session_page_parts
from programmes.planning.rules.changes import SessionChange
from programmes.planning.rules.inherited import Inherited, fields_of, is_said, value_of
from programmes.planning.rules.places import place_words, where_is
from programmes.planning.rules.sessions import OWN_FIELDS, called_off_already
from programmes.planning.rules.states import state_of
from programmes.planning.rules.wording import age_words, clock_words, full_day_words, span_words
from programmes.planning.views.session_list import CHIPS

AGES = ("from_months", "to_months")
_IN_WORDS: dict[str, dict[Any, Any]] = {
    "adult_needed": {True: gettext_lazy("yes"), False: gettext_lazy("no")},
    "mode": dict(Mode.choices),
}


@require_safe
@members_only
def session(request: HttpRequest, code: str) -> HttpResponse:
    row, at = doors.session_to_see(request, code), clock.now()
    state = state_of(row, at=at)
    plans = doors.may_plan(request, row.area)
    page = {
        "session": row,
        "title": row.title or row.activity.title,
        "state": state,
        "chip": CHIPS[state],
        "is_draft": state == SessionState.DRAFT,
        "is_open": state in {SessionState.DRAFT, SessionState.PUBLIC},
        "is_called_off": state == SessionState.CALLED_OFF,
        "may_restore": state == SessionState.CALLED_OFF and row.ends_at > at,
        "start": timezone.localtime(row.starts_at),
        "day": full_day_words(row.starts_at),
        "hours": clock_words(row.starts_at, row.ends_at),
        "place": place_words(row),
        "place_kind": PlaceKind(row.place_kind).label,
        "hosts": [one.host for one in row.engagements.all()],
        "slots": [clock_words(slot.starts_at, slot.ends_at) for slot in row.slots.order_by("starts_at")],
        "lines": _lines(row),
        "moved_from": _moved_from(row),
        "faults": publishing_faults([row], at=at).get(row.pk, []) if state == SessionState.DRAFT else [],
        "remarks": _remarks(row, at=at) if state in {SessionState.DRAFT, SessionState.PUBLIC} else [],
        "parts": session_page_parts.of(request, row),
        "may_plan": plans,
        "may_edit": plans or doors.may_tend(request, row),
        "public_page": _public_page(row) if row.published_at else "",
    }
    return render(request, "planning/sessions/session.html", page)


def _lines(row: Session) -> list[tuple[Inherited, Any, Any]]:
    """Both ends of the ages in one line, as people say them."""
    found = [one for one in fields_of(row) if one.name not in AGES]
    ages, theirs = [value_of(row, name) for name in AGES], [getattr(row.activity, name) for name in AGES]
    is_own = any(is_said(getattr(row, name)) for name in AGES)
    line = Inherited("ages", pgettext("of a session", "ages"), age_words(*ages), age_words(*theirs), is_own=is_own)
    return [_line(one) for one in (*found[:3], line, *found[3:])]


def _line(one: Inherited) -> tuple[Inherited, Any, Any]:
    words = _IN_WORDS.get(one.name, {})
    return one, words.get(one.value, one.value), words.get(one.activity_value, one.activity_value)


def _moved_from(row: Session) -> dict[str, str]:
    before = row.moved_from or {}
    starts_at, ends_at = (parse_datetime(before.get(name, "")) for name in ("starts_at", "ends_at"))
    if starts_at is None or ends_at is None:
        return {}
    return {"time": span_words(starts_at, ends_at), "place": before.get("place", "")}


def _remarks(row: Session, *, at: Any) -> Sequence[Refusal]:
    """What has come in its way since it was entered, and what its room lacks."""
    hosts = [one.host for one in row.engagements.all()]
    wish = Wish(
        row.pk, row.activity, row.starts_at, row.ends_at, where_is(row), hosts, capacity=row.capacity, session=row.pk
    )
    judged = judge([wish], at=at)[row.pk]
    return [one for one in (*judged.refusals, *judged.doubts, *judged.warnings) if one.code != "in_the_past"]


def _public_page(row: Session) -> str:
    try:
        return reverse("planning:event", args=[row.code])
    except NoReverseMatch:
        return ""


@require_POST
@members_only
def publish(request: HttpRequest, code: str) -> HttpResponse:
    row = doors.session_to_plan(request, code)
    return _done(request, row, _("Readers see it now."), commands.publish, sessions=[row], at=clock.now())


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def call_off(request: HttpRequest, code: str) -> HttpResponse:
    row = doors.session_to_plan(request, code)
    if row.called_off_at is not None:
        toast(request, str(called_off_already()[0]), kind="warn")
        return redirect("planning:session", row.code)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            commands.call_off(sessions=[row], reason=reason, by=member(request), at=clock.now())
        except Refused as no:
            form.refuse(no.refusals)
        else:
            undo = Undo(reverse("planning:session-restore", args=[row.code]))
            toast(request, _("The session is called off; its room and hosts are free."), undo=undo)
            return redirect("planning:session", row.code)
    page = {"session": row, "form": form, "words": span_words(row.starts_at, row.ends_at), "place": place_words(row)}
    return render(request, "planning/sessions/call_off.html", page, status=422 if form.is_bound else 200)


@require_POST
@members_only
def restore(request: HttpRequest, code: str) -> HttpResponse:
    row = doors.session_to_plan(request, code)
    try:
        busy = commands.restore(session=row, by=member(request), at=clock.now())
    except Refused as no:
        _say_no(request, no)
    else:
        toast(request, _("The session takes place again."))
        if busy:
            names = "、".join(host.name for host in busy)
            toast(request, _("%(names)s leads something else by now.") % {"names": names}, kind="warn")
    return redirect("planning:session", row.code)


@require_POST
@members_only
def delete(request: HttpRequest, code: str) -> HttpResponse:
    row = doors.session_to_plan(request, code)
    try:
        commands.delete_draft(session=row, by=member(request))
    except Refused as no:
        _say_no(request, no)
        return redirect("planning:session", row.code)
    toast(request, _("The draft is deleted."))
    return redirect("planning:sessions")


@require_POST
@members_only
def inherit(request: HttpRequest, code: str) -> HttpResponse:
    """Back to what the activity says."""
    row, name = doors.session_to_tend(request, code), request.POST.get("field", "")
    names = AGES if name == "ages" else (name,)
    if set(names) - set(OWN_FIELDS):
        raise Http404
    change = SessionChange(row, own={one: None if _takes_nothing(one) else "" for one in names})
    command = commands.change_session if doors.may_plan(request, row.area) else commands.change_local_session
    return _done(request, row, _("The activity's word holds again."), command, change=change, at=clock.now())


def _done(request: HttpRequest, row: Session, told: str, command: Any, **values: Any) -> HttpResponse:
    try:
        command(by=member(request), **values)
    except Refused as no:
        _say_no(request, no)
    else:
        toast(request, told)
    return redirect("planning:session", row.code)


def _say_no(request: HttpRequest, no: Refused) -> None:
    toast(request, " ".join(str(refusal) for refusal in no.refusals), kind="bad")


def _takes_nothing(name: str) -> bool:
    return bool(Session._meta.get_field(name).null)  # type: ignore[union-attr]
