"""What a closure would take away, before it is entered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from networks.models import Area
from venues.models import Closure, Venue
from venues.queries.closures import closures_of
from venues.queries.openness import open_slots
from venues.queries.venues import all_venues

# Until further notice is shown as four weeks.
LOOK_AHEAD = timedelta(days=28)


@dataclass(frozen=True)
class Loss:
    """`days`: on which the venue would have been open. `closures`: what closes it in that time already."""

    venue: Venue
    hours: float
    days: int
    closures: list[Closure]


@dataclass(frozen=True)
class Impact:
    losses: list[Loss]
    is_open_ended: bool

    @property
    def hours(self) -> float:
        return sum(loss.hours for loss in self.losses)

    @property
    def venues(self) -> int:
        return len(self.losses)

    @property
    def untouched(self) -> int:
        """Those that would have been closed anyway."""
        return sum(not loss.hours for loss in self.losses)


def venues_of(area: Area) -> list[Venue]:
    """Those under an area that have not closed for good."""
    rows = all_venues().filter(area__path__startswith=area.path, closed_at=None)
    return sorted(rows, key=lambda venue: venue.name)


def impact_of(
    venues: Sequence[Venue], *, starts_at: datetime, ends_at: datetime | None, at: datetime, zone: ZoneInfo
) -> Impact:
    """From now on: what is past is past. Three statements, however many venues."""
    start = max(starts_at, at)
    end = max(ends_at if ends_at is not None else start + LOOK_AHEAD, start)
    slots = open_slots(venues, start, end)
    closures = closures_of(venues, start, end)
    losses = []
    for venue in venues:
        found = slots[venue.pk]
        seconds = sum((slot.closes_at - slot.opens_at).total_seconds() for slot in found)
        days = {slot.opens_at.astimezone(zone).date() for slot in found}
        losses.append(Loss(venue, seconds / 3600, len(days), closures[venue.pk]))
    return Impact(sorted(losses, key=lambda loss: -loss.hours), ends_at is None)
