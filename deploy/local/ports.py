"""Which port is free, and who holds one that is not."""

import errno
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

from deploy.local.processes import name_of
from deploy.local.trouble import Trouble

HERE = "127.0.0.1"
LISTENING = "0A"


# The system frees a killed process's port a moment after the process.
LINGERING = 3.0


def refuse_if_taken(port: int) -> None:
    over = time.monotonic() + LINGERING
    while (refusal := _refusal(port)) is not None:
        if holder_of(port) or time.monotonic() > over:
            raise refusal
        time.sleep(0.1)


def _refusal(port: int) -> Trouble | None:
    try:
        _bind(port)
    except OSError as error:
        if error.errno == errno.EACCES:
            return Trouble(f"Port {port} needs root: take one above 1023, like PORT=8001 make demo.")
        holder = holder_of(port)
        by = f" by process {holder} ({name_of(holder)[:60]})" if holder else ""
        return Trouble(f"Port {port} is taken{by}: end that, or take another port with PORT={port + 1} make demo.")
    return None


def free_port() -> int:
    return _bind(0)


def answers_here(port: int) -> bool:
    with socket.socket() as tried:
        tried.settimeout(1)
        return tried.connect_ex((HERE, port)) == 0


def _bind(port: int) -> int:
    with socket.socket() as found:
        # A port that an ended server just left counts as free.
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((HERE, port))
        return int(found.getsockname()[1])


def holder_of(port: int) -> int:
    """The listening process's number, or 0 where the system does not tell us."""
    if sys.platform.startswith("linux"):
        return _holder_by_proc(port)
    lsof = shutil.which("lsof")
    if lsof is None:
        return 0
    listed = subprocess.run(
        [lsof, "-t", f"-iTCP:{port}", "-sTCP:LISTEN"], capture_output=True, text=True, check=False
    ).stdout.split()
    return int(listed[0]) if listed else 0


def _holder_by_proc(port: int) -> int:
    inodes = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        try:
            rows = Path(table).read_text().splitlines()[1:]
        except OSError:
            continue
        for columns in map(str.split, rows):
            if columns[3] == LISTENING and int(columns[1].rpartition(":")[2], 16) == port:
                inodes.add(f"socket:[{columns[9]}]")
    for link in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            if str(link.readlink()) in inodes:
                return int(link.parts[2])
        except OSError:
            continue
    return 0
