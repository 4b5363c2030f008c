"""What the sheet shows: each household, who of it could come, and whether somebody signed it up already."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from kit.refusals import Refusal
from people.choices import FamilyVerb
from people.models import Household, Person
from people.queries.families import Belonging, belongings_of, children_of
from people.queries.household_names import names_of
from programmes.planning.models import Session
from programmes.signup.choices import CapOf
from programmes.signup.models import Registration
from programmes.signup.queries.caps import went
from programmes.signup.queries.circles import circles_of, inside
from programmes.signup.queries.courses import Day, days_for, days_of
from programmes.signup.queries.families import Candidate, candidates, registration_of
from programmes.signup.queries.standing import terms_in
from programmes.signup.rules.caps import against_cap
from programmes.signup.rules.circles import outside


@dataclass(frozen=True)
class FamilySheet:
    """`place` None: somebody without a family, who begins one here."""

    place: Belonging | None = None
    name: str = ""
    candidates: tuple[Candidate, ...] = ()
    registration: Registration | None = None
    # What keeps the whole family out.
    refusals: tuple[Refusal, ...] = ()
    # Of a course.
    days: tuple[Day, ...] = ()

    @property
    def code(self) -> str:
        return self.place.household.code if self.place else ""

    @property
    def may_add(self) -> bool:
        return self.place is None or self.place.may(FamilyVerb.ADD_CHILD)

    @property
    def able(self) -> list[str]:
        """Codes of those who could come."""
        return [one.child.code for one in self.candidates if is_able(one)]

    @property
    def able_named(self) -> list[tuple[str, str]]:
        return [(one.child.code, one.child.name) for one in self.candidates if is_able(one)]


def is_able(candidate: Candidate) -> bool:
    return not candidate.refusals and not candidate.is_in and not candidate.needs_consent


def sheets_of(person: Person, session: Session, *, at: datetime) -> list[FamilySheet]:
    """The oldest household first; a single empty one for somebody who has none."""
    places = [place for place in belongings_of(person) if place.may(FamilyVerb.REGISTER)]
    days = days_of(session, at=at)
    if not places:
        return [FamilySheet(refusals=tuple(_outside(None, session)), days=days_for(days, None, at=at))]
    names = names_of([place.household for place in places])
    return [
        FamilySheet(
            place,
            names[place.household.pk],
            tuple(candidates(place, session, at=at)),
            registration_of(place.household, session),
            (*_outside(place.household, session), *_too_often(place.household, session)),
            days_for(days, place.household, at=at),
        )
        for place in places
    ]


def sheet_to_change(registration: Registration, place: Belonging, *, at: datetime) -> FamilySheet:
    """Those who are in it already are free to stay."""
    seated = {seat.child_id for seat in registration.seats.all() if seat.ended_at is None}
    found = candidates(place, registration.session, at=at, changing=registration)
    free = [
        Candidate(one.child, one.age, one.refusals, is_in=False, needs_consent=one.needs_consent)
        if one.child.pk in seated
        else one
        for one in found
    ]
    return FamilySheet(place, candidates=tuple(free))


def _outside(household: Household | None, session: Session) -> Iterator[Refusal]:
    """Without a statement where the session is for everybody."""
    terms = terms_in(session)
    if terms is not None and terms.is_closed:
        children = children_of(household) if household is not None else []
        if household is None or not inside(terms, household, children).has_some:
            yield outside(circles_of(terms))


def _too_often(household: Household, session: Session) -> Iterator[Refusal]:
    """Without a statement where the terms set no limit for each family."""
    terms = terms_in(session)
    if terms is not None and terms.most_sessions is not None and terms.cap_of == CapOf.FAMILY:
        yield from against_cap(terms, [session], went(terms, household, ()))
