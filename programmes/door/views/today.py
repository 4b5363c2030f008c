"""What the door shows on the cards of today's sessions."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest

from kit import clock
from people.doors import network_of
from programmes.door import doors
from programmes.door.queries.desk import lines_of
from programmes.door.views.counted_parts import has_taken, is_open
from programmes.planning.models import Session


def arrived_at(request: HttpRequest, sessions: Sequence[Session]) -> dict[int, dict[str, Any]]:
    """How many are here, once the door is open. Two statements, however many sessions there are."""
    lines = lines_of(_of_hers(request, sessions), network_of(request).rules, at=clock.now())
    return {line.session.pk: {"line": line} for line in lines if line.here or (line.is_open and line.expected)}


def doors_of(request: HttpRequest, sessions: Sequence[Session]) -> dict[int, dict[str, Any]]:
    """Where nobody signs up, and nobody is signed up, there is none to be let in."""
    return {one.pk: {} for one in _of_hers(request, sessions) if not is_open(one) or has_taken(one)}


def _of_hers(request: HttpRequest, sessions: Sequence[Session]) -> list[Session]:
    return [one for one in sessions if one.published_at is not None and doors.attends_at(request, one)]
