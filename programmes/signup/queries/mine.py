"""What families have signed up for, as they see it. Each page in a constant number of statements."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from people.choices import FamilyVerb
from people.models import Person
from people.queries.families import Belonging, belongings_of
from programmes.planning.rules.inherited import value_of
from programmes.planning.rules.places import place_words
from programmes.planning.rules.wording import clock_words, day_words
from programmes.signup.choices import HOLDING, Ending, State
from programmes.signup.models import Registration, Seat
from programmes.signup.queries.families import registrations
from programmes.signup.queries.standing import terms_in
from programmes.signup.queries.waiting import families_before

# Of what is over, so many.
PAST = 30


@dataclass(frozen=True)
class Mine:
    """A registration as one of the family sees it; of a cancelled one, who would have come."""

    registration: Registration
    place: Belonging
    title: str
    day: str
    clock: str
    where: str
    names: tuple[str, ...]
    is_over: bool
    # Families who wait before this one.
    before: int = 0
    # Further days of the course to come, where a list shows only its next one.
    more: int = 0

    @property
    def is_off(self) -> bool:
        return self.registration.session.called_off_at is not None

    @property
    def is_turned_down(self) -> bool:
        return self.registration.ending == Ending.REFUSED

    @property
    def is_cancelled(self) -> bool:
        return self.registration.ended_at is not None

    @property
    def is_asking(self) -> bool:
        """It holds its places, and the library has not said yes yet."""
        return self.is_coming and self.registration.state == State.ASKED

    @property
    def was_asked(self) -> bool:
        """The activity has questions of its own. What others of the family answered is not a young person's."""
        terms = terms_in(self.registration.session)
        return terms is not None and terms.asks and self.place.child is None

    @property
    def is_coming(self) -> bool:
        return not self.is_cancelled and not self.is_over

    @property
    def ticket(self) -> str:
        """Its code, as long as it opens a door."""
        opens = self.is_coming and not self.is_off and self.registration.state == State.HOLDS
        return self.registration.ticket if opens else ""

    @property
    def is_waiting(self) -> bool:
        return self.is_coming and not self.is_off and self.registration.is_waiting

    @property
    def is_asked(self) -> bool:
        """Places are kept, and the family has to say whether it comes."""
        return self.is_coming and not self.is_off and self.registration.is_invited

    @property
    def nameless(self) -> int:
        """Children whom staff wrote down without a name."""
        seats = seats_in(self.registration)
        return max(0, sum(seat.child_id is None for seat in seats) - self.registration.adults)

    @property
    def is_for_others_too(self) -> bool:
        """Of a young person's own login: brothers and sisters are in it, and the family decides for them."""
        own = self.place.child
        return own is not None and any(seat.child_id not in {own.pk, None} for seat in seats_in(self.registration))


@dataclass(frozen=True)
class Shelves:
    """Of all her households, the next one first: what has to be answered, what is coming, what is waited for; and what is
    over or cancelled.
    """

    asked: list[Mine]
    coming: list[Mine]
    waiting: list[Mine]
    past: list[Mine]


def mine_of(person: Person, *, at: datetime) -> Shelves:
    """Seven statements at most."""
    places = belongings_of(person)
    rows = of_places(places)
    coming = rows.filter(ended_at=None, session__ends_at__gt=at).order_by("session__starts_at", "pk")
    past = rows.exclude(ended_at=None, session__ends_at__gt=at).order_by("-session__starts_at", "-pk")[:PAST]
    live = _told(coming, places, at=at)
    return Shelves(
        [one for one in live if one.is_asked],
        _folded(one for one in live if not one.is_asked and not one.is_waiting),
        [one for one in live if one.is_waiting],
        _told(past, places, at=at),
    )


def _folded(rows: Iterable[Mine]) -> list[Mine]:
    """Of a course the next day alone, and how many more there are."""
    kept: dict[object, Mine] = {}
    for one in rows:
        key = one.registration.together or one.registration.pk
        kept[key] = replace(kept[key], more=kept[key].more + 1) if key in kept else one
    return list(kept.values())


def mine_by_code(person: Person, code: str, *, at: datetime) -> Mine | None:
    places = belongings_of(person)
    return next(iter(_told(of_places(places).filter(code=code), places, at=at)), None)


def count_coming(person: Person, *, at: datetime) -> int:
    """Not what is only waited for."""
    rows = of_places(belongings_of(person)).filter(ended_at=None, session__called_off_at=None, session__ends_at__gt=at)
    return rows.filter(state__in=HOLDING).count()


def seats_in(registration: Registration) -> list[Seat]:
    """Those that hold; of a cancelled registration, those that held to the end."""
    return [seat for seat in registration.seats.all() if seat.ended_at == registration.ended_at]


def of_places(places: Iterable[Belonging]) -> "QuerySet[Registration]":
    """A young person finds only what the own seat is in."""
    theirs = Q(pk__in=[])
    for place in places:
        if place.child is None:
            theirs |= Q(household=place.household)
        elif place.may(FamilyVerb.REGISTER):
            own = Seat.objects.filter(registration=OuterRef("pk"), child=place.child)
            theirs |= Q(Exists(own), household=place.household)
    return registrations().filter(theirs)


def _told(rows: "QuerySet[Registration]", places: list[Belonging], *, at: datetime) -> list[Mine]:
    by_household: dict[int | None, Belonging] = {place.household.pk: place for place in reversed(places)}
    found = list(rows)
    before = families_before(found)
    return [_mine(row, by_household[row.household_id], at=at, before=before.get(row.pk, 0)) for row in found]


def _mine(row: Registration, place: Belonging, *, at: datetime, before: int) -> Mine:
    session = row.session
    return Mine(
        row,
        place,
        title=value_of(session, "title"),
        day=day_words(session.starts_at),
        clock=clock_words(session.starts_at, session.ends_at),
        where=place_words(session),
        names=tuple(_names(row, place)),
        is_over=session.ends_at <= at,
        before=before,
    )


def _names(row: Registration, place: Belonging) -> Iterable[str]:
    for seat in seats_in(row):
        is_shown = place.child is None or seat.child_id == place.child.pk
        if seat.child is not None and seat.child.name and is_shown:
            yield seat.child.name
