"""What each worker thread is doing, and the watch that frees a fact from a listener that hangs."""

import logging
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import Error as DatabaseTrouble
from django.db import connection
from django.utils.translation import gettext

from kit import clock
from networks.engine import claims
from networks.engine.claims import Claimed

log = logging.getLogger(__name__)
LOOK_SECONDS = 0.5
RENEW_SECONDS = 5.0


class Hand:
    """One worker thread: the facts it has claimed, the one it is at, and since when."""

    def __init__(self, holder: str) -> None:
        self.holder = holder
        self.handed = 0
        self.failed = 0
        self.stopping = False
        self.is_hung = False
        self._lock = threading.Lock()
        self._current: Claimed | None = None
        self._ends_at = 0.0
        self._limit = 0.0
        self._backend: int | None = None
        self._unbegun: list[Claimed] = []

    def takes_batch(self, facts: list[Claimed]) -> None:
        with self._lock:
            self._unbegun = list(facts)

    @contextmanager
    def at(self, fact: Claimed, *, limit_seconds: float) -> Iterator[None]:
        live = connection.connection
        with self._lock:
            self._unbegun = [other for other in self._unbegun if other.id != fact.id]
            self._current, self._limit = fact, limit_seconds
            self._ends_at = time.monotonic() + limit_seconds
            self._backend = live.info.backend_pid if live is not None else None
        try:
            yield
        finally:
            with self._lock:
                self._current = None

    def leaves_rest(self) -> list[Claimed]:
        with self._lock:
            rest, self._unbegun = self._unbegun, []
            return rest

    def has_new_connection(self) -> bool:
        """Django connects anew by itself when a transaction ends on a connection that was cut."""
        live = connection.connection
        return live is None or live.info.backend_pid != self._backend

    @property
    def is_busy(self) -> bool:
        return self._current is not None

    def leases(self) -> list[uuid.UUID]:
        with self._lock:
            facts = [*self._unbegun, *([self._current] if self._current else [])]
            return list({fact.lease for fact in facts})

    def overdue(self) -> tuple[Claimed, float, int | None] | None:
        with self._lock:
            if self._current is None or time.monotonic() < self._ends_at:
                return None
            return self._current, self._limit, self._backend


def too_long(limit_seconds: float) -> str:
    return gettext("It took longer than %(seconds)s seconds.") % {"seconds": f"{limit_seconds:g}"}


class Watch:
    """A thread that renews the leases of all hands, and calls `on_hang` when one takes too long."""

    def __init__(self, hands: list[Hand], *, on_hang: Callable[[], None]) -> None:
        self._hands = hands
        self._on_hang = on_hang
        self._stop = threading.Event()
        self._freed: set[tuple[int, uuid.UUID]] = set()
        self._renewed_at = time.monotonic()
        self._thread = threading.Thread(target=self._run, name="facts-watch", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join(timeout=5)

    def _run(self) -> None:
        try:
            while not self._stop.wait(LOOK_SECONDS):
                try:
                    self.look()
                except DatabaseTrouble as trouble:
                    log.warning("facts.watch_lost_database error=%s", type(trouble).__name__)
                    connection.close()
        finally:
            connection.close()

    def look(self) -> None:
        hung = [(hand, found) for hand in self._hands if (found := hand.overdue())]
        for hand, (fact, limit, backend) in hung:
            if (fact.id, fact.lease) not in self._freed:
                self._free(hand, fact, limit=limit, backend=backend)
        if time.monotonic() - self._renewed_at >= RENEW_SECONDS:
            self._renewed_at = time.monotonic()
            hung_leases = {found[0].lease for _hand, found in hung}
            leases = {lease for hand in self._hands for lease in hand.leases()} - hung_leases
            claims.renew(leases, at=clock.now())

    def _free(self, hand: Hand, fact: Claimed, *, limit: float, backend: int | None) -> None:
        """The thread cannot be ended. Its row is put back, its transaction is ended, its process is replaced."""
        log.error("facts.hang listener=%s fact=%s limit=%s", fact.listener, fact.id, limit)
        self._freed.add((fact.id, fact.lease))
        hand.is_hung = True
        try:
            claims.put_back(fact, error=too_long(limit), at=clock.now())
            claims.release(hand.leaves_rest())
            if backend is not None:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_terminate_backend(%s)", [backend])
        finally:
            self._on_hang()
