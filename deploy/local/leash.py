"""Runs one command in a process group of its own, and ends the whole group when the other end lets go.

Letting go is the end of standard input (the supervisor closed it or died, however it died), or, with `held`, that
nobody holds a lock on that file any longer. Standard library only: it starts in 20 ms and is never in the way.
"""

import ctypes
import fcntl
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from deploy.local.processes import ON_LINUX, start_mark

PR_SET_PDEATHSIG = 1
WATCHED = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


def main(order: dict[str, Any]) -> int:
    woken, wake = os.pipe()
    for end in (woken, wake):
        os.set_blocking(end, False)
    signal.set_wakeup_fd(wake)
    asked: list[int] = []
    for number in WATCHED:
        signal.signal(number, lambda caught, _frame: asked.append(caught))
    signal.signal(signal.SIGCHLD, lambda _caught, _frame: None)
    stop = signal.Signals(order["stop"])
    child = _start(order, stop)
    _record(Path(order["record"]), child.pid)
    try:
        _watch(child, asked, woken, order.get("held"))
        if child.poll() is None:
            child.send_signal(stop)
            _wait(child, order["grace"])
    finally:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        Path(order["record"]).unlink(missing_ok=True)
    return child.returncode if child.returncode >= 0 else 128 - child.returncode


def _start(order: dict[str, Any], stop: signal.Signals) -> "subprocess.Popen[bytes]":
    as_user = order.get("user")
    return subprocess.Popen(
        order["argv"],
        stdin=subprocess.DEVNULL,
        process_group=0,
        user=as_user,
        group=order.get("group"),
        extra_groups=None if as_user is None else [],
        preexec_fn=_dies_with_its_leash(stop),  # noqa: PLW1509 - one thread only
    )


def _dies_with_its_leash(stop: signal.Signals) -> Callable[[], None] | None:
    """Linux tells the child when its leash is killed; elsewhere the supervisor cleans up at the next start."""
    if not ON_LINUX:
        return None
    libc = ctypes.CDLL(None)

    def tell() -> None:
        libc.prctl(PR_SET_PDEATHSIG, int(stop))

    return tell


def _record(path: Path, child: int) -> None:
    draft = path.with_suffix(".draft")
    mine = os.getpid()
    draft.write_text(json.dumps({"leash": [mine, start_mark(mine)], "child": [child, start_mark(child)]}))
    draft.replace(path)


def _watch(child: "subprocess.Popen[bytes]", asked: list[int], woken: int, held: str | None) -> None:
    lock = None if held is None else os.open(held, os.O_RDWR | os.O_CREAT, 0o600)
    ends = [woken] if held else [woken, sys.stdin.fileno()]
    while child.poll() is None and not asked:
        ready, _, _ = select.select(ends, [], [], None if lock is None else 0.5)
        if woken in ready:
            os.read(woken, 4096)
        elif ready and not os.read(ready[0], 4096):
            return
        if lock is not None and _is_free(lock):
            return


def _is_free(lock: int) -> bool:
    """Takes the lock if nobody holds it, and keeps it: who comes now waits until everything has ended."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _wait(child: "subprocess.Popen[bytes]", seconds: float) -> None:
    over = time.monotonic() + seconds
    while child.poll() is None and time.monotonic() < over:
        time.sleep(0.02)


if __name__ == "__main__":
    sys.exit(main(json.loads(sys.argv[1])))
