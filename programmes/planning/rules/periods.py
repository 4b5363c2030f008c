"""The days that a plan's table is about: a month, a year, or any days."""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kit.dates import FIRST_YEAR, LAST_YEAR, is_near, short_day
from kit.refusals import Refusal

# Longer than a season with the winter before it.
LONGEST_DAYS = 550


@dataclass(frozen=True)
class Period:
    """From a day until a day, both in it. `month` and `year` say which, where it is one."""

    first: date
    last: date
    month: tuple[int, int] | None = None
    year: int | None = None

    @property
    def title(self) -> str:
        """2027年5月, 2027年度, 5月1日–20日."""
        if self.month:
            return date_format(self.first, pgettext("format of a month", "F Y"))
        if self.year:
            return pgettext("a season", "%(year)s") % {"year": self.year}
        first = date_format(self.first, "DATE_FORMAT")
        last = short_day(self.last) if self.last.year == self.first.year else date_format(self.last, "DATE_FORMAT")
        return f"{first}–{last}" if self.first != self.last else first

    @property
    def kind(self) -> str:
        return "month" if self.month else "year" if self.year else "days"

    @property
    def before(self) -> str:
        """The month before it, as the address says it."""
        year, month = self.first.year, self.first.month
        return f"{year - (month == 1)}-{month - 1 or 12:02}"

    @property
    def after(self) -> str:
        year, month = self.first.year, self.first.month
        return f"{year + (month == 12)}-{month % 12 + 1:02}"

    @property
    def query(self) -> dict[str, str]:
        """As the address says it."""
        if self.month:
            return {"month": f"{self.first:%Y-%m}"}
        if self.year:
            return {"year": str(self.year)}
        return {"from": self.first.isoformat(), "until": self.last.isoformat()}


def month_of(day: date) -> Period:
    last = monthrange(day.year, day.month)[1]
    return Period(day.replace(day=1), day.replace(day=last), month=(day.year, day.month))


def read_period(asked: Mapping[str, str], *, today: date, seasons: Mapping[int, tuple[date, date]]) -> Period:
    """What an address asks for; nonsense is this month. `seasons`: by year, their first and last day."""
    year = asked.get("year", "")
    if year.isascii() and year.isdigit() and len(year) == 4 and FIRST_YEAR <= int(year) <= LAST_YEAR:
        first, last = seasons.get(int(year), (date(int(year), 1, 1), date(int(year), 12, 31)))
        return Period(first, last, year=int(year))
    first_day, last_day = _day(asked.get("from", "")), _day(asked.get("until", ""))
    if first_day and last_day and not list(against_period(first_day, last_day)):
        return Period(first_day, last_day)
    day = _day(f"{asked.get('month', '')}-01")
    return month_of(day or today)


def against_period(first: date, last: date) -> Iterator[Refusal]:
    if last < first:
        yield Refusal("period_backwards", _("The last day comes before the first."), field="until")
    elif (last - first).days > LONGEST_DAYS:
        yield Refusal("period_too_long", _("At most %(days)s days at once.") % {"days": LONGEST_DAYS}, field="until")


def _day(text: str) -> date | None:
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day if day is not None and is_near(day) else None
