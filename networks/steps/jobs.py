"""Long work is asked for in the transaction that needs it, and begins after the commit."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from kit.command import step
from networks import registers
from networks.engine import bell
from networks.models import Job


@step
def ask_for(kind: str, *, args: Mapping[str, Any], by: int | None) -> Job:
    """`args`: ids and plain values. `by`: the id of the person who may follow, cancel and repeat the job."""
    if kind not in registers.job_kinds:
        raise LookupError(f"No room has registered the job {kind!r}.")
    job = Job.objects.create(kind=kind, args=dict(args), asked_by=by)
    transaction.on_commit(bell.nudge)
    return job
