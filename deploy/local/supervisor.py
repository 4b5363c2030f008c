"""Keeps children running: one that ends is started again with growing gaps; all end together, in order."""

import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from deploy.local.children import Child, Order, end_leftovers
from deploy.local.logs import last_lines
from deploy.local.postgres import Say
from deploy.local.trouble import NO_ROOM, from_log, no_room

FIRST_GAP, LONGEST_GAP = 0.3, 30.0
# A child that ran this long is well again.
SETTLED = 60.0
# EX_TEMPFAIL: the relay ends so when it cannot get rid of a listener that hangs.
WANTS_A_NEW_START = 75
LARGEST_LOG = 5_000_000


class Stopped(Exception):
    """Somebody asked the demo to end."""


@dataclass
class Kept:
    """A child that is kept running, and what must be done each time before it starts."""

    child: Child
    before: Callable[[], None]
    gap: float = FIRST_GAP
    started: float = 0.0
    due: float | None = None
    ended: list[int] = field(default_factory=list)


class Supervisor:
    def __init__(self, folder: Path, *, say: Say) -> None:
        self.run = folder / "run"
        self.logs = folder / "logs"
        self.say = say
        self._kept: list[Kept] = []
        self._asked = 0

    def prepare(self) -> None:
        for path in (self.run, self.logs):
            path.mkdir(parents=True, exist_ok=True)
        if names := end_leftovers(self.run):
            self.say(f"Ended what an earlier start left running: {', '.join(names)}.")
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask)

    def _ask(self, number: int, _frame: FrameType | None) -> None:
        self._asked = self._asked or number

    def pause(self, seconds: float) -> None:
        """Waits, unless somebody asks to stop."""
        over = time.monotonic() + seconds
        while True:
            if self._asked:
                raise Stopped
            left = over - time.monotonic()
            if left <= 0:
                return
            time.sleep(min(left, 0.05))

    # --- Steps: commands that end -------------------------------------------------------------
    def step(self, order: Order) -> None:
        """Runs one command to its end. Asked to stop meanwhile, it ends the command too."""
        child = Child(order, run=self.run, log=self._log(order.name))
        child.start()
        try:
            while (status := child.poll()) is None:
                self.pause(0.05)
        finally:
            child.stop()
        if status:
            told = last_lines(child.log)
            sentence = f"{order.name} did not work; the end of {child.log}:\n{told}"
            raise from_log(told, otherwise=sentence, folder=self.run.parent)

    # --- Children: commands that stay ---------------------------------------------------------
    def keep(self, order: Order, *, before: Callable[[], None] = lambda: None) -> Child:
        kept = Kept(Child(order, run=self.run, log=self._log(order.name)), before)
        self._kept.append(kept)
        self._start(kept)
        return kept.child

    def _start(self, kept: Kept) -> None:
        kept.before()
        kept.child.start()
        kept.started = time.monotonic()
        kept.due = None

    def watch(self) -> None:
        """Until somebody asks to stop."""
        while True:
            self.look_after()
            self.pause(0.1)

    def look_after(self) -> None:
        for kept in self._kept:
            if kept.due is not None:
                if time.monotonic() >= kept.due:
                    self._start(kept)
            elif (status := kept.child.poll()) is not None:
                self._plan_restart(kept, status)

    def _plan_restart(self, kept: Kept, status: int) -> None:
        # Also ends what a killed leash or a killed main process left of the group.
        kept.child.stop()
        if status == WANTS_A_NEW_START:
            kept.due = time.monotonic()
            return
        if time.monotonic() - kept.started > SETTLED:
            kept.gap = FIRST_GAP
        if any(words in last_lines(kept.child.log) for words in NO_ROOM):
            self.say(str(no_room(self.run.parent)))
        self.say(f"{kept.child.order.name} has ended (status {status}); starting it again in {kept.gap:.1f} s.")
        kept.due = time.monotonic() + kept.gap
        kept.gap = min(kept.gap * 2, LONGEST_GAP)

    def end_all(self) -> None:
        """The youngest first: nobody loses what it still needs."""
        while self._kept:
            self._kept.pop().child.stop()

    def _log(self, name: str) -> Path:
        log = self.logs / f"{name}.log"
        if log.exists() and log.stat().st_size > LARGEST_LOG:
            log.replace(log.with_suffix(".1"))
        return log
