"""Closures of a venue itself, of the area it lies in, and of the whole network, for many venues at once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from venues.choices import ClosureState
from venues.models import Closure, Venue
from venues.rules.closures import span_text

A_YEAR = timedelta(days=366)
MOMENT = timedelta(microseconds=1)


def closures_between(start: datetime, end: datetime | None = None) -> "QuerySet[Closure]":
    """Those that count and touch [start, end), the earliest first; without an end all that are still to come."""
    rows: QuerySet[Closure] = (
        Closure.objects.filter(Q(ends_at=None) | Q(ends_at__gt=start), withdrawn_at=None)
        .select_related("area", "venue")
        .order_by("starts_at", "pk")
    )
    return rows if end is None else rows.filter(starts_at__lt=end)


def closures_of(venues: Iterable[Venue], start: datetime, end: datetime | None = None) -> dict[int, list[Closure]]:
    """By the venue's id, in one statement. The venues come with their area."""
    rows = list(closures_between(start, end))
    return {venue.pk: [row for row in rows if is_meant(row, venue)] for venue in venues}


def is_meant(closure: Closure, venue: Venue) -> bool:
    if closure.area is None:
        return closure.venue_id == venue.pk
    return venue.area.path.startswith(closure.area.path)


@dataclass(frozen=True)
class ClosureLine:
    closure: Closure
    state: ClosureState
    is_mine: bool

    @property
    def pk(self) -> int:
        return self.closure.pk

    @property
    def place(self) -> str:
        return str(self.closure.venue or self.closure.area)

    @property
    def starts_at(self) -> datetime:
        return self.closure.starts_at

    @property
    def span(self) -> str:
        return said(self.closure)

    def is_on(self, day: date) -> bool:
        """In the time zone in force."""
        first = timezone.localdate(self.closure.starts_at)
        ends_at = self.closure.ends_at
        return first <= day and (ends_at is None or timezone.localtime(ends_at - MOMENT).date() >= day)


def closure_lines(
    paths: Iterable[str], *, at: datetime, is_mine: Callable[[Closure], bool], kept: timedelta = A_YEAR
) -> list[ClosureLine]:
    """Those of venues under the paths, of areas under them and above them; what is over, for a year. One statement."""
    found = tuple(paths)
    rows = (
        Closure.objects.filter(Q(ends_at=None) | Q(ends_at__gt=at - kept))
        .select_related("venue__area", "area", "made_by")
        .order_by("-starts_at", "-pk")
    )
    lines = [ClosureLine(row, closure_state(row, at=at), is_mine(row)) for row in rows if _concerns(row, found)]
    order = list(ClosureState)
    return sorted(lines, key=lambda line: order.index(line.state))


def closure_state(closure: Closure, *, at: datetime) -> ClosureState:
    if closure.withdrawn_at is not None:
        return ClosureState.WITHDRAWN
    if closure.starts_at > at:
        return ClosureState.AHEAD
    return ClosureState.NOW if closure.ends_at is None or closure.ends_at > at else ClosureState.OVER


def _concerns(closure: Closure, paths: tuple[str, ...]) -> bool:
    if closure.area is not None:
        here = closure.area.path
        return any(here.startswith(path) or path.startswith(here) for path in paths)
    return closure.venue is not None and closure.venue.area.path.startswith(paths) if paths else False


def said(closure: Closure) -> str:
    """From when until when, in the time zone in force."""
    ends_at = closure.ends_at
    return span_text(timezone.localtime(closure.starts_at), timezone.localtime(ends_at) if ends_at else None)
