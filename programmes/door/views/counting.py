"""人次登记: large buttons for those who count heads, paper lists afterwards, and corrections."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kit import clock
from kit.refusals import Refused
from kit.toasts import toast
from people.doors import member, members_only, network_of
from programmes.door import doors
from programmes.door.choices import Method
from programmes.door.commands.counting import Said, Tap, correct, count, enter_list
from programmes.door.forms.counting import CorrectionForm, ListForm, NumbersForm, TapsForm
from programmes.door.queries.attendance import attendance_of
from programmes.door.queries.counting import DayCount, count_on, sums_by_day, without_sign_up
from programmes.door.queries.desk import line_of
from programmes.door.rules.counting import against_counting, day_of, days_of
from programmes.door.rules.outcomes import closes_at
from programmes.door.views.keepers import bringers_only, keepers_only, show
from programmes.planning.models import Session
from programmes.planning.rules.wording import day_words


@never_cache
@require_safe
@keepers_only
def heads(request: HttpRequest, code: str) -> HttpResponse:
    session = doors.session_at_door(request, code)
    day = _day_asked(request, session)
    return show(request, "door/headcount.html", _page(request, session, day))


@never_cache
@require_safe
@keepers_only
def sums(request: HttpRequest, code: str) -> HttpResponse:
    """What all hands have come to, for a page that looks again by itself."""
    session = doors.session_at_door(request, code)
    return _sums(request, count_on(session, _day_asked(request, session)))


@never_cache
@require_POST
@bringers_only
def tap(request: HttpRequest, code: str) -> HttpResponse:
    """One press; or, of a page with scripts, all that were gathered, answered with the sums. A device brings on a later day as well
    what it counted without a network.
    """
    bringer, at = doors.bringer(request), clock.now()
    session = doors.session_told_of(bringer, code)
    taps = TapsForm(request.POST).taps(at)
    if taps is None:
        return HttpResponseBadRequest()
    try:
        lost = count(session=session, taps=[Tap(*one) for one in taps], by=bringer.person, at=at)
    except Refused as no:
        return _not_counted(request, session, no)
    if not request.headers.get("X-Count"):
        if lost:
            toast(request, _("There was nobody to take away."), kind="warn")
        return redirect("door:count", code)
    return _sums(request, count_on(session, day_of(session, at)), lost=lost)


@never_cache
@require_POST
@members_only
def enter(request: HttpRequest, code: str) -> HttpResponse:
    session = doors.session_of_staff(request, code)
    form = ListForm(request.POST, days=days_of(session))
    if form.is_valid():
        try:
            enter_list(session=session, said=_said(form, "note"), by=member(request), at=clock.now())
        except Refused as no:
            form.refuse(no.refusals)
        else:
            return _written(request, session, form.cleaned_data["day"], _("Added to the count."))
    return _again(request, session, list_form=form)


@never_cache
@require_POST
@members_only
def put_right(request: HttpRequest, code: str) -> HttpResponse:
    session = doors.session_of_staff(request, code)
    form = CorrectionForm(request.POST, days=days_of(session))
    if form.is_valid():
        was = form.cleaned_data["was_adults"], form.cleaned_data["was_children"]
        try:
            correct(session=session, was=was, said=_said(form, "reason"), by=member(request), at=clock.now())
        except Refused as no:
            form.refuse(no.refusals)
        else:
            return _written(
                request, session, form.cleaned_data["day"], _("Corrected. Both numbers are in the journal.")
            )
    return _again(request, session, correction=form)


def _said(form: NumbersForm, note: str) -> Said:
    told = form.cleaned_data
    method = Method(told["method"])
    return Said(told["client_id"], told["day"], told["adults"], told["children"], method, told[note])


def _written(request: HttpRequest, session: Session, day: date, text: str) -> HttpResponse:
    toast(request, text)
    return redirect(f"{reverse('door:count', args=[session.code])}?day={day.isoformat()}")


def _not_counted(request: HttpRequest, session: Session, no: Refused) -> HttpResponse:
    text = " ".join(str(refusal) for refusal in no.refusals)
    if request.headers.get("X-Count"):
        return _sums(request, count_on(session, day_of(session, clock.now())), refused=text)
    page = _page(request, session, day_of(session, clock.now())) | {"refused": text}
    return show(request, "door/headcount.html", page, status=422)


def _sums(request: HttpRequest, told: DayCount, *, lost: int = 0, refused: str = "") -> HttpResponse:
    page = {"count": told, "lost": lost, "refused": refused}
    return render(request, "door/_headcount_sums.html", page, status=422 if refused else 200)


def _again(request: HttpRequest, session: Session, **forms: NumbersForm) -> HttpResponse:
    """With what was typed; the sums that a correction goes by are those of now."""
    day = _day_in(session, next(iter(forms.values())).data.get("day", ""))
    return show(request, "door/headcount.html", _page(request, session, day, **forms), status=422)


def _page(request: HttpRequest, session: Session, day: date, **forms: NumbersForm) -> dict[str, Any]:
    at, rules = clock.now(), network_of(request).rules
    told, days = count_on(session, day), days_of(session)
    by_day = sums_by_day(session) if len(days) > 1 else {}
    no = " ".join(str(one) for one in against_counting(session, rules, at=at))
    return {
        "session": session,
        "line": line_of(session, rules, at=at),
        "count": told,
        "may_tap": not no and told.day == day_of(session, at) and _is_on(session, at, rules),
        "days": [(one, day_words(one), by_day.get(one)) for one in days] if len(days) > 1 else [],
        "attendance": attendance_of([session])[session.pk],
        "is_open": session.pk in without_sign_up([session]),
        "refused": "",
        "no": no,
        "client_id": uuid4(),
        "list_form": forms.get("list_form") or ListForm(days=days, initial=_initial(day)),
        "correction": _correction(forms.get("correction"), told, days),
    }


def _is_on(session: Session, at: datetime, rules: dict[str, Any]) -> bool:
    """Heads walk about: its door has not closed, or did so on this very day."""
    is_of_today = timezone.localtime(at).date() == timezone.localtime(session.ends_at).date()
    return is_of_today or at <= closes_at(session.ends_at, rules)


def _initial(day: date) -> dict[str, Any]:
    return {"client_id": uuid4(), "day": day.isoformat()}


def _correction(form: NumbersForm | None, told: DayCount, days: list[date]) -> NumbersForm:
    stands = {"adults": told.heads.adults, "children": told.heads.children}
    was = {f"was_{name}": number for name, number in stands.items()}
    if form is None:
        return CorrectionForm(days=days, initial={**_initial(told.day), **stands, **was})
    form.data = {name: form.data[name] for name in form.data} | {name: str(number) for name, number in was.items()}
    return form


def _day_asked(request: HttpRequest, session: Session) -> date:
    return _day_in(session, request.GET.get("day", ""))


def _day_in(session: Session, asked: str) -> date:
    """One of the session's; else the one that is on."""
    days = {day.isoformat(): day for day in days_of(session)}
    return days.get(asked) or day_of(session, clock.now())
