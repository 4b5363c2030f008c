"""Periodic work: whoever moves a period's due time on, in one conditional update, does the work."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from kit import clock
from networks import registers
from networks.engine.errors import described
from networks.models import Period
from networks.registers import PeriodicWork

log = logging.getLogger(__name__)


def next_due(work: PeriodicWork, *, after: datetime) -> datetime:
    """Daily work keeps its wall time over a change of the clocks."""
    if work.seconds is not None:
        return after + timedelta(seconds=work.seconds)
    assert work.at is not None  # noqa: S101 - every() takes one of the two
    zone = ZoneInfo(settings.TIME_ZONE)
    day = after.astimezone(zone).date()
    while (due := datetime.combine(day, work.at, tzinfo=zone)) <= after:
        day += timedelta(days=1)
    return due


def run_due(*, now: Callable[[], datetime] = clock.now) -> list[str]:
    """Run what is due. Returns the names of what this process ran."""
    at = now()
    known = dict(Period.objects.values_list("name", "due_at"))
    ran = []
    for work in registers.periodic.values():
        due_at = known.get(work.name)
        if due_at is None:
            _begin(work, at=at)
            due_at = Period.objects.values_list("due_at", flat=True).get(name=work.name)
        if due_at <= at and _take(work, due_at=due_at, at=at):
            _run(work, now=now)
            ran.append(work.name)
    return ran


def _begin(work: PeriodicWork, *, at: datetime) -> None:
    first = at if work.seconds is not None else next_due(work, after=at)
    Period.objects.bulk_create([Period(name=work.name, due_at=first)], ignore_conflicts=True)


def _take(work: PeriodicWork, *, due_at: datetime, at: datetime) -> bool:
    """The row still says what was read: then it is ours."""
    moved = Period.objects.filter(name=work.name, due_at=due_at).update(
        due_at=next_due(work, after=at), started_at=at, ended_at=None
    )
    return moved == 1


def _run(work: PeriodicWork, *, now: Callable[[], datetime]) -> None:
    error = ""
    try:
        work.function()
    except Exception as trouble:  # noqa: BLE001 - one piece of work does not stop the others
        error = described(trouble)
        log.error("periods.failed name=%s error=%s", work.name, error)  # noqa: TRY400 - a trace may name somebody
    Period.objects.filter(name=work.name).update(ended_at=now(), last_error=error)
