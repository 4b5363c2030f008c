"""Venues for the staff's search."""

from typing import Any

from django.db.models import F, Q
from django.http import HttpRequest
from django.urls import reverse

from kit.navigation import Hit
from people.choices import Verb
from people.queries.rights import rights_of
from venues.queries.venues import venues_within


def find_venues(request: HttpRequest, words: str, limit: int) -> list[Hit]:
    """Those this person may tend, by name, number, address or telephone. One statement."""
    if not request.user.is_authenticated:
        return []
    rows = venues_within(rights_of(request.user).paths(Verb.TEND_VENUES))
    for word in words.split():
        rows = rows.filter(
            Q(name__icontains=word) | Q(number__icontains=word) | Q(address__icontains=word) | Q(phone__icontains=word)
        )
    found = rows.order_by(F("closed_at").desc(nulls_first=True), "name")[:limit]
    return [Hit(venue.name, reverse("venues:venue", args=[venue.slug]), _line(venue), "building") for venue in found]


def _line(venue: Any) -> str:
    return " · ".join(part for part in (venue.get_kind_display(), venue.district_name, venue.number) if part)
