"""What a roll-out has to know of its places: read in a number of statements that does not grow with them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from programmes.planning.queries.taken import HostFacts, TakenRoom, host_facts, taken_rooms
from programmes.planning.rules.asking import Ask
from programmes.planning.rules.recurrence import DayOff
from venues.choices import DayKind
from venues.models import CalendarDay, Closure, Room, Venue
from venues.queries.closures import closures_of
from venues.queries.openness import Slot, open_slots
from venues.queries.venues import all_venues, districts


@dataclass(frozen=True)
class Facts:
    """`rooms`: of each venue, the smallest first."""

    venues: list[Venue]
    rooms: dict[int, list[Room]]
    slots: dict[int, list[Slot]]
    closures: dict[int, list[Closure]]
    taken: list[TakenRoom]
    hosts: list[HostFacts]


def facts_for(ask: Ask, start: datetime, end: datetime) -> Facts:
    """Ten statements at most."""
    venues = chosen_venues(ask.venues)
    keys = [venue.pk for venue in venues]
    return Facts(
        venues,
        rooms_of(keys),
        open_slots(keys, start, end),
        closures_of(venues, start, end) if ask.skips_closures or ask.within_hours else {},
        taken_rooms(keys, start, end),
        host_facts(ask.hosts, start, end) if ask.hosts else [],
    )


def chosen_venues(keys: Iterable[int]) -> list[Venue]:
    """In the order of districts and numbers; two statements."""
    return in_order(all_venues().filter(pk__in=list(keys)))


def in_order(venues: Iterable[Venue]) -> list[Venue]:
    """As the library orders its districts, functional zones after them, then by number."""
    places = {area.pk: place for place, area in enumerate(districts())}

    def place(venue: Venue) -> tuple[int, str, str, int]:
        home: int = venue.district_id  # type: ignore[attr-defined]
        return (places.get(home, len(places)), venue.number, venue.name, venue.pk)

    return sorted(venues, key=place)


def rooms_of(venues: Iterable[int]) -> dict[int, list[Room]]:
    found: dict[int, list[Room]] = defaultdict(list)
    for room in Room.objects.filter(venue__in=list(venues), closed_at=None).order_by("capacity", "name", "pk"):
        found[room.venue_id].append(room)
    return found


def calendar_between(first: date, last: date) -> dict[date, DayOff]:
    rows = CalendarDay.objects.filter(day__range=(first, last), removed_at=None)
    return {row.day: DayOff(DayKind(row.kind), row.name) for row in rows}
