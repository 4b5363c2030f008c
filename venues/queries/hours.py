"""The week of a venue, or of many."""

from collections.abc import Iterable

from venues.models import OpeningHours, Venue
from venues.rules.hours import Span


def week_of(venue: Venue) -> list[Span]:
    return weeks_of([venue])[venue.pk]


def weeks_of(venues: Iterable[Venue]) -> dict[int, list[Span]]:
    """By the venue's id, in one statement."""
    found: dict[int, list[Span]] = {venue.pk: [] for venue in venues}
    rows = OpeningHours.objects.filter(venue__in=list(found)).values_list(
        "venue_id", "weekday", "opens_minute", "closes_minute"
    )
    for venue, weekday, opens, closes in rows.order_by("weekday", "opens_minute"):
        found[venue].append(Span(weekday, opens, closes))
    return found
