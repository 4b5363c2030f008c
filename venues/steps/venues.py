"""A venue comes with its leaf of the area tree, its week and its rooms, or not at all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from kit import kept_pages
from kit.command import step
from networks.models import Area
from networks.steps import areas
from networks.steps.journal import note
from networks.steps.outbox import post
from venues.messages import CHANGED
from venues.models import OpeningHours, Room, Venue
from venues.rules.hours import Span

Actor = models.Model | int | None


@dataclass(frozen=True)
class RoomPlan:
    name: str
    capacity: int
    floor: str = ""
    equipment: tuple[str, ...] = ()
    note: str = ""


@step
def open_venue(
    *,
    parent: Area,
    name: str,
    address: str,
    values: Mapping[str, Any] | None = None,
    week: Iterable[Span] = (),
    rooms: Iterable[RoomPlan] = (),
    by: Actor = None,
) -> Venue:
    """`parent`: the district, street or community. `values`: other fields of Venue. Whoever calls has asked the rules."""
    venue: Venue = Venue.objects.create(
        area=areas.make_leaf(parent=parent, name=name), name=name, address=address, **(values or {})
    )
    write_week(venue, week)
    add_rooms(venue, rooms)
    note("venues.added", subject=venue, actor=by, values={"name": ["", name], "area": [None, parent.pk]})
    kept_pages.forget()
    return venue


@step
def lock_venue(venue: Venue) -> Venue:
    """With its area; whatever belongs to the venue is changed by one person at a time."""
    rows = Venue.objects.select_for_update(of=("self",)).select_related("area")
    row: Venue = rows.get(pk=venue.pk)
    return row


@step
def change_fields(row: Venue, changed: Mapping[str, Any], *, home: Area, by: Actor, at: datetime) -> None:
    """`home`: the area it lies in from now on. The leaf is renamed and moved along. Whoever calls has asked the rules."""
    before = {name: getattr(row, name) for name in changed}
    values = {name: [before[name], value] for name, value in changed.items()}
    for name, value in changed.items():
        setattr(row, name, value)
    if changed:
        row.save(update_fields=list(changed))
    if "name" in changed:
        areas.rename(row.area, name=row.name)
    if home.pk != row.area.parent_id:
        values["area"] = [row.area.parent_id, home.pk]
        areas.move(row.area, to=home)
    note("venues.changed", subject=row, actor=by, values=values)
    post(CHANGED, payload={"venue": row.pk, "changed": sorted(values)}, dedupe_key=f"{row.pk}:{at.isoformat()}")
    kept_pages.forget()


@step
def write_week(venue: Venue, week: Iterable[Span]) -> None:
    """In place of the week that was."""
    OpeningHours.objects.filter(venue=venue).delete()
    OpeningHours.objects.bulk_create(
        [
            OpeningHours(venue=venue, weekday=weekday, opens_minute=opens, closes_minute=closes)
            for weekday, opens, closes in week
        ]
    )


@step
def add_rooms(venue: Venue, rooms: Iterable[RoomPlan]) -> list[Room]:
    made: list[Room] = Room.objects.bulk_create(
        [
            Room(
                venue=venue,
                name=room.name,
                floor=room.floor,
                capacity=room.capacity,
                equipment=list(room.equipment),
                note=room.note,
            )
            for room in rooms
        ]
    )
    return made
