"""Who comes to a session, as its staff see it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from people.choices import MemberRole
from people.models import Child, Person
from people.queries.families import live_members
from people.rules import phones
from people.rules.ages import Age, age_on
from programmes.planning.models import Session
from programmes.planning.rules.inherited import value_of
from programmes.signup.choices import HOLDING, Source, State
from programmes.signup.models import Places, Registration, Seat


@dataclass(frozen=True)
class Sight:
    """What a member of staff sees of the families in a list."""

    telephones: bool
    needs: bool


@dataclass(frozen=True)
class Guest:
    """Somebody who comes with a name, and the age on the day. `child`: one of a household; of a class nobody is."""

    name: str
    age: Age | None
    child: Child | None = None
    needs: str = ""
    seat: int = 0


@dataclass(frozen=True)
class Party:
    """One family, class or group. `name` and `telephone` are those of who signed it up, else of a guardian.

    `children`: how many come, also those without a name here.
    """

    registration: Registration
    guests: tuple[Guest, ...]
    children: int
    name: str
    telephone: str

    @property
    def needs(self) -> list[Guest]:
        return [guest for guest in self.guests if guest.needs]

    @property
    def is_group(self) -> bool:
        return self.registration.group_id is not None

    @property
    def nameless(self) -> int:
        return self.children - len(self.guests)

    @property
    def ended(self) -> bool:
        return self.registration.ended_at is not None

    @property
    def holds(self) -> bool:
        return self.registration.holds_places

    @property
    def made_at(self) -> datetime:
        return self.registration.made_at

    @property
    def counted(self) -> int:
        return self.registration.counted

    @property
    def title(self) -> str:
        """What one looks for at the door: the children, else the grown-up; of a class its name."""
        if self.is_group:
            return str(self.registration.group)
        return "、".join(guest.name for guest in self.guests) or self.name

    @property
    def words(self) -> str:
        """All that a search by name looks at."""
        names = (self.title, self.name, *(guest.name for guest in self.guests))
        return " ".join((*names, self.telephone.replace(" ", ""))).lower()


@dataclass(frozen=True)
class Coming:
    """All registrations of a session, in the order in which they were made. `capacity` None: as many as come."""

    parties: list[Party]
    taken: int
    capacity: int | None

    @property
    def live(self) -> list[Party]:
        return [party for party in self.parties if not party.ended]

    @property
    def holding(self) -> list[Party]:
        """Those whose places are kept."""
        return [party for party in self.parties if party.holds]

    def in_state(self, *states: State) -> list[Party]:
        return [party for party in self.live if party.registration.state in states]

    @property
    def waiting(self) -> list[Party]:
        """The waiting list in its order, those who were invited first."""
        rows = self.in_state(State.WAITS, State.INVITED)
        return sorted(rows, key=lambda party: _turn(party.registration))

    @property
    def asking(self) -> int:
        """Those who wait for a yes or no."""
        return len(self.in_state(State.ASKED))

    @property
    def children(self) -> list[Child]:
        return [guest.child for party in self.parties for guest in party.guests if guest.child is not None]

    @property
    def child_count(self) -> int:
        return sum(party.children for party in self.holding)

    @property
    def adult_count(self) -> int:
        return sum(party.registration.adults for party in self.holding)


def _turn(row: Registration) -> tuple[bool, int, datetime, int]:
    return (row.state not in HOLDING, row.rank, row.waits_from or row.made_at, row.pk)


def registrations_to(session: Session) -> "QuerySet[Registration]":
    """With those who signed up and those who come, for whoever has the session itself at hand; two statements."""
    rows: QuerySet[Registration] = Registration.objects.filter(session=session)
    return rows.select_related("household", "by__network", "group__contact__network").prefetch_related("seats__child")


def coming_to(session: Session, *, sight: Sight) -> Coming:
    """In the order in which they signed up. Five statements, however many they are."""
    rows = list(registrations_to(session).order_by("made_at", "pk"))
    taken = Places.objects.filter(session=session).values_list("taken", flat=True).first()
    return Coming(parties_of(rows, session, sight=sight), taken or 0, value_of(session, "capacity"))


def party_of(row: Registration, *, sight: Sight) -> Party:
    (party,) = parties_of([row], row.session, sight=sight)
    return party


def parties_of(rows: list[Registration], session: Session, *, sight: Sight) -> list[Party]:
    """One statement, for the grown-ups of their families."""
    day = timezone.localtime(session.starts_at).date()
    grown_ups = _grown_ups(rows)
    return [_party(row, grown_ups, day, sight) for row in rows]


def _grown_ups(rows: Iterable[Registration]) -> dict[int, list[Person]]:
    """Of each family, guardians before carers."""
    found: dict[int, list[Person]] = defaultdict(list)
    households = {row.household_id for row in rows if row.household_id is not None}
    members = live_members().filter(household__in=households).select_related("person__network")
    for member in sorted(members.order_by("joined_at", "pk"), key=lambda one: one.role != MemberRole.GUARDIAN):
        found[member.household_id].append(member.person)
    return found


def _party(row: Registration, grown_ups: dict[int, list[Person]], day: date, sight: Sight) -> Party:
    seats = [seat for seat in row.seats.all() if seat.ended_at == row.ended_at]
    people = _people(row, grown_ups)
    person = people[0] if people else None
    number = next((phones.spaced(one.phone) for one in people if one.phone), "") if sight.telephones else ""
    name = row.group.contact_name if row.group is not None else person.name if person else ""
    guests = tuple(_guests(seats, day, with_needs=sight.needs))
    return Party(row, guests, max(len(seats) - row.adults, len(guests)), name, number)


def _people(row: Registration, grown_ups: dict[int, list[Person]]) -> list[Person]:
    """Whom to speak to: who signed up, then the family's others; what staff wrote down is not theirs."""
    if row.group is not None:
        return [row.group.contact] if row.group.contact is not None else []
    first = [row.by] if row.by is not None and row.source == Source.FAMILY else []
    return [*first, *grown_ups.get(row.household_id or 0, [])]


def _guests(seats: Iterable[Seat], day: date, *, with_needs: bool) -> Iterable[Guest]:
    """The eldest of a family first; a class as its teacher wrote it."""
    seated = {seat.child.pk: seat.child for seat in seats if seat.child is not None and seat.child.erased_at is None}
    for child in sorted(seated.values(), key=lambda child: (child.birth_month or day, child.pk)):
        yield Guest(child.name, _age(child.birth_month, day), child, child.needs if with_needs else "")
    for seat in sorted(seats, key=lambda seat: seat.pk):
        if seat.guest:
            yield Guest(seat.guest, _age(seat.guest_month, day), seat=seat.pk)


def _age(month: date | None, day: date) -> Age | None:
    return age_on(month, day) if month is not None and month <= day else None
