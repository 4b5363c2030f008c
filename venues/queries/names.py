"""What is taken: names and numbers of venues, and of areas below one parent."""

from django.db.models import QuerySet

from networks.models import Area
from venues.models import Venue


def open_names(*, without: Venue | None = None) -> set[str]:
    return set(_others(without).filter(closed_at=None).values_list("name", flat=True))


def numbers(*, without: Venue | None = None) -> set[str]:
    return set(_others(without).exclude(number="").values_list("number", flat=True))


def numbered_areas() -> "QuerySet[Venue, tuple[str, int]]":
    """For tables in which staff name a venue by its number."""
    return Venue.objects.exclude(number="").filter(closed_at=None).values_list("number", "area_id")


def names_below(parent: Area, *, without: Area | None = None) -> set[str]:
    rows = Area.objects.filter(parent=parent)
    if without is not None:
        rows = rows.exclude(pk=without.pk)
    return set(rows.values_list("name", flat=True))


def _others(venue: Venue | None) -> "QuerySet[Venue]":
    rows: QuerySet[Venue] = Venue.objects.all() if venue is None else Venue.objects.exclude(pk=venue.pk)
    return rows
