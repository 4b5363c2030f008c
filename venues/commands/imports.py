"""A table of venues is taken in as a whole, or not at all."""

from datetime import datetime

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
from venues.queries.importing import Judged, judge
from venues.queries.table import ACCESS, PLAIN
from venues.rules.importing import filled
from venues.rules.rooms_text import RoomLine
from venues.steps.many import VenueChange, change_venues
from venues.steps.venues import RoomPlan, VenuePlan, open_venues


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
    plans = [_plan_of(verdict, judged) for verdict in judged.preview.of(Fate.MADE)]
    if plans:
        open_venues(plans, by=by)
    change_venues([_change_of(verdict, judged) for verdict in judged.preview.of(Fate.CHANGED)], by=by, at=at)
    counts = judged.preview.counts
    if judged.preview.has_work:
        values = {fate.value: counts[fate] for fate in (Fate.MADE, Fate.CHANGED)}
        note("venues.imported", subject=Area.objects.get(parent=None), actor=by, values=values)
    return counts


def _plan_of(verdict: Verdict, judged: Judged) -> VenuePlan:
    values = {name: filled(name, value) for name, value in verdict.row.values.items()}
    kept = {name: values[name] for name in (*PLAIN, *ACCESS) if values.get(name) is not None}
    name, address = kept.pop("name"), kept.pop("address")
    _venue, parent = judged.targets[verdict.row.number]
    rooms = [_plan(room) for room in values.get("rooms") or ()]
    return VenuePlan(parent, name, address, kept, values.get("hours") or (), rooms)


def _change_of(verdict: Verdict, judged: Judged) -> VenueChange:
    venue, parent = judged.targets[verdict.row.number]
    if venue is None:
        raise LookupError("A row that changes something means a venue.")
    changes = verdict.changes
    return VenueChange(
        venue,
        parent,
        fields={name: value for name, value in changes.items() if name in {*PLAIN, *ACCESS}},
        week=changes.get("hours"),
        rooms=[_plan(room) for room in changes.get("rooms", ())],
    )


def _plan(room: RoomLine) -> RoomPlan:
    return RoomPlan(room.name, room.capacity, floor=room.floor, equipment=room.equipment)
