"""Partner units, and their parts in programmes and activities."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from kit import kept_pages
from kit.command import command
from kit.refusals import refuse_if
from networks.steps.journal import note
from people.models import Person
from programmes.planning.models import Activity, PartnerUnit, Programme, UnitLine
from programmes.planning.rules.programmes import against_change
from programmes.planning.rules.units import against_line, against_unit
from programmes.planning.steps.books import hold_directory
from programmes.planning.steps.ordering import move_forward
from programmes.planning.steps.programmes import lock_activity, lock_programme

Owner = Programme | Activity


@command
def add_unit(*, values: Mapping[str, Any], by: Person) -> PartnerUnit:
    hold_directory()
    refuse_if(against_unit(values["name"], names=_names()))
    return _make(values, by=by)


@command
def change_unit(*, unit: PartnerUnit, values: Mapping[str, Any], by: Person) -> None:
    hold_directory()
    row: PartnerUnit = PartnerUnit.objects.select_for_update().get(pk=unit.pk)
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    if not changed:
        return
    refuse_if(against_unit(values["name"], names=_names(without=row)))
    before = {name: [getattr(row, name), value] for name, value in changed.items()}
    for name, value in changed.items():
        setattr(row, name, value)
    row.save(update_fields=list(changed))
    note("planning.unit_changed", subject=row, actor=by, values=before)
    kept_pages.forget()


@command
def close_unit(*, unit: PartnerUnit, by: Person, at: datetime) -> None:
    """It stays where it is named already; nothing new is planned with it."""
    if PartnerUnit.objects.filter(pk=unit.pk, closed_at=None).update(closed_at=at):
        note("planning.unit_closed", subject=unit, actor=by)


@command
def use_unit_again(*, unit: PartnerUnit, by: Person) -> None:
    if PartnerUnit.objects.filter(pk=unit.pk).exclude(closed_at=None).update(closed_at=None):
        note("planning.unit_used_again", subject=unit, actor=by)


@command
def give_part(*, owner: Owner, name: str, role: str, by: Person) -> UnitLine:
    """After the others of that part. A unit that nobody knows yet is entered in the directory."""
    hold_directory()
    row = _lock(owner)
    refuse_if(against_change(row.dropped_at))
    unit: PartnerUnit | None = PartnerUnit.objects.filter(name=name.strip()).first()
    if unit is None:
        refuse_if(against_unit(name, names=()))
        unit = _make({"name": name.strip()}, by=by)
    lines = UnitLine.objects.filter(**_of(row), role=role)
    refuse_if(against_line(unit.name, closed_at=unit.closed_at, is_there=lines.filter(unit=unit).exists()))
    place = max(lines.values_list("place", flat=True), default=-1) + 1
    line: UnitLine = UnitLine.objects.create(**_of(row), unit=unit, role=role, place=place)
    _noted(row, unit, role, is_added=True, by=by)
    return line


@command
def take_part(*, owner: Owner, line_id: int, by: Person) -> None:
    """From the unit: it is not named any more."""
    row = _lock(owner)
    line = UnitLine.objects.filter(**_of(row), pk=line_id).select_related("unit").first()
    if line is not None:
        UnitLine.objects.filter(pk=line.pk).delete()
        _noted(row, line.unit, line.role, is_added=False, by=by)


@command
def move_part_forward(*, owner: Owner, line_id: int, by: Person) -> None:
    """Among the units of the same part: the parts themselves have a fixed order."""
    row = _lock(owner)
    line = UnitLine.objects.filter(**_of(row), pk=line_id).first()
    if line is None:
        return
    lines = UnitLine.objects.filter(**_of(row), role=line.role).order_by("place", "pk")
    if move_forward(lines, line.pk):
        note("planning.units_ordered", subject=row, actor=by, changed=["units"])
        kept_pages.forget()


@command
def begin_with_programmes(*, activity: Activity, by: Person) -> None:
    """The programme's units become the activity's own, to be changed there."""
    row = lock_activity(activity)
    refuse_if(against_change(row.dropped_at))
    if UnitLine.objects.filter(activity=row).exists():
        return
    above = UnitLine.objects.filter(programme=row.programme_id).order_by("place", "pk")
    UnitLine.objects.bulk_create(
        [UnitLine(activity=row, unit_id=line.unit_id, role=line.role, place=line.place) for line in above]
    )
    note("planning.units_taken_over", subject=row, actor=by, changed=["units"])


def _make(values: Mapping[str, Any], *, by: Person) -> PartnerUnit:
    row: PartnerUnit = PartnerUnit.objects.create(**values)
    note("planning.unit_added", subject=row, actor=by, values={"name": ["", row.name]})
    return row


def _names(*, without: PartnerUnit | None = None) -> set[str]:
    return set(PartnerUnit.objects.exclude(pk=without.pk if without else None).values_list("name", flat=True))


def _lock(owner: Owner) -> Owner:
    return lock_programme(owner) if isinstance(owner, Programme) else lock_activity(owner)


def _of(owner: Owner) -> dict[str, Owner]:
    return {"programme": owner} if isinstance(owner, Programme) else {"activity": owner}


def _noted(owner: Owner, unit: PartnerUnit, role: str, *, is_added: bool, by: Person) -> None:
    words = f"{role} {unit.name}"
    verb = "planning.unit_given_part" if is_added else "planning.unit_lost_part"
    note(verb, subject=owner, actor=by, values={"units": ["", words] if is_added else [words, ""]})
    kept_pages.forget()
