"""Days of note: entered, changed, removed, brought back; those that every library system begins with."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from kit.command import command
from kit.refusals import refuse_if
from networks.steps.journal import note
from people.models import Person
from programmes.planning.models import Observance
from programmes.planning.rules.observances import against_observance
from programmes.planning.steps.observances import enter_observances


@command
def add_observance(*, values: Mapping[str, Any], by: Person) -> Observance:
    refuse_if(against_observance(values))
    row: Observance = Observance.objects.create(**values)
    note("planning.observance_added", subject=row, actor=by, values={"name": ["", row.name]})
    return row


@command
def change_observance(*, observance: Observance, values: Mapping[str, Any], by: Person) -> Observance:
    """What was seeded keeps its seed, so that no seeding enters it a second time."""
    row: Observance = Observance.objects.select_for_update().get(pk=observance.pk)
    refuse_if(against_observance(values))
    noted = {name: [getattr(row, name), value] for name, value in values.items() if getattr(row, name) != value}
    if noted:
        for name in noted:
            setattr(row, name, values[name])
        row.save(update_fields=list(noted))
        note("planning.observance_changed", subject=row, actor=by, values=noted)
    return row


@command
def remove_observance(*, observance: Observance, by: Person, at: datetime) -> None:
    if Observance.objects.filter(pk=observance.pk, removed_at=None).update(removed_at=at):
        note("planning.observance_removed", subject=observance, actor=by)


@command
def restore_observance(*, observance: Observance, by: Person) -> None:
    if Observance.objects.filter(pk=observance.pk).exclude(removed_at=None).update(removed_at=None):
        note("planning.observance_restored", subject=observance, actor=by)


@command
def seed_observances(*, today: date) -> int:
    return enter_observances(today=today)
