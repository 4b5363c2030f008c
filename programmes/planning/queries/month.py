"""A month of sessions: how many each day has, and which come first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import ceil
from zoneinfo import ZoneInfo

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from programmes.planning.models import Session
from programmes.planning.queries.faces import NO_BRAND
from programmes.planning.queries.finder import ONE_DAY
from programmes.planning.rules.finding import month_end

# A day's square has room for so many titles.
NAMED = 3
# The busiest day of a month has so many dots.
MOST_DOTS = 3


@dataclass
class Entry:
    """One title of a day; `clock`: when its only session begins, else nothing."""

    title: str
    clock: str
    fill: str
    is_off: bool
    count: int = 1

    def join(self, *, is_off: bool) -> None:
        self.count, self.clock, self.is_off = self.count + 1, "", self.is_off and is_off


@dataclass
class Square:
    """A day of the grid; `is_other`: of the month before or after."""

    day: date
    is_other: bool
    is_today: bool
    # Where it leads is the page's own affair.
    href: str = ""
    count: int = 0
    dots: int = 0
    by_title: dict[str, Entry] = field(default_factory=dict)

    @property
    def entries(self) -> list[Entry]:
        """As they were entered: what that day alone has comes first."""
        return list(self.by_title.values())[:NAMED]

    def enter(self, title: str, clock: str, fill: str, *, is_off: bool) -> None:
        self.count += 1
        if title in self.by_title:
            self.by_title[title].join(is_off=is_off)
        else:
            self.by_title[title] = Entry(title, clock, fill, is_off)


def weeks_of(
    rows: "QuerySet[Session]", first: date, *, today: date, zone: ZoneInfo, colours: Mapping[int, str]
) -> list[list[Square]]:
    """Monday first; `rows`: those of the month. One statement, however many; what lasts for days counts on each."""
    monday = first - timedelta(days=first.weekday())
    last = month_end(first)
    sunday = last + timedelta(days=6 - last.weekday())
    days = [monday + timedelta(days=number) for number in range((sunday - monday).days + 1)]
    squares = {day: Square(day, day.month != first.month, is_today=day == today) for day in days}
    lasting = []
    for starts_at, ends_at, title, brand, off in _lines(rows):
        start, end = starts_at.astimezone(zone), _last_day(ends_at, zone)
        if start.date() < end:
            lasting.append((start.date(), end, title, brand, off))
        else:
            squares[start.date()].enter(title, f"{start:%H:%M}", colours[brand], is_off=off is not None)
    for begin, end, title, brand, off in lasting:
        for day in _days(begin, end, within=(first, last)):
            squares[day].enter(title, "", colours[brand], is_off=off is not None)
    busiest = max(square.count for square in squares.values())
    for square in squares.values():
        square.dots = min(square.count, ceil(MOST_DOTS * square.count / busiest)) if busiest else 0
    return [[squares[day] for day in days[place : place + 7]] for place in range(0, len(days), 7)]


def _lines(rows: "QuerySet[Session]") -> Iterable[tuple[datetime, datetime, str, int, datetime | None]]:
    words = Coalesce(NullIf(F("title"), Value("")), F("activity__title"))
    brand = Coalesce(F("activity__programme__brand_id"), Value(NO_BRAND))
    return rows.order_by("starts_at", "pk").values_list("starts_at", "ends_at", words, brand, "called_off_at")


def _last_day(ends_at: datetime, zone: ZoneInfo) -> date:
    """Whatever ends at midnight is of the day before."""
    return (ends_at - timedelta(microseconds=1)).astimezone(zone).date()


def _days(first: date, last: date, *, within: tuple[date, date]) -> Iterable[date]:
    day, end = max(first, within[0]), min(last, within[1])
    while day <= end:
        yield day
        day += ONE_DAY
