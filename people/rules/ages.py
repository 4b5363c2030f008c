"""How old a child is, when no more than the month of birth is known."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

# From here on months no longer matter to anybody.
_WHOLE_YEARS_FROM = 7


@dataclass(frozen=True, order=True)
class Age:
    """Counted from the first of the month of birth: a child is the new age for the whole of that month."""

    years: int
    months: int

    def __str__(self) -> str:
        if self.years == 0:
            return _("%(months)s months") % {"months": self.months} if self.months else _("newborn")
        if self.months == 0 or self.years >= _WHOLE_YEARS_FROM:
            return _("%(years)s years") % {"years": self.years}
        return _("%(years)s years %(months)s months") % {"years": self.years, "months": self.months}


def told_apart(birth_month: date | None, day: date, *, school: str = "") -> str:
    """What tells a child from another of the same name: month of birth, age, and school if it is known."""
    if birth_month is None or birth_month > day:
        return school
    born = _("born %(month)s") % {"month": date_format(birth_month, "Y年n月")}
    return " · ".join(word for word in (born, str(age_on(birth_month, day)), school) if word)


def age_on(birth_month: date, day: date) -> Age:
    """`birth_month` is the first of a month that does not lie after `day`."""
    months = months_on(birth_month, day)
    if months < 0:
        raise ValueError("Nobody has an age before the month of birth.")
    return Age(*divmod(months, 12))


def months_on(birth_month: date, day: date) -> int:
    """Below nothing before the month of birth."""
    return (day.year - birth_month.year) * 12 + day.month - birth_month.month
