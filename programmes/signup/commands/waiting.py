"""The waiting list: an invitation is accepted or declined, a family is moved up, time passes."""

from datetime import datetime

from kit.command import command
from kit.refusals import refuse_if
from networks.steps.journal import note
from networks.steps.outbox import post
from people.choices import FamilyVerb
from people.models import Person
from people.queries.ownership import role_in
from people.rules.families import against_verb
from programmes.signup.choices import Ending, State
from programmes.signup.messages import ENDED
from programmes.signup.models import Registration
from programmes.signup.queries.caps import over_caps
from programmes.signup.queries.standing import terms_in
from programmes.signup.rules import invitations as rules
from programmes.signup.rules.approval import with_a_place
from programmes.signup.steps.approving import ask_staff
from programmes.signup.steps.ending import end_registration
from programmes.signup.steps.inviting import in_line
from programmes.signup.steps.parties import locked
from programmes.signup.steps.places import lock_places
from programmes.signup.steps.telling import told_as
from programmes.signup.steps.tending import tend_list


@command
def accept(*, registration: Registration, by: Person, at: datetime) -> Registration:
    """By the family. A second tap, or the other parent's, says the same."""
    row = locked(registration)
    _refuse_stranger(row, by)
    return row if _has_accepted(row) else _accept(row, by=by, at=at)


@command
def accept_for(*, registration: Registration, by: Person, at: datetime) -> Registration:
    """By staff, for a family that called."""
    row = locked(registration)
    return row if _has_accepted(row) else _accept(row, by=by, at=at)


@command
def decline(*, registration: Registration, by: Person, at: datetime) -> Registration:
    """The places go on to the next family at once."""
    row = locked(registration)
    _refuse_stranger(row, by)
    if row.ending == Ending.DECLINED:
        return row
    refuse_if(rules.against_answer(row, at=at))
    end_registration(row, ending=Ending.DECLINED, by=by, at=at)
    post(ENDED, payload={"registration": row.pk, "by": by.pk}, dedupe_key=f"{row.pk}")
    return row


@command
def move_up(*, registration: Registration, reason: str, by: Person, at: datetime) -> Registration:
    """Before all others who wait, with a reason that stays in the journal, also where it is past a limit by now; the family
    sees its place in line.
    """
    row = locked(registration)
    refuse_if(rules.against_moving_up(row, reason))
    first = in_line(row.session_id).first()
    before = row.rank
    if first is not None and first.pk != row.pk:
        row.rank = first.rank - 1
        row.save(update_fields=["rank"])
    note("signup.moved_up", subject=row, actor=by, reason=reason.strip(), values={"rank": [before, row.rank]})
    if over_caps(row.session, [row]):
        note("signup.limit_passed", subject=row, actor=by, reason=reason.strip())
    tend_list(row.session_id, at=at)
    return row


@command
def tend(*, session_id: int, at: datetime) -> None:
    """What time did: two processes at once do it once."""
    lock_places(session_id)
    tend_list(session_id, at=at)


def _accept(row: Registration, *, by: Person, at: datetime) -> Registration:
    refuse_if(rules.against_answer(row, at=at))
    row.state = with_a_place(terms_in(row.session), is_approved=row.approved_at is not None)
    row.invited_until, row.changed_at = None, at
    row.save(update_fields=["state", "invited_until", "changed_at"])
    note("signup.accepted", subject=row, actor=by, values={"places": row.counted})
    post(told_as(row), payload={"registration": row.pk}, dedupe_key=f"{row.pk}")
    if row.state == State.ASKED:
        ask_staff(row.session, at=at)
    return row


def _has_accepted(row: Registration) -> bool:
    return row.ended_at is None and row.state in {State.HOLDS, State.ASKED} and row.waits_from is not None


def _refuse_stranger(row: Registration, by: Person) -> None:
    refuse_if(against_verb(role_in(row.household, by), FamilyVerb.REGISTER, has_guardian=True))
