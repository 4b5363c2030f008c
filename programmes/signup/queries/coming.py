"""Who comes to a session, as its staff see it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from people.choices import MemberRole
from people.models import Child, Person
from people.queries.families import live_members
from people.rules import phones
from people.rules.ages import Age, age_on
from programmes.planning.models import Session
from programmes.planning.rules.inherited import value_of
from programmes.signup.choices import State
from programmes.signup.models import Places, Registration


@dataclass(frozen=True)
class Guest:
    """A child with its age on the day."""

    child: Child
    age: Age | None


@dataclass(frozen=True)
class Party:
    """One family. `name` and `telephone` are those of who signed it up, else of a guardian."""

    registration: Registration
    guests: tuple[Guest, ...]
    name: str
    telephone: str

    @property
    def needs(self) -> list[Guest]:
        return [guest for guest in self.guests if guest.child.needs]


@dataclass(frozen=True)
class Coming:
    """`capacity` None: as many as come."""

    parties: list[Party]
    ended: list[Party]
    taken: int
    capacity: int | None

    @property
    def children(self) -> list[Child]:
        return [guest.child for party in (*self.parties, *self.ended) for guest in party.guests]

    @property
    def asking(self) -> int:
        """Families who wait for a yes or no."""
        return sum(party.registration.state == State.ASKED for party in self.parties)

    @property
    def child_count(self) -> int:
        return sum(len(party.guests) for party in self.parties)

    @property
    def adult_count(self) -> int:
        return sum(party.registration.adults for party in self.parties)


def coming_to(session: Session, *, with_telephones: bool) -> Coming:
    """In the order in which they signed up. Five statements, however many they are."""
    rows = list(
        Registration.objects.filter(session=session)
        .select_related("household", "by__network")
        .prefetch_related("seats__child")
        .order_by("made_at", "pk")
    )
    day = timezone.localtime(session.starts_at).date()
    guardians = _guardians(rows)
    parties = [_party(row, guardians, day, with_telephones=with_telephones) for row in rows]
    taken = Places.objects.filter(session=session).values_list("taken", flat=True).first()
    return Coming(
        [party for party in parties if party.registration.ended_at is None],
        [party for party in parties if party.registration.ended_at is not None],
        taken or 0,
        value_of(session, "capacity"),
    )


def _guardians(rows: Iterable[Registration]) -> dict[int, list[Person]]:
    found: dict[int, list[Person]] = defaultdict(list)
    households = {row.household_id for row in rows if row.household_id is not None}
    members = live_members().filter(household__in=households, role=MemberRole.GUARDIAN)
    for member in members.select_related("person__network").order_by("joined_at", "pk"):
        found[member.household_id].append(member.person)
    return found


def _party(row: Registration, guardians: dict[int, list[Person]], day: date, *, with_telephones: bool) -> Party:
    seats = [seat for seat in row.seats.all() if row.ended_at is not None or seat.ended_at is None]
    seated = {seat.child.pk: seat.child for seat in seats if seat.child is not None and seat.child.erased_at is None}
    children = sorted(seated.values(), key=lambda child: (child.birth_month or day, child.pk))
    people = [*([row.by] if row.by is not None else []), *guardians.get(row.household_id or 0, [])]
    person = people[0] if people else None
    return Party(
        row,
        tuple(Guest(child, _age(child, day)) for child in children),
        person.name if person else "",
        next((phones.spaced(one.phone) for one in people if one.phone), "") if with_telephones else "",
    )


def _age(child: Child, day: date) -> Age | None:
    return age_on(child.birth_month, day) if child.birth_month and child.birth_month <= day else None
