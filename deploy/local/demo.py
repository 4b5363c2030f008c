"""`make demo`: the whole service on one machine, with the same parts as production, and nothing left when it ends."""

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from deploy.local import ports
from deploy.local.bootstrap import BROWSER_STAMP
from deploy.local.children import ROOT, Order
from deploy.local.keys import keep_secrets
from deploy.local.logs import last_lines
from deploy.local.postgres import OWNER, WEB, Cluster
from deploy.local.supervisor import Stopped, Supervisor
from deploy.local.trouble import Trouble, in_words, no_room
from people.rules.codes import DEMO_CODE

DATABASE = "siji"
BIN = Path(sys.executable).parent
MANAGE = [sys.executable, "manage.py"]
PASSED_ON = ("PATH", "HOME", "LANG", "TMPDIR", "VIRTUAL_ENV", "DEMO_TODAY")
STATIC = ROOT / "var" / "static"
KEPT_STATIC = 3
# A new database with its log, and some days of use.
ROOM_NEEDED = 150_000_000
RESTORING = "restore-not-finished"


def folder() -> Path:
    return Path(os.environ.get("DEMO_DIR") or ROOT / "var" / "demo").expanduser().resolve()


def port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Trouble(
            f"PORT is {text!r}, which is no port: take a number from 1024 to 65535, like PORT=8001 make demo."
        )
    return int(text)


def say(text: str) -> None:
    tell(f"· {text}")


def tell(line: str) -> None:
    # A closed terminal must not keep the children from being ended in order.
    with contextlib.suppress(OSError):
        print(line, flush=True)


@contextlib.contextmanager
def owned(data: Path) -> Iterator[None]:
    """Only one program at a time works on a data folder; the lock goes with its holder, however it dies."""
    data.mkdir(parents=True, exist_ok=True)
    with (data / "lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise Trouble(
                f"{data} is in use by process {lock.read().strip() or '?'}: end that first, or start another demo "
                "beside it with DEMO_DIR=var/second PORT=8001 make demo."
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


class Demo:
    def __init__(self, data: Path, *, at: int) -> None:
        self.data = data
        self.port = at
        self.mail = ports.free_port()
        self.supervisor = Supervisor(data, say=say)
        self.cluster = Cluster(data, say=say)
        self.static = STATIC
        self.began = time.monotonic()

    def serve(self) -> None:
        self.supervisor.prepare()
        ports.refuse_if_taken(self.port)
        try:
            self._start_database()
            self._set_up()
            self._start_services()
            self._announce()
            self.supervisor.watch()
        except Stopped:
            say("Stopping.")
        finally:
            self.supervisor.end_all()
        say("Everything has ended; the data stay. Start again with make demo.")

    # --- Parts --------------------------------------------------------------------------------
    def _start_database(self) -> None:
        say("Database.")
        if not self.cluster.is_made:
            refuse_if_too_small(self.cluster.place.parent if self.cluster.place.parent.exists() else self.data)
        self.cluster.make(DATABASE)
        server = self.supervisor.keep(self.cluster.order(), before=self.cluster.prepare_to_run)
        self.cluster.wait_until_ready(server.poll, log=server.log, pause=self.supervisor.pause)

    def _set_up(self) -> None:
        """Skipped when nothing has changed since the last whole start."""
        now, known = fingerprint(), self._stamp()
        self.static = STATIC / now["static"]
        if not self.static.exists():
            self._collect_static()
        if known.get("migrations") != now["migrations"]:
            say("Migrations.")
            self._manage("migrate", "--no-input", "--verbosity=0", process="migrate")
        if exists("demo_data") and known != now:
            say("Demo data.")
            self._manage("demo_data", process="operator")
        (self.data / "done.draft").write_text(json.dumps(now))
        (self.data / "done.draft").replace(self.data / "done.json")

    def _collect_static(self) -> None:
        """A folder per state of the sources, renamed when whole: a demo that runs beside this one keeps its own."""
        say("Static files.")
        whole, self.static = self.static, STATIC / f"draft-{os.getpid()}"
        self._manage("collectstatic", "--no-input", "--verbosity=0", process="web")
        try:
            self.static.replace(whole)
        except OSError:
            # A demo that started beside this one was quicker; its folder is the same.
            shutil.rmtree(self.static)
        self.static = whole
        kept = sorted(STATIC.glob("[0-9a-f]*"), key=lambda path: path.stat().st_mtime)
        for older in [path for path in kept if not path.name.startswith("draft")][:-KEPT_STATIC]:
            shutil.rmtree(older)

    def _start_services(self) -> None:
        mail = self.data / "mail"
        mail.mkdir(exist_ok=True)
        self.supervisor.keep(
            Order("mail", [sys.executable, "-m", "deploy.local.mailbox", str(self.mail), str(mail)], self.env("web"))
        )
        if exists("relay"):
            self.supervisor.keep(Order("relay", [*MANAGE, "relay"], self.env("relay"), grace=20))
        web = self.supervisor.keep(Order("web", web_command(self.port), self.env("web"), grace=15))
        said = time.monotonic()
        while not answers(self.port):
            if web.poll() is not None:
                raise Trouble(f"The web server did not start; the end of {web.log}:\n{last_lines(web.log)}")
            if time.monotonic() - said > 15:
                said = time.monotonic()
                say(f"Waiting for the web server; {web.log} says what it does.")
            self.supervisor.pause(0.05)

    def _manage(self, command: str, *arguments: str, process: str) -> None:
        self.supervisor.step(Order(command, [*MANAGE, command, *arguments], self.env(process)))

    def env(self, process: str) -> dict[str, str]:
        """A child sees these settings and nothing else of its starter's environment."""
        role = {"DATABASE_OWNER_URL": OWNER} if process == "migrate" else {"DATABASE_URL": WEB}
        urls = {name: self.cluster.url(whose, DATABASE) for name, whose in role.items()}
        return {
            **{name: os.environ[name] for name in PASSED_ON if name in os.environ},
            **keep_secrets(self.data / "secrets", **urls),
            "STAGE": "demo",
            "PROCESS": process,
            "PORT": str(self.port),
            "VAR_DIR": str(self.data),
            "STATIC_ROOT": str(self.static),
            "EMAIL_HOST": ports.HERE,
            "EMAIL_PORT": str(self.mail),
            "PYTHONUNBUFFERED": "1",
            # Threads that take turns need no heap of their own each.
            "MALLOC_ARENA_MAX": "2",
            "MALLOC_TRIM_THRESHOLD_": "65536",
            "MALLOC_MMAP_THRESHOLD_": "65536",
        }

    def _stamp(self) -> dict[str, str]:
        try:
            return dict(json.loads((self.data / "done.json").read_text()))
        except (FileNotFoundError, ValueError):
            return {}

    # --- Words --------------------------------------------------------------------------------
    def _announce(self) -> None:
        say(f"Ready after {time.monotonic() - self.began:.1f} s.")
        tell("")
        for name in (ports.HERE, "nanjing.localhost", "shenzhen.localhost"):
            tell(f"    http://{name}:{self.port}/")
        tell(f"    http://{ports.HERE}:{self.port}/dev/phone/    every message sent")
        tell("")
        if accounts := account_lines(self.data / "accounts.json", self.port):
            tell(f"    Every account signs in with its phone and the code {DEMO_CODE}:")
            for line in accounts:
                tell(f"    {line}")
            tell("")
        tell(f"    data: {self.data}   logs: {self.supervisor.logs}   Ctrl-C ends everything.")


def refuse_if_too_small(folder: Path, *, needed: int = ROOM_NEEDED) -> None:
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise no_room(f"{folder} ({free // 1_000_000} MB are free, {needed // 1_000_000} MB are needed)")


def web_command(at: int) -> list[str]:
    """The server of production. Two workers for two cores; a thread waits for the database while another works."""
    return [
        str(BIN / "granian"),
        *["--interface", "wsgi", "--host", ports.HERE, "--port", str(at)],
        *["--workers", "2", "--blocking-threads", "3", "--respawn-failed-workers", "--respawn-interval", "0.5"],
        *["--workers-kill-timeout", "3", "--no-ws", "--log-level", "warning", "config.wsgi:application"],
    ]


def account_lines(path: Path, at: int) -> list[str]:
    """What `demo_data` wrote: who may sign in where, and how."""
    try:
        accounts = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    return [
        f"{one['role']}  {one['name']}  {one['phone']}  http://{one['host']}:{at}/sign-in/  {one['note']}".rstrip()
        for one in accounts
    ]


def answers(at: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://{ports.HERE}:{at}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def exists(command: str) -> bool:
    return any(ROOT.glob(f"*/management/commands/{command}.py"))


def fingerprint() -> dict[str, str]:
    """What a start depends on: unchanged parts are not done again. The day counts, since the demo's dates follow it."""
    rooms = [marker.parent for marker in ROOT.glob("*/__init__.py")]
    modules = [path for room in rooms for path in room.rglob("*.py")]
    static = [path for path in (BROWSER_STAMP,) if path.exists()]
    static += [path for room in rooms for path in room.rglob("static/**/*") if path.is_file()]
    lock = [ROOT / "uv.lock"]
    return {
        "static": _stats(lock + static),
        "migrations": _stats(lock + [path for path in modules if path.parent.name == "migrations"]),
        "data": _stats(modules, os.environ.get("DEMO_TODAY") or date.today().isoformat()),  # noqa: DTZ011 - the reader's
    }


def _stats(paths: list[Path], *words: str) -> str:
    digest = hashlib.sha256(repr(words).encode())
    for path in sorted(paths):
        found = path.stat()
        digest.update(f"{path} {found.st_size} {found.st_mtime_ns}".encode())
    return digest.hexdigest()[:16]


def main() -> None:
    data = folder()
    with owned(data):
        if (data / RESTORING).exists():
            raise Trouble(
                "A restore into this folder was cut short: run it again (make restore FILE=…), or make demo-reset."
            )
        Demo(data, at=port()).serve()


if __name__ == "__main__":
    try:
        main()
    except Trouble as trouble:
        sys.exit(f"✗ {trouble}")
    except OSError as error:
        sys.exit(f"✗ {in_words(error, folder=folder())}")
