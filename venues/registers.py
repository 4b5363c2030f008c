"""What upper rooms hang on venues, filled in their `apps.ready()`."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from kit.page_parts import Faces, PageParts
from kit.refusals import Refusal
from venues.models import Room, Venue

# Activities, stories, volunteers: below what a venue says of itself.
venue_page_parts: PageParts[Venue] = PageParts()
venue_faces: Faces[Venue] = Faces()


@dataclass(frozen=True)
class Occupancy:
    """What takes place in some venues in a time: how much of it, the first lines of it, and where all of it stands.
    `label` says the count in words; a line is a text and its address."""

    count: int
    label: str
    lines: Sequence[tuple[str, str]] = ()
    link: str = ""


# Asked before venues are closed for a while: from when until when (without an end: from then on).
Occupancies = Callable[[Sequence[Venue], datetime, datetime | None], Occupancy]
occupancies: dict[str, Occupancies] = {}


def occupancies_of(venues: Sequence[Venue], start: datetime, end: datetime | None) -> list[Occupancy]:
    """Of those rooms that have something there."""
    asked = [find(venues, start, end) for find in occupancies.values()]
    return [one for one in asked if one.count]


# Asked before a venue closes for good, or one of its rooms is no longer used: what still hangs on it.
PlaceGuard = Callable[[Venue, Room | None, datetime], Iterable[Refusal]]
place_guards: dict[str, PlaceGuard] = {}


def against_leaving(venue: Venue, room: Room | None, *, at: datetime) -> Iterator[Refusal]:
    for guard in place_guards.values():
        yield from guard(venue, room, at)
