"""The tree of areas is changed: add, rename, move, place on the map, close, open again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from kit import kept_pages
from kit.command import command
from kit.refusals import refuse_if
from networks.choices import AreaKind
from networks.models import Area
from networks.queries.closing import why_it_stays_open
from networks.rules import areas as rules
from networks.steps import areas as steps
from networks.steps.journal import note


@command
def add_area(*, name: str, kind: AreaKind, parent: Area, code: str, by: int) -> Area:
    steps.hold_tree()
    above = Area.objects.get(pk=parent.pk)
    refuse_if([*rules.against_adding(kind=kind, parent=above), *rules.against_name(name, taken=_names_in(above))])
    area = steps.make_area(name=name, kind=kind, parent=above, code=code, place=_last_place(above) + 1)
    note("networks.area_added", subject=area, actor=by, values={"name": name, "kind": kind, "parent": above.pk})
    kept_pages.forget()
    return area


@command
def change_area(area: Area, *, values: Mapping[str, Any], by: int) -> Area:
    """`values`: any of name, code, place, tile_column and tile_row."""
    row: Area = Area.objects.select_for_update().get(pk=area.pk)
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    if not changed:
        return row
    wanted = {"tile_column": row.tile_column, "tile_row": row.tile_row, **values}
    refuse_if(rules.against_tile(wanted["tile_column"], wanted["tile_row"]))
    if "name" in changed and row.parent is not None:
        refuse_if(rules.against_name(changed["name"], taken=_names_in(row.parent)))
    before = {name: getattr(row, name) for name in changed}
    for name, value in changed.items():
        setattr(row, name, value)
    row.save(update_fields=list(changed))
    note(
        "networks.area_changed",
        subject=row,
        actor=by,
        values={name: [before[name], value] for name, value in changed.items()},
    )
    kept_pages.forget()
    return row


@command
def draw_map(places: Mapping[int, tuple[int | None, int | None]], *, by: int) -> int:
    """Where tiles stand, by the areas' ids: all of them or none. Returns how many moved."""
    steps.hold_tree()
    rows = list(Area.objects.select_for_update().filter(pk__in=places).order_by("pk"))
    refuse_if(rules.against_map(places.values()))
    moved = [row for row in rows if (row.tile_column, row.tile_row) != places[row.pk]]
    for row in moved:
        before = [row.tile_column, row.tile_row]
        row.tile_column, row.tile_row = places[row.pk]
        row.save(update_fields=["tile_column", "tile_row"])
        note("networks.area_changed", subject=row, actor=by, values={"tile": [before, list(places[row.pk])]})
    if moved:
        kept_pages.forget()
    return len(moved)


@command
def move_area(area: Area, *, to: Area, by: int) -> Area:
    steps.hold_tree()
    row = Area.objects.select_related("parent").get(pk=area.pk)
    above = Area.objects.get(pk=to.pk)
    if row.parent_id == above.pk:
        return row
    refuse_if([*rules.against_moving(row, to=above), *rules.against_name(row.name, taken=_names_in(above))])
    before = row.parent_id
    steps.move(row, to=above)
    note("networks.area_moved", subject=row, actor=by, values={"parent": [before, above.pk]})
    kept_pages.forget()
    return row


@command
def close_area(area: Area, *, by: int, at: datetime) -> None:
    """What hangs on it says so: roles, venues, and whatever other rooms keep there."""
    steps.hold_tree()
    row = Area.objects.select_for_update().get(pk=area.pk)
    refuse_if(why_it_stays_open(row))
    steps.close(row, at=at)
    note("networks.area_closed", subject=row, actor=by)
    kept_pages.forget()


@command
def reopen_area(area: Area, *, by: int) -> None:
    steps.hold_tree()
    row = Area.objects.select_related("parent").get(pk=area.pk)
    refuse_if(rules.against_reopening(row, parent=row.parent))
    steps.reopen(row)
    note("networks.area_reopened", subject=row, actor=by)
    kept_pages.forget()


def _names_in(parent: Area) -> set[str]:
    return set(Area.objects.filter(parent=parent).values_list("name", flat=True))


def _last_place(parent: Area) -> int:
    last = Area.objects.filter(parent=parent).order_by("-place").values_list("place", flat=True).first()
    return last or 0
