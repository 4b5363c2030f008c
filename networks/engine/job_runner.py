"""Runs jobs, one at a time per service process, each in a process of its own that can be killed."""

import logging
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection

from kit import clock
from networks import registers
from networks.choices import JobState
from networks.engine import jobs
from networks.engine.hands import too_long
from networks.engine.jobs import ClaimedJob
from networks.engine.scopes import across_networks
from networks.models import Job

log = logging.getLogger(__name__)
LOOK_SECONDS = 1.0
POLL_SECONDS = 0.1
# How long a job that was asked to end, or told to by its runner, may take to come to a good place.
GRACE = timedelta(seconds=20)
TERM_SECONDS = 5.0
# How this project's commands are run in a process of their own.
MANAGE = (sys.executable, str(Path(settings.BASE_DIR) / "manage.py"))


class JobRunner:
    def __init__(self, name: str) -> None:
        self._holder = f"{name}/jobs"
        self._stopping = threading.Event()
        self._rung = threading.Event()
        self._thread = threading.Thread(target=self._run, name="jobs", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def ring(self) -> None:
        self._rung.set()

    def ask_to_stop(self) -> None:
        """A job under way is ended and waits for another runner."""
        self._stopping.set()
        self._rung.set()

    def join(self) -> None:
        self._thread.join(timeout=TERM_SECONDS + 2)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                claimed = self._next()
                if claimed is not None:
                    self._run_one(claimed)
                    continue
            except (DatabaseError, InterfaceError) as trouble:
                log.warning("jobs.lost_database error=%s", type(trouble).__name__)
                connection.close()
            self._rung.wait(LOOK_SECONDS)
            self._rung.clear()
        connection.close()

    def _next(self) -> ClaimedJob | None:
        jobs.recover_lost(at=clock.now())
        return jobs.claim(holder=self._holder, at=clock.now())

    def _run_one(self, claimed: ClaimedJob) -> None:
        log.info("jobs.started kind=%s job=%s", claimed.kind, claimed.code)
        child = subprocess.Popen(
            [*MANAGE, "run_job", claimed.code, str(claimed.lease)],
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            verdict = self._attend(child, claimed)
        finally:
            _finish_off(child)
        if verdict is not None:
            jobs.end(claimed.id, claimed.lease, state=verdict[0], at=clock.now(), error=verdict[1])
        else:
            # The child has written how it ended; if it could not, the job is lost and found at once.
            jobs.give_back(claimed.id, claimed.lease, counts=not self._stopping.is_set(), at=clock.now())
        log.info("jobs.ended kind=%s job=%s code=%s", claimed.kind, claimed.code, child.returncode)

    def _attend(self, child: "subprocess.Popen[bytes]", claimed: ClaimedJob) -> tuple[JobState, str] | None:
        """None when the child is at its end, or the runner is."""
        limit = registers.job_kinds[claimed.kind].limit_seconds
        ends_at = time.monotonic() + limit
        look_at = time.monotonic() + LOOK_SECONDS
        while child.poll() is None and not self._stopping.wait(POLL_SECONDS):
            if time.monotonic() >= ends_at:
                return JobState.FAILED, too_long(limit)
            if time.monotonic() >= look_at:
                look_at = time.monotonic() + LOOK_SECONDS
                if _ignores_its_end(claimed):
                    return JobState.CANCELLED, ""
        return None


def _ignores_its_end(claimed: ClaimedJob) -> bool:
    try:
        with across_networks():
            overdue = Job.objects.filter(pk=claimed.id, cancel_asked_at__lte=clock.now() - GRACE)
            return overdue.exists()
    except (DatabaseError, InterfaceError):
        connection.close()
        return False


def _finish_off(child: "subprocess.Popen[bytes]") -> None:
    if child.poll() is not None:
        return
    child.terminate()
    try:
        child.wait(timeout=TERM_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
