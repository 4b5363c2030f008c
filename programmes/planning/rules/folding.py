"""Days that follow a rule, said in one breath: 每周六，5月2日–30日（除5月16日）."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kit.dates import short_day
from kit.templatetags.ui import WEEKDAYS

WEEK = timedelta(days=7)
# So few that a rule would say more than they do.
FEWEST_IN_A_RULE = 3
# More exceptions than these, and nobody reads a rule any more.
MOST_EXCEPTIONS = 4
# A pause of so many weeks begins a new stretch.
LONGEST_PAUSE = 4
# So many days are listed one by one in a row.
MOST_LISTED = 10
_WORKDAYS = (0, 1, 2, 3, 4)


class Rule(Enum):
    LISTED = "listed"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"


@dataclass(frozen=True)
class Stretch:
    """Days in order; by their rule, every day from the first to the last but those `without`."""

    rule: Rule
    days: tuple[date, ...]
    weekdays: tuple[int, ...] = ()
    without: tuple[date, ...] = ()

    @property
    def first(self) -> date:
        return self.days[0]


def folded(days: Iterable[date]) -> list[Stretch]:
    """Every day once, in as few stretches as read well."""
    ordered = sorted(set(days))
    if whole := _ruled(ordered):
        return [whole]
    found: list[Stretch] = []
    left: list[date] = []
    for weekday in range(7):
        for run in _runs([day for day in ordered if day.weekday() == weekday]):
            stretch = _ruled(run)
            if stretch:
                found.append(stretch)
            else:
                left += run
    found += _listed(sorted(left))
    return sorted(found, key=lambda stretch: stretch.days)


def expected(rule: Rule, weekdays: Sequence[int], first: date, last: date) -> list[date]:
    """All days that a rule means between two."""
    span = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    if rule is Rule.WEEKLY:
        return [day for day in span if day.weekday() in weekdays]
    if rule is Rule.FORTNIGHTLY:
        return [day for day in span if (day - first).days % 14 == 0]
    if rule is Rule.MONTHLY:
        return [day for day in span if day.weekday() == first.weekday() and _nth(day) == _nth(first)]
    return []


def when_text(stretch: Stretch, clock: str, *, year: int) -> str:
    """每周六 10:00–11:00，5月2日–30日（除5月16日）; 5月2日 周六 10:00–11:00. Days of another year than `year` say theirs."""
    if stretch.rule is Rule.LISTED:
        return f"{_listed_text(stretch.days, year)} {clock}".rstrip()
    words = {
        "rule": f"{_rule_text(stretch)} {clock}".rstrip(),
        "span": _span_text(stretch.days[0], stretch.days[-1], year),
        "without": _days_in_a_row(stretch.without, year),
    }
    if stretch.without:
        return _("%(rule)s, %(span)s (not %(without)s)") % words
    return _("%(rule)s, %(span)s") % words


def _ruled(days: Sequence[date]) -> Stretch | None:
    """The simplest rule that these days follow, with few exceptions."""
    if len(days) < FEWEST_IN_A_RULE:
        return None
    weekdays = tuple(sorted({day.weekday() for day in days}))
    rules = [Rule.WEEKLY, Rule.FORTNIGHTLY, Rule.MONTHLY] if len(weekdays) == 1 else [Rule.WEEKLY]
    for rule in rules:
        wanted = expected(rule, weekdays, days[0], days[-1])
        without = tuple(sorted(set(wanted) - set(days)))
        is_whole = set(days) <= set(wanted) and _is_spread(days, weekdays)
        # A fortnight with exceptions, or a month, would be guessed at.
        most = min(MOST_EXCEPTIONS, len(days) // 3) if rule is Rule.WEEKLY else 0
        if is_whole and len(without) <= most and not _has_pause(without):
            return Stretch(rule, tuple(days), weekdays, without)
    return None


def _is_spread(days: Sequence[date], weekdays: Sequence[int]) -> bool:
    """Each weekday of a rule comes back; five days in a row are a rule by themselves."""
    in_a_row = (days[-1] - days[0]).days == len(days) - 1
    return in_a_row or all(sum(day.weekday() == weekday for day in days) > 1 for weekday in weekdays)


def _has_pause(without: Sequence[date]) -> bool:
    """So many weeks left out one after the other are an end and another beginning."""
    longest = run = 0
    for place, day in enumerate(without):
        run = run + 1 if place and day - without[place - 1] == WEEK else 1
        longest = max(longest, run)
    return longest >= LONGEST_PAUSE


def _runs(days: Sequence[date]) -> list[list[date]]:
    """Of one weekday, apart where more than a month lies between."""
    found: list[list[date]] = []
    for day in days:
        if found and (day - found[-1][-1]) <= WEEK * (LONGEST_PAUSE + 1):
            found[-1].append(day)
        else:
            found.append([day])
    return found


def _listed(days: Sequence[date]) -> list[Stretch]:
    return [
        Stretch(Rule.LISTED, tuple(days[start : start + MOST_LISTED])) for start in range(0, len(days), MOST_LISTED)
    ]


def _nth(day: date) -> int:
    return (day.day - 1) // 7 + 1


# --- In words --------------------------------------------------------------------------------


def _rule_text(stretch: Stretch) -> str:
    if stretch.weekdays == tuple(range(7)):
        return _("every day")
    if len(stretch.days) == (stretch.days[-1] - stretch.days[0]).days + 1:
        return _("daily")
    first = {"weekday": WEEKDAYS[stretch.weekdays[0]], "nth": _nth(stretch.first)}
    if stretch.rule is Rule.FORTNIGHTLY:
        return _("every other %(weekday)s") % first
    if stretch.rule is Rule.MONTHLY:
        return pgettext("every month", "%(weekday)s no. %(nth)s of each month") % first
    if stretch.weekdays == _WORKDAYS:
        return _("every Monday to Friday")
    names = pgettext("between weekdays", ", ").join(str(WEEKDAYS[day]) for day in stretch.weekdays)
    return _("every %(weekdays)s") % {"weekdays": names}


def _listed_text(days: Sequence[date], year: int) -> str:
    """5月2日、9日 周六; 5月2日 周六、3日 周日."""
    if len({day.weekday() for day in days}) == 1:
        return f"{_days_in_a_row(days, year)} {WEEKDAYS[days[0].weekday()]}"
    told = [f"{_nth_day(days, place, year)} {WEEKDAYS[day.weekday()]}" for place, day in enumerate(days)]
    return pgettext("between days", ", ").join(told)


def _days_in_a_row(days: Sequence[date], year: int) -> str:
    """5月2日、9日、6月6日: the month once."""
    return pgettext("between days", ", ").join(_nth_day(days, place, year) for place in range(len(days)))


def _nth_day(days: Sequence[date], place: int, year: int) -> str:
    return _day_after(days[place - 1] if place else None, days[place], year)


def _span_text(first: date, last: date, year: int) -> str:
    return f"{_day_after(None, first, year)}–{_day_after(first, last, year)}"


def _day_after(before: date | None, day: date, year: int) -> str:
    """As short as what stands before it allows."""
    if before and (before.year, before.month) == (day.year, day.month):
        return pgettext("a day of the month that was just named", "%(day)s") % {"day": day.day}
    if day.year != (before.year if before else year):
        return _("%(day)s %(year)s") % {"day": short_day(day), "year": day.year}
    return short_day(day)
