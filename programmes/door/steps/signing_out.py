"""Seats that are checked in are signed out, by one statement: two devices never sign out the same one twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from kit.command import step
from networks.models.scoping import current_network_id
from programmes.door.choices import LeftHow
from programmes.door.models import Leaving

_WRITE = """
INSERT INTO door_leaving
  (network_id, client_id, seat_id, session_id, how, fetcher_id, person_id, note, at, received_at, by_id)
SELECT %(network)s, %(client_id)s, came.seat_id, came.session_id, %(how)s, %(fetcher)s, %(person)s, %(note)s,
  greatest(%(at)s, came.at), %(received)s, %(by)s
FROM door_checkin AS came
WHERE came.network_id = %(network)s AND came.undone_at IS NULL AND came.seat_id = ANY(%(seats)s)
ORDER BY came.seat_id
ON CONFLICT DO NOTHING RETURNING seat_id
"""


@dataclass(frozen=True)
class Out:
    """How somebody leaves; `fetcher` and `person` by their ids."""

    client_id: UUID
    how: LeftHow
    at: datetime
    received_at: datetime
    by: int | None = None
    fetcher: int | None = None
    person: int | None = None
    note: str = ""


@step
def write_leavings(seats: Sequence[int], out: Out) -> list[int]:
    """Those that it signed out; the others were not here, or had left."""
    values: dict[str, Any] = {
        "network": current_network_id(),
        "client_id": out.client_id,
        "how": out.how,
        "fetcher": out.fetcher,
        "person": out.person,
        "note": out.note,
        "at": out.at,
        "received": out.received_at,
        "by": out.by,
        "seats": list(seats),
    }
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, values)
        return [int(row[0]) for row in cursor.fetchall()]


@step
def undo_leaving(seat_id: int, *, by: int | None, at: datetime) -> bool:
    rows = Leaving.objects.filter(seat=seat_id, undone_at=None, at__lte=at)
    return bool(rows.update(undone_at=at, undone_by=by))
