"""Days and times out of a rule: pure, in the network's own wall time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from programmes.planning.choices import AdjustedDays, Pattern
from venues.choices import DayKind

A_DAY = timedelta(days=1)
LAST = 5  # of "which of the month", as observances count
# A session that an adjusted working day pushes on finds another day within so many.
PUSHED_AT_MOST = 6


@dataclass(frozen=True)
class DayOff:
    """What the calendar of days off says of one day."""

    kind: DayKind
    name: str


Calendar = Mapping[date, DayOff]


@dataclass(frozen=True)
class Rule:
    """`weekdays`: Monday is 0. `every`: each so many weeks, counted from the first day's. `which`: 1 to 4, 5 is the
    last. `count`: so many for each space, where the pattern spreads. `times`: minutes of the day."""

    pattern: Pattern
    first: date
    last: date
    times: tuple[int, ...] = ()
    weekdays: tuple[int, ...] = ()
    every: int = 1
    which: tuple[int, ...] = ()
    count: int = 0
    dates: tuple[date, ...] = ()
    skips_holidays: bool = True
    adjusted: AdjustedDays = AdjustedDays.SKIP


@dataclass(frozen=True)
class Moment:
    """A start in wall time."""

    day: date
    minute: int


@dataclass(frozen=True)
class LeftOut:
    """A day that the rule names and the calendar takes away; `moved_to`, where it was pushed on."""

    day: date
    name: str
    kind: DayKind
    moved_to: date | None = None


@dataclass(frozen=True)
class Days:
    kept: tuple[date, ...] = ()
    left_out: tuple[LeftOut, ...] = field(default=())


def days_of(rule: Rule, calendar: Calendar) -> Days:
    """In order, each once; what the calendar takes away, told."""
    kept: set[date] = set()
    left_out: list[LeftOut] = []
    for day in sorted(set(_named(rule))):
        special = calendar.get(day)
        if special is None or not _gives_way(rule, special):
            kept.add(day)
            continue
        other = _pushed(day, rule, calendar) if _is_pushed(rule, special) else None
        left_out.append(LeftOut(day, special.name, special.kind, other))
        if other is not None:
            kept.add(other)
    return Days(tuple(sorted(kept)), tuple(left_out))


def moments_of(rule: Rule, days: Sequence[date]) -> list[Moment]:
    return [Moment(day, minute) for day in days for minute in sorted(set(rule.times))]


def spread(count: int, among: int) -> list[int]:
    """So many places out of a row, as evenly as whole places allow, none twice; all, where there are fewer."""
    if count >= among:
        return list(range(among))
    return [(2 * number + 1) * among // (2 * count) for number in range(count)]


def _named(rule: Rule) -> Iterator[date]:
    if rule.pattern == Pattern.DATES:
        return (day for day in rule.dates)
    return (day for day in _days(rule.first, rule.last) if _is_named(rule, day))


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def _is_named(rule: Rule, day: date) -> bool:
    if rule.weekdays and day.weekday() not in rule.weekdays:
        return False
    if rule.pattern == Pattern.MONTHLY:
        return bool(nths(day) & set(rule.which))
    if rule.pattern == Pattern.WEEKLY:
        return (_monday(day) - _monday(rule.first)).days // 7 % max(1, rule.every) == 0
    return True


def nths(day: date) -> set[int]:
    """Which of its weekday in the month it is; the last is 5 as well, and only the last."""
    is_last = (day + timedelta(days=7)).month != day.month
    nth = (day.day - 1) // 7 + 1
    return {LAST} if nth == LAST else {nth, LAST} if is_last else {nth}


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _gives_way(rule: Rule, special: DayOff) -> bool:
    if special.kind == DayKind.HOLIDAY:
        return rule.skips_holidays
    return rule.adjusted != AdjustedDays.KEEP


def _is_pushed(rule: Rule, special: DayOff) -> bool:
    return special.kind == DayKind.WORKDAY and rule.adjusted == AdjustedDays.PUSH


def _pushed(day: date, rule: Rule, calendar: Calendar) -> date | None:
    """The next day that nobody works on in exchange and, if holidays are skipped, that is none."""
    for number in range(1, PUSHED_AT_MOST + 1):
        other = day + timedelta(days=number)
        special = calendar.get(other)
        if special is None or not _gives_way(rule, special):
            return other if other <= rule.last else None
    return None
