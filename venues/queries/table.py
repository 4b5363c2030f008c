"""All that a table of venues needs to know of what is there: in six statements, however many venues."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from networks.choices import AreaKind
from networks.models import Area
from venues.models import Room, Venue
from venues.queries.hours import weeks_of
from venues.queries.venues import DISTRICTS
from venues.rules.hours import Span
from venues.rules.rooms_text import RoomLine, in_list_order

ACCESS = ("step_free", "accessible_toilet", "nursing_room", "sign_language", "large_print", "parking")
PLAIN = ("number", "name", "kind", "address", "directions", "phone", "capacity", "summary", "on_holidays", "is_public")


@dataclass(frozen=True)
class KnownVenue:
    """A venue with the values of the table's columns."""

    venue: Venue
    values: dict[str, Any]
    rooms: dict[str, RoomLine]


@dataclass
class KnownAreas:
    """Areas that a venue can lie in, to be found by the names of district and street."""

    by_path: dict[str, Area]
    districts: dict[str, Area] = field(default_factory=dict)

    @classmethod
    def read(cls) -> "KnownAreas":
        rows = Area.objects.exclude(kind=AreaKind.VENUE).order_by("path")
        found = cls({area.path: area for area in rows})
        found.districts = {
            area.name: area for area in found.by_path.values() if area.kind in {*DISTRICTS, AreaKind.CITY}
        }
        return found

    def below(self, district: Area, name: str) -> list[Area]:
        return [
            area
            for area in self.by_path.values()
            if area.name == name and area.path.startswith(district.path) and area.pk != district.pk
        ]

    def words(self, parent: Area) -> tuple[str, str]:
        """The names of district and street for an area that a venue lies in."""
        if parent.kind in {*DISTRICTS, AreaKind.CITY}:
            return parent.name, ""
        above = [area for path, area in self.by_path.items() if parent.path.startswith(path)]
        districts = [area for area in above if area.kind in DISTRICTS] or above[:1]
        return districts[-1].name, parent.name


def known_venues(venues: Iterable[Venue], areas: KnownAreas) -> list[KnownVenue]:
    """The venues come with their area."""
    rows = list(venues)
    weeks, rooms = weeks_of(rows), _rooms(rows)
    parents = {area.pk: area for area in areas.by_path.values()}
    return [
        KnownVenue(venue, _values(venue, areas.words(parents[venue.area.parent_id]), weeks[venue.pk]), rooms[venue.pk])
        for venue in rows
        if venue.area.parent_id in parents
    ]


def _values(venue: Venue, words: tuple[str, str], week: list[Span]) -> dict[str, Any]:
    plain = {name: getattr(venue, name) for name in (*PLAIN, *ACCESS)}
    return {**plain, "district": words[0], "street": words[1], "hours": week}


def _rooms(venues: list[Venue]) -> dict[int, dict[str, RoomLine]]:
    found: dict[int, dict[str, RoomLine]] = {venue.pk: {} for venue in venues}
    for room in Room.objects.filter(venue__in=list(found), closed_at=None).order_by("name"):
        line = RoomLine(room.name, room.capacity, room.floor, in_list_order(room.equipment))
        found[room.venue_id][room.name] = line
    return found
