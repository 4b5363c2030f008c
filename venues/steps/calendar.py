"""The calendar of days off: what the public notice says is entered, what staff changed stays."""

from datetime import date

from kit import kept_pages
from kit.command import step
from venues.choices import DayKind, DaySource
from venues.models import CalendarDay
from venues.rules.calendar import Notice


@step
def enter_notice(notice: Notice, *, year: int) -> int:
    """How many days changed. Days that staff entered or removed are left alone."""
    wanted: dict[date, tuple[DayKind, str]] = {
        **{day: (DayKind.HOLIDAY, name) for day, name in notice.off.items() if day.year == year},
        **{day: (DayKind.WORKDAY, name) for day, name in notice.worked.items() if day.year == year},
    }
    there = {row.day: row for row in CalendarDay.objects.filter(day__year=year)}
    fresh = [
        CalendarDay(day=day, kind=kind, name=name, source=DaySource.SEEDED)
        for day, (kind, name) in wanted.items()
        if day not in there
    ]
    seeded = [row for row in there.values() if row.source == DaySource.SEEDED and row.removed_at is None]
    wrong = [row for row in seeded if row.day in wanted and (row.kind, row.name) != wanted[row.day]]
    for row in wrong:
        row.kind, row.name = wanted[row.day]
    gone = [row.pk for row in seeded if row.day not in wanted]
    CalendarDay.objects.bulk_create(fresh, ignore_conflicts=True)
    CalendarDay.objects.bulk_update(wrong, ["kind", "name"])
    CalendarDay.objects.filter(pk__in=gone).delete()
    count = len(fresh) + len(wrong) + len(gone)
    if count:
        kept_pages.forget()
    return count
