"""Days of note of a year, and what is planned for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from programmes.planning.choices import ObservanceSort
from programmes.planning.models import Observance, Session
from programmes.planning.rules.observances import Days, days_between, is_reminded_on, next_days

# What runs for longer is everyday work, and not planned for a day of note.
LONG = timedelta(days=150)


@dataclass(frozen=True)
class Coming:
    """A day of note at its next time; `planned` counts sessions for it, -1 where nobody asks."""

    observance: Observance
    days: Days | None
    planned: int = 0

    def days_until(self, today: date) -> int:
        return (self.days.first - today).days if self.days else 0


def coming(today: date, zone: ZoneInfo) -> list[Coming]:
    """All that are not removed, the next first, those that are over last; two statements."""
    rows = list(Observance.objects.filter(removed_at=None).order_by("pk"))
    pairs = [(row, next_days(row, today)) for row in rows]
    return _counted(sorted(pairs, key=lambda pair: pair[1].first if pair[1] else date.max), zone)


def in_stretch(first: date, last: date, zone: ZoneInfo) -> list[Coming]:
    """Each time that touches the stretch, in order; two statements."""
    rows = list(Observance.objects.filter(removed_at=None).order_by("pk"))
    lines = [(days.first, row, days) for row in rows for days in days_between(row, first, last)]
    lines.sort(key=lambda line: (line[0], line[1].pk))
    return _counted([(row, days) for _first, row, days in lines], zone)


def unplanned(today: date, zone: ZoneInfo) -> list[Coming]:
    """Days of note near enough to be reminded of, for which nothing is planned; two statements."""
    rows = Observance.objects.filter(removed_at=None, sort=ObservanceSort.OBSERVANCE).order_by("pk")
    found: list[tuple[Observance, Days | None]] = []
    for row in rows:
        days = next_days(row, today)
        if days is not None and is_reminded_on(days, lead_days=row.lead_days, today=today):
            found.append((row, days))
    found.sort(key=lambda pair: pair[1].first if pair[1] else today)
    return [one for one in _counted(found, zone) if not one.planned]


def _counted(pairs: Iterable[tuple[Observance, Days | None]], zone: ZoneInfo) -> list[Coming]:
    known = list(pairs)
    asked = [(row, days) for row, days in known if days is not None and row.sort == ObservanceSort.OBSERVANCE]
    lines = _sessions_on([days for _row, days in asked], zone)
    return [Coming(row, days, _planned(row, days, lines)) for row, days in known]


@dataclass(frozen=True)
class _Line:
    day: date
    titles: str
    is_long: bool


def _sessions_on(stretches: Iterable[Days], zone: ZoneInfo) -> list[_Line]:
    wanted = Q(pk=None)
    for days in stretches:
        wanted |= Q(starts_at__gte=_midnight(days.first, zone), starts_at__lt=_midnight(days.last + _DAY, zone))
    if wanted == Q(pk=None):
        return []
    rows = Session.objects.filter(wanted, called_off_at=None, activity__dropped_at=None).values_list(
        "starts_at",
        "title",
        "activity__title",
        "activity__programme__title",
        "activity__programme__starts_on",
        "activity__programme__ends_on",
    )
    return [
        _Line(starts_at.astimezone(zone).date(), "\n".join(titles), ends_on - starts_on > LONG)
        for starts_at, *titles, starts_on, ends_on in rows
    ]


_DAY = timedelta(days=1)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)


def _planned(row: Observance, days: Days | None, lines: Iterable[_Line]) -> int:
    """Sessions on its days: of programmes made for a time, or that bear its name."""
    if days is None or row.sort != ObservanceSort.OBSERVANCE:
        return -1
    return sum(line.day in days and (not line.is_long or row.name in line.titles) for line in lines)


def count_unplanned(today: date, zone: ZoneInfo) -> int:
    return len(unplanned(today, zone))
