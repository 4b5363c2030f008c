"""The city as tiles: a drawing of its districts, with how many venues readers find in each."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from kit.refusals import Text
from networks.models import Area
from venues.queries.finder import venues_by_district
from venues.queries.venues import tile_of

# Label, address, column, row, count, whether it is the one at hand: what the tile map takes.
Tile = tuple[Text, str, int, int, int | None, bool]


@dataclass(frozen=True)
class City:
    tiles: list[Tile]
    venues: int
    open_now: int


def city(areas: list[Area], *, at: datetime) -> City:
    """Districts and functional zones in the library's own order; a city without venues shows their names alone."""
    counted, open_now = venues_by_district(areas, at=at)
    total = sum(count for _area, count in counted)
    address = reverse("venues:public")
    return City(
        tiles=[
            (
                area.name,
                f"{address}?district={area.pk}" if count else "",
                *tile_of(area),
                count if total else None,
                False,
            )
            for area, count in counted
        ],
        venues=total,
        open_now=open_now,
    )
