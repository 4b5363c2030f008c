"""Days off and days worked in exchange, entered and removed by planners; the notice is entered by itself."""

from datetime import date, datetime, timedelta

from kit import kept_pages
from kit.command import command
from kit.refusals import refuse_if
from networks.steps.journal import note
from people.models import Person
from venues.choices import DayKind, DaySource
from venues.engine.notice import public_notice
from venues.models import CalendarDay
from venues.rules.calendar import against_days
from venues.steps.calendar import enter_notice


@command
def put_days(*, first: date, last: date, kind: DayKind, name: str, by: Person, today: date) -> list[CalendarDay]:
    """All days from first to last; what was there for them is replaced, and no notice changes it again."""
    refuse_if(against_days(first, last, name=name, today=today))
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    rows = [
        CalendarDay.objects.update_or_create(
            day=day, defaults={"kind": kind, "name": name.strip(), "source": DaySource.EDITED, "removed_at": None}
        )[0]
        for day in days
    ]
    values = {"day": [str(first), str(last)], "kind": [kind], "name": [name.strip()]}
    note("venues.days_put", subject=rows[0], actor=by, values=values)
    kept_pages.forget()
    return rows


@command
def remove_days(*, days: list[date], by: Person, at: datetime) -> list[CalendarDay]:
    """Their rows stay, so that no notice brings them back."""
    rows = list(CalendarDay.objects.select_for_update().filter(day__in=days, removed_at=None).order_by("day"))
    if rows:
        CalendarDay.objects.filter(pk__in=[row.pk for row in rows]).update(removed_at=at)
        note("venues.days_removed", subject=rows[0], actor=by, values={"day": [str(row.day) for row in rows]})
        kept_pages.forget()
    return rows


@command
def restore_days(*, days: list[date], by: Person) -> None:
    rows = list(CalendarDay.objects.select_for_update().filter(day__in=days).exclude(removed_at=None).order_by("day"))
    if rows:
        CalendarDay.objects.filter(pk__in=[row.pk for row in rows]).update(removed_at=None)
        note("venues.days_restored", subject=rows[0], actor=by, values={"day": [str(row.day) for row in rows]})
        kept_pages.forget()


@command
def seed_calendar(*, year: int) -> int:
    """How many days of the year changed by what the notice says now."""
    return enter_notice(public_notice(year), year=year)
