"""LISTEN on a connection of its own, outside any pooler; lost, it is made again with growing gaps."""

import logging
import threading
from collections.abc import Callable

import psycopg
from django.conf import settings

from networks.engine.bell import CHANNEL

log = logging.getLogger(__name__)
LOOK_SECONDS = 0.5
FIRST_GAP_SECONDS = 0.25
LONGEST_GAP_SECONDS = 5.0


class Ear(threading.Thread):
    """Calls `on_ring` for every ring, and once for each connection newly made: rings in between were missed."""

    def __init__(self, on_ring: Callable[[], None]) -> None:
        super().__init__(name="facts-ear", daemon=True)
        self._on_ring = on_ring
        self._stop_wanted = threading.Event()

    def stop(self) -> None:
        self._stop_wanted.set()
        self.join(timeout=5)

    def run(self) -> None:
        gap = FIRST_GAP_SECONDS
        while not self._stop_wanted.is_set():
            try:
                with psycopg.connect(settings.DATABASE_LISTEN_URL, autocommit=True, connect_timeout=5) as live:
                    live.execute(f"LISTEN {CHANNEL}")
                    gap = FIRST_GAP_SECONDS
                    self._on_ring()
                    self._hear(live)
            except psycopg.Error as trouble:
                log.warning("facts.ear_lost_database error=%s", type(trouble).__name__)
                self._stop_wanted.wait(gap)
                gap = min(gap * 2, LONGEST_GAP_SECONDS)

    def _hear(self, live: "psycopg.Connection[tuple[object, ...]]") -> None:
        while not self._stop_wanted.is_set():
            for _ring in live.notifies(timeout=LOOK_SECONDS, stop_after=1):
                self._on_ring()
