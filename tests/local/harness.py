"""Starts the real demo on a port and a data folder of its own, and looks at its processes from outside."""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from deploy.local.children import MARK, ROOT
from deploy.local.ports import HERE, free_port
from deploy.local.postgres import OWNER, WEB, Cluster
from deploy.local.processes import start_mark

PATIENCE = 60.0


def wait_until(true: Callable[[], Any], *, what: str, seconds: float = PATIENCE) -> Any:
    over = time.monotonic() + seconds
    while not (found := true()):
        if time.monotonic() > over:
            raise AssertionError(f"After {seconds:.0f} s still not: {what}")
        time.sleep(0.05)
    return found


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)


class DemoRun:
    def __init__(self, data: Path) -> None:
        self.data = data
        self.port = free_port()
        self.output = data.with_name(f"{data.name}.out")
        self.supervisor: subprocess.Popen[bytes] | None = None

    # --- Start and stop -----------------------------------------------------------------------
    def begin(self) -> None:
        """Without waiting until it serves."""
        with self.output.open("wb") as output:
            self.supervisor = subprocess.Popen(
                [sys.executable, "-m", "deploy.local.demo"],
                cwd=ROOT,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def start(self) -> float:
        """Seconds until it serves."""
        began = time.monotonic()
        self.begin()
        wait_until(lambda: "Ready after" in self.said or self.has_ended, what="serving", seconds=180)
        assert not self.has_ended, self.said
        return time.monotonic() - began

    def stop(self, by: signal.Signals = signal.SIGINT) -> int:
        assert self.supervisor is not None
        self.supervisor.send_signal(by)
        return self.wait()

    def wait(self) -> int:
        assert self.supervisor is not None
        return self.supervisor.wait(PATIENCE)

    @property
    def env(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        return {**kept, "PORT": str(self.port), "DEMO_DIR": str(self.data), "YES": "1"}

    @property
    def has_ended(self) -> bool:
        return self.supervisor is None or self.supervisor.poll() is not None

    @property
    def said(self) -> str:
        return self.output.read_text(encoding="utf-8")

    def run(self, module: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """One of the other doors (backup, restore, reset) on the same data."""
        return subprocess.run(
            [sys.executable, "-m", f"deploy.local.{module}", *arguments],
            cwd=ROOT,
            env=self.env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    # --- What can be asked of it ----------------------------------------------------------------
    def get(self, path: str, host: str = HERE) -> tuple[int, str]:
        """Status and text; 0 while nobody answers."""
        connection = http.client.HTTPConnection(HERE, self.port, timeout=10)
        try:
            connection.request("GET", path, headers={"Host": f"{host}:{self.port}"})
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        except (OSError, http.client.HTTPException):
            return 0, ""
        finally:
            connection.close()

    @property
    def serves(self) -> bool:
        return self.get("/readyz") == (200, "ready\n")

    def url(self, role: str = WEB) -> str:
        return Cluster(self.data).url(role, "siji")

    @property
    def owner_url(self) -> str:
        return self.url(OWNER)

    # --- Its processes --------------------------------------------------------------------------
    def pids(self, name: str) -> dict[str, int]:
        """The leash and the child of one part, or nothing while it is down."""
        try:
            known = json.loads((self.data / "run" / f"{name}.json").read_text())
        except (FileNotFoundError, ValueError):
            return {}
        return {who: pid for who, (pid, mark) in known.items() if start_mark(pid) == mark}

    def parts(self) -> list[str]:
        return sorted(path.stem for path in (self.data / "run").glob("*.json"))

    def workers(self) -> list[int]:
        main = self.pids("web").get("child", -1)
        return [pid for pid in self.processes() if _parent(pid) == main]

    def processes(self) -> list[int]:
        """Every process of this demo but the supervisor: by its mark, and the database's by the folder they work in."""
        mark = f"{MARK}={self.data / 'run'}".encode()
        database = str(Cluster(self.data).data)
        return sorted(pid for pid in _all_pids() if _environment_has(pid, mark) or _works_in(pid) == database)

    def leftovers(self) -> list[str]:
        """Command lines of what is still there some seconds after the end; none when all is well."""
        over = time.monotonic() + 20
        while (left := self.processes()) and time.monotonic() < over:
            time.sleep(0.05)
        return [_command(pid) for pid in left]


@contextmanager
def running_demo(data: Path) -> Iterator[DemoRun]:
    """Started, and ended with its data however the test goes."""
    demo = DemoRun(data)
    try:
        demo.start()
        yield demo
    finally:
        clean_up(demo)


def clean_up(demo: DemoRun) -> None:
    if not demo.has_ended:
        demo.stop()
    demo.run("reset")


def _all_pids() -> list[int]:
    return [int(path.name) for path in Path("/proc").glob("[0-9]*") if start_mark(int(path.name))]


def _environment_has(pid: int, word: bytes) -> bool:
    try:
        return word in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:
        return False


def _works_in(pid: int) -> str:
    try:
        return str(Path(f"/proc/{pid}/cwd").readlink())
    except OSError:
        return ""


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def memory_megabytes(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    kilobytes = next(line.split()[1] for line in lines if line.startswith("VmRSS:"))
    return int(kilobytes) / 1000
