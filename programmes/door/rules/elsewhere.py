"""另一场: when, what and where, each on a line of its own, so that it is read at arm's length."""

from datetime import datetime

from django.utils import timezone

from programmes.planning.models import Session
from programmes.planning.rules.places import place_words
from programmes.planning.rules.wording import clock_words, full_span_words, span_words


def on_this_day(session: Session) -> str:
    return _lines(session, clock_words(session.starts_at, session.ends_at))


def on_another_day(session: Session, *, at: datetime) -> str:
    """The year is said where it is not this one."""
    is_this_year = timezone.localtime(session.starts_at).year == timezone.localtime(at).year
    return _lines(session, (span_words if is_this_year else full_span_words)(session.starts_at, session.ends_at))


def _lines(session: Session, when: str) -> str:
    return "\n".join((when, session.title or session.activity.title, place_words(session)))
