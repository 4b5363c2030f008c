"""The calendar of days off, as pages show it."""

from datetime import date

from venues.choices import DayKind
from venues.models import CalendarDay
from venues.rules.calendar import Block, blocks, is_missing


def days_of(year: int) -> dict[date, CalendarDay]:
    """Those that count."""
    return {row.day: row for row in CalendarDay.objects.filter(day__year=year, removed_at=None)}


def blocks_of(days: dict[date, CalendarDay]) -> list[Block]:
    return blocks((day, DayKind(row.kind), row.name) for day, row in days.items())


def is_notice_missing(*, today: date) -> bool:
    """One statement from November on, none before."""
    if not is_missing(worked=(), today=today):
        return False
    rows = CalendarDay.objects.filter(kind=DayKind.WORKDAY, day__year=today.year + 1, removed_at=None)
    return is_missing(worked=list(rows.values_list("day", flat=True)), today=today)
