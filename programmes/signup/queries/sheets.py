"""What the sheet shows: each household, who of it could come, and whether somebody signed it up already."""

from dataclasses import dataclass
from datetime import datetime

from people.choices import FamilyVerb
from people.models import Person
from people.queries.families import Belonging, belongings_of
from people.queries.household_names import names_of
from programmes.planning.models import Session
from programmes.signup.models import Registration
from programmes.signup.queries.families import Candidate, candidates, registration_of


@dataclass(frozen=True)
class FamilySheet:
    """`place` None: somebody without a family, who begins one here."""

    place: Belonging | None = None
    name: str = ""
    candidates: tuple[Candidate, ...] = ()
    registration: Registration | None = None

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


def is_able(candidate: Candidate) -> bool:
    return not candidate.refusals and not candidate.is_in and not candidate.needs_consent


def sheets_of(person: Person, session: Session, *, at: datetime) -> list[FamilySheet]:
    """The oldest household first; a single empty one for somebody who has none."""
    places = [place for place in belongings_of(person) if place.may(FamilyVerb.REGISTER)]
    if not places:
        return [FamilySheet()]
    names = names_of([place.household for place in places])
    return [
        FamilySheet(
            place,
            names[place.household.pk],
            tuple(candidates(place, session, at=at)),
            registration_of(place.household, session),
        )
        for place in places
    ]


def sheet_to_change(registration: Registration, place: Belonging, *, at: datetime) -> FamilySheet:
    """Those who are in it already are free to stay."""
    seated = {seat.child_id for seat in registration.seats.all() if seat.ended_at is None}
    found = candidates(place, registration.session, at=at)
    free = [
        Candidate(one.child, one.age, one.refusals, is_in=False, needs_consent=one.needs_consent)
        if one.child.pk in seated
        else one
        for one in found
    ]
    return FamilySheet(place, candidates=tuple(free))
