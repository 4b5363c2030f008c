"""Who runs which job. As with facts, every change is one statement and counts only while the lease is held."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils.translation import ngettext

from networks import registers
from networks.choices import JobState
from networks.engine.scopes import across_networks
from networks.models import Job

LEASE = timedelta(seconds=20)


@dataclass(frozen=True)
class ClaimedJob:
    id: int
    code: str
    kind: str
    lease: uuid.UUID


# The network that was served longest ago comes first, so that one's hundred jobs do not hold up another's one.
_CLAIM = """
UPDATE networks_job AS job
SET state = 'running', lease = %(lease)s, lease_until = %(until)s, leased_by = %(holder)s,
    attempts = job.attempts + 1, started_at = %(at)s, done = 0, total = NULL, note = '', error = ''
WHERE job.id = (
    SELECT next.id FROM networks_job AS next
    WHERE next.state = 'waiting' AND next.kind = ANY(%(kinds)s)
    ORDER BY (
        SELECT max(other.started_at) FROM networks_job AS other WHERE other.network_id = next.network_id
    ) NULLS FIRST, next.asked_at, next.id
    LIMIT 1 FOR UPDATE SKIP LOCKED
)
RETURNING job.id, job.code, job.kind, job.lease
"""


def claim(*, holder: str, at: datetime) -> ClaimedJob | None:
    values: dict[str, Any] = {
        "kinds": list(registers.job_kinds),
        "holder": holder,
        "at": at,
        "until": at + LEASE,
        "lease": uuid.uuid4(),
    }
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, values)
        row = cursor.fetchone()
    return ClaimedJob(*row) if row else None


def tell(job_id: int, lease: uuid.UUID, *, done: int, total: int | None, note: str, at: datetime) -> bool | None:
    """Write how far the job is and renew its lease. True: an end was asked for. None: the job is no longer ours."""
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE networks_job SET done = %s, total = %s, note = %s, lease_until = %s
               WHERE id = %s AND lease = %s RETURNING cancel_asked_at IS NOT NULL""",
            [done, total, note, at + LEASE, job_id, lease],
        )
        row = cursor.fetchone()
    return row[0] if row else None


def end(job_id: int, lease: uuid.UUID, *, state: JobState, at: datetime, **values: Any) -> bool:
    """False when the job is no longer ours."""
    with across_networks():
        held = Job.objects.filter(pk=job_id, lease=lease)
        return bool(held.update(state=state, finished_at=at, lease=None, lease_until=None, leased_by="", **values))


def give_back(job_id: int, lease: uuid.UUID, *, counts: bool, at: datetime) -> None:
    """The process that ran the job is gone. It waits again, unless it was cancelled or was lost too often."""
    with across_networks():
        lost = Job.objects.filter(pk=job_id, lease=lease).first()
    if lost is None:
        return
    if lost.cancel_asked_at:
        end(job_id, lease, state=JobState.CANCELLED, at=at)
        return
    kind = registers.job_kinds.get(lost.kind)
    if counts and lost.attempts > (kind.restarts if kind else 0):
        words = ngettext("Its process was lost.", "Its process was lost %(count)s times.", lost.attempts)
        end(job_id, lease, state=JobState.FAILED, at=at, error=words % {"count": lost.attempts})
        return
    with across_networks():
        Job.objects.filter(pk=job_id, lease=lease).update(
            state=JobState.WAITING,
            lease=None,
            lease_until=None,
            leased_by="",
            attempts=lost.attempts if counts else max(lost.attempts - 1, 0),
        )


def recover_lost(*, at: datetime) -> int:
    """Jobs whose runner, machine and all, is gone."""
    with across_networks():
        lost = list(
            Job.objects.filter(state=JobState.RUNNING, lease_until__lte=at).order_by("pk").values_list("pk", "lease")
        )
    for job_id, lease in lost:
        give_back(job_id, lease, counts=True, at=at)
    return len(lost)
