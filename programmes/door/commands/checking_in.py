"""Families are let in: the whole party by one scan, one seat by a tick, somebody more where a place is free."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from kit import clock
from kit.command import command
from kit.refusals import Refused, refuse_if
from networks.models.scoping import current_network
from people.models import Child, Device, Person
from programmes.door.choices import Outcome, Way
from programmes.door.models import CheckIn, DeskDevice, Scan
from programmes.door.queries.coming_in import came_to, door_of, first_check_in, known_of, taken_back
from programmes.door.queries.finding import Found
from programmes.door.rules.adding import against_adding, against_taking_back
from programmes.door.rules.outcomes import outcome_of
from programmes.door.steps.letting_in import note_tick, undo, was_here, write_scan
from programmes.planning.models import Session
from programmes.signup.models import Registration, Seat
from programmes.signup.steps.at_the_door import seat_fewer, seat_more
from programmes.signup.steps.parties import locked


@dataclass(frozen=True)
class Asking:
    """Who asks, how, when, and by which request: the same one gets the same answer. `by` a person, or else a desk device."""

    client_id: UUID
    way: Way
    # None: a family by its ticket alone, at a screen or with a printed code.
    by: Person | None
    at: datetime
    device: Device | None = None
    desk_device: DeskDevice | None = None


@dataclass(frozen=True)
class Answer:
    """`first`: when the party came, and who let it in; None where it has not."""

    scan: Scan
    first: CheckIn | None = None

    @property
    def outcome(self) -> Outcome:
        return Outcome(self.scan.outcome)

    @property
    def registration(self) -> Registration | None:
        return self.scan.registration


@command
def check_in(*, session: Session, found: Found, asking: Asking) -> Answer:
    """All who were signed up are here, and the card shows them: who is not is unticked."""
    scan = _scan(session, found, asking)
    came = write_scan(scan)
    if came is None:
        return _as_before(asking.client_id)
    if scan.outcome == Outcome.ADMITTED and not came:
        was_here(scan)
    if scan.outcome != Outcome.ALREADY_HERE or scan.registration_id is None:
        return Answer(scan)
    return Answer(scan, first_check_in(scan.registration_id))


@command
def tick(*, seat: Seat, asking: Asking) -> Answer:
    """One who came later than the others, or was unticked by mistake."""
    scan = _scan(seat.session, Found(seat.registration), asking, is_tick=True)
    came = write_scan(scan, only=[seat.pk])
    if came is None:
        return _as_before(asking.client_id)
    if scan.outcome == Outcome.ADMITTED and not came:
        was_here(scan)
    if came:
        note_tick("door.ticked", seat, asking.by, asking.desk_device)
    return Answer(scan, first_check_in(seat.registration_id))


@command
def arrive(*, registration: Registration, seats: Collection[int], asking: Asking) -> Answer:
    """A family checks itself in: those of its seats that it ticked. What staff took back stays so."""
    scan = _scan(registration.session, Found(registration), asking, is_tick=True)
    came = write_scan(scan, only=set(seats) - taken_back(registration.pk))
    if came is None:
        return _as_before(asking.client_id)
    if scan.outcome == Outcome.ADMITTED and not came:
        was_here(scan)
    return Answer(scan, first_check_in(registration.pk))


@command
def untick(*, seat: Seat, by: Person | None, at: datetime, desk_device: DeskDevice | None = None) -> bool:
    """This one has not come. Pressed twice it stays as it is."""
    is_undone = undo(seat.pk, by=by.pk if by is not None else None, at=at)
    if is_undone:
        note_tick("door.unticked", seat, by, desk_device)
    return is_undone


@command
def add(*, registration: Registration, child: Child | None, asking: Asking) -> Answer:
    """A brother or sister who was not signed up, or, without a child, one more grown-up."""
    children = [child] if child is not None else []
    return _add(registration, asking, children=children, adults=0 if child is not None else 1)


@command
def add_nameless(*, registration: Registration, asking: Asking) -> Answer:
    """One more child, whom nobody has entered and nobody names."""
    return _add(registration, asking, nameless=1)


@command
def take_back(*, seat: Seat, asking: Asking) -> None:
    """Somebody without a name was counted here by mistake."""
    row = locked(seat.registration)
    way = came_to(CheckIn.objects.filter(seat=seat)).added.get(seat.pk)
    refuse_if(against_taking_back(way if seat.child_id is None else None))
    undo(seat.pk, by=asking.by.pk if asking.by is not None else None, at=asking.at)
    seat_fewer(row, seat, adults=int(way == Way.ADDED_ADULT), at=asking.at)
    note_tick("door.taken_back", seat, asking.by, asking.desk_device)


def _add(
    registration: Registration, asking: Asking, *, children: Sequence[Child] = (), adults: int = 0, nameless: int = 0
) -> Answer:
    row = locked(registration)
    # Of two that are sent at once the second sees here what the first wrote.
    if Scan.objects.filter(client_id=asking.client_id).exists():
        return _as_before(asking.client_id)
    more = replace(asking, way=Way.ADDED_ADULT if adults else Way.ADDED_CHILD)
    scan = _scan(row.session, Found(row), more, is_tick=True)
    no = against_adding(scan.outcome)
    if no is not None:
        raise Refused(no)
    (seat,) = seat_more(row, children=children, adults=adults, nameless=nameless, at=asking.at)
    write_scan(scan, only=[seat.pk])
    note_tick("door.added", seat, asking.by, asking.desk_device)
    return Answer(scan, first_check_in(row.pk))


def _scan(session: Session, found: Found, asking: Asking, *, is_tick: bool = False) -> Scan:
    """Not written yet; with the answer of the table. Who ticks sees already that others of the party are here."""
    scan = Scan(
        client_id=asking.client_id,
        session=session,
        registration=found.registration,
        way=found.way or asking.way,
        at=asking.at,
        received_at=clock.now(),
        by=asking.by,
        device=asking.device,
        desk_device=asking.desk_device,
    )
    if found.registration is None:
        scan.outcome = Outcome.FOREIGN if found.is_foreign else Outcome.UNKNOWN
        return scan
    scan.registration, known = known_of(found.registration.pk)
    if is_tick:
        known = replace(known, came=False)
    scan.outcome = outcome_of(known, door_of(session, current_network().rules), at=asking.at)
    return scan


def _as_before(client_id: UUID) -> Answer:
    scan: Scan = Scan.objects.select_related("registration__session", "session").get(client_id=client_id)
    first = first_check_in(scan.registration_id) if scan.registration_id is not None else None
    return Answer(scan, first if scan.outcome == Outcome.ALREADY_HERE else None)
