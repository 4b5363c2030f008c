"""The relay: one process that hands facts over, does periodic work and runs jobs, without any broker."""

import logging
import threading
import time
from collections.abc import Callable

from django.db import connection

from networks.engine import handing, periods
from networks.engine.crew import EXIT_REPLACE_ME, LOOK_SECONDS, SWEEP_SECONDS, Crew, Staffing, process_name
from networks.engine.job_runner import JobRunner
from networks.engine.listen import Ear
from networks.engine.pulse import Heart

log = logging.getLogger(__name__)
PULSE_SECONDS = 5.0


class Relay:
    def __init__(self, staffing: Staffing, *, runs_jobs: bool = True) -> None:
        self.name = process_name("relay")
        self._exit_code = 0
        self._stop_asked = False
        self._stopping = threading.Event()
        self._crew = Crew(self.name, staffing, on_hang=self._on_hang)
        self._jobs = JobRunner(self.name) if runs_jobs else None
        self._ear = Ear(self._ring)
        self._heart = Heart(self.name, self._crew.hands)

    def stop(self) -> None:
        """Takes no lock, so a signal handler may call it."""
        self._stop_asked = True
        self._crew.ask_to_stop()

    def run(self) -> int:
        """Until it is told to stop, or wants to be replaced. Returns the process's exit code."""
        chores = [
            threading.Thread(target=self._tend, args=[chore, gap], daemon=True)
            for chore, gap in (
                (handing.sweep, SWEEP_SECONDS),
                (periods.run_due, SWEEP_SECONDS),
                (self._heart.beat, PULSE_SECONDS),
            )
        ]
        self._crew.stay_on_duty()
        self._crew.start()
        self._ear.start()
        if self._jobs:
            self._jobs.start()
        for chore in chores:
            chore.start()
        log.info("relay.started process=%s", self.name)
        while not self._stop_asked:
            time.sleep(LOOK_SECONDS)
        self._drain()
        return self._exit_code

    def _ring(self) -> None:
        self._crew.ring()
        if self._jobs:
            self._jobs.ring()

    def _on_hang(self) -> None:
        self._exit_code = EXIT_REPLACE_ME
        self._stop_asked = True

    def _drain(self) -> None:
        self._stopping.set()
        if self._jobs:
            self._jobs.ask_to_stop()
        self._crew.stop()
        if self._jobs:
            self._jobs.join()
        self._ear.stop()
        try:
            self._heart.end()
        except handing.TROUBLE as trouble:
            log.warning("relay.left_pulse error=%s", type(trouble).__name__)
        log.info("relay.stopped process=%s code=%s", self.name, self._exit_code)

    def _tend(self, chore: Callable[[], object], gap: float) -> None:
        while not self._stopping.wait(gap):
            try:
                chore()
            except handing.TROUBLE as trouble:
                log.warning("relay.chore_lost_database error=%s", type(trouble).__name__)
                connection.close()
        connection.close()
