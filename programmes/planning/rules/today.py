"""A day as whoever runs it sees it: what is on, what comes next, what is behind."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programmes.planning.choices import Moment
from programmes.planning.models import Session

AN_HOUR = timedelta(hours=1)


def moments(sessions: Iterable[Session], *, at: datetime) -> dict[int, Moment]:
    """By the session's id, for those of one place in the order of time. All that start together come next."""
    rows = list(sessions)
    coming = [row.starts_at for row in rows if row.called_off_at is None and row.starts_at > at]
    first = min(coming, default=None)
    return {row.pk: _moment(row, first, at=at) for row in rows}


def _moment(session: Session, first: datetime | None, *, at: datetime) -> Moment:
    if session.called_off_at is not None:
        return Moment.OFF
    if session.ends_at <= at:
        return Moment.OVER
    if session.starts_at <= at:
        return Moment.NOW
    return Moment.NEXT if session.starts_at == first else Moment.LATER


def moment_words(session: Session, moment: Moment, *, at: datetime) -> str:
    """ "On now, 25 minutes left", "In 1 hour 10 minutes": only where it says more than the clock beside it."""
    if moment == Moment.NOW:
        return _("On now, %(time)s left") % {"time": length_words(session.ends_at - at)}
    if moment == Moment.NEXT:
        return _("Starts in %(time)s") % {"time": length_words(session.starts_at - at)}
    return ""


def length_words(length: timedelta) -> str:
    """Full minutes; begun ones count."""
    minutes = -(-int(length.total_seconds()) // 60)
    hours, rest = divmod(minutes, 60)
    said = ngettext("%(n)s minute", "%(n)s minutes", rest) % {"n": rest}
    if not hours:
        return said
    whole = ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    return _("%(hours)s %(minutes)s") % {"hours": whole, "minutes": said} if rest else whole
