"""Closures of a venue itself, of the area it lies in, and of the whole network, for many venues at once."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from venues.models import Closure, Venue


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
