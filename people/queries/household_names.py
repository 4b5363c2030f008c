"""What a household is called: by its children, else by its adults."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from people.models import Household
from people.queries.families import live_children, live_members

_NAMED = 2


def names_of(households: Collection[Household]) -> dict[int, str]:
    """By the household's key. Two statements, and none for a single one: it is told from no other."""
    if len(households) < 2:
        return {household.pk: _("Our family") for household in households}
    ids = [household.pk for household in households]
    children: dict[int, list[str]] = {}
    for household_id, name in _pairs(live_children(), ids, "birth_month", "name"):
        children.setdefault(household_id, []).append(name)
    adults: dict[int, list[str]] = {}
    for household_id, name in _pairs(live_members(), ids, "joined_at", "person__name"):
        adults.setdefault(household_id, []).append(name)
    return {pk: _called(children.get(pk) or [name for name in adults.get(pk, []) if name]) for pk in ids}


def _pairs(rows: "QuerySet[Any]", ids: list[int], order: str, field: str) -> "QuerySet[Any, tuple[int, str]]":
    return rows.filter(household__in=ids).order_by(order, "pk").values_list("household_id", field)


def _called(names: list[str]) -> str:
    if not names:
        return _("A family without names")
    shown = "、".join(names[:_NAMED])
    if len(names) > _NAMED:
        return _("Family of %(names)s and others (%(n)s)") % {"names": shown, "n": len(names)}
    return _("Family of %(names)s") % {"names": shown}
