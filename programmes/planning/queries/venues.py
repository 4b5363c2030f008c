"""Venues to choose from."""

from collections.abc import Iterable

from django.db.models import F, Q, QuerySet

from kit.numbers import whole
from venues.models import Venue
from venues.queries.venues import all_venues


def venues_to_choose(words: str, *, without: Iterable[int] = ()) -> "QuerySet[Venue]":
    """Those that are not closed for good, by name, number, district or street; city libraries first."""
    rows = all_venues().filter(closed_at=None).exclude(pk__in=list(without))
    for word in words.split():
        rows = rows.filter(
            Q(name__icontains=word)
            | Q(number__icontains=word)
            | Q(address__icontains=word)
            | Q(district_name__icontains=word)
        )
    return rows.order_by(F("district_place").asc(nulls_first=True), "name")


def venue_of_key(typed: str) -> Venue | None:
    key = whole(typed)
    if key is None:
        return None
    found: Venue | None = Venue.objects.filter(pk=key).first()
    return found
