"""A venue comes with its leaf of the area tree, its week and its rooms, or not at all."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models

from kit import kept_pages
from kit.command import step
from networks.models import Area
from networks.steps import areas
from networks.steps.journal import note, note_each
from networks.steps.outbox import post
from venues.messages import CHANGED
from venues.models import OpeningHours, Room, Venue
from venues.rules.hours import Span

Actor = models.Model | int | None
# Rows to a statement.
MANY = 1_000


@dataclass(frozen=True)
class RoomPlan:
    name: str
    capacity: int
    floor: str = ""
    equipment: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class VenuePlan:
    """`parent`: the district, street or community. `values`: other fields of Venue."""

    parent: Area
    name: str
    address: str
    values: Mapping[str, Any] = field(default_factory=dict)
    week: Sequence[Span] = ()
    rooms: Sequence[RoomPlan] = ()


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
    """As `open_venues`, for one."""
    return open_venues([VenuePlan(parent, name, address, values or {}, list(week), list(rooms))], by=by)[0]


@step
def open_venues(plans: Sequence[VenuePlan], *, by: Actor = None) -> list[Venue]:
    """With leaves, weeks and rooms, in a constant number of statements. Whoever calls has asked the rules."""
    leaves = areas.make_leaves([(plan.name, plan.parent) for plan in plans])
    made: list[Venue] = Venue.objects.bulk_create(
        [
            Venue(area=leaf, name=plan.name, address=plan.address, **plan.values)
            for plan, leaf in zip(plans, leaves, strict=True)
        ],
        batch_size=MANY,
    )
    pairs = list(zip(made, plans, strict=True))
    add_weeks((venue, plan.week) for venue, plan in pairs)
    Room.objects.bulk_create([_room(venue, room) for venue, plan in pairs for room in plan.rooms], batch_size=MANY)
    parents = {venue.pk: plan.parent.pk for venue, plan in pairs}
    note_each(
        "venues.added",
        subjects=made,
        actor=by,
        values=lambda venue: {"name": ["", venue.name], "area": [None, parents[venue.pk]]},
    )
    kept_pages.forget()
    return made


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
    add_weeks([(venue, week)])


@step
def add_weeks(weeks: Iterable[tuple[Venue, Iterable[Span]]]) -> None:
    """For venues that have no hours, in one statement."""
    OpeningHours.objects.bulk_create(
        [
            OpeningHours(venue=venue, weekday=weekday, opens_minute=opens, closes_minute=closes)
            for venue, week in weeks
            for weekday, opens, closes in week
        ],
        batch_size=MANY,
    )


@step
def add_rooms(venue: Venue, rooms: Iterable[RoomPlan]) -> list[Room]:
    made: list[Room] = Room.objects.bulk_create([_room(venue, room) for room in rooms])
    return made


def _room(venue: Venue, plan: RoomPlan) -> Room:
    return Room(
        venue=venue,
        name=plan.name,
        floor=plan.floor,
        capacity=plan.capacity,
        equipment=list(plan.equipment),
        note=plan.note,
    )
