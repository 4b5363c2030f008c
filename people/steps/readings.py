"""Whoever of the staff reads a child's record leaves a line, which the child's guardians can see."""

from collections.abc import Iterable

from kit.command import step
from networks.models import JournalLine
from people.messages import CHILD_READ
from people.models import Child, Person


@step
def note_readings(children: Iterable[Child], *, by: Person, reason: str, where: str) -> None:
    """One line per child in one statement, for lists too. `where`: the page or list, such as "family" or "roster"."""
    JournalLine.objects.bulk_create(
        [
            JournalLine(
                actor_id=by.pk,
                verb=CHILD_READ,
                subject_kind=Child._meta.label_lower,
                subject_id=child.pk,
                values={"where": where},
                reason=reason[:200],
            )
            for child in children
        ]
    )
