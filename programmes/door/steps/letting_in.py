"""A scan and the check-ins that it makes, by one statement: of twenty devices with one ticket one lets the family in."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import F, Value
from django.db.models.functions import Greatest

from kit.command import step
from kit.prepared import asked
from networks.models.scoping import current_network_id
from networks.steps.journal import note
from people.models import Person
from programmes.door.choices import ADDED, Outcome
from programmes.door.models import CheckIn, DeskDevice, Leaving, Scan
from programmes.signup.models import Seat

# `seats` are held while the statement runs, so that none is checked in that was given back in the same moment.
_WRITE = """
WITH scan AS (
  INSERT INTO door_scan
    (network_id, client_id, session_id, registration_id, outcome, way, at, received_at, by_id, device_id,
     desk_device_id, is_offline, skew_seconds)
  VALUES (%(network)s, %(client_id)s, %(session)s, %(registration)s, %(outcome)s, %(way)s, %(at)s, %(received)s, %(by)s,
    %(device)s, %(desk_device)s, %(is_offline)s, %(skew)s)
  ON CONFLICT (network_id, client_id) DO NOTHING RETURNING id
), seats AS (
  SELECT id FROM signup_seat
  WHERE registration_id = %(registration)s AND network_id = %(network)s AND ended_at IS NULL AND %(admits)s
    AND (%(only)s::bigint[] IS NULL OR id = ANY(%(only)s::bigint[]))
  ORDER BY id FOR SHARE
), came AS (
  INSERT INTO door_checkin (network_id, seat_id, session_id, scan_id, at)
  SELECT %(network)s, seats.id, %(session)s, scan.id, %(at)s FROM scan, seats
  WHERE NOT EXISTS (SELECT 1 FROM door_checkin AS later WHERE later.seat_id = seats.id AND later.undone_at > %(at)s)
  ON CONFLICT (seat_id) WHERE undone_at IS NULL DO NOTHING RETURNING seat_id
)
SELECT (SELECT id FROM scan), (SELECT count(*) FROM came)
"""
# Of the scans that let a seat in, the one that happened first counts, in whatever order they arrive. Who was added at the door
# was not signed up before, whatever came first.
_EARLIER = """
UPDATE door_checkin AS came SET scan_id = %(scan)s, at = %(at)s
FROM door_scan AS theirs, signup_seat AS seat
WHERE theirs.id = came.scan_id AND seat.id = came.seat_id AND seat.registration_id = %(registration)s
  AND (%(only)s::bigint[] IS NULL OR seat.id = ANY(%(only)s::bigint[]))
  AND came.undone_at IS NULL AND came.network_id = %(network)s
  AND (theirs.at, theirs.client_id) > (%(at)s, %(client_id)s) AND theirs.way <> ALL(%(added)s)
"""


@step
def write_scan(scan: Scan, *, only: Collection[int] | None = None) -> int | None:
    """How many seats it checked in: all of the registration, or `only` these. None: it was asked before, and nothing is
    written. The scan gets its id. A seat that was unticked after it happened stays so.
    """
    values: dict[str, Any] = {
        "network": current_network_id(),
        "client_id": scan.client_id,
        "session": scan.session_id,
        "registration": scan.registration_id,
        "outcome": scan.outcome,
        "way": scan.way,
        "at": scan.at,
        "received": scan.received_at,
        "by": scan.by_id,
        "device": scan.device_id,
        "desk_device": scan.desk_device_id,
        "admits": scan.outcome == Outcome.ADMITTED,
        "only": list(only) if only is not None else None,
        "is_offline": scan.is_offline,
        "skew": scan.skew_seconds,
    }
    written = asked(_WRITE, values)
    scan.pk, came = written or (None, 0)
    return None if scan.pk is None else int(came)


@step
def was_here(scan: Scan) -> None:
    """Another device was quicker, after this one had looked."""
    scan.outcome = Outcome.ALREADY_HERE
    scan.save(update_fields=["outcome"])


@step
def take_earlier(scan: Scan, *, only: Collection[int] | None = None) -> bool:
    """A scan that arrives late, but happened before the one that counts until now. Of two that arrive at once the second looks
    once the first has written.
    """
    here = CheckIn.objects.select_for_update(of=("self",)).filter(
        seat__registration=scan.registration_id, undone_at=None
    )
    list(here.order_by("seat").values_list("pk"))
    values: dict[str, Any] = {
        "scan": scan.pk,
        "registration": scan.registration_id,
        "only": list(only) if only is not None else None,
        "at": scan.at,
        "client_id": scan.client_id,
        "network": current_network_id(),
        "added": [way.value for way in ADDED],
    }
    with connection.cursor() as cursor:
        cursor.execute(_EARLIER, values)
        return cursor.rowcount > 0


@step
def undo(seat_id: int, *, by: int | None, at: datetime) -> bool:
    """Who has not come has not left either: whoever is ticked later is here, and is looked for."""
    rows = CheckIn.objects.filter(seat=seat_id, undone_at=None, at__lte=at)
    if not rows.update(undone_at=at, undone_by=by):
        return False
    left = Leaving.objects.filter(seat=seat_id, undone_at=None)
    left.update(undone_at=Greatest(F("at"), Value(at)), undone_by=by)
    return True


@step
def note_tick(verb: str, seat: Seat, by: Person | None, desk_device: DeskDevice | None) -> None:
    """A desk device is nobody: the line says which one it was."""
    values = {"desk_device": desk_device.pk} if desk_device is not None else None
    note(verb, subject=seat, actor=by, values=values)


@step
def see(session_id: int, scans: Collection[int], *, by: int, at: datetime) -> int:
    rows = Scan.objects.filter(session=session_id, pk__in=scans, is_offline=True, seen_at=None)
    return int(rows.update(seen_at=at, seen_by=by))
