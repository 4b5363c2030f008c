"""The doorbell: after a commit, one ring tells the workers to look. Never slow, never fatal, at most one per 50 ms.

A thread of its own rings, so that a request waits for neither broker nor database. A ring that fails is no loss:
the workers look by themselves every second or so.
"""

import logging
import os
import threading
import time
from collections.abc import Callable

from django.conf import settings
from django.db import connection
from django.utils.module_loading import import_string

log = logging.getLogger(__name__)
CHANNEL = "siji_facts"
QUIET_SECONDS = 0.05
# An idle process gives its connection back.
IDLE_SECONDS = 2.0
LONGEST_PAUSE_SECONDS = 5.0


def notify() -> None:
    """The embedded bell. A statement of its own: inside a busy transaction NOTIFY would queue up the commits."""
    with connection.cursor() as cursor:
        cursor.execute(f"NOTIFY {CHANNEL}")


class Bell:
    def __init__(self) -> None:
        self._wanted = threading.Event()
        self._start = threading.Lock()
        self._thread: threading.Thread | None = None

    def ring(self) -> None:
        self._wanted.set()
        if self._thread is None or not self._thread.is_alive():
            with self._start:
                if self._thread is None or not self._thread.is_alive():
                    self._thread = threading.Thread(target=self._run, name="facts-bell", daemon=True)
                    self._thread.start()

    def _run(self) -> None:
        ring: Callable[[], None] = import_string(settings.FACTS_BELL)
        pause = QUIET_SECONDS
        while True:
            if not self._wanted.wait(IDLE_SECONDS):
                connection.close()
                self._wanted.wait()
            self._wanted.clear()
            try:
                ring()
            except Exception as trouble:  # noqa: BLE001 - the row is written; a bell must not harm anybody
                log.warning("facts.bell_failed error=%s", type(trouble).__name__)
                connection.close()
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
            else:
                pause = QUIET_SECONDS
            time.sleep(pause)


_bell = Bell()


def nudge() -> None:
    """For transaction.on_commit."""
    _bell.ring()


def _after_fork() -> None:
    # A fork copies neither the thread nor a sane lock.
    globals()["_bell"] = Bell()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
