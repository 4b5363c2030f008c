"""Venues are added, changed, closed for good and opened again. One change of names at a time."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from kit import kept_pages
from kit.command import command
from kit.refusals import refuse_if
from networks.models import Area
from networks.steps import areas
from networks.steps.journal import note
from networks.steps.outbox import post
from people.models import Person
from venues.messages import CHANGED
from venues.models import Room, Venue
from venues.queries.names import names_below, numbers, open_names
from venues.registers import against_leaving
from venues.rules import venues as rules
from venues.rules.hours import Span, against_week
from venues.steps.venues import RoomPlan, change_fields, lock_venue, open_venue


@command
def add_venue(
    *,
    parent: Area,
    values: Mapping[str, Any],
    by: Person,
    week: Iterable[Span] = (),
    rooms: Iterable[RoomPlan] = (),
) -> Venue:
    """`values`: fields of Venue, name and address among them."""
    areas.hold_tree()
    parent = Area.objects.get(pk=parent.pk)
    refuse_if(
        [
            *rules.against_parent(parent.kind, closed_at=parent.closed_at),
            *rules.against_name(values["name"], open_names=open_names(), names_below=names_below(parent)),
            *rules.against_number(values.get("number", ""), numbers=numbers()),
            *rules.against_capacity(values.get("capacity"), rooms=[(room.name, room.capacity) for room in rooms]),
            *against_week(list(week)),
        ]
    )
    others = {name: value for name, value in values.items() if name not in {"name", "address"}}
    return open_venue(
        parent=parent,
        name=values["name"],
        address=values["address"],
        values=others,
        week=week,
        rooms=rooms,
        by=by,
    )


@command
def change_venue(
    *, venue: Venue, values: Mapping[str, Any], by: Person, at: datetime, parent: Area | None = None
) -> Venue:
    """Fields that are not in `values` stay as they are, were they changed meanwhile. `parent`: where it lies from now on."""
    areas.hold_tree()
    row = lock_venue(venue)
    refuse_if(rules.against_change(row.closed_at))
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    home = Area.objects.get(pk=parent.pk if parent is not None else row.area.parent_id)
    moves = home.pk != row.area.parent_id
    if not changed and not moves:
        return row
    refuse_if(
        [
            *(rules.against_parent(home.kind, closed_at=home.closed_at) if moves else ()),
            *_against_words(row, changed, home=home, moves=moves),
            *rules.against_capacity(changed.get("capacity"), rooms=_rooms(row)),
        ]
    )
    change_fields(row, changed, home=home, by=by, at=at)
    return row


def _against_words(row: Venue, changed: Mapping[str, Any], *, home: Area, moves: bool) -> Iterable[Any]:
    if "name" in changed or moves:
        yield from rules.against_name(
            changed.get("name", row.name),
            open_names=open_names(without=row),
            names_below=names_below(home, without=row.area),
        )
    if "number" in changed:
        yield from rules.against_number(changed["number"], numbers=numbers(without=row))


def _rooms(row: Venue) -> list[tuple[str, int]]:
    return list(Room.objects.filter(venue=row, closed_at=None).values_list("name", "capacity"))


@command
def close_for_good(*, venue: Venue, reason: str, by: Person, at: datetime) -> Venue:
    """Its page stays, with a notice; its name becomes free for another district; roles for it end by hand."""
    row = lock_venue(venue)
    refuse_if([*rules.against_closing(row.closed_at, reason=reason), *against_leaving(row, None, at=at)])
    row.closed_at, row.close_reason = at, reason.strip()[:200]
    row.save(update_fields=["closed_at", "close_reason"])
    areas.close(row.area, at=at)
    note("venues.closed_for_good", subject=row, actor=by, values={"closed_at": [None, at]}, reason=reason)
    _told(row, ["closed_at"], at=at)
    return row


@command
def open_again(*, venue: Venue, by: Person, at: datetime) -> Venue:
    areas.hold_tree()
    row = lock_venue(venue)
    home = Area.objects.get(pk=row.area.parent_id)
    refuse_if(
        rules.against_opening_again(
            row.closed_at, name=row.name, open_names=open_names(without=row), parent_closed_at=home.closed_at
        )
    )
    row.closed_at, row.close_reason = None, ""
    row.save(update_fields=["closed_at", "close_reason"])
    areas.reopen(row.area)
    note("venues.opened_again", subject=row, actor=by)
    _told(row, ["closed_at"], at=at)
    return row


def _told(row: Venue, changed: list[str], *, at: datetime) -> None:
    kept_pages.forget()
    post(CHANGED, payload={"venue": row.pk, "changed": changed}, dedupe_key=f"{row.pk}:{at.isoformat()}")
