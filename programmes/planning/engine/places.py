"""Whether a session can be held at a venue at a time, and in which room."""

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from operator import attrgetter

from django.utils import timezone
from django.utils.translation import gettext as _

from programmes.planning.choices import Obstacle
from programmes.planning.models import Activity
from programmes.planning.queries.rollouts import Facts
from programmes.planning.queries.taken import Hold, Holds
from programmes.planning.rules.asking import Ask
from venues.models import Closure, Room, Venue
from venues.queries.openness import Slot
from venues.rules.words import slots_text


@dataclass(frozen=True)
class Place:
    """Where it can be held; without a room, in the venue itself."""

    room: Room | None


@dataclass(frozen=True)
class No:
    """`note` says what exactly is in the way."""

    obstacle: Obstacle
    note: str = ""


@dataclass
class Places:
    """Remembers what the plan itself takes."""

    activity: Activity
    ask: Ask
    facts: Facts
    at: datetime
    _rooms: Holds = field(default_factory=Holds)
    _venues: Holds = field(default_factory=Holds)
    _fitting: dict[int, list[Room]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for taken in self.facts.taken:
            self._enter(taken.room, taken.hold)
        self._fitting = {venue.pk: self._rooms_that_fit(venue) for venue in self.facts.venues}

    def look(self, venue: Venue, hold: Hold, starts_at: datetime, ends_at: datetime) -> Place | No:
        """`hold` with the time to set up and clear up."""
        if starts_at <= self.at:
            return No(Obstacle.PAST)
        return self._closed(venue, starts_at, ends_at) or self._room(venue, hold)

    def take(self, place: Place, hold: Hold) -> None:
        self._enter(place.room.pk if place.room else None, hold)

    def _enter(self, room: int | None, hold: Hold) -> None:
        if room is not None:
            self._rooms.add(room, hold)
        if hold.venue is not None and (room is None or hold.activity == self.activity.pk):
            self._venues.add(hold.venue, hold)

    def _closed(self, venue: Venue, starts_at: datetime, ends_at: datetime) -> No | None:
        if self.ask.skips_closures or self.ask.within_hours:
            closure = _first_closure(self.facts.closures.get(venue.pk, []), starts_at, ends_at)
            if closure is not None:
                return No(Obstacle.CLOSURE, closure.reason)
        if not self.ask.within_hours:
            return None
        slots = self.facts.slots[venue.pk]
        place = bisect_right(slots, starts_at, key=attrgetter("opens_at"))
        if place and slots[place - 1].closes_at >= ends_at:
            return None
        return _hours_told(slots[max(0, place - 2) : place + 3], starts_at, ends_at)

    def _room(self, venue: Venue, hold: Hold) -> Place | No:
        same = self._venues.within(venue.pk, hold.starts_at, hold.ends_at)
        if same is not None and same.activity == self.activity.pk:
            return No(Obstacle.SAME, taken_by(same))
        if not self.facts.rooms.get(venue.pk) and not self.ask.room_name:
            return No(Obstacle.ROOM_TAKEN, taken_by(same)) if same else Place(None)
        fitting = self._fitting[venue.pk]
        if not fitting:
            return No(Obstacle.NO_ROOM, self._why_no_room(venue))
        holds = [(room, self._rooms.within(room.pk, hold.starts_at, hold.ends_at)) for room in fitting]
        free = next((room for room, taken in holds if taken is None), None)
        if free is not None:
            return Place(free)
        room, taken = holds[0]
        return No(Obstacle.ROOM_TAKEN, f"{room.name} · {taken_by(taken)}" if taken else room.name)

    def _rooms_that_fit(self, venue: Venue) -> list[Room]:
        needed, equipment = people_of(self.activity), set(self.activity.equipment)
        return [
            room
            for room in self.facts.rooms.get(venue.pk, [])
            if (not self.ask.room_name or room.name == self.ask.room_name)
            and room.capacity >= needed
            and equipment <= set(room.equipment)
        ]

    def _why_no_room(self, venue: Venue) -> str:
        rooms = self.facts.rooms.get(venue.pk, [])
        named = [room for room in rooms if not self.ask.room_name or room.name == self.ask.room_name]
        if not named:
            return _("there is no “%(name)s”") % {"name": self.ask.room_name}
        largest, needed = max(room.capacity for room in named), people_of(self.activity)
        if largest < needed:
            return _("the largest holds %(largest)s, %(needed)s are needed") % {"largest": largest, "needed": needed}
        return _("not the equipment that the activity needs")


def people_of(activity: Activity) -> int:
    """How many the room must hold."""
    return activity.room_capacity or activity.capacity or 1


def taken_by(hold: Hold) -> str:
    """ "绘本故事会 10:00–11:00", with the time to set up and clear up."""
    first, last = timezone.localtime(hold.starts_at), timezone.localtime(hold.ends_at)
    return f"{hold.title} {first:%H:%M}–{last:%H:%M}"


def _first_closure(closures: list[Closure], starts_at: datetime, ends_at: datetime) -> Closure | None:
    return next((one for one in closures if one.starts_at < ends_at and (one.ends_at or ends_at) > starts_at), None)


def _hours_told(near: list[Slot], starts_at: datetime, ends_at: datetime) -> No:
    day = timezone.localtime(starts_at).date()
    there = [slot for slot in near if timezone.localtime(slot.opens_at).date() == day]
    if not there:
        return No(Obstacle.DAY_CLOSED)
    text = slots_text([(slot.opens_at, slot.closes_at) for slot in there], day=day)
    longest: timedelta = max(slot.closes_at - slot.opens_at for slot in there)
    return No(Obstacle.TOO_LONG if ends_at - starts_at > longest else Obstacle.HOURS, text)
