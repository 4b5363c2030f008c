"""The door without a network: what a device takes along, and what it brings back."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kit import clock
from networks.models import Network
from people.doors import member, members_only, network_of
from programmes.door import doors
from programmes.door.choices import Outcome, Way
from programmes.door.commands.taking_up import Told, look_at, take_back, take_up, tick
from programmes.door.forms.uploads import Line, upload_in
from programmes.door.queries.askers import Asked, asked_by, asker_of
from programmes.door.queries.finding import Found, found_by, found_in
from programmes.door.queries.roster import given_from, is_given, roster_of
from programmes.door.rules.true_time import skew_of, true_time
from programmes.door.views.keepers import bringers_only, keepers_only
from programmes.planning.models import Session
from programmes.signup.commands.readings import open_list
from programmes.signup.models import Seat


@never_cache
@require_safe
def ping(request: HttpRequest) -> HttpResponse:
    """Whether somebody answers here, what time it is, and whether this browser may keep any door still: else its rosters go."""
    keeper, bringer = doors.keeper_of(request), doors.bringer_of(request)
    told: dict[str, Any] = {"now": _ms(clock.now())}
    if bringer is not None and bringer.paths:
        told["csrf"] = get_token(request)
    return JsonResponse(told, status=200 if keeper is not None and keeper.paths else 401)


@never_cache
@require_safe
@keepers_only
def roster(request: HttpRequest, code: str) -> HttpResponse:
    """Whoever takes it along reads children's names, and leaves a line for each."""
    session, at, keeper = doors.session_at_door(request, code), clock.now(), doors.keeper(request)
    if not is_given(session, network=network_of(request), at=at):
        raise Http404
    sight = doors.sight_at_door(request, session)
    made = roster_of(session, sight=sight, manner=keeper.manner, network=network_of(request), salt=token_hex(8), at=at)
    if made.children and keeper.person is not None:
        open_list(session=session, children=list(made.children), by=keeper.person, at=at)
    asked = Asked(keeper.person, doors.phone_at_hand(request), keeper.desk_device, at)
    return JsonResponse({**made.data, "asker": asker_of(session, asked), "keeper": keeper.called})


@never_cache
@require_POST
@bringers_only
def upload(request: HttpRequest, code: str) -> HttpResponse:
    """Each line is a transaction of its own; what no device of ours can have said is taken off its hands too."""
    bringer, sent = doors.bringer(request), upload_in(request.body)
    session = doors.session_told_of(bringer, code)
    if sent is None:
        return HttpResponseBadRequest()
    received = clock.now()
    asked = Asked(bringer.person, doors.phone_at_hand(request), bringer.desk_device)
    skew, is_kept = skew_of(_at(sent.sent), received), bringer.keeps(session, at=received)
    taking = _Taking(session, network_of(request), asked, received, skew, is_kept=is_kept)
    for line in sent.lines:
        taking.take(line)
    return JsonResponse({"taken": [line.client_id for line in sent.lines]})


@require_POST
@members_only
def seen(request: HttpRequest, code: str) -> HttpResponse:
    session = doors.session_of_staff(request, code)
    scans = [int(key) for key in request.POST.getlist("scan")[:1000] if key.isdecimal() and len(key) < 19]
    look_at(session=session, scans=scans, by=member(request), at=clock.now())
    return redirect("door:door", session.code)


@dataclass
class _Taking:
    """One request's lines, each by whom its roster says, else by whoever brings it. `is_kept`: by a keeper of this door; else
    only what a roster of ours says who answered.
    """

    session: Session
    network: Network
    bringer: Asked
    received: datetime
    skew: timedelta
    is_kept: bool
    asked: dict[str, Asked] = field(default_factory=dict)

    def take(self, line: Line) -> None:
        if line.told is None:
            return
        asked = self._asked(line.told["asker"])
        if asked is self.bringer and not self.is_kept:
            return
        at = self._when(line.told, asked)
        if line.told["kind"] == "scan":
            take_up(session=self.session, found=self._found(line.told), told=self._told(line, asked, at))
            return
        seat = doors.any_seat_at_door(self.session, line.told["seat"])
        if seat is not None:
            self._tick(line, asked, at, seat)

    def _tick(self, line: Line, asked: Asked, at: datetime, seat: Seat) -> None:
        if line.told is not None and line.told["kind"] == "untick":
            take_back(seat=seat, by=asked.by, desk_device=asked.desk_device, at=at)
            return
        tick(seat=seat, told=self._told(line, asked, at, seats=(seat.pk,)))

    def _asked(self, asker: str) -> Asked:
        if asker not in self.asked:
            found = asked_by(asker, self.session)
            self.asked[asker] = found if found.by is not None or found.desk_device is not None else self.bringer
        return self.asked[asker]

    def _when(self, told: dict[str, Any], asked: Asked) -> datetime:
        """Without a word of ours when its roster was given: not before any was."""
        ahead, since = timedelta(milliseconds=told["ahead"]), asked.since or given_from(self.session, self.network)
        return true_time(_at(told["at"]), ahead=ahead, skew=self.skew, since=since, received=self.received)

    def _found(self, told: dict[str, Any]) -> Found:
        if told["registration"]:
            return found_in(self.session, told["registration"])
        if told["outcome"] == Outcome.ON_TRUST:
            return found_by(told["code"], self.session, network=self.network)
        return Found()

    def _told(self, line: Line, asked: Asked, at: datetime, seats: tuple[int, ...] | None = None) -> Told:
        told = line.told or {}
        return Told(
            client_id=told["client_id"],
            outcome=Outcome(told["outcome"]) if seats is None else Outcome.ADMITTED,
            way=Way(told["way"] or Way.TYPED) if seats is None else Way.LIST,
            at=at,
            received_at=self.received,
            skew_seconds=round(self.skew.total_seconds()),
            by=asked.by,
            device=asked.device,
            desk_device=asked.desk_device,
            seats=line.seats if seats is None else seats,
        )


def _at(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, tz=UTC)


def _ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)
