"""Pages of venues, for the map of the site."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from networks.registers import SitePage
from venues.models import Venue


def count_pages(_at: datetime) -> int:
    return _shown().count()


def pages(_request: HttpRequest, _at: datetime, part: slice) -> Iterable[SitePage]:
    """Nobody writes down when a venue last changed."""
    slugs = _shown().order_by("pk").values_list("slug", flat=True)[part]
    return [(reverse("venues:page", args=[slug]), None) for slug in slugs]


def _shown() -> "QuerySet[Venue]":
    """Those that closed for good have a page that says so, for whoever follows an old link, and for nobody else."""
    rows: QuerySet[Venue] = Venue.objects.filter(is_public=True, closed_at=None)
    return rows
