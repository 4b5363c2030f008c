"""Many venues changed at once, in a number of statements that does not grow with them, but for those that move."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from kit import kept_pages
from kit.command import step
from networks.models import Area
from networks.steps import areas
from networks.steps.journal import note_each
from networks.steps.outbox import post_each
from venues.messages import CHANGED
from venues.models import OpeningHours, Room, Venue
from venues.rules.hours import Span
from venues.steps.venues import MANY, Actor, RoomPlan, add_weeks


@dataclass(frozen=True)
class VenueChange:
    """`home`: where it lies from now on. `week`: in place of the one that was; None leaves it. `rooms`: changed where
    the venue has one of that name, else added."""

    venue: Venue
    home: Area
    fields: Mapping[str, Any] = field(default_factory=dict)
    week: Sequence[Span] | None = None
    rooms: Sequence[RoomPlan] = ()


@step
def change_venues(changes: Sequence[VenueChange], *, by: Actor, at: datetime) -> None:
    """Whoever calls has asked the rules and holds the tree. The venues come with their area."""
    if not changes:
        return
    keys = [change.venue.pk for change in changes]
    list(Venue.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))
    values = {change.venue.pk: _noted(change) for change in changes}
    for change in changes:
        _place(change)
        for name, value in change.fields.items():
            setattr(change.venue, name, value)
    names = sorted({name for change in changes for name in change.fields})
    if names:
        Venue.objects.bulk_update([change.venue for change in changes if change.fields], names, batch_size=MANY)
    _write_weeks(changes)
    _put_rooms(changes)
    note_each(
        "venues.changed",
        subjects=[change.venue for change in changes],
        actor=by,
        values=lambda venue: values[venue.pk],
    )
    lines = [({"venue": key, "changed": sorted(values[key])}, f"{key}:{at.isoformat()}") for key in keys]
    post_each(CHANGED, lines=lines)
    kept_pages.forget()


def _noted(change: VenueChange) -> dict[str, Any]:
    found: dict[str, Any] = {name: [getattr(change.venue, name), value] for name, value in change.fields.items()}
    if change.home.pk != change.venue.area.parent_id:
        found["area"] = [change.venue.area.parent_id, change.home.pk]
    if change.week is not None:
        found["opening_hours"] = list(change.week)
    if change.rooms:
        found["rooms"] = [room.name for room in change.rooms]
    return found


def _place(change: VenueChange) -> None:
    leaf = change.venue.area
    if "name" in change.fields:
        areas.rename(leaf, name=change.fields["name"])
    if change.home.pk != leaf.parent_id:
        areas.move(leaf, to=change.home)


def _write_weeks(changes: Sequence[VenueChange]) -> None:
    weeks = [(change.venue, change.week) for change in changes if change.week is not None]
    if weeks:
        OpeningHours.objects.filter(venue__in=[venue.pk for venue, _week in weeks]).delete()
        add_weeks(weeks)


def _put_rooms(changes: Sequence[VenueChange]) -> None:
    wanted = [(change.venue, room) for change in changes for room in change.rooms]
    if not wanted:
        return
    rows = Room.objects.filter(venue__in={venue.pk for venue, _room in wanted}, closed_at=None)
    there = {(row.venue_id, row.name): row for row in rows}
    changed: list[Room] = []
    fresh: list[Room] = []
    for venue, plan in wanted:
        row = there.get((venue.pk, plan.name))
        (fresh if row is None else changed).append(_filled(row or Room(venue=venue, name=plan.name), plan))
    Room.objects.bulk_create(fresh, batch_size=MANY)
    Room.objects.bulk_update(changed, ["capacity", "floor", "equipment"], batch_size=MANY)


def _filled(row: Room, plan: RoomPlan) -> Room:
    row.capacity, row.floor, row.equipment = plan.capacity, plan.floor, list(plan.equipment)
    return row
