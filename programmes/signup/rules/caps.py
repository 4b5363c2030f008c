"""At most so many sessions of an activity in a week, a month, a season: for each family, or for each child."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from kit.dates import short_day
from kit.refusals import Refusal
from kit.seasons import season_of
from programmes.planning.models import Session
from programmes.signup.choices import CapPeriod
from programmes.signup.models import Terms

# The days of so many are named; more is a long line.
NAMED = 4


@dataclass(frozen=True)
class Went:
    """The live sessions of an activity that a child, or where `name` is empty the family, has already."""

    name: str
    starts: tuple[datetime, ...]


def period_of(period: str, day: date) -> tuple[int | str, ...]:
    """Two days of the same one are equal. Winter belongs to the year in which it ends."""
    if period == CapPeriod.WEEK:
        return day.isocalendar()[:2]
    if period == CapPeriod.MONTH:
        return day.year, day.month
    if period == CapPeriod.SEASON:
        return day.year + (day.month == 12), season_of(day)
    return (day.year,) if period == CapPeriod.YEAR else ()


def against_cap(terms: Terms, wanted: Sequence[Session], went: Iterable[Went]) -> Iterator[Refusal]:
    """`wanted`: one session, or the days of a course."""
    if terms.most_sessions is None:
        return
    more = Counter(period_of(terms.cap_period, _day(session.starts_at)) for session in wanted)
    for one in went:
        for period, count in more.items():
            there = [start for start in one.starts if period_of(terms.cap_period, _day(start)) == period]
            if len(there) + count > terms.most_sessions:
                yield _reached(terms, one.name, there, count)
                break


def past_cap(terms: Terms, wanted: Sequence[Session], went: Iterable[Went]) -> Iterator[Refusal]:
    """The same as staff read it, who may pass it with a reason."""
    yield from against_cap(terms, wanted, (replace(one, name=one.name or _("The family")) for one in went))


def _reached(terms: Terms, name: str, there: Sequence[datetime], count: int) -> Refusal:
    when, most = _when(terms.cap_period), terms.most_sessions or 0
    rule = ngettext("At most %(most)s session %(when)s.", "At most %(most)s sessions %(when)s.", most)
    told = rule % {"most": most, "when": when}
    days = "、".join(short_day(_day(start)) for start in sorted(there)[:NAMED]) + ("…" if len(there) > NAMED else "")
    words = {"name": name, "days": days, "count": count}
    if not there:
        text = ngettext("That would be %(count)s session at once.", "That would be %(count)s sessions at once.", count)
    elif name:
        text = _("%(name)s is signed up for this activity already: %(days)s.")
    else:
        text = _("Your family is signed up for this activity already: %(days)s.")
    way_on = _("Please choose fewer days.") if not there else _("Whoever cannot come then cancels that one first.")
    return Refusal("cap_reached", told + text % words, way_on, field="children" if name else "")


def _when(period: str) -> str:
    """As the refusal says it."""
    return {
        CapPeriod.WEEK: pgettext("at most so many sessions", "in a week"),
        CapPeriod.MONTH: pgettext("at most so many sessions", "in a month"),
        CapPeriod.SEASON: pgettext("at most so many sessions", "in a season of the year"),
        CapPeriod.YEAR: pgettext("at most so many sessions", "in a year"),
    }.get(CapPeriod(period), pgettext("at most so many sessions", "in all"))


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()
