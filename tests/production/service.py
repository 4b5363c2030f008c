"""The processes that deploy/compose.yaml describes, started here by the same script, against a real database and Redis."""

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from deploy.local.children import ROOT, Child, Order
from deploy.local.ports import HERE, free_port
from deploy.local.postgres import OWNER, WEB
from tests import database

DATABASE = f"{database.COPY}_production"
OPERATOR_HOST = "operator.example.org"
HTTPS = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7"}


class Service:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.redis_port = free_port()
        self.children: dict[str, Child] = {}

    def env(self, **changes: str | None) -> dict[str, str]:
        """As compose sets it. A change to None leaves a setting out."""
        secrets = self.folder / "secrets"
        settings = {
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "STAGE": "production",
            "OPERATOR_HOST": OPERATOR_HOST,
            "EMAIL_FROM": "siji@example.org",
            "TRUSTED_PROXY_COUNT": "1",
            "REDIS_URL": f"redis://{HERE}:{self.redis_port}/0",
            "PORT": str(self.port),
            "VAR_DIR": str(self.folder / "data"),
            "STATIC_ROOT": str(self.folder / "collected"),
            "GRANIAN_HOST": HERE,
            "GRANIAN_WORKERS": "1",
            **{f"{path.name.upper()}_FILE": str(path) for path in secrets.iterdir()},
            **changes,
        }
        return {name: value for name, value in settings.items() if value is not None}

    # --- Set up -------------------------------------------------------------------------------
    def prepare(self) -> None:
        subprocess.run([ROOT / "deploy/new-secrets", self.folder / "secrets"], check=True, capture_output=True)
        server = database.cluster()
        server.create_database(DATABASE)
        for name, role in (("database_owner_url", OWNER), ("database_url", WEB)):
            path = self.folder / "secrets" / name
            path.chmod(0o600)
            path.write_text(server.url(role, DATABASE))
        collect = self.run("python", "manage.py", "collectstatic", "--no-input", "--verbosity=0", STAGE="demo")
        assert collect.returncode == 0, collect.stdout
        self.start_redis()

    def start_redis(self) -> None:
        words = ["--bind", HERE, "--port", str(self.redis_port), "--save", "", "--appendonly", "no"]
        self.start("redis", ["redis-server", *words, "--dir", str(self.folder)], {"PATH": os.environ["PATH"]})

    def run(self, *argv: str, **changes: str | None) -> "subprocess.CompletedProcess[str]":
        """One command to its end, with what it said."""
        return subprocess.run(
            argv,
            cwd=ROOT,
            env=self.env(**changes),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=120,
        )

    def start(self, name: str, argv: list[str], env: dict[str, str]) -> None:
        # A leash passes its own environment on: what a test run set for itself must not reach the service.
        cleared = {each: "" for each in os.environ if each.isupper() and each not in {"PATH", "HOME", "LANG"}}
        order = Order(name, argv, {**cleared, **env}, stop=signal.SIGTERM, grace=30)
        self.children[name] = Child(order, run=self.folder, log=self.folder / f"{name}.log")
        self.children[name].start()

    def start_role(self, role: str) -> None:
        self.start(role, [str(ROOT / "deploy/start"), role], self.env())

    def has_stopped(self, name: str) -> bool:
        return self.children[name].poll() is not None

    def end(self) -> None:
        while self.children:
            self.children.popitem()[1].stop()
        database.cluster().drop_database(DATABASE)

    def log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text(encoding="utf-8")

    # --- Asked from outside ---------------------------------------------------------------------
    def get(self, path: str, *, host: str = OPERATOR_HOST, headers: dict[str, str] | None = None) -> "Answer":
        connection = http.client.HTTPConnection(HERE, self.port, timeout=20)
        try:
            connection.request("GET", path, headers={"Host": host, **(HTTPS if headers is None else headers)})
            answer = connection.getresponse()
            return Answer(answer.status, answer.getheaders(), answer.read())
        except (OSError, http.client.HTTPException):
            return Answer(0, [], b"")
        finally:
            connection.close()


class Answer:
    def __init__(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.status = status
        self.headers = {name.lower(): value for name, value in headers}
        self.cookies = [value for name, value in headers if name.lower() == "set-cookie"]
        self.body = body


def wait_until(true: Callable[[], Any], *, what: str, seconds: float = 60) -> Any:
    over = time.monotonic() + seconds
    while not (found := true()):
        assert time.monotonic() < over, f"after {seconds:.0f} s still not: {what}"
        time.sleep(0.05)
    return found


@contextmanager
def running_service(folder: Path) -> Iterator[Service]:
    service = Service(folder)
    try:
        service.prepare()
        migrated = service.run(str(ROOT / "deploy/start"), "migrate")
        assert migrated.returncode == 0, migrated.stdout
        for role in ("web", "worker", "beat"):
            service.start_role(role)
        wait_until(lambda: service.get("/readyz").status == 200 or service.has_stopped("web"), what="ready")
        assert not service.has_stopped("web"), service.log("web")
        yield service
    finally:
        service.end()
