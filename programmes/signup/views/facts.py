"""What and when, as pages of sign-up say it."""

from typing import Any

from django.utils import timezone

from kit.seasons import season_of
from programmes.planning.models import Session
from programmes.planning.rules.inherited import value_of
from programmes.planning.rules.places import place_words
from programmes.planning.rules.wording import age_words, clock_words, day_words


def facts(session: Session) -> dict[str, Any]:
    """What and when, as the head of every page of sign-up says it."""
    return {
        "session": session,
        "title": value_of(session, "title"),
        "day": day_words(session.starts_at),
        "clock": clock_words(session.starts_at, session.ends_at),
        "where": place_words(session),
        "ages": age_words(value_of(session, "from_months"), value_of(session, "to_months")),
        "season": season_of(timezone.localtime(session.starts_at).date()),
    }
