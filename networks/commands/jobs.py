"""Long work: ask for it, stop it, do it again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from kit.command import command
from kit.refusals import refuse_if
from networks.choices import JobState
from networks.engine import bell
from networks.models import Job
from networks.rules.jobs import against_cancelling, against_repeating
from networks.steps.jobs import ask_for
from networks.steps.journal import note


@command
def start_job(kind: str, *, args: Mapping[str, Any], by: int | None) -> Job:
    job = ask_for(kind, args=args, by=by)
    note("networks.job_started", subject=job, actor=by, values={"kind": kind})
    return job


@command
def cancel_job(code: str, *, by: int | None, at: datetime) -> Job:
    """A job under way comes to its end at its next step; one that waits ends at once."""
    job = Job.objects.select_for_update().get(code=code)
    refuse_if(against_cancelling(job))
    if job.cancel_asked_at is None:
        job.cancel_asked_at = at
        if job.state == JobState.WAITING:
            job.state, job.finished_at = JobState.CANCELLED, at
        job.save(update_fields=["cancel_asked_at", "state", "finished_at"])
        note("networks.job_cancelled", subject=job, actor=by)
    return job


@command
def repeat_job(code: str, *, by: int | None) -> Job:
    """From the beginning, with what it was given at first."""
    job = Job.objects.select_for_update().get(code=code)
    refuse_if(against_repeating(job))
    job.state = JobState.WAITING
    job.attempts = 0
    job.finished_at = job.cancel_asked_at = None
    job.error = ""
    job.save(update_fields=["state", "attempts", "finished_at", "cancel_asked_at", "error"])
    note("networks.job_repeated", subject=job, actor=by)
    transaction.on_commit(bell.nudge)
    return job
