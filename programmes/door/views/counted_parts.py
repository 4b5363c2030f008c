"""What head counts show on the pages of the rooms below: a session's page for staff, and the cards of today."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest

from kit import clock
from people.doors import network_of
from programmes.door import doors
from programmes.door.queries.attendance import attendance_of
from programmes.door.queries.counting import without_sign_up
from programmes.door.queries.leaving import hands_over
from programmes.door.queries.stays import stays_of
from programmes.door.queries.streams import views_of
from programmes.door.rules.outcomes import opens_at
from programmes.door.rules.streams import is_streamed
from programmes.planning.models import Session
from programmes.signup.choices import Way
from programmes.signup.queries.standing import terms_in


def of_session(request: HttpRequest, session: Session) -> dict[str, Any] | None:
    """From when its door opens."""
    if not _is_hers(request, session) or clock.now() < opens_at(session.starts_at, network_of(request).rules):
        return None
    is_open = session.pk in without_sign_up([session])
    return {
        "attendance": attendance_of([session])[session.pk],
        "stays": stays_of([session])[session.pk],
        "hands_over": hands_over(session),
        "is_open": is_open,
    }


def watched(request: HttpRequest, session: Session) -> dict[str, Any] | None:
    """Of what was streamed, once it has begun."""
    if not is_streamed(session) or not _is_hers(request, session) or clock.now() < session.starts_at:
        return None
    return {"views": views_of([session.pk]).get(session.pk)}


def counted_at(request: HttpRequest, sessions: Sequence[Session]) -> dict[int, dict[str, Any]]:
    """How many were counted beside those who were checked in. Three statements, however many sessions there are."""
    came = attendance_of([one for one in sessions if _is_hers(request, one)])
    return {key: {"heads": one.counted} for key, one in came.items() if one.counted.all}


def counts_of(request: HttpRequest, sessions: Sequence[Session]) -> dict[int, dict[str, Any]]:
    """Where nobody signs up it is the way to the door. Sessions of today come with their terms."""
    return {one.pk: {"is_open": is_open(one)} for one in sessions if _is_hers(request, one)}


def is_open(session: Session) -> bool:
    """Of a session that comes with its terms: whether nobody signs up for it. No statement."""
    terms = terms_in(session)
    return terms is None or terms.way == Way.FREE


def has_taken(session: Session) -> bool:
    """Of one that comes with its places. No statement."""
    places = getattr(session, "signup_places", None)
    return places is not None and places.taken > 0


def _is_hers(request: HttpRequest, session: Session) -> bool:
    return session.published_at is not None and doors.attends_at(request, session)
