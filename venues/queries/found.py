"""Venues for whoever searches the whole site."""

from django.urls import reverse

from kit.readers_search import Findings, Found
from kit.searching import Asked, matching
from venues.queries.venues import public_venues
from venues.rules.finding import Wish


def find_venues(asked: Asked, limit: int) -> Findings:
    """By name, district, address and the way there. One statement."""
    texts = ("district_name", "address", "summary", "directions")
    rows = list(
        matching(public_venues(), asked, title="name", texts=texts).order_by("-score", "rank", "number", "pk")[:limit]
    )
    found = [
        Found(
            row.name,
            reverse("venues:page", args=[row.slug]),
            " · ".join(part for part in (row.district_name, row.address) if part),
            (row.summary, row.directions),
            row.rank,
            row.score,
        )
        for row in rows
    ]
    return found, rows[0].in_all if rows else 0


def everything(words: str) -> str:
    return f"{reverse('venues:public')}{Wish(words=words).query()}"
