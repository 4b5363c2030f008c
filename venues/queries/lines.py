"""Venues as the staff's list shows them: with today, keepers and rooms, in a constant number of statements."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Count, Q

from people.queries.keepers import Keeping, keepers_at
from venues.models import Venue
from venues.queries.today import Today, today_of
from venues.queries.venues import districts, venues_within


@dataclass(frozen=True)
class VenueLine:
    venue: Venue
    today: Today
    keepers: list[Keeping]
    # Where its district stands in the library's order.
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
    def rooms(self) -> int:
        return int(self.venue.room_count)  # type: ignore[attr-defined]

    @property
    def state(self) -> str:
        return self.today.state.value


def venue_lines(paths: Iterable[str], *, at: datetime, zone: ZoneInfo) -> list[VenueLine]:
    """By district and name. Five statements, however many venues there are."""
    rows = venues_within(paths).annotate(room_count=Count("rooms", filter=Q(rooms__closed_at=None)))
    return lines_of(rows, at=at, zone=zone)


def lines_of(venues: Iterable[Venue], *, at: datetime, zone: ZoneInfo) -> list[VenueLine]:
    rows = list(venues)
    today = today_of(rows, at=at, zone=zone)
    keepers = keepers_at(venue.area.path for venue in rows)
    order = {area.pk: number for number, area in enumerate(districts())}
    lines = [
        VenueLine(venue, today[venue.pk], keepers[venue.area.path], order.get(_district(venue), len(order)))
        for venue in rows
    ]
    return sorted(lines, key=lambda line: (line.venue.closed_at is not None, line.district))


def _district(venue: Venue) -> int:
    found: int | None = venue.district_id  # type: ignore[attr-defined]
    return found or 0
