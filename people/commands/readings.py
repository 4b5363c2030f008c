"""A member of staff opens a family's record, for a reason."""

from kit.command import command
from networks.steps.journal import note
from people.models import Child, Household, Person
from people.steps.readings import note_readings


@command
def open_family(*, household: Household, children: list[Child], by: Person, reason: str) -> None:
    """A line for each child; a family without children leaves one of its own."""
    if children:
        note_readings(children, by=by, reason=reason, where="family")
    else:
        note("people.family_read", subject=household, actor=by, reason=reason)


@command
def open_pair(*, children: list[Child], by: Person, reason: str) -> None:
    note_readings(children, by=by, reason=reason, where="pair")
