"""Ages are kept in months. A band of years holds its last year in full: 3–6 岁 is 36 to 83 months."""

from collections.abc import Collection, Iterator

from django.utils.translation import gettext as _

from kit.refusals import Refusal
from programmes.planning.choices import Audience

OLDEST_YEARS = 120
OLDEST_MONTHS = OLDEST_YEARS * 12 + 11
# Beyond this nobody speaks of months.
LONGEST_MONTHS_SPOKEN = 36
GROWN_UP = 18
# Whoever looks for something for a child is not shown what is for these alone, where no age is said.
FOR_GROWN_UPS = (Audience.ADULTS, Audience.ELDERLY, Audience.LIBRARIANS)


def of_years(first: int | None, last: int | None) -> tuple[int | None, int | None]:
    """In months; none where an end is open."""
    return (None if first is None else first * 12), (None if last is None else last * 12 + 11)


def is_in_years(from_months: int | None, to_months: int | None) -> bool:
    """Whether people would say it in years."""
    if (from_months or 0) % 12:
        return False
    return to_months is None or to_months % 12 == 11 or (to_months % 12 == 0 and to_months > LONGEST_MONTHS_SPOKEN)


def last_year(to_months: int | None) -> int | None:
    return None if to_months is None else to_months // 12


def against_ages(from_months: int | None, to_months: int | None) -> Iterator[Refusal]:
    if from_months is not None and to_months is not None and to_months < from_months:
        yield Refusal(
            "ages_backwards",
            _("The youngest would be older than the oldest."),
            _("Write the younger age first."),
            field="ages",
        )
    if max(from_months or 0, to_months or 0) > OLDEST_MONTHS:
        yield Refusal("nobody_so_old", _("Nobody is older than %(years)s.") % {"years": OLDEST_YEARS}, field="ages")


def suits(years: int, *, youngest: int | None, oldest: int | None, audiences: Collection[str]) -> bool:
    """Some month of that year of life is within the band; an open end is no limit. `queries/finder.py` asks the database the
    same.
    """
    if youngest is not None and youngest > years * 12 + 11:
        return False
    if oldest is not None and oldest < years * 12:
        return False
    says_nothing = youngest is None and oldest is None
    is_for_others = bool(audiences) and set(audiences) <= set(FOR_GROWN_UPS)
    return years >= GROWN_UP or not (says_nothing and is_for_others)
