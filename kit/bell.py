"""A bell that a thread of its own rings: never slow for whoever pulls it, never fatal, and no more often than it may."""

import logging
import os
import threading
import time
import weakref
from collections.abc import Callable

from django.db import connection

log = logging.getLogger(__name__)
# An idle process gives its connection back.
IDLE_SECONDS = 2.0
LONGEST_PAUSE_SECONDS = 5.0


class Bell:
    """Pulled many times within `quiet_seconds`, it rings once, after the last of them at the latest."""

    def __init__(self, name: str, ring: Callable[[], None], *, quiet_seconds: float) -> None:
        self.name, self._ring, self._quiet = name, ring, quiet_seconds
        self._wanted = threading.Event()
        self._start = threading.Lock()
        self._thread: threading.Thread | None = None
        _bells.add(self)

    def pull(self) -> None:
        self._wanted.set()
        if self._thread is None or not self._thread.is_alive():
            with self._start:
                if self._thread is None or not self._thread.is_alive():
                    self._thread = threading.Thread(target=self._run, name=self.name, daemon=True)
                    self._thread.start()

    def begin_anew(self) -> None:
        """In a forked child: it has neither the thread nor a sane lock."""
        self._wanted, self._start, self._thread = threading.Event(), threading.Lock(), None

    def _run(self) -> None:
        pause = self._quiet
        while True:
            if not self._wanted.wait(IDLE_SECONDS):
                connection.close()
                self._wanted.wait()
            self._wanted.clear()
            try:
                self._ring()
            except Exception as trouble:  # noqa: BLE001 - what it tells of is written; a bell must not harm anybody
                log.warning("bell.failed bell=%s error=%s", self.name, type(trouble).__name__)
                connection.close()
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
            else:
                pause = self._quiet
            time.sleep(pause)


_bells: "weakref.WeakSet[Bell]" = weakref.WeakSet()


def _after_fork() -> None:
    for bell in _bells:
        bell.begin_anew()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
