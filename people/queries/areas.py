"""The tree of areas as staff see it. One statement for all of it."""

from dataclasses import dataclass

from networks.choices import AreaKind
from networks.models import Area
from people.queries.workplace import as_tree, within


@dataclass(frozen=True)
class AreaLine:
    area: Area
    depth: int
    venues: int
    areas: int


def area_lines(paths: tuple[str, ...]) -> list[AreaLine]:
    """Every area but the venues, each with how many of both lie below it."""
    rows = list(Area.objects.filter(within("path", paths)))
    venues: dict[str, int] = {}
    areas: dict[str, int] = {}
    for row in rows:
        counted = venues if row.kind == AreaKind.VENUE else areas
        if row.closed_at is None:
            for path in _above(row.path):
                counted[path] = counted.get(path, 0) + 1
    shown = as_tree([row for row in rows if row.kind != AreaKind.VENUE])
    least = min((row.path.count("/") for row in shown), default=0)
    return [
        AreaLine(row, min(row.path.count("/") - least, 3), venues.get(row.path, 0), areas.get(row.path, 0))
        for row in shown
    ]


def _above(path: str) -> list[str]:
    steps = [step for step in path.split("/") if step][:-1]
    return ["/" + "/".join(steps[: count + 1]) + "/" for count in range(len(steps))]


def districts() -> list[Area]:
    """What has a tile in the map of the city, in its order."""
    return list(
        Area.objects.filter(parent__parent=None, parent__isnull=False, closed_at=None)
        .exclude(kind=AreaKind.VENUE)
        .order_by("place", "pk")
    )


def tiles_of(rows: list[Area]) -> list[tuple[str, str, int, int, None, bool]]:
    """For kit/parts/tile_map.html, which counts from one."""
    return [
        (
            row.name,
            "",
            0 if row.tile_column is None else row.tile_column + 1,
            0 if row.tile_row is None else row.tile_row + 1,
            None,
            False,
        )
        for row in rows
    ]
