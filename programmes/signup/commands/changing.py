"""Who comes is changed, or nobody comes after all: by the family, or by staff for it."""

from datetime import datetime

from kit.command import command
from kit.refusals import Refused, refuse_if
from networks.steps.journal import note
from networks.steps.outbox import post
from people.choices import FamilyVerb
from people.models import Person
from people.queries.ownership import role_in
from people.rules.families import against_verb
from programmes.signup.choices import Ending, State
from programmes.signup.messages import CHANGED, ENDED
from programmes.signup.models import Registration
from programmes.signup.queries.standing import terms_in
from programmes.signup.rules import registering as rules
from programmes.signup.rules.approval import asks_again
from programmes.signup.rules.party import counted
from programmes.signup.steps.answers import change_answers, looked_at
from programmes.signup.steps.approving import ask_staff
from programmes.signup.steps.caps import hold_change_to_cap
from programmes.signup.steps.ending import end_registration
from programmes.signup.steps.freeing import shrink
from programmes.signup.steps.joining import may_wait, take_what_is_left
from programmes.signup.steps.parties import Party, chosen, locked, refuse_party
from programmes.signup.steps.places import left_of
from programmes.signup.steps.seats import change_seats


@command
def change_party(*, registration: Registration, party: Party, by: Person, at: datetime) -> Registration:
    """Another child in place of one, one fewer, one more if there is room. Nobody loses a place by trying."""
    row = locked(registration)
    terms = terms_in(row.session)
    refuse_if(rules.against_own_change(row, terms, at=at))
    children = chosen(row.household, party)
    refuse_party(row.household, row.session, children, party, by=by, at=at, changing=row)
    answers = looked_at(terms, children, party.answers)
    hold_change_to_cap(row, children, terms)
    wanted = counted(row.session, children=len(children), adults=party.adults)
    before = row.counted
    _grow(row, wanted, at=at)
    is_more = change_seats(row, children=children, adults=party.adults, at=at)
    change_answers(row, answers)
    row.adults, row.changed_at = party.adults, at
    if asks_again(row, terms, is_more=is_more):
        _ask_again(row, at=at)
    row.save(update_fields=["adults", "counted", "changed_at", "approved_at", "state"])
    if wanted < before:
        shrink(row, wanted, at=at)
    note("signup.registration_changed", subject=row, actor=by, values={"places": [before, wanted]})
    post(CHANGED, payload={"registration": row.pk}, dedupe_key=f"{row.pk}:{at.isoformat()}")
    return row


def _ask_again(row: Registration, *, at: datetime) -> None:
    row.approved_at = None
    if row.state == State.HOLDS:
        row.state = State.ASKED
        ask_staff(row.session, at=at)


def _grow(row: Registration, wanted: int, *, at: datetime) -> None:
    """One that waits takes no places yet."""
    more = wanted - row.counted
    if more <= 0:
        return
    if row.holds_places and not take_what_is_left(row.session_id, more, at=at):
        raise Refused(rules.full(left_of(row.session_id), more))
    if row.is_waiting and not may_wait(row.session, wanted, at=at):
        raise Refused(rules.full(left_of(row.session_id), wanted))
    row.counted = wanted


@command
def cancel(*, registration: Registration, by: Person, at: datetime) -> Registration:
    """By the family. What is cancelled already stays as it is: a second tap says the same."""
    row = locked(registration)
    if row.ended_at is not None:
        return row
    role = role_in(row.household, by)
    refuse_if(against_verb(role, FamilyVerb.REGISTER, has_guardian=True))
    refuse_if(rules.against_own_change(row, terms_in(row.session), at=at))
    end_registration(row, ending=Ending.BY_FAMILY, by=by, at=at)
    post(ENDED, payload={"registration": row.pk, "by": by.pk}, dedupe_key=f"{row.pk}")
    return row


@command
def cancel_for(*, registration: Registration, reason: str, by: Person, at: datetime) -> Registration:
    """By staff, with a reason that the family reads."""
    row = locked(registration)
    if row.ended_at is not None:
        return row
    refuse_if(rules.against_ending(reason))
    end_registration(row, ending=Ending.BY_STAFF, reason=reason.strip(), by=by, at=at)
    post(ENDED, payload={"registration": row.pk, "by": by.pk}, dedupe_key=f"{row.pk}")
    return row
