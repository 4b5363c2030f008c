"""What is on at a venue, on the venue's own page."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from kit import clock
from people.doors import network_of
from programmes.planning.models import Brand
from programmes.planning.queries.faces import by_days, colours_of, face, for_faces, public_sessions
from venues.models import Venue

SHOWN = 5


def on_here(request: HttpRequest, venue: Venue) -> dict[str, Any] | None:
    """The next few; two statements. Nothing where nothing is announced."""
    network, at = network_of(request), clock.now()
    today = clock.today(network.zone)
    rows = list(for_faces(public_sessions().filter(venue=venue, ends_at__gt=at)).order_by("starts_at", "pk")[:SHOWN])
    if not rows:
        return None
    colours = colours_of(Brand.objects.all(), network)
    # The page has said the venue: of the place, the room is left to say.
    faces = [replace(face(row, at=at, colours=colours), place=row.room.name if row.room else "") for row in rows]
    return {
        "days": by_days(faces, today=today),
        "all": f"{reverse('planning:events')}?venue={venue.slug}",
        "feed": request.build_absolute_uri(reverse("planning:venue-feed", args=[venue.slug])).partition(":")[2],
    }
