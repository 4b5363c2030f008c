"""How it is said when a venue is open: on cards, on its page, on the sheet by its door."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from venues.choices import Weekday
from venues.rules.hours import DAY, Span, span_text

# Within so many days a weekday says which day is meant.
NEAR_DAYS = 6


def slot_text(opens_at: datetime, closes_at: datetime, *, day: date) -> str:
    """In the zone of the network; what lies beyond the day's midnight says so."""
    opens, closes = _minute(opens_at, day), _minute(closes_at, day)
    if opens <= 0 and closes >= DAY:
        return _("24 hours")
    if closes > DAY:
        return _("%(opens)s–%(closes)s the next day") % {"opens": _face(max(opens, 0)), "closes": _face(closes - DAY)}
    return span_text(Span(day.weekday(), max(opens, 0), closes))


def slots_text(slots: Iterable[tuple[datetime, datetime]], *, day: date) -> str:
    return pgettext("between slots", ", ").join(slot_text(opens, closes, day=day) for opens, closes in slots)


def instant_text(instant: datetime, *, at: datetime) -> str:
    """today 17:00, tomorrow 9:00, Tuesday 9:00, 5 December 9:00."""
    local, today = timezone.localtime(instant), timezone.localtime(at).date()
    ahead = (local.date() - today).days
    words = {"time": _face(local.hour * 60 + local.minute)}
    if ahead == 0:
        return _("today %(time)s") % words
    if ahead == 1:
        return _("tomorrow %(time)s") % words
    if 1 < ahead <= NEAR_DAYS:
        return _("%(day)s %(time)s") % (words | {"day": Weekday(local.weekday()).label})
    return _("%(day)s %(time)s") % (words | {"day": day_text(local.date())})


def day_text(day: date) -> str:
    return _("%(month)s/%(day)s") % {"month": day.month, "day": day.day}


def coming_sunday(today: date) -> date:
    """Today, if it is one."""
    return today + timedelta(days=(6 - today.weekday()) % 7)


def _minute(instant: datetime, day: date) -> int:
    local = timezone.localtime(instant)
    return (local.date() - day).days * DAY + local.hour * 60 + local.minute


def _face(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02}"
