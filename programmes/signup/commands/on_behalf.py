"""Staff write a family down who called or stands at the counter.

A child's data is kept only where somebody of the family agreed to it, and nobody agrees in a family's name (ADR 0014): of
children who are not here yet only the number is written down.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError

from kit.command import command
from kit.refusals import Refusal, Refused, refuse_if
from networks.models.scoping import current_network
from people.choices import MemberRole
from people.models import Child, Household, Person
from people.rules.families import against_beginning
from people.steps.families import put_member
from people.steps.persons import enrol
from programmes.planning.models import Session
from programmes.signup.choices import Source
from programmes.signup.models import Registration, Terms
from programmes.signup.queries import families
from programmes.signup.queries.callers import is_a_childs, place_of_number
from programmes.signup.queries.caps import went
from programmes.signup.queries.circles import circles_of, inside
from programmes.signup.queries.questions import asked_by
from programmes.signup.queries.standing import terms_in
from programmes.signup.rules import on_behalf as rules
from programmes.signup.rules.answers import Answers
from programmes.signup.rules.caps import past_cap
from programmes.signup.rules.circles import against_outsiders
from programmes.signup.rules.party import counted
from programmes.signup.rules.registering import against_seats, against_unagreed, registered_already
from programmes.signup.steps.answers import heard
from programmes.signup.steps.caps import hold_to_cap
from programmes.signup.steps.joining import take_or_wait
from programmes.signup.steps.parties import Party, chosen
from programmes.signup.steps.seats import Guest
from programmes.signup.steps.writing import write_down

_TWICE = frozenset({"a_household_is_registered_to_a_session_once", "a_child_sits_in_a_session_once"})


@dataclass(frozen=True)
class Told:
    """What the family said. `phone` as people.rules.phones gives it; `name` and `role` are of somebody who is new here.

    `nameless`: children of whom nothing but the number is written down. `accepted`: the safety notice was read to them;
    `waits`: they join the waiting list where there is no room for all of them.
    """

    phone: str
    source: Source
    name: str = ""
    role: MemberRole = MemberRole.GUARDIAN
    children: tuple[str, ...] = ()
    nameless: int = 0
    adults: int = 0
    accepted: bool = False
    waits: bool = False
    note: str = ""
    reason: str = ""
    answers: Answers = field(default_factory=dict)


def sign_up_for(*, session: Session, told: Told, by: Person, request_key: UUID, at: datetime) -> Registration:
    """The same request is the same registration."""
    try:
        return _sign_up_for(session=session, told=told, by=by, request_key=request_key, at=at)
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "")
        if name == "one_request_registers_once" and (made := families.sent_before(request_key, by=by)):
            return made
        if name in _TWICE:
            raise Refused(registered_already()) from error
        raise


@command
def _sign_up_for(*, session: Session, told: Told, by: Person, request_key: UUID, at: datetime) -> Registration:
    made = families.sent_before(request_key, by=by)
    if made is not None:
        return made
    row: Session = Session.objects.select_related("activity__signup_terms", "safety_notice").get(pk=session.pk)
    place = place_of_number(told.phone, network=current_network())
    household = place.household if place is not None else None
    children = chosen(household, Party(told.children)) if household is not None else []
    _refuse(row, household, children, told, at=at)
    answers = heard(terms_in(row), children, told.answers)
    registration = Registration(
        session=row,
        household=household,
        by=by,
        source=told.source,
        request_key=request_key,
        adults=told.adults,
        counted=counted(row, children=len(children) + told.nameless, adults=told.adults),
        accepted=row.safety_notice,
        note=told.note,
        made_at=at,
    )
    take_or_wait(registration, agrees=told.waits, at=at)
    if household is not None and not told.reason.strip():
        hold_to_cap(household, [row], children, terms_in(row))
    if registration.is_waiting:
        # Whoever puts a family on the list has said yes to it, as where it is signed up.
        registration.approved_at = at
    if household is None:
        registration.household = _begin(told, by=by, at=at)
    guests = [Guest()] * told.nameless
    return write_down(registration, children=children, guests=guests, answers=answers, reason=told.reason.strip())


def _refuse(session: Session, household: Household | None, children: list[Child], told: Told, *, at: datetime) -> None:
    terms: Terms | None = terms_in(session)
    refuse_if(rules.against_open(session, terms, at=at))
    refuse_if(rules.against_guests(session, children=children, nameless=told.nameless, adults=told.adults))
    refuse_if(rules.against_unread(session, is_accepted=told.accepted))
    if terms is not None:
        refuse_if(rules.against_passing(_passed(session, terms, household, children, told, at=at), reason=told.reason))
    if household is None:
        return
    agreed = families.agreed_to(children, at=at)
    refuse_if(against_unagreed([child for child in children if child.pk not in agreed]))
    refuse_if(against_seats(families.seats_of(session, household, children), household, changing=None))


def _passed(
    session: Session, terms: Terms, household: Household | None, children: list[Child], told: Told, *, at: datetime
) -> Iterator[Refusal]:
    yield from rules.to_be_passed(session, terms, children=len(children) + told.nameless, at=at)
    if household is not None and terms.most_sessions is not None:
        yield from past_cap(terms, [session], went(terms, household, children))
    if terms.is_closed:
        yield from against_outsiders(inside(terms, household, children), children, circles_of(terms))
    yield from rules.left_open(asked_by(terms), children, told.answers)


def _begin(told: Told, *, by: Person, at: datetime) -> Household:
    """Whoever called is its first member: it is hers as soon as she signs in with this number."""
    network = current_network()
    if is_a_childs(told.phone, network=network):
        raise Refused(rules.OF_A_CHILD)
    refuse_if(against_beginning(told.role, households=0, is_young=False, network_rules=network.rules))
    person = enrol(network=network, phone=told.phone, name=told.name)
    household: Household = Household.objects.create(made_at=at)
    put_member(household=household, person=person, role=told.role, relation="", at=at, actor=by)
    return household
