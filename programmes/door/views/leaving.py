"""签退: the way out of a session, where children are handed over and others leave by a scan."""

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kit import clock
from kit.refusals import Refused
from people.doors import member, members_only, network_of
from programmes.door import doors
from programmes.door.choices import LeftHow
from programmes.door.commands.signing_out import hands_over, sign_out, take_back
from programmes.door.forms.leaving import OutForm, OutScanForm
from programmes.door.queries.desk import line_of
from programmes.door.queries.finding import found_by
from programmes.door.queries.leaving import Leaver, WayOut, seats_here, way_out_of
from programmes.door.queries.stays import stays_of
from programmes.door.steps.signing_out import Out
from programmes.planning.models import Session
from programmes.signup.commands.readings import open_list
from programmes.signup.doors import sight_of
from programmes.signup.models import Registration


@never_cache
@require_safe
@members_only
def way_out(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, doors.session_of_staff(request, code))


@never_cache
@require_POST
@members_only
def scan(request: HttpRequest, code: str) -> HttpResponse:
    """The same ticket as on the way in. Where children are handed over it shows the party; elsewhere it signs it out."""
    session, form = doors.session_of_staff(request, code), OutScanForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    found = found_by(form.cleaned_data["code"], session, network=network_of(request)).registration
    if found is None or found.session_id != session.pk:
        return _page(request, session, says=_("Not found"), kind="bad")
    seats = seats_here(found)
    if not seats:
        return _page(request, session, says=_("Nobody of them is here."), kind="again", shown=found)
    if hands_over(session):
        return _page(request, session, says=_("By whom?"), kind="ask", shown=found)
    at = clock.now()
    out = Out(form.cleaned_data["client_id"], LeftHow.SCAN, at, at, by=member(request).pk)
    left = sign_out(session=session, seats=seats, out=out, by=member(request))
    return _page(request, session, says=_left_words(left), kind="good", shown=found)


@never_cache
@require_POST
@members_only
def sign(request: HttpRequest, code: str) -> HttpResponse:
    """Those who are ticked leave with somebody, alone, or as they came."""
    session, form = doors.session_of_staff(request, code), OutForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    row = doors.registration_at_door(session, form.cleaned_data["registration"])
    seats = [seat for seat in seats_here(row) if str(seat.pk) in request.POST.getlist("seats")]
    out = form.out(at=clock.now(), by=member(request).pk)
    if out.fetcher is not None or out.person is not None:
        doors.fetcher_at_door(row, fetcher=out.fetcher, person=out.person)
    try:
        left = sign_out(session=session, seats=seats, out=out, by=member(request))
    except Refused as no:
        text = " ".join(str(refusal) for refusal in no.refusals)
        return _page(request, session, says=text, kind="bad", shown=row, status=422)
    return _page(request, session, says=_left_words(left), kind="good", shown=row)


@never_cache
@require_POST
@members_only
def undo(request: HttpRequest, code: str, seat_id: int) -> HttpResponse:
    session = doors.session_of_staff(request, code)
    seat = doors.seat_at_door(session, seat_id)
    take_back(seat=seat, by=member(request), at=clock.now())
    return _page(request, session, says=_("Still here, then."), kind="again", shown=seat.registration)


def _left_words(left: int) -> str:
    return ngettext("%(n)s has left. See you soon.", "%(n)s have left. See you soon.", left) % {"n": left}


def _page(
    request: HttpRequest,
    session: Session,
    *,
    says: str = "",
    kind: str = "",
    shown: Registration | None = None,
    status: int = 200,
) -> HttpResponse:
    """Whoever opens it reads children's names, and leaves a line for each. The party that was asked for comes first."""
    at = clock.now()
    told = way_out_of(session, sight=sight_of(request, session))
    _note_names(request, session, told)
    leavers = sorted(told.leavers, key=lambda one: shown is None or one.code != shown.code)
    page: dict[str, Any] = {
        "session": session,
        "line": line_of(session, network_of(request).rules, at=at),
        "told": told,
        "leavers": leavers,
        "shown": shown.code if shown is not None else "",
        "hands_over": hands_over(session),
        "stays": stays_of([session])[session.pk],
        "says": says,
        "kind": kind,
        "client_id": uuid4(),
    }
    return render(request, "door/out.html", page, status=status)


def _note_names(request: HttpRequest, session: Session, told: WayOut) -> None:
    children = [child for one in told.leavers for child in _children(one)]
    if children:
        open_list(session=session, children=children, by=member(request), at=clock.now())


def _children(one: Leaver) -> list[Any]:
    return [guest.child for guest in one.at_door.party.guests if guest.child is not None]
