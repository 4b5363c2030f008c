"""The units behind programmes and activities, as printed."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q, QuerySet

from programmes.planning.models import Activity, PartnerUnit, Programme, UnitLine
from programmes.planning.rules.units import PrintedLine, printed


def units_of_activities(activities: Iterable[Activity]) -> dict[int, list[PrintedLine]]:
    """By the activity's key, in one statement. An activity without lines of its own shows its programme's."""
    rows = list(activities)
    own, above = _lines(Q(activity__in=[row.pk for row in rows]) | Q(programme__in={row.programme_id for row in rows}))
    return {row.pk: printed(own.get(row.pk) or above.get(row.programme_id, [])) for row in rows}


def units_of_programme(programme: Programme) -> list[PrintedLine]:
    _own, above = _lines(Q(programme=programme.pk))
    return printed(above.get(programme.pk, []))


Pairs = dict[int, list[tuple[str, str]]]


def _lines(wanted: Q) -> tuple[Pairs, Pairs]:
    own: Pairs = {}
    above: Pairs = {}
    rows = UnitLine.objects.filter(wanted).select_related("unit").order_by("place", "pk")
    for row in rows:
        if row.activity_id is not None:
            own.setdefault(row.activity_id, []).append((row.role, row.unit.name))
        else:
            above.setdefault(row.programme_id, []).append((row.role, row.unit.name))
    return own, above


def lines_of(owner: Programme | Activity) -> list[UnitLine]:
    """Its own, in the planner's order."""
    mine = Q(programme=owner) if isinstance(owner, Programme) else Q(activity=owner)
    return list(UnitLine.objects.filter(mine).select_related("unit").order_by("place", "pk"))


def names_in_use() -> list[str]:
    return list(PartnerUnit.objects.filter(closed_at=None).order_by("name").values_list("name", flat=True))


def all_units() -> "QuerySet[PartnerUnit]":
    """With `line_count`: how often it is named."""
    rows: QuerySet[PartnerUnit] = PartnerUnit.objects.annotate(line_count=Count("lines"))
    return rows


def find_units(rows: Any, words: str) -> Any:
    for word in words.split():
        rows = rows.filter(Q(name__icontains=word) | Q(kind__icontains=word) | Q(note__icontains=word))
    return rows


def named_by(unit: PartnerUnit) -> list[UnitLine]:
    """The newest first; enough to see what hangs on its name."""
    rows = UnitLine.objects.filter(unit=unit).select_related("activity", "programme").order_by("-pk")
    return list(rows[:50])
