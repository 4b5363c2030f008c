"""Who a family brings, looked at before anything is written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from kit.command import step
from kit.refusals import refuse_if
from people.choices import FamilyVerb
from people.models import Child, Household, Person
from people.queries.ownership import role_in
from people.rules.families import against_verb
from programmes.planning.models import Session
from programmes.signup.models import Registration
from programmes.signup.queries import families
from programmes.signup.queries.standing import terms_in
from programmes.signup.rules import registering as rules
from programmes.signup.rules.answers import Answers
from programmes.signup.rules.party import against_party
from programmes.signup.steps.circles import refuse_outsiders
from programmes.signup.steps.places import lock_places


@dataclass(frozen=True)
class Party:
    """Who comes: codes of children, and how many grown-ups. `accepts`: the safety notice of the session, read by now;
    `waits`: they join the waiting list where there is no room for all of them.
    """

    children: tuple[str, ...] = ()
    adults: int = 0
    accepts: int | None = None
    waits: bool = False
    # To the activity's own questions; None where nobody was asked.
    answers: Answers | None = None


@step
def chosen(household: Household, party: Party) -> list[Child]:
    found = families.chosen_children(household, party.children)
    refuse_if(rules.against_children(missing=len(set(party.children)) - len(found)))
    return found


@step
def refuse_party(
    household: Household,
    session: Session,
    children: Sequence[Child],
    party: Party,
    *,
    by: Person,
    at: datetime,
    changing: Registration | None = None,
    is_later_day: bool = False,
) -> None:
    """`is_later_day`: of a course, whose sign-up opens and closes with its first day."""
    refuse_if(against_verb(role_in(household, by), FamilyVerb.REGISTER, has_guardian=True))
    terms = terms_in(session)
    if changing is None:
        refuse_if(() if is_later_day else rules.against_session(session, terms, at=at))
        refuse_if(rules.against_notice(session, accepts=party.accepts))
    if terms is not None:
        already = _children_of(changing) if changing is not None else 0
        refuse_if(against_party(session, terms, children=children, adults=party.adults, already=already))
    newcomers = _without(children, families.children_in(changing))
    if newcomers or changing is None:
        refuse_outsiders(household, newcomers, terms)
    refuse_if(rules.against_unagreed(_without(children, families.agreed_to(children, at=at))))
    seated = families.seats_of(session, household, children)
    refuse_if(rules.against_seats(seated, household, changing=changing))


def _children_of(registration: Registration) -> int:
    """Also those without a name."""
    return sum(seat.ended_at is None for seat in registration.seats.all()) - registration.adults


def _without(children: Iterable[Child], keys: set[int]) -> list[Child]:
    return [child for child in children if child.pk not in keys]


@step
def locked(registration: Registration) -> Registration:
    """The session's count first, then the registration: all who change one go in this order."""
    lock_places(registration.session_id)
    Registration.objects.select_for_update().get(pk=registration.pk)
    row: Registration = families.registrations().get(pk=registration.pk)
    return row
