"""Venues as a roll-out chooses them: narrowed by what is asked of them, grouped by district."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from programmes.planning.models import Activity, VenueSet
from programmes.planning.queries.rollouts import in_order, rooms_of
from venues.models import Room, Venue
from venues.queries.venues import venues_within
from venues.rules.access import ACCESS_KEYS


@dataclass(frozen=True)
class Space:
    """`fits`: some room of it holds the activity, or it has none and is used as a whole."""

    venue: Venue
    rooms: list[Room]
    fits: bool

    @property
    def largest(self) -> int | None:
        return max((room.capacity for room in self.rooms), default=self.venue.capacity)


@dataclass(frozen=True)
class SpaceWish:
    """What the planner narrows by; empty asks for nothing."""

    district: int | None = None
    kind: str = ""
    access: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()
    people: int | None = None
    words: str = ""
    fitting: bool = False

    def holds(self, space: Space) -> bool:
        return self._is_there(space.venue) and self._has_room(space) and (space.fits or not self.fitting)

    def _is_there(self, venue: Venue) -> bool:
        asked = self.words.casefold().split()
        text = f"{venue.name} {venue.number} {venue.address}".casefold()
        return (
            (not self.kind or venue.kind == self.kind)
            and all(getattr(venue, key) for key in self.access if key in ACCESS_KEYS)
            and all(word in text for word in asked)
        )

    def _has_room(self, space: Space) -> bool:
        if not self.equipment and self.people is None:
            return True
        if not space.rooms:
            return not self.equipment and (space.venue.capacity or 0) >= (self.people or 0)
        wanted = set(self.equipment)
        return any(room.capacity >= (self.people or 0) and wanted <= set(room.equipment) for room in space.rooms)


@dataclass(frozen=True)
class District:
    """A district's spaces that fit the wish; `all` of them wherever the planner looks."""

    key: int | None
    name: str
    spaces: list[Space] = field(default_factory=list)


def spaces_within(paths: Iterable[str], activity: Activity) -> list[Space]:
    """Open venues, in the order of districts and numbers; three statements."""
    venues = in_order(venues_within(paths).filter(closed_at=None))
    rooms = rooms_of(venue.pk for venue in venues)
    return [Space(venue, rooms.get(venue.pk, []), _fits(rooms.get(venue.pk, []), activity)) for venue in venues]


def _fits(rooms: Sequence[Room], activity: Activity) -> bool:
    needed, equipment = activity.room_capacity or activity.capacity or 1, set(activity.equipment)
    return not rooms or any(room.capacity >= needed and equipment <= set(room.equipment) for room in rooms)


def by_district(spaces: Iterable[Space]) -> list[District]:
    found: dict[int | None, District] = {}
    for space in spaces:
        key: int | None = space.venue.district_id  # type: ignore[attr-defined]
        name: str = space.venue.district_name or ""  # type: ignore[attr-defined]
        found.setdefault(key, District(key, name)).spaces.append(space)
    return list(found.values())


def venue_sets() -> list[VenueSet]:
    return list(VenueSet.objects.order_by("name"))
