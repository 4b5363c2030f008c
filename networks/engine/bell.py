"""The doorbell: after a commit, one ring tells the workers to look. Never slow, never fatal, at most one per 50 ms.

A ring that fails is no loss: the workers look by themselves every second or so.
"""

from collections.abc import Callable

from django.conf import settings
from django.db import connection
from django.utils.module_loading import import_string

from kit.bell import Bell

CHANNEL = "siji_facts"
QUIET_SECONDS = 0.05


def notify() -> None:
    """The embedded bell. A statement of its own: inside a busy transaction NOTIFY would queue up the commits."""
    with connection.cursor() as cursor:
        cursor.execute(f"NOTIFY {CHANNEL}")


def _ring() -> None:
    ring: Callable[[], None] = import_string(settings.FACTS_BELL)
    ring()


_bell = Bell("facts-bell", _ring, quiet_seconds=QUIET_SECONDS)


def nudge() -> None:
    """For transaction.on_commit."""
    _bell.pull()
