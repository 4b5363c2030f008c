"""What already takes a room or a host: asked before writing, so that a refusal can name it. The database decides."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from networks.models.scoping import current_network_id


@dataclass(frozen=True)
class Wanted:
    """A time that somebody would like to take. `key` is the asker's own; `session` is not in its own way."""

    key: Any
    starts_at: datetime
    ends_at: datetime
    room: int | None = None
    hosts: Sequence[int] = ()
    session: int | None = None


@dataclass(frozen=True)
class Clash:
    """`host` is set where a host is taken, else the room is. `session` has the time already."""

    key: Any
    session: int
    host: int | None


# OFFSET 0 keeps each time that is wanted a look into the index of the guard. A database that does not yet know how
# many sessions were just planned would compare all of them with all that are wanted.
_ROOMS = """
SELECT wanted.place, taken.id, NULL::bigint
FROM unnest(%(places)s::int[], %(keys)s::bigint[], %(starts)s::timestamptz[], %(ends)s::timestamptz[], %(mine)s::bigint[])
    AS wanted(place, key, starts_at, ends_at, mine)
CROSS JOIN LATERAL (
    SELECT id FROM planning_session session
    WHERE int8range(session.room_id, session.room_id, '[]') && int8range(wanted.key, wanted.key, '[]')
    AND session.occupies && tstzrange(wanted.starts_at, wanted.ends_at)
    AND session.called_off_at IS NULL AND session.room_id IS NOT NULL
    AND session.network_id = %(network)s AND session.id <> wanted.mine
    OFFSET 0
) AS taken
"""
_HOSTS = """
SELECT wanted.place, taken.session_id, wanted.key
FROM unnest(%(places)s::int[], %(keys)s::bigint[], %(starts)s::timestamptz[], %(ends)s::timestamptz[], %(mine)s::bigint[])
    AS wanted(place, key, starts_at, ends_at, mine)
CROSS JOIN LATERAL (
    SELECT session_id FROM planning_engagement engagement
    WHERE int8range(engagement.host_id, engagement.host_id, '[]') && int8range(wanted.key, wanted.key, '[]')
    AND engagement.occupies && tstzrange(wanted.starts_at, wanted.ends_at)
    AND engagement.live AND engagement.network_id = %(network)s AND engagement.session_id <> wanted.mine
    OFFSET 0
) AS taken
"""


def clashes(wanted: Iterable[Wanted]) -> list[Clash]:
    """Two statements, however many are wanted. Those wanted are not compared with each other."""
    asked = list(wanted)
    rooms = [(number, one.room, one) for number, one in enumerate(asked) if one.room is not None]
    hosts = [(number, host, one) for number, one in enumerate(asked) for host in one.hosts]
    return [*_found(_ROOMS, rooms, asked), *_found(_HOSTS, hosts, asked)]


def _found(sql: str, lines: Sequence[tuple[int, int | None, Wanted]], asked: Sequence[Wanted]) -> list[Clash]:
    if not lines:
        return []
    values: dict[str, Any] = {
        "places": [number for number, _key, _one in lines],
        "keys": [key for _number, key, _one in lines],
        "starts": [one.starts_at for _number, _key, one in lines],
        "ends": [one.ends_at for _number, _key, one in lines],
        "mine": [one.session or 0 for _number, _key, one in lines],
        "network": current_network_id(),
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [Clash(asked[place].key, session, host) for place, session, host in cursor.fetchall()]
