"""名单: what a device takes along to keep a door without a network. No ticket can be read out of it, and no telephone."""

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from networks.models import Network
from people.models import Child
from programmes.door.models import CheckIn
from programmes.door.queries.coming_in import Came, by_whom, came_to
from programmes.door.queries.counting import counted_in
from programmes.door.queries.parties import AtDoor, knowing_of, ticks_of
from programmes.door.rules.calling import Manner
from programmes.door.rules.elsewhere import on_this_day
from programmes.door.rules.outcomes import closes_at, opens_at
from programmes.planning.models import Session
from programmes.planning.queries.session_table import midnight
from programmes.planning.rules.places import place_words
from programmes.planning.rules.wording import clock_words
from programmes.signup.choices import State
from programmes.signup.models import Registration
from programmes.signup.queries.coming import Coming, Party, Sight, coming_to
from programmes.signup.queries.questions import AnswerLine, guarded_lines
from programmes.signup.rules.tickets import TYPED

# It is given so long before the door opens, and wiped so long after it has closed.
GIVEN_BEFORE, KEPT_FOR = timedelta(hours=24), timedelta(hours=12)
# 48 bits: of 500 no two alike, and too few to be worth more than the six characters they stand for.
_TAIL_BYTES = 6


@dataclass(frozen=True)
class Roster:
    """`children`: whose names it holds."""

    data: dict[str, Any]
    children: tuple[Child, ...]


@dataclass(frozen=True)
class _Known:
    """What its lines are written from, read at once for all of them."""

    came: Came
    first: Mapping[int, CheckIn]
    answers: Mapping[int, list[AnswerLine]]
    salt: str
    network: Network
    manner: Manner


def is_given(session: Session, *, network: Network, at: datetime) -> bool:
    """Nobody carries the names of a session about for days."""
    return given_from(session, network) <= at <= closes_at(session.ends_at, network.rules) + KEPT_FOR


def given_from(session: Session, network: Network) -> datetime:
    return opens_at(session.starts_at, network.rules) - GIVEN_BEFORE


def roster_of(session: Session, *, sight: Sight, manner: Manner, network: Network, salt: str, at: datetime) -> Roster:
    """As many statements, however many come. Who holds no place for certain has no ticks; who cancelled has no name either."""
    coming, beside = coming_to(session, sight=sight), _beside(session)
    places = {one.pk: place for place, one in enumerate(_sessions(beside))}
    rows = [party.registration for party in coming.parties]
    here, answers = came_to(CheckIn.objects.filter(session=session)), guarded_lines(sight, rows)
    known = _Known(here, _first(session), answers, salt, network, manner)
    data = {
        "session": session.code,
        "title": session.title or session.activity.title,
        "clock": clock_words(session.starts_at, session.ends_at),
        "where": place_words(session),
        "is_off": session.called_off_at is not None,
        "opens": _ms(opens_at(session.starts_at, network.rules)),
        "closes": _ms(closes_at(session.ends_at, network.rules)),
        "counted": counted_in(session),
        "until": _ms(closes_at(session.ends_at, network.rules) + KEPT_FOR),
        "made": _ms(at),
        "salt": salt,
        "parties": [_line(party, known) for party in coming.parties if party.registration.forgotten_at is None],
        "hosts": sorted(network.hosts.values_list("host", flat=True)),
        "sessions": [on_this_day(one) for one in _sessions(beside)],
        "beside": [[_tail(row, salt, network), places[row.session_id]] for row in beside],
    }
    return Roster(data, tuple(_children(coming)))


def _children(coming: Coming) -> Iterable[Child]:
    for party in coming.live:
        yield from (guest.child for guest in party.guests if guest.child is not None)


def _line(party: Party, known: _Known) -> dict[str, Any]:
    """`t` ticket's end, hashed · `c` code · `s` state · `n` who · `w` with whom · `k` ticks: seat, name, is here · `f` worth
    knowing · `a` since when, let in by whom."""
    row, state = party.registration, _state(party.registration)
    line: dict[str, Any] = {"t": _tail(row, known.salt, known.network), "c": row.code}
    if state:
        line["s"] = state
    if state == "ended":
        return line
    at_door = AtDoor(party, ticks_of(row, known.came, known.manner) if not state else (), known.manner)
    told = {"n": at_door.title, "w": at_door.with_whom, "f": list(knowing_of(at_door, known.answers.get(row.pk, [])))}
    line.update({key: value for key, value in told.items() if value})
    if not state:
        line["k"] = [[tick.seat, tick.name, int(tick.is_here)] for tick in at_door.ticks]
    first = known.first.get(row.pk)
    if first is not None:
        line["a"] = [_ms(first.at), by_whom(first.scan)]
    return line


def _state(row: Registration) -> str:
    """Empty: they hold a place for certain."""
    if row.ended_at is not None:
        return "ended"
    return {State.HOLDS: "", State.ASKED: "asked"}.get(State(row.state), "waits")


def _first(session: Session) -> dict[int, CheckIn]:
    """Of each party the first that came, by registration."""
    rows = CheckIn.objects.filter(session=session, undone_at=None)
    in_order = rows.select_related("scan__by", "scan__desk_device").order_by("-at", "-scan__client_id")
    return {row.scan.registration_id: row for row in in_order if row.scan.registration_id is not None}


def _beside(session: Session) -> list[Registration]:
    """At the same venue on the same day: who stands at the wrong door hears where to go."""
    if session.venue_id is None:
        return []
    today = midnight(timezone.localtime(session.starts_at).date())
    rows = (
        Registration.objects.filter(session__venue=session.venue_id, session__starts_at__gte=today)
        .filter(session__starts_at__lt=today + timedelta(days=1), ended_at=None, state=State.HOLDS)
        .exclude(session=session)
        .select_related("session__activity", "session__venue", "session__room")
    )
    return list(rows.order_by("session__starts_at", "pk"))


def _sessions(rows: Iterable[Registration]) -> list[Session]:
    return list({row.session_id: row.session for row in rows}.values())


def _tail(row: Registration, salt: str, network: Network) -> str:
    row.network = network
    return tail_hash(row.ticket[-TYPED:], salt)


def tail_hash(tail: str, salt: str) -> str:
    """The device does the same with what it reads."""
    return b64encode(hashlib.sha256(f"{salt}:{tail}".encode()).digest()[:_TAIL_BYTES]).decode()


def _ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)
