"""Jobs of the open scope's network."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from kit.refusals import Text
from networks import registers
from networks.choices import JobState
from networks.models import Job


@dataclass(frozen=True)
class JobView:
    """How far a job is, in words for a page."""

    job: Job
    title: Text
    percent: int | None
    took: timedelta | None
    left: timedelta | None
    is_ended: bool
    is_waiting_for_end: bool


def jobs_of(person_id: int) -> QuerySet[Job]:
    return Job.objects.filter(asked_by=person_id).order_by("-asked_at", "-pk")


def all_jobs() -> QuerySet[Job]:
    return Job.objects.order_by("-asked_at", "-pk")


def job_of_code(code: str) -> Job | None:
    return Job.objects.filter(code=code).first()


def job_view(job: Job, *, at: datetime) -> JobView:
    kind = registers.job_kinds.get(job.kind)
    ended = job.state in {JobState.DONE, JobState.FAILED, JobState.CANCELLED}
    took = (job.finished_at if ended and job.finished_at else at) - job.started_at if job.started_at else None
    return JobView(
        job=job,
        title=kind.title if kind else job.kind,
        percent=job.done * 100 // job.total if job.total else None,
        took=took,
        left=_left(job, took=took),
        is_ended=ended,
        is_waiting_for_end=not ended and job.cancel_asked_at is not None,
    )


def _left(job: Job, *, took: timedelta | None) -> timedelta | None:
    """At the pace so far; nothing is said before a twentieth is done."""
    if job.state != JobState.RUNNING or not took or not job.total or job.done * 20 < job.total:
        return None
    return took * (job.total - job.done) / job.done
