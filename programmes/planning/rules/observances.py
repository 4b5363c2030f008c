"""Days of note: which days of a year they are, and what makes sense to enter."""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kit.refusals import Refusal
from programmes.planning.choices import ObservanceRule
from programmes.planning.rules import lunar
from venues.choices import Weekday

LAST_OF_MONTH = 5
LONGEST = 366
_LUNAR_MONTHS = "正二三四五六七八九十冬腊"
_TENS, _UNITS = ("初", "十", "廿", "三"), "一二三四五六七八九"


class Rule(Protocol):
    """What says when an observance is; a row of the table, or what a form says."""

    rule: Any
    month: Any
    day: Any
    weekday: Any
    nth: Any
    length: Any
    starts_on: Any
    ends_on: Any


@dataclass(frozen=True)
class Days:
    """From its first day until its last, in one year."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def is_single(self) -> bool:
        return self.first == self.last


def days_of(one: Rule, year: int) -> Days | None:
    """When it begins in the year; None where it does not: a fifth Monday always is, 29 February and a far lunar year not."""
    if one.rule == ObservanceRule.DATED:
        return Days(one.starts_on, one.ends_on) if one.starts_on.year == year else None
    first = _first_of(one, year)
    return None if first is None else Days(first, first + timedelta(days=one.length - 1))


def _first_of(one: Rule, year: int) -> date | None:
    if one.rule == ObservanceRule.LUNAR:
        # The twelfth month of the lunar year before lies in this one as a rule.
        years = (year - 1, year) if one.month >= 11 else (year,)
        days = [lunar.day_of(lunar_year, one.month, one.day) for lunar_year in years]
        return next((day for day in days if day is not None and day.year == year), None)
    last = monthrange(year, one.month)[1]
    if one.rule == ObservanceRule.FIXED:
        return date(year, one.month, one.day) if one.day <= last else None
    found = [day for number in range(1, last + 1) if (day := date(year, one.month, number)).weekday() == one.weekday]
    return found[-1] if one.nth == LAST_OF_MONTH else found[one.nth - 1]


def days_between(one: Rule, first: date, last: date) -> list[Days]:
    """All its times that touch the stretch, in order."""
    found = (days_of(one, year) for year in range(first.year - 1, last.year + 1))
    return [days for days in found if days is not None and days.first <= last and days.last >= first]


def next_days(one: Rule, today: date) -> Days | None:
    """The one that lasts now or comes next, within four years: 29 February waits that long."""
    found = (days_of(one, year) for year in range(today.year - 1, today.year + 5))
    return next((days for days in found if days is not None and days.last >= today), None)


def is_reminded_on(days: Days, *, lead_days: int, today: date) -> bool:
    """From so many days before it until it is over."""
    return days.first - timedelta(days=lead_days) <= today <= days.last


def rule_text(one: Rule) -> str:
    """ "每年4月23日", "每年5月最后一个周一起7天", "农历九月初九"."""
    if one.rule == ObservanceRule.DATED:
        return _("once, entered by date")
    if one.rule == ObservanceRule.LUNAR:
        words = _("lunar calendar, %(day)s") % {"day": f"{lunar_text(one.month, one.day)}"}
    elif one.rule == ObservanceRule.FIXED:
        words = _("each year on %(day)s") % {"day": date_format(date(2024, one.month, one.day), "n月j日")}
    else:
        values = {"month": date_format(date(2024, one.month, 1), "F"), "day": Weekday(one.weekday).label}
        if one.nth == LAST_OF_MONTH:
            words = _("the last %(day)s of %(month)s") % values
        else:
            words = _("%(day)s number %(nth)s of %(month)s") % {**values, "nth": one.nth}
    if one.length == 1:
        return words
    return _("%(rule)s, for %(count)s days") % {"rule": words, "count": one.length}


def lunar_text(month: int, day: int) -> str:
    """九月初九, 正月十五, 腊月三十."""
    tens = {10: "初十", 20: "二十", 30: "三十"}
    return f"{_LUNAR_MONTHS[month - 1]}月{tens.get(day) or _TENS[day // 10] + _UNITS[day % 10 - 1]}"


def against_observance(values: Mapping[str, Any]) -> Iterator[Refusal]:
    if not values["name"].strip():
        yield Refusal("no_name", pgettext("of a thing", "It needs a name."), field="name")
    kind = values["rule"]
    yield from _missing(values, _NEEDED[ObservanceRule(kind)])
    if kind == ObservanceRule.DATED:
        yield from _against_dates(values["starts_on"], values["ends_on"])
    elif kind == ObservanceRule.FIXED:
        yield from _against_fixed(values["month"], values["day"])
    elif kind == ObservanceRule.LUNAR and (values["day"] or 0) > 30:
        yield Refusal("no_such_day", _("A lunar month has 30 days at most."), field="day")


_NEEDED: dict[ObservanceRule, tuple[str, ...]] = {
    ObservanceRule.FIXED: ("month", "day"),
    ObservanceRule.LUNAR: ("month", "day"),
    ObservanceRule.WEEKDAY: ("month", "weekday", "nth"),
    ObservanceRule.DATED: ("starts_on",),
}


def _missing(values: Mapping[str, Any], names: Iterable[str]) -> Iterator[Refusal]:
    for name in names:
        if values[name] is None:
            yield Refusal("is_missing", _("This is needed to find its days."), field=name)


def _against_dates(first: date | None, last: date | None) -> Iterator[Refusal]:
    if first is None or last is None:
        return
    if last < first:
        yield Refusal("ends_before_it_starts", _("The last day lies before the first."), field="ends_on")
    elif (last - first).days >= LONGEST:
        yield Refusal("too_long", _("It lasts for a year at most."), field="ends_on")


def _against_fixed(month: int | None, day: int | None) -> Iterator[Refusal]:
    if month and day and day > monthrange(2024, month)[1]:
        yield Refusal("no_such_day", _("This month has no day %(day)s.") % {"day": day}, field="day")
