"""How an activity and its sessions are spoken of: on pages, plans and posters alike."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from kit.dates import short_day
from programmes.planning.rules.ages import is_in_years, last_year

_WEEKDAYS = (
    pgettext_lazy("weekday", "Mon"),
    pgettext_lazy("weekday", "Tue"),
    pgettext_lazy("weekday", "Wed"),
    pgettext_lazy("weekday", "Thu"),
    pgettext_lazy("weekday", "Fri"),
    pgettext_lazy("weekday", "Sat"),
    pgettext_lazy("weekday", "Sun"),
)


def age_words(from_months: int | None, to_months: int | None) -> str:
    """ "3–6 岁", "18–36 个月", "3 岁以上", "不限年龄"."""
    if not from_months and to_months is None:
        return _("any age")
    if is_in_years(from_months, to_months):
        return _year_words((from_months or 0) // 12, last_year(to_months))
    if to_months is None:
        return _("%(first)s months and older") % {"first": from_months}
    if not from_months:
        return _("up to %(last)s months") % {"last": to_months}
    return _("%(first)s–%(last)s months") % {"first": from_months, "last": to_months}


def _year_words(first: int, last: int | None) -> str:
    if last is None:
        return _("age %(first)s and older") % {"first": first}
    if first == last:
        return _("age %(first)s") % {"first": first}
    if not first:
        return _("up to age %(last)s") % {"last": last}
    return _("ages %(first)s–%(last)s") % {"first": first, "last": last}


def day_words(day: date | datetime) -> str:
    """ "5月16日 周六": an instant counts as the day it has in the zone in force."""
    here = _day(day)
    return _("%(day)s %(weekday)s") % {"day": short_day(here), "weekday": weekday_word(here)}


def full_day_words(day: date | datetime) -> str:
    """ "2027年5月16日 周日": where another year may be meant."""
    here = _day(day)
    return _("%(day)s %(weekday)s") % {"day": date_format(here, "DATE_FORMAT"), "weekday": weekday_word(here)}


def weekday_word(day: date | datetime) -> str:
    """ "周六"."""
    return str(_WEEKDAYS[_day(day).weekday()])


def clock_words(starts_at: datetime, ends_at: datetime) -> str:
    """ "10:00–11:00"; what ends on another day says which."""
    first, last = timezone.localtime(starts_at), timezone.localtime(ends_at)
    if first.date() == last.date():
        return f"{first:%H:%M}–{last:%H:%M}"
    return _("%(start)s until %(end)s") % {"start": f"{first:%H:%M}", "end": f"{day_words(last)} {last:%H:%M}"}


def span_words(starts_at: datetime, ends_at: datetime) -> str:
    """ "5月16日 周六 10:00–11:00"."""
    return f"{day_words(starts_at)} {clock_words(starts_at, ends_at)}"


def full_span_words(starts_at: datetime, ends_at: datetime) -> str:
    """With the year."""
    return f"{full_day_words(starts_at)} {clock_words(starts_at, ends_at)}"


def _day(day: date | datetime) -> date:
    return timezone.localtime(day).date() if isinstance(day, datetime) else day
