"""An embedded PostgreSQL under our own control: made, started, provisioned and stopped, on a Unix socket only.

`database.json` in the folder (0600) is written last, when everything stands: a folder without it is half made and
is made anew. It holds the roles' passwords and says where the data lie (root: below /var/lib/siji).
"""

import hashlib
import json
import os
import secrets
import shutil
import signal
import stat
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

import psycopg
from psycopg import sql

from config.databases import LOCAL_MARK
from deploy.local.binaries import STATE, Binaries, binaries
from deploy.local.children import Child, Order
from deploy.local.logs import last_words
from deploy.local.processes import end, start_mark
from deploy.local.trouble import Trouble, from_log

OWNER, WEB, SUPERUSER = "siji_owner", "siji_web", "postgres"
ROLES = (SUPERUSER, OWNER, WEB)
# A socket's whole path must stay below 104 bytes on macOS.
LONGEST_SOCKET_FOLDER = 80

Say = Callable[[str], None]


class Cluster:
    def __init__(
        self,
        folder: Path,
        *,
        programs: Binaries | None = None,
        durable: bool = True,
        held: Path | None = None,
        say: Say = print,
    ) -> None:
        """`durable=False` gives up crash safety for speed; `held` is a lock file that keeps it alive (see leash)."""
        self.folder = folder.resolve()
        self.programs = programs or binaries()
        self.durable = durable
        self.held = held
        self.say = say
        self.note = self.folder / "database.json"
        self.place = self._place()
        self.data = self.place / "data"
        self.socket = self._socket()
        self._child: Child | None = None

    # --- Where it is --------------------------------------------------------------------------
    def _place(self) -> Path:
        if self.programs.user is None:
            return self.folder / "postgres"
        key = hashlib.sha256(str(self.folder).encode()).hexdigest()[:12]
        return STATE / "clusters" / key

    def _socket(self) -> Path:
        inside = self.place / "socket"
        if len(os.fsencode(inside)) <= LONGEST_SOCKET_FOLDER:
            return inside
        key = hashlib.sha256(str(self.folder).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"siji-{os.getuid()}-{key}"

    @property
    def is_made(self) -> bool:
        return self._known().get("cluster") == str(self.place) and (self.data / "PG_VERSION").exists()

    def _known(self) -> dict[str, Any]:
        try:
            known = json.loads(self.note.read_text())
        except (FileNotFoundError, ValueError):
            return {}
        return known if isinstance(known, dict) else {}

    def url(self, role: str, database: str) -> str:
        password = self._known()["passwords"][role]
        return f"postgresql://{role}:{password}@/{quote(database)}?host={quote(str(self.socket), safe='')}"

    def connection(self, role: str) -> dict[str, str]:
        return {"host": str(self.socket), "user": role, "password": self._known()["passwords"][role]}

    # --- Made -----------------------------------------------------------------------------------
    def make(self, *databases: str) -> None:
        """A new cluster with its roles and these databases, unless a whole one is there already."""
        if self.is_made:
            self._refuse_other_version()
            return
        if self.place.exists() or self.note.exists():
            self.say("The database folder is only half made (an earlier start was cut short): making it anew.")
        self.wipe()
        passwords = {role: secrets.token_urlsafe(24) for role in ROLES}
        self._make_folders()
        self._initdb(passwords[SUPERUSER])
        self._write_note(self.folder / "database.draft", passwords)
        self._start()
        try:
            self._provision(passwords, databases)
        finally:
            self.stop()
        (self.folder / "database.draft").replace(self.note)

    def wipe(self) -> None:
        """Removes the cluster and all its data."""
        self.end_running()
        if self.place.exists():
            shutil.rmtree(self.place)
        for name in ("database.json", "database.draft"):
            (self.folder / name).unlink(missing_ok=True)

    def _make_folders(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.place.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        self.place.mkdir(mode=0o700)
        self.programs.give(self.place)
        (self.place / "home").write_text(f"{self.folder}\n")

    def _make_socket_folder(self) -> None:
        self.socket.mkdir(mode=0o700, exist_ok=True)
        self.programs.give(self.socket)
        found = self.socket.lstat()
        whose = self.programs.user if self.programs.user is not None else os.getuid()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != whose or stat.S_IMODE(found.st_mode) != 0o700:
            raise Trouble(f"{self.socket} belongs to somebody else: remove it, or set TMPDIR to a folder of your own.")
        (self.socket / LOCAL_MARK).touch(mode=0o600)

    def _initdb(self, password: str) -> None:
        secret = self.place / "initdb-password"
        secret.touch(mode=0o600)
        secret.write_text(password)
        self.programs.give(secret)
        locale = (
            ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
            if self.programs.version >= 17
            else ["--locale=C.UTF-8"]
        )
        done = self.programs.run(
            [
                self.programs.program("initdb"),
                f"--pgdata={self.data}",
                f"--username={SUPERUSER}",
                f"--pwfile={secret}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--no-instructions",
                *locale,
                *([] if self.durable else ["--no-sync"]),
            ],
            env={},
        )
        secret.unlink()
        if done.returncode:
            reason = next((line for line in done.stderr.splitlines() if "error" in line), done.stderr.strip())
            sentence = f"The database folder {self.data} could not be made: {reason}"
            raise from_log(done.stderr, otherwise=sentence, folder=self.folder)

    def _write_note(self, path: Path, passwords: dict[str, str]) -> None:
        path.unlink(missing_ok=True)
        path.touch(mode=0o600)
        path.write_text(json.dumps({"cluster": str(self.place), "passwords": passwords}, indent=1))

    def _provision(self, passwords: dict[str, str], databases: tuple[str, ...]) -> None:
        with self._as_superuser("postgres", password=passwords[SUPERUSER]) as connection:
            for role in (OWNER, WEB):
                connection.execute(
                    sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD {}").format(
                        sql.Identifier(role), sql.Literal(passwords[role])
                    )
                )
        for name in databases:
            self._create_database(name, template="", password=passwords[SUPERUSER])

    def _refuse_other_version(self) -> None:
        made_by = int((self.data / "PG_VERSION").read_text())
        if made_by != self.programs.version:
            raise Trouble(
                f"The data in {self.folder} are of PostgreSQL {made_by}, the programs of {self.programs.version}: "
                "start it with the old version and `make backup`, then `make restore` with the new one."
            )

    # --- Running --------------------------------------------------------------------------------
    def order(self) -> Order:
        """How the server is run by whoever supervises it."""
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket),
            "shared_buffers": "128MB",
            "max_connections": "60",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "password_encryption": "scram-sha-256",
            **(
                {}
                if self.durable
                else {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}
            ),
        }
        return Order(
            name="postgres",
            argv=[
                self.programs.program("postgres"),
                "-D",
                str(self.data),
                *(word for name, value in settings.items() for word in ("-c", f"{name}={value}")),
            ],
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
            # Fast shutdown: sessions are cut, the data are flushed.
            stop=signal.SIGINT,
            grace=30,
            user=self.programs.user,
            group=self.programs.group,
            held=str(self.held) if self.held else None,
        )

    def prepare_to_run(self) -> None:
        """Clears what an earlier server left: a server still alive is ended, never two on the same data."""
        self.end_running()
        self._make_socket_folder()

    def start(self) -> None:
        if not self.is_made:
            raise Trouble(f"{self.folder} holds no database yet: `make demo` makes one.")
        self._start()

    def _start(self) -> None:
        self.prepare_to_run()
        log = self.folder / "postgres.log"
        self._child = Child(self.order(), run=self.folder, log=log)
        self._child.start()
        self.wait_until_ready(self._child.poll, log=log)

    def let_go(self) -> None:
        if self._child is not None:
            self._child.let_go()
            self._child = None

    def stop(self) -> None:
        if self._child is not None:
            self._child.stop()
            self._child = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()

    def postmaster(self) -> int:
        """The running server's process number, or 0."""
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
            pid = int(lines[0])
        except (FileNotFoundError, ValueError, IndexError):
            return 0
        return pid if start_mark(pid) and self._is_our_server(pid) else 0

    def _is_our_server(self, pid: int) -> bool:
        """A number in a stale file may be a stranger's by now: only a server that works in our folder counts."""
        try:
            return Path(f"/proc/{pid}/cwd").samefile(self.data)
        except OSError:
            return (self.socket / ".s.PGSQL.5432.lock").exists() and _first_number(
                self.socket / ".s.PGSQL.5432.lock"
            ) == pid

    def end_running(self) -> None:
        pid = self.postmaster()
        if pid:
            self.say("Ending the database server of an earlier start.")
            end(pid, start_mark(pid), by=signal.SIGINT, patience=30)

    def wait_until_ready(
        self, ended: Callable[[], int | None], *, log: Path, pause: Callable[[float], None] = time.sleep
    ) -> None:
        """Waits as long as recovery takes, with a word now and then; raises once the server has ended."""
        began = spoken = time.monotonic()
        while True:
            if (answer := self.try_connection()) == "":
                return
            if ended() is not None:
                told = last_words(log)
                sentence = f"The database server ended at once; {log} says why: {told}"
                raise from_log(told, otherwise=sentence, folder=self.folder)
            if time.monotonic() - spoken > 5:
                spoken = time.monotonic()
                self.say(f"Waiting for the database since {spoken - began:.0f} s ({answer}).")
            pause(0.03)

    def is_running(self) -> bool:
        return self.is_made and self.try_connection() == ""

    def try_connection(self) -> str:
        """An empty text when the server takes sessions, else why not."""
        path = self.note if self.note.exists() else self.folder / "database.draft"
        try:
            password = json.loads(path.read_text())["passwords"][SUPERUSER]
            with self._as_superuser("postgres", password=password):
                return ""
        except psycopg.OperationalError as error:
            return "recovering" if "starting up" in str(error) else "starting"

    # --- Databases ------------------------------------------------------------------------------
    @contextmanager
    def _as_superuser(self, database: str, *, password: str = "") -> Iterator[psycopg.Connection]:
        with psycopg.connect(
            host=str(self.socket),
            dbname=database,
            user=SUPERUSER,
            password=password or self._known()["passwords"][SUPERUSER],
            autocommit=True,
            connect_timeout=5,
        ) as connection:
            yield connection

    def provisioning(self, database: str = "postgres") -> Any:
        """A connection that may do everything: only for making and dropping databases."""
        return self._as_superuser(database)

    def databases(self) -> list[str]:
        with self._as_superuser("postgres") as connection:
            rows = connection.execute("SELECT datname FROM pg_database WHERE NOT datistemplate ORDER BY 1").fetchall()
        return [name for (name,) in rows if name != "postgres"]

    def create_database(self, name: str, *, template: str = "") -> None:
        self._create_database(name, template=template, password="")

    def _create_database(self, name: str, *, template: str, password: str) -> None:
        asked = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
            sql.Identifier(name), sql.Identifier(OWNER), sql.Identifier(template or "template1")
        )
        with self._as_superuser("postgres", password=password) as connection:
            connection.execute(asked)
            connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)))
            connection.execute(
                sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(sql.Identifier(name), sql.Identifier(WEB))
            )
        if not template:
            with self._as_superuser(name, password=password) as connection:
                connection.execute(RIGHTS)

    def drop_database(self, name: str) -> None:
        with self._as_superuser("postgres") as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


# The web role owns nothing: it reads and writes rows, and never changes a table.
RIGHTS = sql.SQL(
    """
    ALTER SCHEMA public OWNER TO {owner};
    REVOKE ALL ON SCHEMA public FROM PUBLIC;
    GRANT USAGE ON SCHEMA public TO {web};
    ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public
        GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {web};
    ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {web};
    """
).format(owner=sql.Identifier(OWNER), web=sql.Identifier(WEB))


def sweep(say: Say = print) -> None:
    """Removes clusters below /var/lib/siji whose demo folder is gone: a deleted checkout leaves nothing behind."""
    for home in STATE.glob("clusters/*/home"):
        folder = Path(home.read_text().strip())
        if not folder.exists():
            Cluster(folder, say=say).wipe()


def _first_number(path: Path) -> int:
    try:
        return int(path.read_text().splitlines()[0])
    except (OSError, ValueError, IndexError):
        return 0
