"""All that a door has to know of a family that stands at it with its whole ticket, read by one statement.

It tells the same as `finding.py` and `coming_in.py`, which ask piece by piece; a test (tests/door/test_at_once.py) compares what both
lead to.
"""

from dataclasses import dataclass

from django.utils import timezone

from kit.prepared import asked
from kit.rows import columns, made
from networks.models.scoping import current_network_id
from programmes.door.rules.outcomes import Known
from programmes.planning.models import Session
from programmes.signup.choices import State
from programmes.signup.models import Registration

_SESSION = ("id", "network_id", "code", "starts_at", "ends_at", "called_off_at")
_REGISTRATION = ("id", "network_id", "code", "session_id", "state", "ended_at")
_READ = f"""
SELECT {columns(Session, "session", *_SESSION)}, {columns(Registration, "signed_up", *_REGISTRATION)}, area.path,
  EXISTS (SELECT FROM signup_seat AS seat JOIN door_checkin AS came ON came.seat_id = seat.id
    WHERE seat.registration_id = signed_up.id AND came.undone_at IS NULL)
FROM planning_session AS session
JOIN networks_area AS area ON area.id = session.area_id
JOIN signup_registration AS signed_up ON signed_up.session_id = session.id
WHERE session.network_id = %(network)s AND session.code = %(session)s AND session.published_at IS NOT NULL
  AND signed_up.network_id = %(network)s AND signed_up.ticket_hash = %(ticket)s AND signed_up.forgotten_at IS NULL
"""  # noqa: S608 - of names of columns alone


@dataclass(frozen=True)
class Glance:
    """`path`: of the session's area, which says who may open its door."""

    session: Session
    registration: Registration
    path: str
    known: Known


def glance_at_door(*, session: str, ticket: bytes) -> Glance | None:
    """By code, and by the hash of a ticket. None where the ticket is not for this session."""
    row = asked(_READ, {"session": session, "ticket": ticket, "network": current_network_id()})
    if row is None:
        return None
    values = iter(row)
    found, registration = made(Session, values, *_SESSION), made(Registration, values, *_REGISTRATION)
    path, came = values
    known = Known(
        found.pk,
        timezone.localtime(found.starts_at).date(),
        State(registration.state),
        has_ended=registration.ended_at is not None,
        is_called_off=found.called_off_at is not None,
        came=came,
    )
    return Glance(found, registration, path, known)
