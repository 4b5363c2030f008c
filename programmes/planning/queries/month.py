"""A month or a week of sessions: how many each day has, and which come first."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import ceil
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from programmes.planning.models import Session
from programmes.planning.queries.faces import NO_BRAND
from programmes.planning.queries.finder import ONE_DAY

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


class Told(NamedTuple):
    """A session, as a square tells of it."""

    starts_at: datetime
    ends_at: datetime
    title: str
    brand: int
    off_at: datetime | None


def told_of(rows: "QuerySet[Session]") -> list[Told]:
    """In the order of time; one statement."""
    words = Coalesce(NullIf(F("title"), Value("")), F("activity__title"))
    brand = Coalesce(F("activity__programme__brand_id"), Value(NO_BRAND))
    ordered = rows.order_by("starts_at", "pk")
    return [Told(*row) for row in ordered.values_list("starts_at", "ends_at", words, brand, "called_off_at")]


def days_of(
    told: Iterable[Told], span: tuple[date, date], *, today: date, zone: ZoneInfo, colours: Mapping[int, str]
) -> list[Square]:
    """In whole weeks, Monday first; what lasts for days counts on each."""
    first, last = span
    monday, sunday = first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())
    days = list(_days(monday, sunday, within=(monday, sunday)))
    squares = {day: Square(day, not first <= day <= last, is_today=day == today) for day in days}
    lasting = []
    for one in told:
        start, end = one.starts_at.astimezone(zone), _last_day(one.ends_at, zone)
        if start.date() < end:
            lasting.append((start.date(), end, one))
        else:
            squares[start.date()].enter(one.title, f"{start:%H:%M}", colours[one.brand], is_off=one.off_at is not None)
    for begin, end, one in lasting:
        for day in _days(begin, end, within=span):
            squares[day].enter(one.title, "", colours[one.brand], is_off=one.off_at is not None)
    _dot(squares.values())
    return [squares[day] for day in days]


def _dot(squares: Collection[Square]) -> None:
    busiest = max(square.count for square in squares)
    for square in squares:
        square.dots = min(square.count, ceil(MOST_DOTS * square.count / busiest)) if busiest else 0


def _last_day(ends_at: datetime, zone: ZoneInfo) -> date:
    """Whatever ends at midnight is of the day before."""
    return (ends_at - timedelta(microseconds=1)).astimezone(zone).date()


def _days(first: date, last: date, *, within: tuple[date, date]) -> Iterable[date]:
    day, end = max(first, within[0]), min(last, within[1])
    while day <= end:
        yield day
        day += ONE_DAY
