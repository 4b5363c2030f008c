"""Who is still here, who has left, and whom nobody has fetched."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from people.rules.names import masked
from people.rules.phones import masked as masked_phone
from programmes.door.models import CheckIn, Leaving
from programmes.door.queries.parties import AtDoor, Tick, grown_ups_of, parties_at
from programmes.door.rules.calling import TO_STAFF, Manner
from programmes.door.rules.signing_out import LOOKED_FOR, alarm_after
from programmes.planning.models import Session
from programmes.signup.models import Registration, Seat
from programmes.signup.queries.coming import Sight
from programmes.signup.queries.fetching import Comer, alone_in, comers_of
from programmes.signup.queries.standing import terms_in


@dataclass(frozen=True)
class Gone:
    """One who has left: how, when, and of which row to take it back."""

    tick: Tick
    how: str
    clock: str


@dataclass(frozen=True)
class Way:
    """Who may fetch, as the desk shows it: `value` is sent back. The number by its last digits, to whoever may see it."""

    value: str
    name: str
    relation: str
    digits: str


@dataclass(frozen=True)
class Leaver:
    """A party at the way out. `alone`: seats of children who may go by themselves; `counted`: of those whom one looks for."""

    at_door: AtDoor
    here: list[Tick]
    gone: list[Gone]
    ways: list[Way]
    is_said: bool
    alone: frozenset[int]
    counted: frozenset[int]

    @property
    def waits(self) -> int:
        """How many one still looks for."""
        return sum(tick.seat in self.counted for tick in self.here)

    @property
    def code(self) -> str:
        return self.at_door.code

    @property
    def may_go_alone(self) -> bool:
        return bool(self.alone.intersection(tick.seat for tick in self.here))


@dataclass(frozen=True)
class WayOut:
    """All parties that came: the one that is `shown`, then those of whom somebody is looked for."""

    leavers: list[Leaver]
    shown: Leaver | None = None

    @property
    def here(self) -> int:
        return sum(one.waits for one in self.leavers)

    @property
    def gone(self) -> int:
        return sum(gone.tick.seat in one.counted for one in self.leavers for gone in one.gone)


def way_out_of(session: Session, *, sight: Sight, manner: Manner = TO_STAFF, shown: str = "") -> WayOut:
    """Where children are handed over one looks for them alone, and not for grown-ups who came along. `shown`: the code of the
    party that was asked for. Eleven statements, however many they are.
    """
    came = [party for party in parties_at(session, sight=sight, manner=manner) if party.here]
    rows = [party.party.registration for party in came]
    left = {row.seat_id: row for row in Leaving.objects.filter(session=session, undone_at=None)}
    comers, alone = comers_of(rows), frozenset(alone_in([row.pk for row in rows]))
    leavers = [_leaver(party, left, comers[party.party.registration.pk], alone, sight) for party in came]
    if hands_over(session):
        leavers = [replace(one, counted=frozenset(_children(one.at_door))) for one in leavers]
    leavers.sort(key=lambda one: (one.code != shown, not one.waits, not one.here))
    return WayOut(leavers, next((one for one in leavers if one.code == shown), None))


def _children(party: AtDoor) -> Iterable[int]:
    return (tick.seat for tick in party.ticks if not tick.is_grown_up)


def _leaver(
    party: AtDoor,
    left: Mapping[int, Leaving],
    comers: tuple[list[Comer], bool],
    alone: frozenset[int],
    sight: Sight,
) -> Leaver:
    came = [tick for tick in party.ticks if tick.is_here]
    gone = [_gone(tick, left[tick.seat]) for tick in came if tick.seat in left]
    ways = [_way(one, sight) for one in comers[0]]
    here, counted = [tick for tick in came if tick.seat not in left], frozenset(tick.seat for tick in came)
    return Leaver(party, here, gone, ways, comers[1], alone, counted)


def _gone(tick: Tick, row: Leaving) -> Gone:
    return Gone(tick, str(row.get_how_display()), f"{timezone.localtime(row.at):%H:%M}")


def _way(comer: Comer, sight: Sight) -> Way:
    value = f"fetcher {comer.fetcher}" if comer.fetcher is not None else f"person {comer.person}"
    digits = masked_phone(comer.phone)[-4:] if sight.telephones and comer.phone else ""
    return Way(value, masked(comer.name), comer.relation, digits)


def hands_over(session: Session) -> bool:
    """Children stay without an adult."""
    terms = terms_in(session)
    return terms is not None and terms.hand_over


def left_by(client_id: UUID) -> int:
    """How many of those whom one request signed out have not been taken back."""
    return Leaving.objects.filter(client_id=client_id, undone_at=None).count()


def here_in(session: Session, seats: Collection[int] | None = None) -> set[int]:
    """Seats of those who came and have not left. One statement."""
    left = Leaving.objects.filter(seat=OuterRef("seat"), undone_at=None)
    rows = CheckIn.objects.filter(~Exists(left), session=session, undone_at=None)
    if seats is not None:
        rows = rows.filter(seat__in=seats)
    return set(rows.values_list("seat_id", flat=True))


def seats_here(registration: Registration) -> list[Seat]:
    """Of a party. One statement."""
    left = Leaving.objects.filter(seat=OuterRef("pk"), undone_at=None)
    came = CheckIn.objects.filter(seat=OuterRef("pk"), undone_at=None)
    return list(Seat.objects.filter(Exists(came), ~Exists(left), registration=registration).order_by("pk"))


def children_here(registration: Registration) -> list[Seat]:
    """The same without the grown-ups; also those whom nobody named. The registration comes with its seats."""
    grown = grown_ups_of([registration])
    return [seat for seat in seats_here(registration) if seat.pk not in grown]


def not_fetched(rules: Mapping[str, Any], *, at: datetime, paths: Iterable[str] | None = None) -> list[Seat]:
    """Children who came to a session without adults that ended a while ago, and have not been signed out; also those whom nobody
    named, such as of a family that called. Of a class its teacher takes care. `paths`: areas. Four statements at most.
    """
    seats = list(_left_behind(rules, at=at, paths=paths))
    grown = grown_ups_of(list({seat.registration_id: seat.registration for seat in seats}.values()))
    return [seat for seat in seats if seat.pk not in grown]


def _left_behind(rules: Mapping[str, Any], *, at: datetime, paths: Iterable[str] | None) -> "QuerySet[Seat]":
    left = Leaving.objects.filter(seat=OuterRef("pk"), undone_at=None)
    came = CheckIn.objects.filter(seat=OuterRef("pk"), undone_at=None)
    rows: QuerySet[Seat] = Seat.objects.filter(
        Exists(came),
        ~Exists(left),
        registration__group=None,
        session__activity__signup_terms__hand_over=True,
        session__called_off_at=None,
        session__ends_at__lte=at - alarm_after(rules),
        session__ends_at__gt=at - LOOKED_FOR,
    )
    if paths is not None:
        below = Q(pk__in=[])
        for path in paths:
            below |= Q(session__area__path__startswith=path)
        rows = rows.filter(below)
    return (
        rows.select_related("registration").prefetch_related("registration__seats").order_by("session__ends_at", "pk")
    )
