"""A family signs up, changes who comes, and cancels.

Read and refused without locks; the first thing written is the count of places, and that statement decides. Pressed
twice, sent again or come back to, a page's request is answered with the registration that it made.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError

from kit.command import command
from kit.refusals import Refused, refuse_if
from networks.steps.journal import note
from networks.steps.outbox import post
from people.choices import FamilyVerb
from people.models import Child, Household, Person
from people.queries.ownership import role_in
from people.rules.families import against_verb
from programmes.planning.models import Session
from programmes.signup.choices import Ending
from programmes.signup.messages import CHANGED, ENDED, REGISTERED
from programmes.signup.models import Places, Registration
from programmes.signup.queries import families
from programmes.signup.queries.standing import terms_in
from programmes.signup.rules import registering as rules
from programmes.signup.rules.party import against_party, counted
from programmes.signup.steps.places import give_back_places, lock_places, open_places, take_places
from programmes.signup.steps.seats import change_seats, end_seats, fill_seats

_TWICE = frozenset(
    {"one_request_registers_once", "a_household_is_registered_to_a_session_once", "a_child_sits_in_a_session_once"}
)


@dataclass(frozen=True)
class Party:
    """Who comes: codes of children, and how many grown-ups. `accepts`: the safety notice of the session, read by now."""

    children: tuple[str, ...] = ()
    adults: int = 0
    accepts: int | None = None


def register(
    *, household: Household, session: Session, party: Party, by: Person, request_key: UUID, at: datetime
) -> Registration:
    """The same request is the same registration, also where two of them arrive at once."""
    try:
        return _register(household=household, session=session, party=party, by=by, request_key=request_key, at=at)
    except (IntegrityError, Refused) as error:
        if isinstance(error, IntegrityError) and _constraint(error) not in _TWICE:
            raise
        # Read anew: whoever was quicker may have taken the last place for this very family.
        made = families.sent_before(request_key, by=by)
        if made is not None:
            return made
        if isinstance(error, IntegrityError) or _is_of_quicker(error, household, session):
            raise Refused(rules.registered_already()) from error
        raise


def _constraint(error: IntegrityError) -> str:
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""


def _is_of_quicker(no: Refused, household: Household, session: Session) -> bool:
    is_full = bool({"full", "too_few_left"} & set(no.codes))
    return is_full and families.registration_of(household, session) is not None


@command
def _register(
    *, household: Household, session: Session, party: Party, by: Person, request_key: UUID, at: datetime
) -> Registration:
    made = families.sent_before(request_key, by=by)
    if made is not None:
        return made
    row = _session(session)
    children = _children(household, party)
    _refuse_party(household, row, children, party, by=by, at=at)
    wanted = counted(row, children=len(children), adults=party.adults)
    _take(row, wanted)
    registration = Registration(
        session=row,
        household=household,
        by=by,
        request_key=request_key,
        adults=party.adults,
        counted=wanted,
        accepted=row.safety_notice,
        made_at=at,
    )
    registration.save(force_insert=True)
    fill_seats(registration, children=children, adults=party.adults)
    note("signup.registered", subject=registration, actor=by, values={"session": row.code, "places": wanted})
    post(REGISTERED, payload={"registration": registration.pk}, dedupe_key=f"{registration.pk}")
    return registration


@command
def change_party(*, registration: Registration, party: Party, by: Person, at: datetime) -> Registration:
    """Another child in place of one, one fewer, one more if there is room. Nobody loses a place by trying."""
    row = _locked(registration)
    refuse_if(rules.against_own_change(row, terms_in(row.session), at=at))
    children = _children(row.household, party)
    _refuse_party(row.household, row.session, children, party, by=by, at=at, changing=row)
    wanted = counted(row.session, children=len(children), adults=party.adults)
    if wanted > row.counted and not take_places(row.session_id, wanted - row.counted):
        raise Refused(rules.full(_left(row.session_id), wanted - row.counted))
    if wanted < row.counted:
        give_back_places(row.session_id, row.counted - wanted)
    change_seats(row, children=children, adults=party.adults, at=at)
    before, row.adults, row.counted, row.changed_at = row.counted, party.adults, wanted, at
    row.save(update_fields=["adults", "counted", "changed_at"])
    note("signup.registration_changed", subject=row, actor=by, values={"places": [before, wanted]})
    post(CHANGED, payload={"registration": row.pk}, dedupe_key=f"{row.pk}:{at.isoformat()}")
    return row


@command
def cancel(*, registration: Registration, by: Person, at: datetime) -> Registration:
    """By the family. What is cancelled already stays as it is: a second tap says the same."""
    row = _locked(registration)
    if row.ended_at is not None:
        return row
    role = role_in(row.household, by)
    refuse_if(against_verb(role, FamilyVerb.REGISTER, has_guardian=True))
    refuse_if(rules.against_own_change(row, terms_in(row.session), at=at))
    return _end(row, ending=Ending.BY_FAMILY, reason="", by=by, at=at)


@command
def cancel_for(*, registration: Registration, reason: str, by: Person, at: datetime) -> Registration:
    """By staff, with a reason that the family reads."""
    row = _locked(registration)
    if row.ended_at is not None:
        return row
    refuse_if(rules.against_ending(reason))
    return _end(row, ending=Ending.BY_STAFF, reason=reason.strip(), by=by, at=at)


def _end(row: Registration, *, ending: Ending, reason: str, by: Person, at: datetime) -> Registration:
    row.ended_at, row.ending, row.end_reason = max(at, row.made_at), ending, reason
    row.save(update_fields=["ended_at", "ending", "end_reason"])
    end_seats(row, at=row.ended_at)
    give_back_places(row.session_id, row.counted)
    note("signup.registration_ended", subject=row, actor=by, values={"ending": ending, "places": row.counted})
    post(ENDED, payload={"registration": row.pk, "by": by.pk}, dedupe_key=f"{row.pk}")
    return row


def _session(session: Session) -> Session:
    row: Session = Session.objects.select_related("activity__signup_terms", "safety_notice").get(pk=session.pk)
    return row


def _locked(registration: Registration) -> Registration:
    """The session's count first, then the registration: all who change one go in this order."""
    lock_places(registration.session_id)
    Registration.objects.select_for_update().get(pk=registration.pk)
    row: Registration = families.registrations().get(pk=registration.pk)
    return row


def _children(household: Household, party: Party) -> list[Child]:
    found = families.chosen_children(household, party.children)
    refuse_if(rules.against_children(missing=len(set(party.children)) - len(found)))
    return found


def _refuse_party(
    household: Household,
    session: Session,
    children: Sequence[Child],
    party: Party,
    *,
    by: Person,
    at: datetime,
    changing: Registration | None = None,
) -> None:
    refuse_if(against_verb(role_in(household, by), FamilyVerb.REGISTER, has_guardian=True))
    terms = terms_in(session)
    if changing is None:
        refuse_if(rules.against_session(session, terms, at=at))
        refuse_if(rules.against_notice(session, accepts=party.accepts))
    if terms is not None:
        refuse_if(against_party(session, terms, children=children, adults=party.adults))
    refuse_if(rules.against_unagreed(_without(children, families.agreed_to(children, at=at))))
    seated = families.seats_of(session, household, children)
    refuse_if(rules.against_seats(seated, household, changing=changing))


def _without(children: Iterable[Child], keys: set[int]) -> list[Child]:
    return [child for child in children if child.pk not in keys]


def _take(session: Session, wanted: int) -> None:
    if take_places(session.pk, wanted):
        return
    open_places(session.pk)
    if not take_places(session.pk, wanted):
        raise Refused(rules.full(_left(session.pk), wanted))


def _left(session_id: int) -> int:
    row = Places.objects.get(pk=session_id)
    return max(0, (row.capacity or 0) - row.taken)
