"""Who has which fact in hand. Every change is one statement, and is lost when the lease is no longer the caller's."""

import json
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext

from networks.rules.facts import TRIES_BEFORE_A_LOSS_COUNTS, gap_after

# A worker renews its leases well within this; whoever finds one run out takes the fact.
LEASE = timedelta(seconds=20)
LONGEST_ERROR = 200


@dataclass(frozen=True)
class Claimed:
    id: int
    network_id: int
    kind: str
    listener: str
    payload: dict[str, Any]
    lane: str
    dedupe_key: str
    posted_at: datetime
    attempts: int
    lease: uuid.UUID


# The LATERAL with its LIMIT looks at one row per network, where EXISTS would read the whole queue.
# Each network that has work gets an equal share, in random order, so that one's ten thousand letters hold nobody up.
# Within a network: oldest due first; in a lane only the oldest that is due, and none while another is in hand.
_CLAIM = """
WITH busy AS MATERIALIZED (
    SELECT network.id FROM networks_network AS network CROSS JOIN LATERAL (
        SELECT FROM networks_fact AS fact
        WHERE fact.network_id = network.id AND fact.is_outside = %(is_outside)s
          AND fact.state = 'waiting' AND fact.lease IS NULL AND fact.due_at <= %(at)s
        ORDER BY fact.due_at LIMIT 1
    ) AS due
    ORDER BY random()
), heads AS MATERIALIZED (
    SELECT head.id FROM busy CROSS JOIN LATERAL (
        SELECT fact.id FROM networks_fact AS fact
        WHERE fact.network_id = busy.id AND fact.is_outside = %(is_outside)s
          AND fact.state = 'waiting' AND fact.lease IS NULL AND fact.due_at <= %(at)s
          AND (fact.expires_at IS NULL OR fact.expires_at > %(at)s)
          AND fact.listener = ANY(%(listeners)s)
          AND (fact.lane = '' OR NOT EXISTS (
              SELECT FROM networks_fact AS other
              WHERE other.network_id = fact.network_id AND other.listener = fact.listener
                AND other.lane = fact.lane AND other.lane <> '' AND other.state = 'waiting'
                AND (other.lease IS NOT NULL OR other.id < fact.id AND other.due_at <= %(at)s)
          ))
        ORDER BY fact.due_at, fact.id
        LIMIT (SELECT greatest(1, ceil(%(batch)s::numeric / greatest(count(*), 1)))::bigint FROM busy)
        FOR UPDATE OF fact SKIP LOCKED
    ) AS head
    LIMIT %(batch)s
)
UPDATE networks_fact AS fact
SET lease = %(lease)s, lease_until = %(until)s, leased_by = %(holder)s, attempts = fact.attempts + 1
WHERE fact.id = ANY(ARRAY(SELECT heads.id FROM heads))
RETURNING fact.id, fact.network_id, fact.kind, fact.listener, fact.payload, fact.lane, fact.dedupe_key,
          fact.posted_at, fact.attempts, fact.lease
"""
_FINISH = """
UPDATE networks_fact SET state = 'done', settled_at = %s, last_error = '', lease = NULL, lease_until = NULL, leased_by = ''
WHERE id = %s AND lease = %s
"""
_SET_ASIDE = """
UPDATE networks_fact SET state = 'set_aside', settled_at = %s, last_error = %s, lease = NULL, lease_until = NULL, leased_by = ''
WHERE id = %s AND lease = %s
"""
_PUT_BACK = "UPDATE networks_fact SET due_at = %s, last_error = %s, lease = NULL, lease_until = NULL, leased_by = '' WHERE id = %s AND lease = %s"
_RELEASE = "UPDATE networks_fact SET attempts = greatest(attempts - 1, 0), lease = NULL, lease_until = NULL, leased_by = '' WHERE lease = %s AND id = ANY(%s)"
_RENEW = "UPDATE networks_fact SET lease_until = %s WHERE lease = ANY(%s)"
_LOST = """
SELECT id, network_id, kind, listener, payload, lane, dedupe_key, posted_at, attempts, lease
FROM networks_fact WHERE lease_until <= %s ORDER BY id LIMIT 500
"""
_LEFT_BY = """
SELECT id, network_id, kind, listener, payload, lane, dedupe_key, posted_at, attempts, lease
FROM networks_fact WHERE leased_by = %s AND lease_until IS NOT NULL ORDER BY id
"""
_EXPIRE = """
UPDATE networks_fact SET state = 'expired', settled_at = %s
WHERE state = 'waiting' AND lease IS NULL AND expires_at <= %s
"""


def claim(*, is_outside: bool, listeners: Collection[str], holder: str, batch: int, at: datetime) -> list[Claimed]:
    """Up to `batch` facts, now in `holder`'s hands; sorted by network, then age."""
    values: dict[str, Any] = {
        "is_outside": is_outside,
        "listeners": list(listeners),
        "holder": holder,
        "batch": batch,
        "at": at,
        "until": at + LEASE,
        "lease": uuid.uuid4(),
    }
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_CLAIM, values)
            rows = cursor.fetchall()
    except IntegrityError:
        # Two claims a moment apart saw different heads of one lane; the other was quicker. The next call sees it.
        return []
    return sorted(_claimed(rows), key=lambda fact: (fact.network_id, fact.id))


def finish(fact: Claimed, *, at: datetime) -> bool:
    """False when the lease was lost meanwhile: the caller's work does not count."""
    return _changed(_FINISH, [at, fact.id, fact.lease])


def set_aside(fact: Claimed, *, error: str, at: datetime) -> bool:
    return _changed(_SET_ASIDE, [at, error[:LONGEST_ERROR], fact.id, fact.lease])


def put_back(fact: Claimed, *, error: str, at: datetime) -> bool:
    """To be tried again after a gap. False when it was set aside instead, as no try is left."""
    gap = gap_after(fact.attempts, lane=fact.lane, fact_id=fact.id)
    if gap is None:
        set_aside(fact, error=error, at=at)
        return False
    _changed(_PUT_BACK, [at + gap, error[:LONGEST_ERROR], fact.id, fact.lease])
    return True


def release(facts: Iterable[Claimed]) -> None:
    """Give back what was never begun; the claim does not count as a try."""
    ids: dict[uuid.UUID, list[int]] = {}
    for fact in facts:
        ids.setdefault(fact.lease, []).append(fact.id)
    for lease, of_lease in ids.items():
        _changed(_RELEASE, [lease, of_lease])


def renew(leases: Collection[uuid.UUID], *, at: datetime) -> None:
    if leases:
        _changed(_RENEW, [at + LEASE, list(leases)])


def recover_lost(*, at: datetime) -> int:
    """Take facts out of the hands of workers that no longer renew their lease."""
    return _recover(_rows(_LOST, [at]), at=at)


def recover_of(holder: str, *, at: datetime) -> int:
    """What this very worker held when its database connection broke."""
    return _recover(_rows(_LEFT_BY, [holder]), at=at)


def expire(*, at: datetime) -> None:
    _changed(_EXPIRE, [at, at])


def _recover(facts: list[Claimed], *, at: datetime) -> int:
    words = gettext("The worker was lost.")
    for fact in facts:
        if fact.attempts < TRIES_BEFORE_A_LOSS_COUNTS:
            _changed(_PUT_BACK, [at, words, fact.id, fact.lease])
        else:
            put_back(fact, error=words, at=at)
    return len(facts)


def _rows(sql: str, values: list[Any]) -> list[Claimed]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return _claimed(cursor.fetchall())


def _changed(sql: str, values: list[Any]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return bool(cursor.rowcount)


def _claimed(rows: list[tuple[Any, ...]]) -> list[Claimed]:
    # Django leaves jsonb to its own fields, so here it is text.
    return [Claimed(*(json.loads(value) if place == 4 else value for place, value in enumerate(row))) for row in rows]
