"""Closures: when one makes sense."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kit.refusals import Refusal

FARTHEST = timedelta(days=3 * 366)


def against_days(first: date | None, last: date | None, *, today: date) -> Iterator[Refusal]:
    """Before anything is reckoned with them: the calendar of computers ends in 9999."""
    for name, day in (("first_day", first), ("last_day", last)):
        if day is not None and day - today > FARTHEST:
            yield _too_far(name)
        elif day is not None and today - day > FARTHEST:
            yield Refusal("long_over", _("This is more than three years ago."), _("Is the year right?"), field=name)
    if first is not None and last is not None and last < first:
        yield _ends_before_it_starts()


def against_closure(*, starts_at: datetime, ends_at: datetime | None, reason: str, at: datetime) -> Iterator[Refusal]:
    if not reason.strip():
        yield Refusal("no_reason", _("Say why it is closed."), _("Readers see this line."), field="reason")
    if ends_at is not None and ends_at <= starts_at:
        yield _ends_before_it_starts()
    elif ends_at is not None and ends_at <= at:
        yield Refusal("over_already", _("This time is over already."), _("Is the year right?"), field="last_day")
    if starts_at > at + FARTHEST:
        yield _too_far("first_day")


def _ends_before_it_starts() -> Refusal:
    return Refusal("ends_before_it_starts", _("The closure ends before it starts."), field="last_day")


def _too_far(name: str) -> Refusal:
    return Refusal("too_far_ahead", _("This is more than three years ahead."), _("Is the year right?"), field=name)


def against_ending(*, ends_at: datetime | None, withdrawn_at: datetime | None, at: datetime) -> Iterator[Refusal]:
    if withdrawn_at is not None:
        yield Refusal("withdrawn_already", _("This closure has been withdrawn already."))
    elif ends_at is not None and ends_at <= at:
        yield Refusal("over_already", _("This closure is over already."))


def span_text(starts_at: datetime, ends_at: datetime | None) -> str:
    """As people say it, in the zone of the two instants: whole days by their days, the rest with times."""
    is_whole = starts_at.time() == time() and (ends_at is None or ends_at.time() == time())
    first = _moment(starts_at, is_whole=is_whole)
    if ends_at is None:
        return _("from %(first)s until further notice") % {"first": first}
    last = ends_at - timedelta(days=1) if is_whole else ends_at
    if last.date() != starts_at.date():
        return f"{first} – {_moment(last, is_whole=is_whole)}"
    return first if is_whole else f"{first}–{last:%H:%M}"


def _moment(at: datetime, *, is_whole: bool) -> str:
    day = date_format(at, "n月j日")
    return day if is_whole else f"{day} {at:%H:%M}"
