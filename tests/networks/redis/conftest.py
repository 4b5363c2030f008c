import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from tests.networks import probe_work
from tests.networks.processes import processes, until


class Broker:
    """A Redis of the test's own, on a free port, that can be stopped and started."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            self.port = found.getsockname()[1]
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._folder = folder
        self._child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        words = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self._folder)]
        program = shutil.which("redis-server")
        assert program, "The tests of the queue need redis-server: apt-get install redis-server"
        self._child = subprocess.Popen([program, *words], stdout=subprocess.DEVNULL)
        until(self.answers, seconds=10)

    def stop(self) -> None:
        if self._child is not None:
            self._child.kill()
            self._child.wait()
            self._child = None

    def answers(self) -> bool:
        with redis.Redis(port=self.port, socket_connect_timeout=1) as client:
            try:
                return bool(client.ping())
            except redis.RedisError:
                return False


@pytest.fixture
def broker(tmp_path) -> Iterator[Broker]:
    found = Broker(tmp_path)
    found.start()
    yield found
    found.stop()


@pytest.fixture
def start(tmp_path, monkeypatch, broker):
    """start("worker", …) or start("beat"), as in production."""
    monkeypatch.setenv("PROBE_FILE", str(tmp_path / "probe.txt"))
    with probe_work.registered(), processes(tmp_path, REDIS_URL=broker.url, PROCESS="worker") as run:

        def celery(*argv: str):
            return run("-A", "tests.networks.redis.celery_app", *argv, "--loglevel=INFO", module="celery")

        yield celery
