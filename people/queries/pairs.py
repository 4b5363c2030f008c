"""Pairs of children who may be one, for staff."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from people.choices import PairState
from people.models import Child, ChildPair, Member, ReaderNumber
from people.queries.families import live_members
from people.rules.ages import Age, age_on


def pairs() -> "QuerySet[ChildPair]":
    """What was answered, and what can be: where one of the two was erased, nothing is left to compare."""
    rows: QuerySet[ChildPair] = ChildPair.objects.select_related(
        "first__household__district", "second__household__district", "answered_by"
    )
    gone = Q(first__erased_at__isnull=False) | Q(second__erased_at__isnull=False)
    return rows.exclude(gone, state=PairState.OPEN)


def open_pairs() -> "QuerySet[ChildPair]":
    return pairs().filter(state=PairState.OPEN)


@dataclass(frozen=True)
class Side:
    child: Child
    adults: list[Member]
    reader_number: ReaderNumber | None
    age: Age | None


def sides(pair: ChildPair, *, today: date) -> list[Side]:
    """Both children with their families, in three statements."""
    rows = Child.objects.select_related(
        "household__network", "household__district", "added_by", "reader_number__network"
    )
    children = list(rows.filter(pk__in=[pair.first_id, pair.second_id]).order_by("pk"))
    homes = {child.household_id for child in children}
    adults = list(live_members().filter(household__in=homes).select_related("person__network").order_by("pk"))
    return [
        Side(
            child,
            [member for member in adults if member.household_id == child.household_id],
            getattr(child, "reader_number", None),
            age_on(child.birth_month, today) if child.birth_month and child.birth_month <= today else None,
        )
        for child in children
    ]
