"""Tallies and the sum that they change, by one statement: two hands never overwrite each other."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection, transaction

from kit.command import step
from networks.models.scoping import current_network_id
from programmes.door.models import Headcount, Tally
from programmes.planning.models import Session

# A line that is known already adds nothing. In one order, so that two devices with the same lines do not wait in a circle.
_WRITE = """
WITH fresh AS (
  INSERT INTO door_tally
    (network_id, headcount_id, client_id, adults, children, at, kind, method, note, received_at, by_id)
  SELECT %(network)s, %(headcount)s, line.client_id, line.adults, line.children, line.at, %(kind)s, %(method)s, %(note)s,
    %(received)s, %(by)s
  FROM unnest(%(ids)s::uuid[], %(adults)s::int[], %(children)s::int[], %(at)s::timestamptz[])
    AS line (client_id, adults, children, at)
  ORDER BY line.client_id
  ON CONFLICT (network_id, client_id) DO NOTHING RETURNING adults, children
), net AS (
  SELECT count(*) AS lines, sum(adults) AS adults, sum(children) AS children FROM fresh
), held AS (
  UPDATE door_headcount AS row SET adults = row.adults + net.adults, children = row.children + net.children
  FROM net WHERE row.id = %(headcount)s AND row.network_id = %(network)s AND net.lines > 0
    AND row.adults + net.adults >= 0 AND row.children + net.children >= 0
  RETURNING row.id
)
SELECT (SELECT lines FROM net), (SELECT count(*) FROM held)
"""


@step
def headcount_on(session: Session, day: date) -> Headcount:
    """The row at which all hands meet; made by the first of them."""
    found: Headcount | None = Headcount.objects.filter(session=session, day=day).first()
    if found is None:
        Headcount.objects.bulk_create([Headcount(session=session, day=day)], ignore_conflicts=True)
        found = Headcount.objects.get(session=session, day=day)
    return found


@step
def held_count(session: Session, day: date) -> Headcount:
    """For whoever writes down and corrects: of a request that is sent twice at once the second sees what the first wrote."""
    row: Headcount = Headcount.objects.select_for_update().get(pk=headcount_on(session, day).pk)
    return row


@step
def write_tallies(headcount: Headcount, lines: Sequence[Tally]) -> bool:
    """All of them or, where the sum would fall below zero, none, and False. They share kind, method, note and hand."""
    first = lines[0]
    values: dict[str, Any] = {
        "network": current_network_id(),
        "headcount": headcount.pk,
        "kind": first.kind,
        "method": first.method,
        "note": first.note,
        "received": first.received_at,
        "by": first.by_id,
        "ids": [line.client_id for line in lines],
        "adults": [line.adults for line in lines],
        "children": [line.children for line in lines],
        "at": [line.at for line in lines],
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_WRITE, values)
        fresh, held = cursor.fetchone()
        is_counted = bool(held or not fresh)
        transaction.set_rollback(not is_counted)
    return is_counted
