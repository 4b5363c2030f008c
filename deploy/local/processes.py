"""Which process is which. Standard library only: the leash uses it before anything is installed."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

ON_LINUX = sys.platform.startswith("linux")


def start_mark(pid: int) -> str:
    """When this process started, as a text that no other process with the same number shares; "" if there is none."""
    if pid <= 0:
        return ""
    if not ON_LINUX:
        state, _, started = _ps(pid, "stat=,lstart=").partition(" ")
        return "" if state.startswith("Z") else started.strip()
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    if fields[0] in "ZX":
        return ""
    return f"{_boot()}:{fields[19]}"


def is_alive(pid: int, mark: str) -> bool:
    return bool(mark) and start_mark(pid) == mark


def carries(pid: int, word: str) -> bool:
    """Whether the process was started with this `NAME=value` in its environment."""
    if ON_LINUX:
        try:
            return word.encode() in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
        except OSError:
            return False
    return f" {word} " in _ps(pid, "command=", "eww") + " "


def group_members(group: int) -> list[int]:
    listing = _run(["ps", "-axo", "pid=,pgid="])
    pairs = (line.split() for line in listing.splitlines())
    return [int(pid) for pid, of_group in pairs if int(of_group) == group]


def end(pid: int, mark: str, *, by: signal.Signals, patience: float) -> None:
    """Asks one known process to go, waits, and insists. A stranger that took over the number is left alone."""
    for number, seconds in ((by, patience), (signal.SIGKILL, 5.0)):
        if not is_alive(pid, mark):
            return
        with suppress(ProcessLookupError):
            os.kill(pid, number)
        gone = time.monotonic() + seconds
        while is_alive(pid, mark) and time.monotonic() < gone:
            time.sleep(0.02)


def name_of(pid: int) -> str:
    return _ps(pid, "command=").strip()


def _boot() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return ""


def _ps(pid: int, columns: str, *flags: str) -> str:
    return _run(["ps", *flags, "-o", columns, "-p", str(pid)])


def _run(argv: list[str]) -> str:
    try:
        return subprocess.run(
            argv, capture_output=True, text=True, check=False, env={**os.environ, "LC_ALL": "C"}
        ).stdout.strip()
    except OSError:
        return ""
