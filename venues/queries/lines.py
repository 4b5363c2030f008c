"""Venues as the staff's list shows them: with today, keepers and rooms, in a constant number of statements."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Count

from networks.models import Area
from people.queries.keepers import Keeping, keepers_at
from venues.models import Room, Venue
from venues.queries.today import Today, today_of
from venues.queries.venues import DISTRICTS, under


@dataclass(frozen=True)
class VenueLine:
    """`district_at`: where its district stands in the library's order."""

    venue: Venue
    today: Today
    keepers: list[Keeping]
    rooms: int
    district_id: int
    district_name: str
    district_at: int

    @property
    def pk(self) -> int:
        return self.venue.pk

    @property
    def name(self) -> str:
        return self.venue.name

    @property
    def number(self) -> str:
        return self.venue.number

    @property
    def kind(self) -> str:
        return self.venue.kind

    @property
    def district(self) -> tuple[int, str]:
        """For sorting."""
        return (self.district_at, self.venue.name)

    @property
    def state(self) -> str:
        return self.today.state.value


def venue_lines(paths: Iterable[str], *, at: datetime, zone: ZoneInfo) -> list[VenueLine]:
    """By district and name. Six statements, however many venues there are; districts are told apart here, since the
    database would look for each venue's anew."""
    rows = list(Venue.objects.filter(under(paths)).select_related("area"))
    today = today_of(rows, at=at, zone=zone, days=2)
    keepers = keepers_at(venue.area.path for venue in rows)
    rooms = _room_counts()
    areas = list(Area.objects.filter(kind__in=DISTRICTS).order_by("kind", "place", "pk"))
    lines = []
    for venue in rows:
        at_place, area = _district(venue, areas)
        lines.append(
            VenueLine(
                venue,
                today[venue.pk],
                keepers[venue.area.path],
                rooms.get(venue.pk, 0),
                area.pk if area else 0,
                area.name if area else "",
                at_place,
            )
        )
    return sorted(lines, key=lambda line: (line.venue.closed_at is not None, line.district))


def _room_counts() -> dict[int, int]:
    rows = Room.objects.filter(closed_at=None).values("venue").annotate(count=Count("pk"))
    return dict(rows.values_list("venue", "count"))


def _district(venue: Venue, areas: list[Area]) -> tuple[int, Area | None]:
    """The nearest district or zone above, and its place in the list."""
    found = [(number, area) for number, area in enumerate(areas) if venue.area.path.startswith(area.path)]
    return max(found, key=lambda pair: len(pair[1].path), default=(len(areas), None))
