"""Venues as lists and pages want them: with the district they lie in."""

from collections.abc import Iterable
from typing import Any

from django.db.models import BooleanField, F, Func, OuterRef, Prefetch, Q, QuerySet, Subquery

from networks.choices import AreaKind
from networks.models import Area
from venues.models import OpeningHours, Room, Venue, VenuePicture

DISTRICTS = (AreaKind.DISTRICT, AreaKind.ZONE)


def all_venues() -> "QuerySet[Venue]":
    """With `district_id`, `district_name` and `district_place`: of the nearest district or zone above; none: None."""
    above = (
        Area.objects.filter(kind__in=DISTRICTS)
        .filter(Func(OuterRef("area__path"), F("path"), function="starts_with", output_field=BooleanField()))
        .order_by("-path")
    )
    rows: QuerySet[Venue] = Venue.objects.select_related("area").annotate(
        district_id=Subquery(above.values("pk")[:1]),
        district_name=Subquery(above.values("name")[:1]),
        district_place=Subquery(above.values("place")[:1]),
    )
    return rows


def public_venues() -> "QuerySet[Venue]":
    """Those that readers may know of and that have not closed for good."""
    return all_venues().filter(is_public=True, closed_at=None)


def venues_within(paths: Iterable[str]) -> "QuerySet[Venue]":
    """Those under any of the paths, closed ones too. No paths: none."""
    return all_venues().filter(under(paths))


def under(paths: Iterable[str], *, path: str = "area__path") -> Q:
    found = Q(pk__in=())
    for one in paths:
        found |= Q(**{f"{path}__startswith": one})
    return found


def venue_page(slug: str) -> Venue | None:
    """With `week` (hours), `rooms_in_use` and `all_pictures` already read."""
    rows: Any = all_venues().prefetch_related(
        Prefetch("opening_hours", OpeningHours.objects.order_by("weekday", "opens_minute"), to_attr="week"),
        Prefetch("rooms", Room.objects.filter(closed_at=None).order_by("name"), to_attr="rooms_in_use"),
        Prefetch(
            "pictures", VenuePicture.objects.filter(removed_at=None).order_by("place", "pk"), to_attr="all_pictures"
        ),
    )
    found: Venue | None = rows.filter(slug=slug).first()
    return found


def districts() -> "QuerySet[Area]":
    """Districts that are not closed, in the library's order, then functional zones."""
    rows: QuerySet[Area] = Area.objects.filter(kind__in=DISTRICTS, closed_at=None).order_by("kind", "place", "pk")
    return rows


def tile_of(area: Area) -> tuple[int, int]:
    """Its place in the drawing of the city, counted from one; nothing where nobody has given it one."""
    if area.tile_column is None or area.tile_row is None:
        return 0, 0
    return area.tile_column + 1, area.tile_row + 1


def areas_for_venues(paths: Iterable[str]) -> "QuerySet[Area]":
    """Open areas under these paths below which a venue can lie."""
    rows: QuerySet[Area] = Area.objects.filter(under(paths, path="path"), closed_at=None)
    return rows.exclude(kind=AreaKind.VENUE).order_by("path")
