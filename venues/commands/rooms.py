"""Rooms of a venue: added, changed, no longer used, used again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from kit import kept_pages
from kit.command import command
from kit.refusals import refuse_if
from networks.steps.journal import note
from people.models import Person
from venues.models import Room, Venue
from venues.registers import against_leaving
from venues.rules import venues as rules
from venues.steps.venues import lock_venue


@command
def add_room(*, venue: Venue, values: Mapping[str, Any], by: Person) -> Room:
    row = lock_venue(venue)
    _check(row, values, without=None)
    room: Room = Room.objects.create(venue=row, **values)
    note("venues.room_added", subject=row, actor=by, values={"room": ["", room.name]})
    kept_pages.forget()
    return room


@command
def change_room(*, room: Room, values: Mapping[str, Any], by: Person) -> Room:
    venue = lock_venue(room.venue)
    row: Room = Room.objects.get(pk=room.pk)
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    if not changed:
        return row
    _check(venue, {"name": row.name, "capacity": row.capacity, "equipment": row.equipment, **changed}, without=row)
    before = {name: [getattr(row, name), value] for name, value in changed.items()}
    for name, value in changed.items():
        setattr(row, name, value)
    row.save(update_fields=list(changed))
    note("venues.room_changed", subject=row, actor=by, values=before)
    kept_pages.forget()
    return row


@command
def close_room(*, room: Room, by: Person, at: datetime) -> None:
    """Its past stays; nothing new is planned in it."""
    venue = lock_venue(room.venue)
    refuse_if(against_leaving(venue, room, at=at))
    if Room.objects.filter(pk=room.pk, closed_at=None).update(closed_at=at):
        note("venues.room_closed", subject=room, actor=by)
        kept_pages.forget()


@command
def use_room_again(*, room: Room, by: Person) -> None:
    venue = lock_venue(room.venue)
    row: Room = Room.objects.get(pk=room.pk)
    if row.closed_at is None:
        return
    _check(venue, {"name": row.name, "capacity": row.capacity}, without=row)
    row.closed_at = None
    row.save(update_fields=["closed_at"])
    note("venues.room_used_again", subject=row, actor=by)
    kept_pages.forget()


def _check(venue: Venue, values: Mapping[str, Any], *, without: Room | None) -> None:
    others = Room.objects.filter(venue=venue, closed_at=None)
    names = set(others.exclude(pk=without.pk if without else None).values_list("name", flat=True))
    refuse_if(
        [
            *rules.against_change(venue.closed_at),
            *rules.against_room(values["name"], values["capacity"], names=names),
            *rules.against_equipment(values.get("equipment", ())),
            *rules.against_capacity(venue.capacity, rooms=[(values["name"], values["capacity"])]),
        ]
    )
