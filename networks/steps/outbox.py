"""The outbox: what happened is written in the transaction in which it happened."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from kit import clock
from kit.command import step
from networks.engine import bell
from networks.models import Fact
from networks.registers import listeners_of


@step
def post(
    kind: str,
    *,
    payload: Mapping[str, Any],
    dedupe_key: str,
    lane: str = "",
    due_at: datetime | None = None,
    expires_at: datetime | None = None,
) -> None:
    """One row for each listener, in one statement; a listener that has the key already keeps what it has.

    `payload`: ids and plain values, no personal data. `lane`: who is told, and on which channel; facts of one lane
    are handed over in the order in which they were posted. A fact that is not handed over by `expires_at` never is.
    """
    post_each(kind, lines=[(payload, dedupe_key)], lane=lane, due_at=due_at, expires_at=expires_at)


@step
def post_each(
    kind: str,
    *,
    lines: Iterable[tuple[Mapping[str, Any], str]],
    lane: str = "",
    due_at: datetime | None = None,
    expires_at: datetime | None = None,
) -> None:
    """Many facts of a kind, each a payload and its key, in one statement."""
    facts = facts_of(kind, lines=lines, lane=lane, due_at=due_at, expires_at=expires_at)
    if facts:
        Fact.objects.bulk_create(facts, ignore_conflicts=True, batch_size=1_000)
        transaction.on_commit(bell.nudge)


def facts_of(
    kind: str,
    *,
    lines: Iterable[tuple[Mapping[str, Any], str]],
    lane: str = "",
    due_at: datetime | None = None,
    expires_at: datetime | None = None,
) -> list[Fact]:
    """Not written yet: for whoever writes them together with what happened, and rings the bell afterwards."""
    at, listeners = clock.now(), listeners_of(kind)
    return [
        Fact(
            kind=kind,
            listener=listener.name,
            is_outside=listener.is_outside,
            payload=dict(payload),
            lane=lane,
            dedupe_key=dedupe_key,
            posted_at=at,
            due_at=due_at or at,
            expires_at=expires_at,
        )
        for payload, dedupe_key in lines
        for listener in listeners
    ]
