"""How days of one season are matched with days of another: the same weekday, in the same phase.

A session goes as many whole weeks as the years lie apart: 52 for the next one. The calendar moves by a day or two against
the week each year, so that some would fall before their phase begins. A series (same activity, place, weekday and hour)
then goes 53 weeks together, if more of it stays in its phase that way. What still falls outside has no day: its phase has
one such weekday fewer than before.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from programmes.planning.rules.seasons import Stretch

WEEK = timedelta(days=7)
# What runs for longer keeps its dates in the calendar; what is shorter keeps its weekdays.
LONG = timedelta(days=150)


@dataclass(frozen=True)
class Year:
    """A season, as far as days go."""

    number: int
    first: date
    last: date
    phases: tuple[Stretch, ...] = ()

    def phase_of(self, day: date) -> str:
        return next((phase.kind.value for phase in self.phases if day in phase), "")

    def bounds(self, kind: str) -> tuple[date, date]:
        """Of a phase as far as it lies in the season, else of all the season."""
        for phase in self.phases:
            if phase.kind == kind:
                return max(phase.first, self.first), min(phase.last, self.last)
        return self.first, self.last


def weeks_apart(source: Year, target: Year) -> int:
    """To the nearest week: 52 from one year to the next."""
    return round((date(target.number, 1, 1) - date(source.number, 1, 1)).days / 7)


def moved(days: Iterable[date], source: Year, target: Year) -> dict[date, date | None]:
    """The days of one series, all of one weekday; None for those that have no day in the target. No two get the same."""
    parts: dict[str, list[date]] = {}
    for day in sorted(set(days)):
        kind = source.phase_of(day)
        known = kind if any(phase.kind == kind for phase in target.phases) else ""
        parts.setdefault(known, []).append(day)
    found: dict[date, date | None] = {}
    taken: set[date] = set()
    for kind, part in parts.items():
        for day, then in _part_moved(part, weeks_apart(source, target), target.bounds(kind)).items():
            free = then is not None and then not in taken
            found[day] = then if free else None
            taken |= {then} if then is not None else set()
    return found


def _part_moved(days: Sequence[date], weeks: int, bounds: tuple[date, date]) -> dict[date, date | None]:
    """All by the same number of weeks: the one by which most stay inside, and the usual one where that is equal."""
    first, last = bounds
    chosen: list[date | None] = []
    for number in (weeks, weeks + 1, weeks - 1):
        tried = [then if first <= (then := day + number * WEEK) <= last else None for day in days]
        if sum(then is not None for then in tried) > sum(then is not None for then in chosen):
            chosen = tried
    return dict(zip(days, chosen or [None] * len(days), strict=True))


def moved_span(
    first: date, last: date, source: Year, target: Year, *, holding: Iterable[date] = ()
) -> tuple[date, date]:
    """A programme's dates in the target: at least the days that it has to hold, and never outside the season."""
    if last - first > LONG:
        years = target.number - source.number
        span = [_same_day(first, years), _same_day(last, years)]
    else:
        weeks = weeks_apart(source, target) * WEEK
        span = [first + weeks, last + weeks]
    days = [*span, *holding]
    begins = min(max(min(days), target.first), target.last)
    return begins, max(min(max(days), target.last), begins)


def moved_phases(source: Year, target: Year) -> list[Stretch]:
    """Phases that the target lacks, on the same days of the calendar, as long as they fit between those it has."""
    years = target.number - source.number
    there = {phase.kind for phase in target.phases}
    return [
        Stretch(phase.kind, _same_day(phase.first, years), _same_day(phase.last, years), phase.goal)
        for phase in source.phases
        if phase.kind not in there
    ]


def retitled(title: str, source: Year, target: Year) -> str:
    """ "2026 读者节" becomes "2027 读者节"."""
    return re.sub(rf"(?<!\d){source.number}(?!\d)", str(target.number), title)


def by_series(
    lines: Iterable[tuple[int, tuple[object, ...], date]],
) -> Mapping[tuple[object, ...], list[tuple[int, date]]]:
    """Key, what makes a series (activity, place, hour), and day, grouped by series and weekday."""
    found: dict[tuple[object, ...], list[tuple[int, date]]] = {}
    for key, series, day in lines:
        found.setdefault((*series, day.weekday()), []).append((key, day))
    return found


def _same_day(day: date, years: int) -> date:
    """29 February becomes 28 February in years without it, and the last of February stays the last."""
    is_last_of_february = day.month == 2 and (day + timedelta(days=1)).month == 3
    if is_last_of_february:
        return date(day.year + years, 3, 1) - timedelta(days=1)
    return day.replace(year=day.year + years)
