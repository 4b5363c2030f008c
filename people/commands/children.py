"""A family adds a child and mends what it typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kit.command import command
from kit.refusals import refuse_if
from networks.steps.journal import note
from people.choices import ConsentAnswer, FamilyVerb
from people.models import Child, Household, Person
from people.queries.families import children_of
from people.registers import ConsentPurpose
from people.rules import families as rules
from people.steps.children import Details, child_in, put_details, refuse_to_store
from people.steps.consents import answer
from people.steps.families import enter_home
from people.steps.pairs import notice_pairs

__all__ = ["Answer", "Details", "add_child", "change_child"]


@dataclass(frozen=True)
class Answer:
    """What was answered on the page that adds the child; `shown` is the version of the words."""

    purpose: ConsentPurpose
    answer: ConsentAnswer
    shown: int | None


@command
def add_child(
    *,
    household: Household,
    details: Details,
    answers: Sequence[Answer],
    by: Person,
    at: datetime,
    today: date,
    another: str = "",
) -> Child:
    """The child and the consent to keep its data are written together, or not at all. `another`: the name of which the
    family said that it is another child's than the one that they have."""
    home = enter_home(household, by=by, verb=FamilyVerb.ADD_CHILD)
    refuse_if(
        rules.against_child(
            name=details.name,
            birth_month=details.birth_month,
            today=today,
            siblings=children_of(home.household),
            is_another=another == details.name,
        )
    )
    child = Child(household=home.household, added_by=by, added_at=at)
    changed = put_details(child, details)
    child.save(force_insert=True)
    note("people.child_added", subject=child, actor=by, changed=changed)
    for one in answers:
        answer(
            household=home.household,
            purpose=one.purpose,
            answer=one.answer,
            by=by,
            as_role=home.role,
            at=at,
            child=child,
            shown=one.shown,
        )
    notice_pairs(child)
    return child


@command
def change_child(*, household: Household, child: Child, details: Details, by: Person, today: date) -> Child:
    home = enter_home(household, by=by, verb=FamilyVerb.CHANGE_CHILD)
    row = child_in(home.household, child)
    refuse_if(
        rules.against_child(
            name=details.name,
            birth_month=details.birth_month,
            today=today,
            siblings=children_of(home.household),
            itself=row,
        )
    )
    if changed := put_details(row, details):
        if any(getattr(row, name) for name in changed):
            refuse_to_store(row)
        row.save(update_fields=changed)
        note("people.child_changed", subject=row, actor=by, changed=changed)
    if {"name", "birth_month"} & set(changed):
        notice_pairs(row)
    return row
