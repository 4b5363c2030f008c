"""未到: who was not checked in to a session, with an excuse or a late entry in one tap each, and how it is settled."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kit import clock
from kit.refusals import Refused
from kit.toasts import toast
from people.doors import member, members_only, network_of
from programmes.door import doors
from programmes.door.choices import Excuse
from programmes.door.commands import settling
from programmes.door.forms.after import ExcuseForm, LateForm
from programmes.door.queries.absences import Missing, Roll, roll_of
from programmes.door.rules.absence import grace
from programmes.planning.models import Session
from programmes.planning.rules.places import place_words
from programmes.planning.rules.wording import full_span_words
from programmes.signup.commands.readings import open_list
from programmes.signup.doors import sight_of
from programmes.signup.models import Registration

Doing = Callable[..., str]


@never_cache
@require_safe
@members_only
def absent(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, doors.session_that_was(request, code))


def doing(view: Doing) -> Callable[..., HttpResponse]:
    """One command; what it says is a toast, what it refuses stands on the page."""

    @never_cache
    @require_POST
    @members_only
    @wraps(view)
    def handle(request: HttpRequest, code: str, **found: Any) -> HttpResponse:
        session = doors.session_that_was(request, code)
        try:
            toast(request, view(request, session, **found))
        except Refused as no:
            return _page(request, session, refused=[str(one) for one in no.refusals])
        return redirect("door:absent", session.code)

    return handle


@doing
def excuse(request: HttpRequest, session: Session, registration: str) -> str:
    row, form = doors.registration_at_door(session, registration), ExcuseForm(request.POST)
    if not form.is_valid():
        return _("Please choose an excuse from the list.")
    said = form.cleaned_data
    why = Excuse(said["excuse"])
    settling.excuse(registration=row, why=why, words=said["note"], by=member(request), at=clock.now())
    return _("Excused.")


@doing
def late(request: HttpRequest, session: Session, registration: str) -> str:
    return _enter(request, session, [doors.registration_at_door(session, registration)])


@doing
def all_came(request: HttpRequest, session: Session) -> str:
    """All who are listed, and nobody who has signed up or come meanwhile."""
    listed = set(request.POST.getlist("registrations"))
    rows = [_row(one) for one in roll_of(session, sight=sight_of(request, session)).missing]
    return _enter(request, session, [row for row in rows if row.code in listed])


@doing
def settle(request: HttpRequest, session: Session) -> str:
    row = settling.settle(session=session, by=member(request), at=clock.now())
    text = ngettext("Settled: %(n)s family did not come.", "Settled: %(n)s families did not come.", row.absent)
    return text % {"n": row.absent}


@doing
def unkept(request: HttpRequest, session: Session) -> str:
    settling.leave_unkept(session=session, by=member(request), at=clock.now())
    return _("Settled: nobody is counted absent.")


def _enter(request: HttpRequest, session: Session, rows: list[Registration]) -> str:
    form = LateForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    count = settling.enter(
        session=session,
        rows=rows,
        reason=reason,
        by=member(request),
        device=doors.phone_at_hand(request),
        at=clock.now(),
    )
    text = ngettext("%(n)s person entered.", "%(n)s people entered.", count)
    return text % {"n": count}


def _row(line: Missing) -> Registration:
    return line.party.party.registration


def _page(request: HttpRequest, session: Session, *, refused: list[str] | None = None) -> HttpResponse:
    at = clock.now()
    roll = roll_of(session, sight=sight_of(request, session))
    _note(request, session, roll)
    page = {
        "session": session,
        "title": session.title or session.activity.title,
        "when": full_span_words(session.starts_at, session.ends_at),
        "place": place_words(session),
        "roll": roll,
        "settles_at": session.ends_at + grace(network_of(request).rules),
        "is_over": session.ends_at <= at,
        "excuses": Excuse.choices,
        "refused": refused or [],
    }
    return render(request, "door/absent.html", page, status=422 if refused else 200)


def _note(request: HttpRequest, session: Session, roll: Roll) -> None:
    """Whoever reads children's names leaves a line for each."""
    shown = [guest.child for line in (*roll.missing, *roll.partly) for guest in line.party.party.guests]
    children = [child for child in shown if child is not None]
    if children:
        open_list(session=session, children=children, by=member(request), at=clock.now())
