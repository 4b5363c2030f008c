"""停留时长: how long those stayed who were signed out by hand, and how many are still here."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from networks.models.scoping import current_network_id
from programmes.door.choices import LeftHow
from programmes.door.queries.attendance import UNNAMED, Heads
from programmes.planning.models import Session

# Whom the clock signed out left at some time nobody knows; who came again after having left has no length.
_OF_EACH = """
, stay AS (
  SELECT came.session_id, gone.id IS NULL AS is_here, unnamed.is_adult,
    gone.how = %(automatic)s AS is_automatic,
    CASE WHEN gone.how <> %(automatic)s AND gone.at >= came.at
      THEN extract(epoch FROM gone.at - came.at)::float / 60 END AS minutes
  FROM door_checkin AS came
  LEFT JOIN door_leaving AS gone
    ON gone.seat_id = came.seat_id AND gone.network_id = came.network_id AND gone.undone_at IS NULL
  LEFT JOIN unnamed ON unnamed.id = came.seat_id
  WHERE came.session_id = ANY(%(sessions)s) AND came.network_id = %(network)s AND came.undone_at IS NULL
)
SELECT session_id, count(*) FILTER (WHERE NOT is_here AND NOT is_automatic), count(*) FILTER (WHERE is_automatic),
  count(*) FILTER (WHERE is_here AND is_adult), count(*) FILTER (WHERE is_here AND is_adult IS NOT TRUE),
  avg(minutes), percentile_cont(0.5) WITHIN GROUP (ORDER BY minutes)
FROM stay GROUP BY session_id
"""
_STAYS = UNNAMED + _OF_EACH
_NOBODY = Heads()


@dataclass(frozen=True)
class Stays:
    """`signed_out`: by hand; `automatic`: by the clock, and not averaged. Minutes are None where nobody has a length."""

    signed_out: int = 0
    automatic: int = 0
    here: Heads = _NOBODY
    average_minutes: int | None = None
    median_minutes: int | None = None

    @property
    def is_used(self) -> bool:
        """Somebody was signed out by hand; else nobody knows who is still here."""
        return self.signed_out > 0


def stays_of(sessions: Iterable[Session]) -> dict[int, Stays]:
    """By the session's id, for each that is asked for. One statement, however many they are."""
    keys = sorted({session.pk for session in sessions})
    values = {"sessions": keys, "network": current_network_id(), "automatic": LeftHow.AUTOMATIC.value}
    with connection.cursor() as cursor:
        cursor.execute(_STAYS, values)
        rows = cursor.fetchall()
    found = {
        key: Stays(out, automatic, Heads(adults, children), _whole(average), _whole(median))
        for key, out, automatic, adults, children, average, median in rows
    }
    return {key: found.get(key, Stays()) for key in keys}


def _whole(minutes: float | None) -> int | None:
    return round(minutes) if minutes is not None else None
