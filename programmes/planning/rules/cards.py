"""What is the same at one time in many places is one card of a list."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from networks.models import Area
from programmes.planning.rules.told import Chip

# At so many places it still has a card for each.
MOST_ALONE = 3


class Line(NamedTuple):
    """A session, as far as it tells whether another is the same. `alike`: what its card says but for the place; nothing
    of what never shares a card: what was called off, was moved, or is at no venue.
    """

    pk: int
    code: str
    starts_at: datetime
    alike: Hashable
    area: str
    venue: int | None
    venue_name: str
    room_name: str

    @property
    def key(self) -> Hashable:
        return self.starts_at, self.alike


@dataclass(frozen=True)
class Place:
    """`name`: of the venue, and of the room where the card has another of the same venue. `chip`: where one finds no place
    there.
    """

    code: str
    name: str
    area: str
    chip: Chip | None = None


@dataclass(frozen=True)
class DistrictOfCard:
    """Its places, or the address of a list of them. `area`: none of what is in no district."""

    area: Area | None
    count: int
    places: list[Place]
    href: str = ""


@dataclass(frozen=True)
class Fold:
    """Where the sessions of one card are. `count`: in how many rooms, of so many `venues`."""

    count: int
    venues: int
    districts: list[DistrictOfCard]


def folded(lines: Iterable[Line]) -> list[list[Line]]:
    """Cards in the order in which the first of each comes."""
    given = list(lines)
    found: dict[Hashable, list[Line]] = defaultdict(list)
    for line in given:
        if line.alike is not None:
            found[line.key].append(line)
    many = {key: same for key, same in found.items() if len(same) > MOST_ALONE}
    cards, seen = [], set[Hashable]()
    for line in given:
        if line.alike is None or line.key not in many:
            cards.append([line])
        elif line.key not in seen:
            seen.add(line.key)
            cards.append(many[line.key])
    return cards


def places_of(card: Sequence[Line], *, chips: Mapping[int, Chip] | None = None) -> list[Place]:
    """By name. `chips` by the session's id."""
    number: dict[int | None, int] = defaultdict(int)
    for line in card:
        number[line.venue] += 1
    said = chips or {}
    places = [
        Place(line.code, _name(line, is_alone=number[line.venue] == 1), line.area, said.get(line.pk)) for line in card
    ]
    return sorted(places, key=lambda place: place.name)


def within(starts: Sequence[tuple[datetime, int]], first: int, last: int) -> tuple[datetime, datetime, int] | None:
    """When the cards from `first` up to `last` begin, and how many come before those of the first such instant. `starts`:
    instants in order, with how many cards begin then.
    """
    begin, end, before, passed = None, None, 0, 0
    for instant, cards in starts:
        if begin is None and passed + cards > first:
            begin, before = instant, passed
        if passed >= last:
            break
        end, passed = instant, passed + cards
    return (begin, end, before) if begin is not None and end is not None and last > first else None


def _name(line: Line, *, is_alone: bool) -> str:
    return line.venue_name if is_alone or not line.room_name else f"{line.venue_name} · {line.room_name}"
