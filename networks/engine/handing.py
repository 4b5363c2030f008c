"""Handing facts to their listeners: the very functions that the relay and the Celery tasks run."""

import logging
from collections.abc import Callable
from datetime import datetime
from itertools import groupby

from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction

from kit import clock
from networks import registers
from networks.engine import claims
from networks.engine.claims import Claimed
from networks.engine.errors import described
from networks.engine.hands import Hand
from networks.engine.scopes import at_home
from networks.models import Network
from networks.registers import GiveUp, HandedFact, Listener

log = logging.getLogger(__name__)
# Small effects in our own database are claimed by the handful; the outside is slow, so one at a time.
BATCH_INSIDE = 20
BATCH_OUTSIDE = 1

Now = Callable[[], datetime]


class DatabaseLost(Exception):
    """The connection is gone; what was in hand is put back once there is a new one."""


class LeaseLost(Exception):
    """Somebody else has the fact by now: the transaction is undone."""


def hand_some(hand: Hand, *, is_outside: bool, now: Now = clock.now) -> int:
    """Claim a batch and hand it out. Returns how many facts were claimed; 0 means there is nothing to do."""
    names = [listener.name for listener in registers.listeners.values()]
    batch = BATCH_OUTSIDE if is_outside else BATCH_INSIDE
    facts = claims.claim(is_outside=is_outside, listeners=names, holder=hand.holder, batch=batch, at=now())
    hand.takes_batch(facts)
    if not facts:
        return 0
    networks = Network.objects.in_bulk({fact.network_id for fact in facts})
    try:
        for network_id, of_network in groupby(facts, key=lambda fact: fact.network_id):
            with at_home(networks[network_id]):
                for fact in of_network:
                    if hand.stopping:
                        break
                    _hand_over(hand, fact, networks[network_id], now=now)
    finally:
        if not _connection_is_gone():
            claims.release(hand.leaves_rest())
    return len(facts)


def sweep(*, now: Now = clock.now) -> None:
    """What no worker does in passing: expire what nobody wants any more, recover what lost workers held."""
    claims.expire(at=now())
    if lost := claims.recover_lost(at=now()):
        log.warning("facts.recovered count=%s", lost)


def drain(*, at: datetime | None = None, at_most: int = 100_000) -> int:
    """Hand over everything that is due, in this thread. `at` looks at the queue from another instant."""
    now: Now = clock.now if at is None else lambda: at
    hand = Hand("drain")
    sweep(now=now)
    while hand.handed + hand.failed < at_most:
        if not hand_some(hand, is_outside=False, now=now) and not hand_some(hand, is_outside=True, now=now):
            break
    return hand.handed


def _hand_over(hand: Hand, fact: Claimed, network: Network, *, now: Now) -> None:
    listener = registers.listeners[fact.listener]
    handed = HandedFact(
        id=fact.id,
        kind=fact.kind,
        payload=fact.payload,
        network=network,
        lane=fact.lane,
        dedupe_key=fact.dedupe_key,
        posted_at=fact.posted_at,
        attempt=fact.attempts,
    )
    with hand.at(fact, limit_seconds=listener.limit_seconds):
        try:
            _call(listener, handed, fact, now=now)
        except LeaseLost:
            log.warning("facts.lease_lost listener=%s fact=%s", fact.listener, fact.id)
        except GiveUp as no:
            hand.failed += 1
            log.error("facts.set_aside listener=%s fact=%s error=%s", fact.listener, fact.id, described(no))  # noqa: TRY400 - a trace may name somebody
            claims.set_aside(fact, error=described(no), at=now())
        except Exception as error:  # noqa: BLE001 - whatever a listener raises, the others go on
            hand.failed += 1
            _after_error(hand, fact, error, now=now)
        else:
            hand.handed += 1


def _call(listener: Listener, handed: HandedFact, fact: Claimed, *, now: Now) -> None:
    if listener.is_outside:
        listener.function(handed)
        if not claims.finish(fact, at=now()):
            raise LeaseLost
        return
    with transaction.atomic():
        listener.function(handed)
        if not claims.finish(fact, at=now()):
            raise LeaseLost


def _after_error(hand: Hand, fact: Claimed, error: Exception, *, now: Now) -> None:
    if _connection_is_gone() or (isinstance(error, OperationalError | InterfaceError) and hand.has_new_connection()):
        raise DatabaseLost from error
    words = described(error)
    if claims.put_back(fact, error=words, at=now()):
        log.warning("facts.failed listener=%s fact=%s try=%s error=%s", fact.listener, fact.id, fact.attempts, words)
    else:
        log.error("facts.set_aside listener=%s fact=%s error=%s", fact.listener, fact.id, words)


def _connection_is_gone() -> bool:
    live = connection.connection
    return live is None or live.closed or live.broken


TROUBLE = (DatabaseLost, DatabaseError, InterfaceError)
