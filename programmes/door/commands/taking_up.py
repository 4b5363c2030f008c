"""What devices without a network let in is taken up afterwards: as it happened, once, in whatever order it arrives."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from kit.command import command
from people.models import Device, Person
from programmes.door.choices import Outcome, Way
from programmes.door.models import DeskDevice, Scan
from programmes.door.queries.finding import Found
from programmes.door.steps.letting_in import note_tick, see, take_earlier, undo, write_scan
from programmes.planning.models import Session
from programmes.signup.choices import State
from programmes.signup.models import Registration, Seat


@dataclass(frozen=True)
class Told:
    """One answer that a device gave. `outcome`: as its card said. `seats`: who of the party was ticked; None: all of it."""

    client_id: UUID
    outcome: Outcome
    way: Way
    at: datetime
    received_at: datetime
    skew_seconds: int
    by: Person | None
    device: Device | None = None
    desk_device: DeskDevice | None = None
    seats: tuple[int, ...] | None = None


@command
def take_up(*, session: Session, found: Found, told: Told) -> bool:
    """It is never refused: the family is inside already. Told again it is the same scan, and False."""
    return _take_up(session, found, told) is not None


@command
def tick(*, seat: Seat, told: Told) -> bool:
    """One who came later, or was unticked by mistake."""
    came = _take_up(seat.session, Found(seat.registration), replace(told, seats=(seat.pk,)))
    if came:
        note_tick("door.ticked", seat, told.by, told.desk_device)
    return came is not None


@command
def take_back(*, seat: Seat, by: Person | None, at: datetime, desk_device: DeskDevice | None = None) -> bool:
    """Somebody was unticked on a device without a network."""
    is_undone = undo(seat.pk, by=by.pk if by is not None else None, at=at)
    if is_undone:
        note_tick("door.unticked", seat, by, desk_device)
    return is_undone


@command
def look_at(*, session: Session, scans: list[int], by: Person, at: datetime) -> int:
    """A member of staff knows of these now."""
    return see(session.pk, scans, by=by.pk, at=at)


def _take_up(session: Session, found: Found, told: Told) -> int | None:
    """How many seats came in by it; None: it is known."""
    scan = _scan(session, found, told)
    came = write_scan(scan, only=told.seats)
    if came is not None and scan.outcome == Outcome.ADMITTED:
        take_earlier(scan, only=told.seats)
    return came


def _scan(session: Session, found: Found, told: Told) -> Scan:
    row = found.registration
    return Scan(
        client_id=told.client_id,
        session=session,
        registration=row,
        outcome=_outcome(session, row, told.outcome),
        way=found.way or told.way,
        at=told.at,
        received_at=told.received_at,
        by=told.by,
        device=told.device,
        desk_device=told.desk_device,
        is_offline=True,
        skew_seconds=told.skew_seconds,
    )


def _outcome(session: Session, row: Registration | None, said: Outcome) -> Outcome:
    """Who was let in on trust, and is signed up all the same, was let in rightly; who is not known here was let in on trust."""
    if said == Outcome.ON_TRUST and row is not None and row.session_id == session.pk and row.state == State.HOLDS:
        return Outcome.ADMITTED
    if said == Outcome.ADMITTED and row is None:
        return Outcome.ON_TRUST
    return Outcome.UNKNOWN if said == Outcome.ALREADY_HERE and row is None else said
