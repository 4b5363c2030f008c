"""What is on in an area in a week: venues and their seven days."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from networks.models import Network
from programmes.planning.queries.days import Block, blocks_between
from programmes.planning.queries.rollouts import calendar_between, in_order
from programmes.planning.queries.session_table import midnight
from programmes.planning.rules.recurrence import DayOff
from venues.choices import DayKind
from venues.models import Venue
from venues.queries.venues import venues_within

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class WeekDay:
    day: date
    blocks: list[Block]
    is_today: bool
    off: str = ""
    is_worked: bool = False


@dataclass(frozen=True)
class VenueWeek:
    venue: Venue
    days: list[WeekDay]
    count: int


@dataclass(frozen=True)
class Week:
    """`days`: with all sessions of the area, for the list by time. `elsewhere`: those outside venues, by day."""

    days: list[WeekDay]
    districts: list[tuple[str, list[VenueWeek]]]
    elsewhere: list[list[Block]]
    quiet: list[Venue]
    count: int


def week_of(paths: Iterable[str], monday: date, *, network: Network, at: datetime, with_quiet: bool = False) -> Week:
    """Six statements."""
    wanted, days = tuple(paths), [monday + number * A_DAY for number in range(7)]
    blocks = blocks_between(wanted, midnight(days[0]), midnight(days[6] + A_DAY), network=network, at=at)
    venues = in_order(venues_within(wanted).filter(closed_at=None))
    off = calendar_between(days[0], days[6])
    today = timezone.localtime(at).date()
    by_place: dict[tuple[int | None, date], list[Block]] = defaultdict(list)
    by_day: dict[date, list[Block]] = defaultdict(list)
    for block in blocks:
        begins = timezone.localtime(block.session.starts_at).date()
        by_place[block.session.venue_id, begins].append(block)
        by_day[begins].append(block)

    def day(place: int | None, one: date) -> WeekDay:
        return WeekDay(one, by_place.get((place, one), []), is_today=one == today)

    lines = [VenueWeek(venue, [day(venue.pk, one) for one in days], 0) for venue in venues]
    counted = [VenueWeek(line.venue, line.days, sum(len(one.blocks) for one in line.days)) for line in lines]
    shown = [line for line in counted if line.count or with_quiet]
    return Week(
        [_head(one, by_day.get(one, []), off.get(one), today) for one in days],
        _weeks_grouped(shown),
        [by_place.get((None, one), []) for one in days],
        [] if with_quiet else [line.venue for line in counted if not line.count],
        len(blocks),
    )


def _head(day: date, blocks: list[Block], off: DayOff | None, today: date) -> WeekDay:
    return WeekDay(
        day,
        blocks,
        is_today=day == today,
        off=off.name if off else "",
        is_worked=off is not None and off.kind == DayKind.WORKDAY,
    )


def _weeks_grouped(lines: Iterable[VenueWeek]) -> list[tuple[str, list[VenueWeek]]]:
    found: dict[str, list[VenueWeek]] = defaultdict(list)
    for one in lines:
        found[one.venue.district_name or ""].append(one)  # type: ignore[attr-defined]
    return list(found.items())
