"""How long a family has to answer when places become free, and until when anybody is invited at all."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kit.refusals import Refusal
from programmes.planning.models import Session
from programmes.signup.choices import Ending, State
from programmes.signup.models import Registration, Terms
from programmes.signup.rules.windows import closes_at, moment_words

# Nobody is asked to answer in less.
LEAST = timedelta(minutes=30)
# So long before the session the last answer is in: families still have to get there.
MARGIN = timedelta(minutes=30)
# Of the time that is left one invitation takes this part at most, so that the next family has its own.
PART = 2
NIGHT_FROM, NIGHT_UNTIL = 21, 8


@dataclass(frozen=True)
class Days:
    """When families read what is sent to them: from one hour until another, by the clocks of a zone."""

    zone: ZoneInfo
    wakes: int = NIGHT_UNTIL
    sleeps: int = NIGHT_FROM


def days_of(zone: ZoneInfo, rules: Mapping[str, Any]) -> Days:
    return Days(
        zone,
        wakes=rules.get("invitation_night_until", NIGHT_UNTIL),
        sleeps=rules.get("invitation_night_from", NIGHT_FROM),
    )


def last_answer(session: Session, terms: Terms) -> datetime:
    """Never later: sign-up closes, or one would no longer get there."""
    return min(closes_at(terms, session), session.starts_at - MARGIN)


def answer_until(*, at: datetime, last: datetime, hours: int, days: Days) -> datetime | None:
    """Until when somebody who is invited at `at` may answer: after so many hours of daytime, or half of what daytime is
    left until `last`. None: it is too near, and nobody is invited any more.
    """
    left = daytime(at, last, days)
    if left < LEAST:
        return None
    given, until = min(timedelta(hours=hours), max(LEAST, left / PART)), at
    for start, end in _daytimes(at, last, days):
        part = min(given, end - start)
        if part:
            given, until = given - part, start + part
    return until


def until_for(session: Session, terms: Terms, *, at: datetime, days: Days) -> datetime | None:
    return answer_until(at=at, last=last_answer(session, terms), hours=terms.answer_hours, days=days)


def takes_more(session: Session, terms: Terms, *, at: datetime, days: Days) -> bool:
    """Whether one can join the waiting list still."""
    return terms.waits and until_for(session, terms, at=at, days=days) is not None


def daytime(at: datetime, until: datetime, days: Days) -> timedelta:
    return sum((end - start for start, end in _daytimes(at, until, days)), timedelta())


def _daytimes(at: datetime, until: datetime, days: Days) -> Iterator[tuple[datetime, datetime]]:
    """Each day's part between the two, in the order of days. Where night is no longer than a moment, all of it."""
    if until <= at:
        return
    if days.wakes == days.sleeps:
        yield at, until
        return
    day = at.astimezone(days.zone).date() - timedelta(days=1)
    while (start := _instant(day, days.wakes, days)) < until:
        nights = 0 if days.sleeps > days.wakes else 1
        end = _instant(day + timedelta(days=nights), days.sleeps, days)
        if end > at:
            yield max(start, at), min(end, until)
        day += timedelta(days=1)


def _instant(day: date, hour: int, days: Days) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=days.zone).astimezone(UTC)


# --- The answer ----------------------------------------------------------------------------


def against_answer(row: Registration, *, at: datetime) -> Iterator[Refusal]:
    """Of a page that was open for long, of another tab, of the other parent's telephone."""
    if row.ended_at is not None:
        yield _too_late() if row.ending in {Ending.EXPIRED, Ending.NO_TURN} else _ended()
    elif row.session.called_off_at is not None:
        yield Refusal("called_off", _("This session has been called off."), _("Please look at the other times."))
    elif row.state == State.WAITS:
        yield Refusal(
            "not_invited",
            _("No place is free for your family at present."),
            _("You are still on the waiting list; we write as soon as it is your turn."),
        )
    elif row.state != State.INVITED:
        yield Refusal(
            "accepted_already",
            _("Your family has accepted the place already."),
            _("If you cannot come, please cancel the registration."),
        )
    elif row.invited_until is not None and at >= row.invited_until:
        yield _too_late()


def against_moving_up(row: Registration, reason: str) -> Iterator[Refusal]:
    if row.ended_at is not None or row.state != State.WAITS:
        yield Refusal("waits_no_more", _("This family no longer waits."), _("Please look at the list again."))
    if not reason.strip():
        yield Refusal(
            "reason_needed",
            _("Why this family goes first is written down."),
            _("Please say it in a few words."),
            "reason",
        )


def _too_late() -> Refusal:
    return Refusal(
        "expired",
        _("The time to answer has run out, and the place has gone on to the next family."),
        _("If you still want to come, please sign up again."),
    )


def _ended() -> Refusal:
    return Refusal("ended", _("This registration has ended already."), _("There is nothing more to do."))


# --- For staff -----------------------------------------------------------------------------


def passed_words(row: Registration) -> str:
    """ "曾空出 2 个名额，这个家庭需要 3 个": why somebody smaller was invited first. Empty where nobody was."""
    if row.passed_free is None:
        return ""
    text = ngettext(
        "%(free)s place was free, the family needs %(wanted)s",
        "%(free)s places were free, the family needs %(wanted)s",
        row.passed_free,
    )
    return text % {"free": row.passed_free, "wanted": row.counted}


def line_words(row: Registration) -> str:
    """Of one in line: until when it may answer, or why somebody smaller went first."""
    if row.is_invited and row.invited_until is not None:
        return _("until %(when)s") % {"when": moment_words(row.invited_until)}
    return passed_words(row) if row.is_waiting else ""
