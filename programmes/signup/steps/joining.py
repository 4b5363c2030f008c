"""Where one statement could not take the places: decided again while nobody else decides."""

from datetime import datetime

from kit.command import step
from kit.refusals import Refusal, Refused
from programmes.planning.models import Session
from programmes.planning.rules.inherited import value_of
from programmes.signup.choices import State
from programmes.signup.models import Places, Registration, Terms
from programmes.signup.queries.standing import terms_in
from programmes.signup.rules.registering import full
from programmes.signup.steps.inviting import answer_time
from programmes.signup.steps.places import count_waiting, left_of, lock_places, open_places, take_past_list, take_places
from programmes.signup.steps.tending import tend_list


@step
def take_or_wait(row: Registration, *, agrees: bool, at: datetime) -> None:
    """Takes the places of a new registration; or puts it in line, where the family agreed to wait; or refuses."""
    if take_places(row.session_id, row.counted):
        return
    kept = Places.objects.filter(pk=row.session_id).first()
    if kept is None:
        open_places(row.session_id)
        if take_places(row.session_id, row.counted):
            return
        kept = Places.objects.get(pk=row.session_id)
    if not agrees and not kept.has_room_for(row.counted):
        # As most are told in the minute when sign-up opens: nobody waits for anybody's lock.
        raise Refused(no_room(row.session, row.counted, at=at))
    lock_places(row.session_id)
    if take_what_is_left(row.session_id, row.counted, at=at):
        return
    if not agrees or not may_wait(row.session, row.counted, at=at):
        raise Refused(no_room(row.session, row.counted, at=at))
    row.state, row.waits_from = State.WAITS, at
    count_waiting(row.session_id, 1)


@step
def take_what_is_left(session_id: int, wanted: int, *, at: datetime) -> bool:
    """Whoever waits and fits is asked first; what is left then fits nobody in line. The count is locked."""
    tend_list(session_id, at=at)
    return take_past_list(session_id, wanted)


def no_room(session: Session, wanted: int, *, at: datetime) -> Refusal:
    return full(left_of(session.pk), wanted, may_wait=may_wait(session, wanted, at=at))


def may_wait(session: Session, wanted: int, *, at: datetime) -> bool:
    """One can join the waiting list; not a party for which there will never be room."""
    if not (terms_in(session) or Terms()).waits or answer_time(session, at=at) is None:
        return False
    capacity = value_of(session, "capacity")
    return capacity is None or wanted <= capacity
