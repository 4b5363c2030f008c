"""A season and its phases: what makes sense, and what is offered."""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kit.dates import short_day
from kit.refusals import Refusal
from programmes.planning.choices import PhaseKind

LONGEST = 550
# How long before the season its first phase may begin: planning comes before the year that is planned.
BEFORE = timedelta(days=183)
# The first month of each phase and how many it takes; the first one begins in the year before.
_MONTHS: dict[PhaseKind, tuple[int, int]] = {
    PhaseKind.WINTER: (-1, 3),
    PhaseKind.SPRING: (3, 3),
    PhaseKind.SUMMER: (6, 3),
    PhaseKind.AUTUMN: (9, 3),
}
NAMED = 3


@dataclass(frozen=True)
class Stretch:
    """A phase as it is wanted: a row, or what a form says."""

    kind: PhaseKind
    first: date
    last: date
    goal: str = ""

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def offered_phases(year: int) -> list[Stretch]:
    """冬谋 from December of the year before until the end of February, then three months each."""
    found = []
    for kind, (month, length) in _MONTHS.items():
        first = date(year, month, 1) if month > 0 else date(year - 1, 13 + month, 1)
        last_month = month + length - 1 if month > 0 else 2
        found.append(Stretch(kind, first, date(year, last_month, monthrange(year, last_month)[1])))
    return found


def against_season(*, year: int, first: date, last: date, taken: Iterable[int]) -> Iterator[Refusal]:
    """`taken`: the years of the other seasons."""
    if not 2000 <= year <= 2100:
        yield Refusal("far_year", _("A season is of a year between 2000 and 2100."), field="year")
    yield from against_year(year, taken=taken)
    if last < first:
        yield Refusal("ends_before_it_starts", _("The last day lies before the first."), field="ends_on")
    elif (last - first).days >= LONGEST:
        yield Refusal("too_long", _("A season lasts for a year and a half at most."), field="ends_on")
    elif not first.year <= year <= last.year:
        yield Refusal(
            "not_its_year", _("These dates do not touch the year %(year)s.") % {"year": year}, field="starts_on"
        )


def against_year(year: int, *, taken: Iterable[int]) -> Iterator[Refusal]:
    if year in taken:
        yield Refusal("year_is_taken", _("There is a season %(year)s already.") % {"year": year}, field="year")


def against_phases(phases: Sequence[Stretch], *, first: date, last: date) -> Iterator[Refusal]:
    """Each ends after it begins, and after the one before it has ended, inside the season; the first may begin before."""
    order = list(PhaseKind)
    known = sorted(phases, key=lambda phase: order.index(phase.kind))
    for phase in known:
        earliest = first - BEFORE if phase.kind == order[0] else first
        if phase.last < phase.first:
            text = _("%(phase)s ends before it begins.") % {"phase": phase.kind.label}
            yield Refusal("ends_before_it_starts", text, field=f"{phase.kind}_ends_on")
        elif phase.first < earliest or phase.last > last:
            values = {"phase": phase.kind.label, "first": short_day(first), "last": short_day(last)}
            yield Refusal(
                "outside_the_season",
                _("%(phase)s does not lie inside the season.") % values,
                _("The season runs from %(first)s until %(last)s; planning for it may begin half a year before.")
                % values,
                field=f"{phase.kind}_starts_on",
            )
    for before, after in pairwise(known):
        if after.first <= before.last:
            values = {"one": before.kind.label, "other": after.kind.label, "day": short_day(before.last)}
            yield Refusal(
                "phases_overlap",
                _("%(other)s begins before %(one)s has ended on %(day)s.") % values,
                field=f"{after.kind}_starts_on",
            )


def against_narrowing(outside: Sequence[str]) -> Iterator[Refusal]:
    """`outside`: titles of programmes that would lie outside the season's new dates."""
    if outside:
        yield Refusal(
            "programmes_lie_outside",
            _("%(titles)s would lie outside the season.") % {"titles": named(outside)},
            _("Change the programme's dates first."),
            field="starts_on",
        )


def against_changing(*, is_closed: bool) -> Iterator[Refusal]:
    if is_closed:
        yield Refusal("season_is_closed", _("This season is closed."), _("Open it again first."))


def against_closing(*, coming: int) -> Iterator[Refusal]:
    if coming:
        text = ngettext(
            "%(count)s published session of this season is still to come.",
            "%(count)s published sessions of this season are still to come.",
            coming,
        )
        yield Refusal("sessions_to_come", text % {"count": coming}, _("Close it once they are over."))


def named(titles: Sequence[str]) -> str:
    """The first few, and how many more."""
    shown = "、".join(titles[:NAMED])
    rest = len(titles) - NAMED
    if rest <= 0:
        return shown
    return ngettext("%(shown)s and %(count)s more", "%(shown)s and %(count)s more", rest) % {
        "shown": shown,
        "count": rest,
    }
