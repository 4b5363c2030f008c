"""What happens inside a job's own process: run the function, tell how far it is, write what came of it."""

import logging
import os
import threading
import uuid
from typing import Any

from django.core.files.base import ContentFile
from django.db import Error as DatabaseTrouble
from django.db import connection

from kit import clock
from networks import registers
from networks.choices import JobState
from networks.engine import jobs
from networks.engine.errors import described
from networks.engine.jobs import ClaimedJob
from networks.engine.scopes import across_networks, at_home
from networks.models import Job
from networks.registers import Cancelled, GiveUp

log = logging.getLogger(__name__)
TELL_SECONDS = 1.0
EXIT_LOST = 76


class Teller:
    """The job's Progress. The job only changes these values; a thread beside it carries them to the row."""

    def __init__(self) -> None:
        self.total: int | None = None
        self.done = 0
        self.note = ""
        self.cancel_asked = False
        self.values: dict[str, Any] = {}
        self.file: tuple[str, bytes] | None = None

    def start(self, *, total: int, note: str = "") -> None:
        self.total, self.note = total, note
        self.step(0)

    def step(self, count: int = 1, *, note: str | None = None) -> None:
        self.done += count
        if note is not None:
            self.note = note
        if self.total is not None:
            self.total = max(self.total, self.done)
        if self.cancel_asked:
            raise Cancelled

    def result(self, **values: Any) -> None:
        self.values.update(values)

    def result_file(self, name: str, content: bytes) -> None:
        self.file = (name, content)


class Voice(threading.Thread):
    """Tells the row how far the job is, hears whether an end is asked for, and ends with its parent."""

    def __init__(self, claimed: ClaimedJob, teller: Teller) -> None:
        super().__init__(name="job-voice", daemon=True)
        self._claimed = claimed
        self._teller = teller
        self._parent = os.getppid()
        self._stop_wanted = threading.Event()

    def stop(self) -> None:
        self._stop_wanted.set()
        self.join(timeout=5)

    def run(self) -> None:
        while not self._stop_wanted.wait(TELL_SECONDS):
            try:
                self._tell()
            except DatabaseTrouble as trouble:
                log.warning("jobs.voice_lost_database error=%s", type(trouble).__name__)
                connection.close()
        connection.close()

    def _tell(self) -> None:
        if os.getppid() != self._parent:
            # Nobody would reap or end us: the job begins anew elsewhere.
            jobs.give_back(self._claimed.id, self._claimed.lease, counts=True, at=clock.now())
            os._exit(EXIT_LOST)
        answer = jobs.tell(
            self._claimed.id,
            self._claimed.lease,
            done=self._teller.done,
            total=self._teller.total,
            note=self._teller.note[:120],
            at=clock.now(),
        )
        if answer is None:
            os._exit(EXIT_LOST)
        self._teller.cancel_asked = answer


def run_claimed(code: str, *, lease: uuid.UUID) -> None:
    """In a process of its own."""
    with across_networks():
        row = Job.objects.select_related("network").filter(code=code, lease=lease).first()
    if row is None:
        return
    teller = Teller()
    voice = Voice(ClaimedJob(row.pk, row.code, row.kind, lease), teller)
    voice.start()
    try:
        ending = _run(row, teller)
    finally:
        voice.stop()
    _end(row, lease, teller, **ending)


def run_here() -> int:
    """Run every waiting job in this very thread: for tests, and for a machine that is being repaired."""
    ran = 0
    while (claimed := jobs.claim(holder="here", at=clock.now())) is not None:
        with across_networks():
            row = Job.objects.select_related("network").get(pk=claimed.id)
        teller = Teller()
        _end(row, claimed.lease, teller, **_run(row, teller))
        ran += 1
    return ran


def _run(row: Job, teller: Teller) -> dict[str, Any]:
    """How it ended: the state, and what stopped it."""
    kind = registers.job_kinds[row.kind]
    with at_home(row.network):
        try:
            kind.function(teller, **row.args)
        except Cancelled:
            return {"state": JobState.CANCELLED}
        except GiveUp as no:
            return {"state": JobState.FAILED, "error": described(no)}
        except Exception as error:  # noqa: BLE001 - whatever a job raises, its row says so
            log.error("jobs.failed kind=%s job=%s error=%s", row.kind, row.code, described(error))  # noqa: TRY400 - a trace may name somebody
            return {"state": JobState.FAILED, "error": described(error)}
    return {"state": JobState.DONE}


def _end(row: Job, lease: uuid.UUID, teller: Teller, *, state: JobState, error: str = "") -> None:
    written: dict[str, Any] = {"done": teller.done, "total": teller.total, "note": teller.note[:120], "error": error}
    stored = ""
    if state == JobState.DONE:
        written["result"] = teller.values
        if teller.file is not None:
            name, content = teller.file
            stored = row.result_file.storage.save(f"jobs/{row.code}/{name}", ContentFile(content))
            written["result_file"] = stored
    if not jobs.end(row.pk, lease, state=state, at=clock.now(), **written) and stored:
        row.result_file.storage.delete(stored)
