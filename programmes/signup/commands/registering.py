"""A family signs up.

Read and refused without locks; the first thing written is the count of places, and that statement decides. Pressed
twice, sent again or come back to, a page's request is answered with the registration that it made.
"""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError

from kit.command import command
from kit.refusals import Refused, refuse_if
from people.models import Household, Person
from programmes.planning.models import Session
from programmes.signup.models import Registration
from programmes.signup.queries import families
from programmes.signup.queries.glance import glance_at
from programmes.signup.queries.standing import terms_in
from programmes.signup.rules import registering as rules
from programmes.signup.rules.approval import with_a_place
from programmes.signup.rules.at_once import Glance, is_plain
from programmes.signup.rules.courses import against_single
from programmes.signup.rules.party import counted
from programmes.signup.steps.answers import looked_at
from programmes.signup.steps.caps import hold_to_cap, refuse_over_cap
from programmes.signup.steps.joining import take_or_wait
from programmes.signup.steps.parties import Party, chosen, refuse_party
from programmes.signup.steps.taking import take_and_write
from programmes.signup.steps.writing import write_down

_TWICE = frozenset(
    {"one_request_registers_once", "a_household_is_registered_to_a_session_once", "a_child_sits_in_a_session_once"}
)


def register(
    *, household: Household, session: Session, party: Party, by: Person, request_key: UUID, at: datetime
) -> Registration:
    """The same request is the same registration, also where two of them arrive at once."""
    seen = glance_at(
        session=session.code,
        household=household.code,
        children=party.children,
        by=by,
        request_key=request_key,
        at=at,
    )
    if seen is not None:
        return register_seen(seen, party=party, by=by, request_key=request_key, at=at)
    return register_in_full(household, session, party, by=by, request_key=request_key, at=at)


def register_seen(seen: Glance, *, party: Party, by: Person, request_key: UUID, at: datetime) -> Registration:
    """A plain sign-up for which there are places is written by one statement; all others are decided piece by piece."""
    if is_plain(seen, children=len(set(party.children)), adults=party.adults, accepts=party.accepts, at=at):
        try:
            made = _at_once(seen, party, by=by, request_key=request_key, at=at)
        except IntegrityError as error:
            # Whoever was quicker is found below.
            if not is_twice(error):
                raise
        else:
            if made is not None:
                return made
    return register_in_full(seen.household, seen.session, party, by=by, request_key=request_key, at=at)


def _at_once(seen: Glance, party: Party, *, by: Person, request_key: UUID, at: datetime) -> Registration | None:
    """None where the places were gone by then."""
    row = Registration(
        pk=seen.registration_id,
        session=seen.session,
        household=seen.household,
        by=by,
        request_key=request_key,
        adults=party.adults,
        counted=counted(seen.session, children=len(seen.children), adults=party.adults),
        accepted_id=seen.session.safety_notice_id,
        made_at=at,
    )
    return row if take_and_write(row, children=seen.children) else None


def register_in_full(
    household: Household, session: Session, party: Party, *, by: Person, request_key: UUID, at: datetime
) -> Registration:
    """Piece by piece, as everything that is not plain goes."""
    try:
        return _register(household=household, session=session, party=party, by=by, request_key=request_key, at=at)
    except (IntegrityError, Refused) as error:
        if isinstance(error, IntegrityError) and not is_twice(error):
            raise
        # Read anew: whoever was quicker may have taken the last place for this very family.
        made = families.sent_before(request_key, by=by)
        if made is not None:
            return made
        if isinstance(error, IntegrityError) or _is_of_quicker(error, household, session):
            raise Refused(rules.registered_already()) from error
        raise


def is_twice(error: IntegrityError) -> bool:
    """It says that the family, or a child, is there already."""
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") in _TWICE


def _is_of_quicker(no: Refused, household: Household, session: Session) -> bool:
    is_full = bool(rules.NO_ROOM & set(no.codes))
    return is_full and families.registration_of(household, session) is not None


@command
def _register(
    *, household: Household, session: Session, party: Party, by: Person, request_key: UUID, at: datetime
) -> Registration:
    row = _session(session)
    children = chosen(household, party)
    refuse_if(against_single(terms_in(row)))
    refuse_party(household, row, children, party, by=by, at=at)
    answers = looked_at(terms_in(row), children, party.answers)
    refuse_over_cap(household, [row], children, terms_in(row))
    registration = Registration(
        session=row,
        household=household,
        by=by,
        request_key=request_key,
        state=with_a_place(terms_in(row)),
        adults=party.adults,
        counted=counted(row, children=len(children), adults=party.adults),
        accepted=row.safety_notice,
        made_at=at,
    )
    take_or_wait(registration, agrees=party.waits, at=at)
    hold_to_cap(household, [row], children, terms_in(row))
    return write_down(registration, children=children, answers=answers)


def _session(session: Session) -> Session:
    row: Session = Session.objects.select_related("activity__signup_terms", "safety_notice").get(pk=session.pk)
    return row
