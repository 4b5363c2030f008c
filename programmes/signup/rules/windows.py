"""When one can sign up for a session, and until when a family may change its mind."""

from datetime import datetime, timedelta

from django.utils import timezone

from programmes.planning.models import Session
from programmes.planning.rules.wording import day_words
from programmes.signup.choices import Window
from programmes.signup.models import Terms


def opens_at(terms: Terms, session: Session) -> datetime | None:
    """None: as soon as the session is public. Days are those of the zone in force."""
    if terms.opens_days is None:
        return None
    day = timezone.localtime(session.starts_at).date() - timedelta(days=terms.opens_days)
    return timezone.make_aware(datetime.combine(day, terms.opens_at))


def closes_at(terms: Terms, session: Session) -> datetime:
    return session.starts_at - timedelta(hours=terms.closes_hours)


def cancels_until(terms: Terms, session: Session) -> datetime:
    return session.starts_at - timedelta(hours=terms.cancel_hours)


def window_at(terms: Terms, session: Session, *, at: datetime) -> Window:
    first = opens_at(terms, session)
    if at >= closes_at(terms, session):
        return Window.CLOSED
    return Window.SOON if first is not None and at < first else Window.OPEN


def moment_words(at: datetime) -> str:
    """ "5月16日 周六 18:00"."""
    return f"{day_words(at)} {timezone.localtime(at):%H:%M}"
