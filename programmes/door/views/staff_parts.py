"""What the door shows on the staff's page of a session."""

from typing import Any

from django.http import HttpRequest

from kit import clock
from people.doors import network_of
from programmes.door import doors
from programmes.door.choices import Way
from programmes.door.queries.desk import line_of
from programmes.door.queries.disputes import disputed
from programmes.door.queries.self_check_in import by_themselves
from programmes.planning.models import Session


def of_session(request: HttpRequest, session: Session) -> dict[str, Any] | None:
    if session.published_at is None or not doors.attends_at(request, session):
        return None
    ways = by_themselves(session)
    return {
        "line": line_of(session, network_of(request).rules, at=clock.now()),
        "alone": sum(ways.values()),
        "at_screen": ways[Way.SCREEN],
        "on_paper": ways[Way.PRINTED],
        "is_disputed": disputed(Session.objects.filter(pk=session.pk)).exists(),
    }
