"""What sign-up shows on the cards of today's sessions. They come with JOINS: no statement of its own."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest

from programmes.planning.models import Session
from programmes.signup import doors
from programmes.signup.choices import Way
from programmes.signup.queries.standing import Standing, standing_in


def places_of(_request: HttpRequest, sessions: Sequence[Session]) -> dict[int, dict[str, Any]]:
    """Taken, of how many, and how many families wait; or that nobody needs to sign up."""
    return {row.pk: _shown(one) for row in sessions if (one := standing_in(row)) is not None and _says(one, row)}


def lists_of(request: HttpRequest, sessions: Sequence[Session]) -> dict[int, dict[str, Any]]:
    """The way to who comes, where somebody can have signed up and she may see them."""
    return {
        row.pk: {}
        for row in sessions
        if (one := standing_in(row)) is not None and (one.signs_up or one.taken) and doors.may_receive(request, row)
    }


def _says(standing: Standing, session: Session) -> bool:
    return bool(standing.signs_up or standing.taken or standing.terms.way == Way.FREE) and not session.called_off_at


def _shown(standing: Standing) -> dict[str, Any]:
    return {
        "is_free": standing.terms.way == Way.FREE and not standing.taken,
        "taken": standing.taken,
        "capacity": standing.capacity,
        "waiting": standing.waiting,
        "is_full": standing.is_full,
    }
