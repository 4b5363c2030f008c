"""签退: the way out of a session, where children are handed over and others leave by a scan.

Each answer is a card; without JavaScript a page with it.
"""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kit import clock
from kit.refusals import Refused
from people.doors import network_of
from people.rules.agents import is_wechat
from programmes.door import doors
from programmes.door.choices import LeftHow
from programmes.door.commands.signing_out import sign_out, take_back
from programmes.door.forms.leaving import OutForm, OutScanForm
from programmes.door.queries.desk import line_of
from programmes.door.queries.finding import found_by
from programmes.door.queries.leaving import Leaver, WayOut, hands_over, left_by, seats_here, way_out_of
from programmes.door.queries.stays import stays_of
from programmes.door.steps.signing_out import Out
from programmes.door.views.camera import code_reader
from programmes.door.views.keepers import keepers_only, show
from programmes.planning.models import Session
from programmes.signup.commands.readings import open_list
from programmes.signup.models import Registration


@dataclass(frozen=True)
class OutCard:
    """`kind`: how it looks and sounds; `asks`: it waits for a word by whom."""

    word: str
    kind: str
    icon: str
    asks: bool = False
    says: str = ""


@never_cache
@require_safe
@keepers_only
def way_out(request: HttpRequest, code: str) -> HttpResponse:
    return _answer(request, doors.session_at_way_out(request, code))


@never_cache
@require_POST
@keepers_only
def scan(request: HttpRequest, code: str) -> HttpResponse:
    """The same ticket as on the way in. Where children are handed over it shows the party; elsewhere it signs it out."""
    session, form = doors.session_at_way_out(request, code), OutScanForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    found = found_by(form.cleaned_data["code"], session, network=network_of(request)).registration
    if found is None or found.session_id != session.pk:
        return _answer(
            request,
            session,
            OutCard(_("Not found"), "bad", "bad", says=_("Look for the name in the list of this page.")),
        )
    return _answer(request, session, _scanned(request, session, found, form.cleaned_data["client_id"]), shown=found)


def _scanned(request: HttpRequest, session: Session, found: Registration, client_id: Any) -> OutCard:
    seats = seats_here(found)
    if not seats and not left_by(client_id):
        says = _("They were not checked in, or have left already.")
        return OutCard(_("Nobody of them is here."), "again", "warn", says=says)
    if hands_over(session):
        says = _("Press who stands before you; take the tick away from a child who stays.")
        return OutCard(_("By whom?"), "again", "leave", asks=True, says=says)
    at, by = clock.now(), doors.keeper(request).person
    out = Out(client_id, LeftHow.SCAN, at, at, by=by.pk if by is not None else None)
    sign_out(session=session, seats=seats, out=out, by=by)
    return _left(client_id)


@never_cache
@require_POST
@keepers_only
def sign(request: HttpRequest, code: str) -> HttpResponse:
    """Those who are ticked leave with somebody, alone, or as they came."""
    session, form = doors.session_at_way_out(request, code), OutForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    row, by = doors.registration_at_door(session, form.cleaned_data["registration"]), doors.keeper(request).person
    seats = [seat for seat in seats_here(row) if str(seat.pk) in request.POST.getlist("seats")]
    out = form.out(at=clock.now(), by=by.pk if by is not None else None)
    if by is None and out.how != LeftHow.SCAN:
        # Nobody is handed over by a device, whatever it sends.
        return HttpResponseBadRequest()
    if out.fetcher is not None or out.person is not None:
        doors.fetcher_at_door(row, fetcher=out.fetcher, person=out.person)
    try:
        sign_out(session=session, seats=seats, out=out, by=by)
    except Refused as no:
        text = " ".join(str(refusal) for refusal in no.refusals)
        return _answer(request, session, OutCard(text, "bad", "bad"), shown=row, status=422)
    return _answer(request, session, _left(out.client_id), shown=row)


@never_cache
@require_POST
@keepers_only
def undo(request: HttpRequest, code: str, seat_id: int) -> HttpResponse:
    session = doors.session_at_way_out(request, code)
    seat = doors.seat_at_door(session, seat_id)
    keeper = doors.keeper(request)
    take_back(seat=seat, by=keeper.person, desk_device=keeper.desk_device, at=clock.now())
    return _answer(request, session, OutCard(_("Still here, then."), "again", "warn"), shown=seat.registration)


def _left(client_id: Any) -> OutCard:
    """Asked again, it says what it said."""
    left = left_by(client_id)
    words = ngettext("%(n)s has left. See you soon.", "%(n)s have left. See you soon.", left)
    return OutCard(words % {"n": left}, "good", "leave")


def _answer(
    request: HttpRequest,
    session: Session,
    card: OutCard | None = None,
    *,
    shown: Registration | None = None,
    status: int = 200,
) -> HttpResponse:
    """Whoever opens it reads children's names, and leaves a line for each."""
    sight, manner = doors.sight_at_door(request, session), doors.keeper(request).manner
    told = way_out_of(session, sight=sight, manner=manner, shown=shown.code if shown is not None else "")
    _note_names(request, session, told)
    page: dict[str, Any] = {
        "session": session,
        "told": told,
        "card": card,
        "hands_over": hands_over(session),
        "stays": stays_of([session])[session.pk],
        "client_id": uuid4(),
    }
    if request.headers.get("X-Card"):
        return show(request, "door/_out_answer.html", page, status=status)
    page["line"] = line_of(session, network_of(request).rules, at=clock.now())
    page["reader"] = code_reader()
    page["in_wechat"] = is_wechat(request.headers.get("User-Agent", ""))
    return show(request, "door/out.html", page, status=status)


def _note_names(request: HttpRequest, session: Session, told: WayOut) -> None:
    by, children = doors.keeper(request).person, [child for one in told.leavers for child in _children(one)]
    if children and by is not None:
        open_list(session=session, children=children, by=by, at=clock.now())


def _children(one: Leaver) -> list[Any]:
    return [guest.child for guest in one.at_door.party.guests if guest.child is not None]
