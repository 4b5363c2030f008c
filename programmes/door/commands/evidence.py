"""Evidence of many sessions is long work; that it was taken out is noted for each."""

from collections.abc import Sequence

from kit.command import command
from networks.models import Job
from networks.steps.jobs import ask_for
from networks.steps.journal import note_each
from people.models import Person
from programmes.planning.models import Session

EVIDENCE_JOB = "door.evidence"


@command
def ask_for_evidence(sessions: Sequence[Session], *, with_problems: bool, by: Person) -> Job:
    note_each("door.evidence_taken", subjects=sessions, actor=by)
    args = {"sessions": [row.pk for row in sessions], "with_problems": with_problems, "by": by.pk}
    return ask_for(EVIDENCE_JOB, args=args, by=by.pk)


@command
def note_evidence(session: Session, *, by: Person) -> None:
    note_each("door.evidence_taken", subjects=[session], actor=by)
