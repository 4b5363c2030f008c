"""Real relay and worker processes of a test's own, with the probe's listeners; ended however the test ends."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 40.0


def until(condition: Callable[[], object], *, seconds: float = PATIENCE, what: str = "") -> None:
    ends_at = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > ends_at:
            raise AssertionError(f"Not within {seconds:g} s: {what or condition}")
        time.sleep(0.05)


class Process:
    def __init__(self, argv: list[str], *, env: dict[str, str], log: Path) -> None:
        self.log = log
        with log.open("ab") as out:
            self.child = subprocess.Popen(
                argv, cwd=ROOT, env={**os.environ, **env}, stdout=out, stderr=out, start_new_session=True
            )

    def wait_for(self, words: str) -> "Process":
        until(lambda: words in self.said() or self.child.poll() is not None, what=f"{words} in {self.said()}")
        return self

    def said(self) -> str:
        return self.log.read_text(errors="replace")

    def kill(self) -> None:
        self.child.kill()
        self.child.wait()

    def terminate(self) -> int:
        self.child.terminate()
        return self.child.wait(timeout=30)

    def end(self) -> None:
        if self.child.poll() is None:
            os.killpg(self.child.pid, signal.SIGKILL)
        self.child.wait()


@contextmanager
def processes(folder: Path, **env: str) -> Iterator[Callable[..., Process]]:
    """start("relay", …) runs one of the probe's commands, or another module, or a piece of code."""
    started: list[Process] = []
    values = {
        "STAGE": "test",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PROBE_FILE": str(folder / "probe.txt"),
        "PRIVATE_ROOT": str(folder / "private"),
        "PYTHONWARNINGS": "default",
        **env,
    }

    def start(*argv: str, module: str = "tests.networks.probe", code: str = "") -> Process:
        log = folder / f"{len(started)}.log"
        program = ["-c", code] if code else ["-m", module]
        started.append(Process([sys.executable, *program, *argv], env=values, log=log))
        return started[-1]

    try:
        yield start
    finally:
        for process in started:
            process.end()
