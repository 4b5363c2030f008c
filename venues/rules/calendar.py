"""Days off and days worked in exchange, as the public notice gives them and as staff change them."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from kit.refusals import Refusal
from venues.choices import DayKind

LONGEST_BLOCK = 31
# The notice for the next year comes out in autumn, and is waited for from this day on.
NOTICE_DUE = (11, 1)
SATURDAY = 5


@dataclass(frozen=True)
class Notice:
    """What a year's notice says: names by day off, and by day worked the name of what it is worked for."""

    off: dict[date, str]
    worked: dict[date, str]


@dataclass(frozen=True)
class Block:
    """Days off that follow one another under one name, or a single day worked."""

    kind: DayKind
    name: str
    days: tuple[date, ...]

    @property
    def first(self) -> date:
        return self.days[0]

    @property
    def last(self) -> date:
        return self.days[-1]


def filled(notice: Notice) -> Notice:
    """With the weekends that a holiday touches: they belong to it, unless they are worked."""
    off = dict(notice.off)
    for day in sorted(notice.off):
        for step in (-1, 1):
            beside = day + timedelta(days=step)
            while beside.weekday() >= SATURDAY and beside not in off and beside not in notice.worked:
                off[beside] = off[beside - timedelta(days=step)]
                beside += timedelta(days=step)
    return Notice(off, notice.worked)


def blocks(days: Iterable[tuple[date, DayKind, str]]) -> list[Block]:
    found: list[Block] = []
    for day, kind, name in sorted(days):
        last = found[-1] if found else None
        if last and last.kind == kind and last.name == name and day - last.last == timedelta(days=1):
            found[-1] = Block(kind, name, (*last.days, day))
        else:
            found.append(Block(kind, name, (day,)))
    return found


def against_days(first: date, last: date, *, name: str, today: date) -> Iterator[Refusal]:
    if not name.strip():
        yield Refusal("no_name", _("A day needs a name, such as 国庆节."), field="name")
    if last < first:
        yield Refusal("ends_before_it_starts", _("The last day lies before the first."), field="last_day")
    elif (last - first).days >= LONGEST_BLOCK:
        yield Refusal(
            "too_long",
            _("These are more than %(count)s days.") % {"count": LONGEST_BLOCK},
            _("For a longer time, enter a closure of the whole library system."),
            field="last_day",
        )
    if not today.year - 1 <= first.year <= today.year + 2:
        yield Refusal("far_year", _("Days can be entered from last year to the year after next."), field="first_day")


def is_missing(*, worked: Collection[date], today: date) -> bool:
    """From November on next year's notice should be there. Each notice has days worked in exchange; the law has none."""
    is_due = (today.month, today.day) >= NOTICE_DUE
    return is_due and not any(day.year == today.year + 1 for day in worked)
