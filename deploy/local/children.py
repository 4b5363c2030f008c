"""A child process on a leash: it never outlives who started it, and takes its own children along."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from deploy.local.processes import carries, end, group_members, is_alive, start_mark

ROOT = Path(__file__).resolve().parents[2]
MARK = "SIJI_RUN"


@dataclass(frozen=True)
class Order:
    """What to run, as whom, how to ask it to stop, and for how many seconds to wait before insisting."""

    name: str
    argv: list[str]
    env: dict[str, str] = field(default_factory=lambda: dict(os.environ))
    stop: signal.Signals = signal.SIGTERM
    grace: float = 10.0
    user: int | None = None
    group: int | None = None
    held: str | None = None


class Child:
    def __init__(self, order: Order, *, run: Path, log: Path) -> None:
        self.order = order
        self.run = run
        self.record = run / f"{order.name}.json"
        self.log = log
        self._leash: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        order = self.order
        told = {
            "argv": order.argv,
            "record": str(self.record),
            "stop": int(order.stop),
            "grace": order.grace,
            "user": order.user,
            "group": order.group,
            "held": order.held,
        }
        self.record.unlink(missing_ok=True)
        with self.log.open("ab") as log:
            self._leash = subprocess.Popen(
                [sys.executable, "-S", "-E", "-m", "deploy.local.leash", json.dumps(told)],
                stdin=subprocess.DEVNULL if order.held else subprocess.PIPE,
                stdout=log,
                stderr=log,
                cwd=ROOT,
                env={**order.env, MARK: str(self.run)},
                start_new_session=True,
            )
        self._wait_for_record()

    def _wait_for_record(self) -> None:
        """Once the record is there, a later start can find and end what is left of this one."""
        over = time.monotonic() + 10
        while self.poll() is None and not self.record.exists() and time.monotonic() < over:
            time.sleep(0.005)

    def poll(self) -> int | None:
        """The exit status, or None while it runs."""
        return self._leash.poll() if self._leash else 0

    def let_go(self) -> None:
        """A held child outlives us on purpose: its leash minds it, and nobody need wait for it here."""
        if self._leash is not None:
            self._leash.returncode = 0
            self._leash = None

    def stop(self) -> None:
        """Lets go of the leash, waits until the whole group has ended, and sees to what a killed leash left."""
        if self._leash is None:
            return
        if self._leash.stdin is None:
            self._leash.terminate()
        else:
            with suppress(BrokenPipeError):
                self._leash.stdin.close()
        try:
            self._leash.wait(self.order.grace + 10)
        except subprocess.TimeoutExpired:
            self._leash.kill()
            self._leash.wait()
        self._leash = None
        end_leftover(self.record, self.order.stop)


def end_leftovers(run: Path) -> list[str]:
    """Ends what an earlier start left behind, by number and start time; returns the names."""
    return [record.stem for record in sorted(run.glob("*.json")) if end_leftover(record, signal.SIGTERM)]


def end_leftover(record: Path, stop: signal.Signals) -> bool:
    try:
        known = json.loads(record.read_text())
        (leash, leash_mark), (child, child_mark) = known["leash"], known["child"]
    except (OSError, ValueError, KeyError):
        record.unlink(missing_ok=True)
        return False
    found = is_alive(leash, leash_mark) or is_alive(child, child_mark)
    end(leash, leash_mark, by=signal.SIGTERM, patience=20)
    end(child, child_mark, by=stop, patience=10)
    for pid in group_members(child):
        if carries(pid, f"{MARK}={record.parent}"):
            found = True
            end(pid, start_mark(pid), by=signal.SIGKILL, patience=5)
    record.unlink(missing_ok=True)
    return found
