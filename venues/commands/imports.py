"""A table of venues is taken in as a whole, or not at all."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kit.command import command
from kit.refusals import Refusal, Refused
from kit.sheets import Fate, Sheet, Verdict
from networks.models import Area
from networks.steps import areas
from networks.steps.journal import note
from people.choices import Verb
from people.models import Person
from people.queries.rights import rights_of
from venues.models import Room, Venue
from venues.queries.importing import Judged, judge
from venues.queries.table import ACCESS, PLAIN
from venues.rules.importing import filled
from venues.rules.rooms_text import RoomLine
from venues.steps.venues import RoomPlan, add_rooms, change_fields, lock_venue, open_venue, write_week


@command
def import_venues(*, sheet: Sheet, by: Person, at: datetime) -> dict[Fate, int]:
    """Judged once more, with the tree held: what was shown before is not trusted."""
    areas.hold_tree()
    judged = judge(sheet, paths=rights_of(by).paths(Verb.OPEN_VENUES))
    if not judged.preview.is_clean:
        raise Refused(
            Refusal(
                "changed_meanwhile",
                _("Something has changed since you looked: some rows cannot be taken any more."),
                _("Nothing was written. Look at the rows below."),
            )
        )
    for verdict in judged.preview.verdicts:
        venue, parent = judged.targets[verdict.row.number]
        if venue is None:
            _open(verdict, parent, by=by)
        elif verdict.fate == Fate.CHANGED:
            _change(verdict, venue, parent, judged, by=by, at=at)
    counts = judged.preview.counts
    if judged.preview.has_work:
        values = {fate.value: counts[fate] for fate in (Fate.MADE, Fate.CHANGED)}
        note("venues.imported", subject=Area.objects.get(parent=None), actor=by, values=values)
    return counts


def _open(verdict: Verdict, parent: Area, *, by: Person) -> None:
    values = {name: filled(name, value) for name, value in verdict.row.values.items()}
    kept = {name: values[name] for name in (*PLAIN, *ACCESS) if values.get(name) is not None}
    name, address = kept.pop("name"), kept.pop("address")
    open_venue(
        parent=parent,
        name=name,
        address=address,
        values=kept,
        week=values.get("hours") or (),
        rooms=[_plan(room) for room in values.get("rooms") or ()],
        by=by,
    )


def _change(verdict: Verdict, venue: Venue, parent: Area, judged: Judged, *, by: Person, at: datetime) -> None:
    row = lock_venue(venue)
    changes = verdict.changes
    fields = {name: value for name, value in changes.items() if name in {*PLAIN, *ACCESS}}
    if fields or parent.pk != row.area.parent_id:
        change_fields(row, fields, home=parent, by=by, at=at)
    if "hours" in changes:
        write_week(row, changes["hours"])
        note("venues.hours_set", subject=row, actor=by, changed=["opening_hours"])
    if rooms := changes.get("rooms"):
        _put_rooms(row, rooms, there=judged.standing[verdict.row.number].rooms, by=by)


def _put_rooms(venue: Venue, rooms: list[RoomLine], *, there: Any, by: Person) -> None:
    add_rooms(venue, [_plan(room) for room in rooms if room.name not in there])
    for room in rooms:
        if room.name in there:
            Room.objects.filter(venue=venue, name=room.name, closed_at=None).update(
                capacity=room.capacity, floor=room.floor, equipment=list(room.equipment)
            )
    note("venues.room_changed", subject=venue, actor=by, values={"rooms": [room.name for room in rooms]})


def _plan(room: RoomLine) -> RoomPlan:
    return RoomPlan(room.name, room.capacity, floor=room.floor, equipment=room.equipment)
