"""Staff move a family to another session, with a reason that it reads."""

from collections.abc import Iterator
from datetime import datetime
from uuid import uuid4

from kit.command import command
from kit.refusals import Refusal, Refused, refuse_if
from networks.steps.journal import note
from people.models import Person
from programmes.planning.models import Session
from programmes.signup.choices import Ending, State
from programmes.signup.models import Registration, Seat
from programmes.signup.queries import families
from programmes.signup.queries.caps import went
from programmes.signup.queries.circles import circles_of, inside
from programmes.signup.queries.standing import terms_in
from programmes.signup.rules.caps import past_cap
from programmes.signup.rules.circles import against_outsiders
from programmes.signup.rules.moving import against_move, in_it_already, no_room
from programmes.signup.rules.on_behalf import against_passing
from programmes.signup.rules.party import counted
from programmes.signup.steps.answers import carry_answers
from programmes.signup.steps.ending import end_registration
from programmes.signup.steps.joining import take_what_is_left
from programmes.signup.steps.places import left_of, lock_both, open_places
from programmes.signup.steps.seats import Guest
from programmes.signup.steps.writing import write_down


@command
def move_to(
    *, registration: Registration, session: Session, reason: str, passing: str = "", by: Person, at: datetime
) -> Registration:
    """All of them or none. Both counts are locked, in their order; the places that they leave go to whoever waits. What
    the family answered comes along within the same activity. `passing`: why a limit of the other session is passed.
    """
    target: Session = Session.objects.select_related("activity__signup_terms", "safety_notice").get(pk=session.pk)
    open_places(target.pk)
    lock_both(registration.session_id, target.pk)
    Registration.objects.select_for_update().get(pk=registration.pk)
    row: Registration = families.registrations().get(pk=registration.pk)
    refuse_if(against_move(row, target, terms_in(target), reason=reason, at=at))
    seats = [seat for seat in row.seats.all() if seat.ended_at is None]
    if _is_there(row, target, seats):
        raise Refused(in_it_already())
    passed = list(_passed(row, target, seats))
    refuse_if(against_passing(passed, reason=passing, field="passing"))
    wanted = counted(target, children=len(seats) - row.adults, adults=row.adults)
    if not take_what_is_left(target.pk, wanted, at=at):
        raise Refused(no_room(left_of(target.pk)))
    end_registration(row, ending=Ending.MOVED, reason=reason.strip(), by=by, at=at)
    made = _follow(row, target, seats, wanted=wanted, reason=reason.strip(), by=by, at=at)
    if passed:
        note("signup.limit_passed", subject=made, actor=by, reason=passing.strip())
    return made


def _passed(row: Registration, target: Session, seats: list[Seat]) -> Iterator[Refusal]:
    """How often the family comes, and for whom the other session is."""
    terms = terms_in(target)
    if row.household is None or terms is None:
        return
    children = [seat.child for seat in seats if seat.child is not None]
    if terms.most_sessions is not None:
        yield from past_cap(terms, [target], went(terms, row.household, children, besides=row))
    if terms.is_closed:
        yield from against_outsiders(inside(terms, row.household, children), children, circles_of(terms))


def _is_there(row: Registration, target: Session, seats: list[Seat]) -> bool:
    children = [seat.child for seat in seats if seat.child is not None]
    if row.household is None:
        return False
    return bool(families.seats_of(target, row.household, children)) or (
        families.registration_of(row.household, target) is not None
    )


def _follow(
    row: Registration, target: Session, seats: list[Seat], *, wanted: int, reason: str, by: Person, at: datetime
) -> Registration:
    """Whoever moves a family has said yes to it."""
    made = Registration(
        session=target,
        household=row.household,
        group=row.group,
        by=row.by,
        source=row.source,
        request_key=uuid4(),
        state=State.HOLDS,
        adults=row.adults,
        counted=wanted,
        accepted=row.accepted if row.accepted_id == target.safety_notice_id else None,
        note=row.note,
        made_at=at,
        follows=row,
    )
    others = [seat for seat in seats if seat.child is None]
    guests = [Guest(seat.guest, seat.guest_month) for seat in others[: len(others) - row.adults]]
    children = [seat.child for seat in seats if seat.child is not None]
    write_down(made, children=children, guests=guests, actor=by, reason=reason)
    carry_answers(row, made, seats)
    return made
