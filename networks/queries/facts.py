"""The queue as staff and the service see it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Count, QuerySet

from kit.refusals import Text
from networks import registers
from networks.choices import FactState
from networks.models import Fact, Pulse


@dataclass(frozen=True)
class Trouble:
    """How many facts of one listener were set aside."""

    listener: str
    title: Text
    count: int


def troubles() -> list[Trouble]:
    rows = (
        Fact.objects.filter(state=FactState.SET_ASIDE)
        .values_list("listener")
        .annotate(count=Count("pk"))
        .order_by("-count", "listener")
    )
    return [Trouble(name, listener_title(name), count) for name, count in rows]


def listener_title(name: str) -> Text:
    known = registers.listeners.get(name)
    return known.title if known else name


def facts_set_aside() -> QuerySet[Fact]:
    """Of the open scope's network, newest first."""
    return Fact.objects.filter(state=FactState.SET_ASIDE).order_by("-settled_at", "-pk")


# A process that was killed leaves its pulse behind until it is purged.
ALIVE_WITHIN = timedelta(seconds=60)


@dataclass(frozen=True)
class QueueFigures:
    """Of the whole service. Ages are in seconds, None where there is nothing to be old."""

    waiting: int
    due: int
    oldest_due_seconds: float | None
    in_hand: int
    set_aside: int
    processes: int
    last_pulse_seconds: float | None


# Counts over all networks, and nothing else of them.
_FIGURES = """
SELECT count(*), count(*) FILTER (WHERE due_at <= %(at)s),
       extract(epoch FROM %(at)s - min(due_at) FILTER (WHERE due_at <= %(at)s AND lease IS NULL)),
       count(*) FILTER (WHERE lease IS NOT NULL),
       (SELECT count(*) FROM networks_fact WHERE state = 'set_aside')
FROM networks_fact WHERE state = 'waiting'
"""


def queue_figures(*, at: datetime) -> QueueFigures:
    with connection.cursor() as cursor:
        cursor.execute(_FIGURES, {"at": at})
        waiting, due, oldest, in_hand, set_aside = cursor.fetchone()
    seen = list(Pulse.objects.values_list("seen_at", flat=True))
    return QueueFigures(
        waiting=waiting,
        due=due,
        oldest_due_seconds=None if oldest is None else float(oldest),
        in_hand=in_hand,
        set_aside=set_aside,
        processes=sum(at - one < ALIVE_WITHIN for one in seen),
        last_pulse_seconds=(at - max(seen)).total_seconds() if seen else None,
    )
