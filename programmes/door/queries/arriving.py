"""What a family finds that is at a venue: its parties, each with the answer that the door would give now."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from networks.models import Network
from people.models import Person
from people.queries.families import Belonging, belongings_of
from programmes.door.choices import ADDED, Outcome, Way
from programmes.door.models import CheckIn
from programmes.door.queries.coming_in import Came, door_of
from programmes.door.queries.parties import grown_ups
from programmes.door.queries.self_check_in import sessions_around, sessions_here
from programmes.door.registers import scannables
from programmes.door.rules.outcomes import Door, Known, outcome_of
from programmes.door.rules.presence import Presence, moment_of
from programmes.planning.models import Session
from programmes.planning.rules.places import place_words
from programmes.planning.rules.wording import clock_words, day_words
from programmes.signup.choices import State, Window
from programmes.signup.models import Registration, Seat
from programmes.signup.queries.families import registrations
from programmes.signup.queries.mine import of_places
from programmes.signup.queries.standing import standing_in
from venues.models import Venue

# Shapes of codes that a family may type itself; a reader number is on every library card.
_TYPED = ("ticket", "ticket_end")
# Of registrations elsewhere and on other days so many are told.
_MOST_TOLD = 3


@dataclass(frozen=True)
class There:
    """A browser at a venue, and by what it is known to be there."""

    venue: Venue
    network: Network
    presence: Presence


@dataclass(frozen=True)
class Box:
    """One seat to tick. `is_taken_back`: staff found that this one had not come."""

    seat: int
    name: str
    is_here: bool
    is_taken_back: bool

    @property
    def is_free(self) -> bool:
        return not self.is_here and not self.is_taken_back


@dataclass(frozen=True)
class AtHand:
    """A registration and what the door says to it, came nobody of it yet. `at`: when the family came, if it comes now;
    `first`: since when somebody of it is here.
    """

    registration: Registration
    at: datetime
    outcome: Outcome
    boxes: tuple[Box, ...]
    first: datetime | None
    door: Door

    @property
    def session(self) -> Session:
        return self.registration.session

    @property
    def title(self) -> str:
        return self.session.title or self.session.activity.title

    @property
    def day(self) -> str:
        return day_words(self.session.starts_at)

    @property
    def clock(self) -> str:
        return clock_words(self.session.starts_at, self.session.ends_at)

    @property
    def where(self) -> str:
        return place_words(self.session)

    @property
    def here(self) -> int:
        return sum(box.is_here for box in self.boxes)

    @property
    def is_open(self) -> bool:
        """Somebody of it can be ticked."""
        return self.outcome == Outcome.ADMITTED and any(box.is_free for box in self.boxes)

    @property
    def was_put_right(self) -> bool:
        return any(box.is_taken_back for box in self.boxes)

    @property
    def face(self) -> str:
        """good: somebody is here; open: nobody yet, and the door is open; else no."""
        if self.here:
            return "good"
        return "open" if self.is_open else "no"


def parties_of(person: Person, there: There, *, at: datetime) -> list[AtHand]:
    """Of all her households: what is on here today; where there is nothing, what they are signed up for elsewhere today
    or on other days. Eight statements at most.
    """
    places, rules = belongings_of(person), there.network.rules
    rows = of_places(places)
    here = rows.filter(session__in=sessions_around(there.presence.at, sessions_here(there.venue), rules))
    found = at_hand(here, there, places, at=at)
    if found:
        return _told(found)
    coming = rows.filter(ended_at=None, session__ends_at__gt=at).order_by("session__starts_at", "pk")
    return _told(_elsewhere(one, at=at) for one in at_hand(coming[:_MOST_TOLD], there, places, at=at))


def party_of_ticket(read: str, there: There, *, at: datetime) -> AtHand | None:
    """Whoever holds a ticket: all of it, or the end of it among today's sessions of the venue. No names."""
    network = there.network
    sessions = list(sessions_around(there.presence.at, sessions_here(there.venue), network.rules))
    for key in _TYPED:
        one = scannables.entries[key]
        code = one.spelled(read, network)
        found = {row.pk: row for session in sessions if code and (row := one.find(code, session, network))}
        # Where two end alike, nobody is guessed.
        if len(found) == 1:
            (party,) = at_hand(registrations().filter(pk__in=found), there, (), at=at)
            is_here = party.session.pk in {session.pk for session in sessions}
            return party if is_here else _elsewhere(party, at=at)
    return None


def at_hand(rows: "QuerySet[Registration]", there: There, places: Sequence[Belonging], *, at: datetime) -> list[AtHand]:
    """`places`: those of the household by which somebody sees names; without any there are none. Three statements."""
    found = list(rows)
    ticks = list(CheckIn.objects.select_related("scan").filter(seat__registration__in=found).order_by("at", "pk"))
    added = {tick.seat_id: Way(tick.scan.way) for tick in ticks if tick.scan.way in ADDED}
    here = {tick.seat_id: tick.at for tick in ticks if tick.undone_at is None}
    back = {tick.seat_id for tick in ticks if tick.undone_at is not None} - here.keys()
    grown = {seat for row in found for seat in grown_ups(row, Came(frozenset(here), added))}
    known = _Seats(here, back, grown)
    by_household: dict[int | None, Belonging] = {place.household.pk: place for place in reversed(places)}
    return [_party(row, by_household.get(row.household_id), there, known, at=at) for row in found]


@dataclass(frozen=True)
class _Seats:
    """Those that are here, since when; whom staff took back; those of grown-ups."""

    here: Mapping[int, datetime]
    back: Collection[int]
    grown: Collection[int]


def _party(row: Registration, place: Belonging | None, there: There, seats: _Seats, *, at: datetime) -> AtHand:
    door = door_of(row.session, there.network.rules)
    known = Known(
        row.session_id,
        door.day,
        State(row.state),
        has_ended=row.ended_at is not None,
        is_called_off=row.session.called_off_at is not None,
        came=False,
    )
    named = _named(row, place, seats.grown)
    boxes = tuple(Box(seat.pk, name, seat.pk in seats.here, seat.pk in seats.back) for seat, name in named)
    first = min((seats.here[box.seat] for box in boxes if box.is_here), default=None)
    came_at = moment_of(there.presence, door, now=at)
    return AtHand(row, came_at, outcome_of(known, door, at=came_at), boxes, first, door)


def _named(row: Registration, place: Belonging | None, grown: Collection[int]) -> Iterable[tuple[Seat, str]]:
    """Children, then grown-ups. A young person answers for the own seat alone."""
    live = (seat for seat in row.seats.all() if seat.ended_at is None)
    for seat in sorted(live, key=lambda seat: (seat.pk in grown, seat.pk)):
        if place is not None and place.child is not None and seat.child_id != place.child.pk:
            continue
        name = seat.child.name if place is not None and seat.child is not None else ""
        yield seat, name or (_("Grown-up") if seat.pk in grown else pgettext("at the door", "Child"))


def _elsewhere(party: AtHand, *, at: datetime) -> AtHand:
    """Of a session that is not on here today, whatever its own door would say."""
    if party.outcome not in {Outcome.ADMITTED, Outcome.TOO_EARLY, Outcome.OVER}:
        return party
    first, last = (timezone.localtime(one).date() for one in (party.session.starts_at, party.session.ends_at))
    is_today = first <= timezone.localtime(at).date() <= last
    return replace(party, outcome=Outcome.ANOTHER_SESSION if is_today else Outcome.ANOTHER_DAY)


def _told(parties: Iterable[AtHand]) -> list[AtHand]:
    """What can be done comes first; what was cancelled is left out where the family has signed up again."""
    found = list(parties)
    live = {(one.session.pk, one.registration.household_id) for one in found if one.registration.ended_at is None}
    kept = [
        one
        for one in found
        if one.registration.ended_at is None or (one.session.pk, one.registration.household_id) not in live
    ]
    return sorted(kept, key=lambda one: (not one.is_open, not one.here, one.session.starts_at, one.registration.pk))


def open_to_sign_up(there: There, *, at: datetime) -> list[Session]:
    """What is on here today and still takes families, for those who are signed up for nothing. One statement."""
    rows = sessions_around(at, sessions_here(there.venue), there.network.rules)
    rows = rows.filter(called_off_at=None, ends_at__gt=at)
    return [row for row in rows.order_by("starts_at", "pk") if _takes(row, at)]


def _takes(session: Session, at: datetime) -> bool:
    standing = standing_in(session)
    if standing is None or standing.terms.is_closed or not standing.signs_up or standing.is_full:
        return False
    return standing.window(at) == Window.OPEN
