"""What readers are told of a session: how it stands, what changed, how near it is, whom to ask."""

import re
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kit.refusals import Text
from programmes.planning.choices import Mode
from programmes.planning.models import Session
from programmes.planning.rules.inherited import value_of
from programmes.planning.rules.places import place_words
from programmes.planning.rules.wording import clock_words, day_words, full_day_words, span_words

Chip = tuple[Text, str]
# Within so many days it is said how many are left.
NEAR_DAYS = 14
# Somebody's own telephone, not a desk's.
_MOBILE = re.compile(r"(\+?86)?1[3-9]\d{9}")


def near_words(day: date, today: date) -> str:
    """ "today", "tomorrow", "in 5 days"; beside the date, never in its place."""
    ahead = (day - today).days
    if ahead == 0:
        return _("today")
    if ahead == 1:
        return _("tomorrow")
    if ahead == 2:
        return _("the day after tomorrow")
    return _("in %(n)s days") % {"n": ahead} if 2 < ahead <= NEAR_DAYS else ""


def week_words(monday: date, today: date) -> str:
    """ "this week", "next week", "last week"; nothing of weeks further away."""
    ahead = (monday - today + timedelta(days=today.weekday())).days // 7
    return {-1: _("last week"), 0: _("this week"), 1: _("next week")}.get(ahead, "")


def is_over(session: Session, at: datetime) -> bool:
    return session.ends_at <= at


def is_live(session: Session) -> bool:
    """To be seen as a stream, whether or not one may come as well."""
    return value_of(session, "mode") in {Mode.LIVE, Mode.BOTH}


def state_chips(session: Session, *, at: datetime) -> list[Chip]:
    """How it stands; nothing where it stands as planned."""
    if session.called_off_at is not None:
        return [(pgettext("a session", "Called off"), "cancelled")]
    chips: list[Chip] = []
    if is_over(session, at):
        chips.append((pgettext("a session", "Over"), "full"))
    elif session.starts_at <= at:
        chips.append((pgettext("a session", "On now"), "good"))
    elif word := moved_word(session):
        chips.append((word, "warn"))
    if is_live(session):
        chips.append((Mode(value_of(session, "mode")).label, ""))
    return chips


def moved_word(session: Session) -> str:
    """What is new since it was announced, in a word."""
    if not session.moved_at or not session.moved_from:
        return ""
    is_later, is_elsewhere = start_before(session) != session.starts_at, place_before(session) != place_words(session)
    if is_later and is_elsewhere:
        return _("New time and place")
    if is_later:
        return _("New time")
    return _("New place") if is_elsewhere else ""


def start_before(session: Session) -> datetime:
    """As first announced last; the present one where nobody wrote it down."""
    return _instant(session.moved_from, "starts_at") or session.starts_at


def place_before(session: Session) -> str:
    return str((session.moved_from or {}).get("place") or place_words(session))


def moved_words(session: Session) -> str:
    """ "原定 5月16日 周六 10:00–11:00，清凉门阅读空间": only what is another now."""
    start = start_before(session)
    end = _instant(session.moved_from, "ends_at") or start + (session.ends_at - session.starts_at)
    words = {"when": span_words(start, end), "place": place_before(session)}
    if words["place"] == place_words(session):
        return _("It was announced for %(when)s.") % words
    if start == session.starts_at:
        return _("It was announced at this place: %(place)s.") % words
    return _("It was announced for %(when)s, %(place)s.") % words


def which_day(session: Session, *, today: date) -> str:
    """With the year where it is another than this one."""
    this_year = timezone.localtime(session.starts_at).year == today.year
    return (day_words if this_year else full_day_words)(session.starts_at)


def clock_of(session: Session, *, today: date) -> str:
    """Its hours; of what began on another day and goes on, until when."""
    last = running_until(session, today=today)
    return _("until %(day)s") % {"day": day_words(last)} if last else clock_words(session.starts_at, session.ends_at)


def running_until(session: Session, *, today: date) -> date | None:
    """The last day of what began on another day and goes on."""
    first, last = (timezone.localtime(instant).date() for instant in (session.starts_at, session.ends_at))
    return last if first < today <= last else None


def company_words(session: Session) -> str:
    """Whether children bring an adult, and for how many one is enough."""
    return adults_words(session.activity.children_per_adult) if value_of(session, "adult_needed") else ""


def adults_words(n: int | None) -> str:
    return _("one adult for every %(n)s children") % {"n": n} if n and n > 1 else _("with an adult")


def telephone(session: Session) -> str:
    """The session comes with its venue."""
    venue = session.venue.phone if session.venue is not None else ""
    return public_phone(session.phone, session.activity.phone, venue)


def public_phone(own: str, activity: str, venue: str) -> str:
    """The session's own; else the activity's, unless that is the mobile phone of whoever is in charge; else the
    venue's.
    """
    is_somebodys = _MOBILE.fullmatch(re.sub(r"[\s-]", "", activity))
    return own or ("" if is_somebodys else activity) or venue


def _instant(values: Any, name: str) -> datetime | None:
    text = values.get(name) if isinstance(values, dict) else None
    found = parse_datetime(text) if isinstance(text, str) else None
    return found if found is not None and timezone.is_aware(found) else None
