"""`make backup`: the demo's database, files and keys in one archive, while it runs or while it is stopped."""

import contextlib
import io
import json
import os
import secrets
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from deploy.local.children import ROOT
from deploy.local.demo import DATABASE, folder, owned, say
from deploy.local.postgres import SUPERUSER, Cluster
from deploy.local.trouble import Trouble, in_words

MANIFEST, DUMP = "manifest.json", "database.dump"
FOLDERS = ("media", "secrets", "mail")
FORMAT = 2


def back_up(data: Path, into: Path) -> Path:
    """Returns the archive, which appears under its name only when it is whole. It holds the keys: guard it."""
    cluster = Cluster(data, say=say)
    if not cluster.is_made:
        raise Trouble(f"{data} holds no database to keep: `make demo` makes one.")
    into.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Two within one second are two: a backup never takes the place of another.
    archive = into / f"{time.strftime('%Y%m%d-%H%M%S')}-{secrets.token_hex(4)}.tar"
    draft = archive.with_suffix(".draft")
    with tempfile.TemporaryDirectory(dir=into) as scratch:
        dump = Path(scratch) / DUMP
        with at_hand(cluster):
            run_program(cluster, "pg_dump", "--format=custom", f"--file={dump}")
        draft.touch(mode=0o600, exist_ok=False)
        with tarfile.open(draft, "w") as tar:
            add_text(tar, MANIFEST, json.dumps({"format": FORMAT, "made": time.time(), "of": str(data)}))
            tar.add(dump, DUMP)
            for name in FOLDERS:
                if (data / name).exists():
                    tar.add(data / name, name)
    draft.replace(archive)
    return archive


def add_text(tar: tarfile.TarFile, name: str, text: str) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(text.encode())
    entry.mtime = int(time.time())
    tar.addfile(entry, io.BytesIO(text.encode()))


@contextlib.contextmanager
def at_hand(cluster: Cluster) -> Iterator[None]:
    """The server as it runs, or started for the while."""
    if cluster.is_running():
        yield
        return
    with cluster:
        yield


def run_program(cluster: Cluster, name: str, *arguments: str, database: str = DATABASE) -> None:
    """One of PostgreSQL's own programs, as superuser; the password goes by the environment."""
    place = cluster.connection(SUPERUSER)
    done = subprocess.run(
        [
            cluster.programs.program(name),
            f"--host={place['host']}",
            f"--username={SUPERUSER}",
            f"--dbname={database}",
            *arguments,
        ],
        env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "PGPASSWORD": place["password"]},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Trouble(f"{name} did not work: {done.stderr.strip().splitlines()[-1]}")


def back_up_alone(data: Path, into: Path) -> Path:
    """A stopped demo stays stopped meanwhile: nobody else may start it on the same data."""
    if Cluster(data, say=say).is_running():
        return back_up(data, into)
    with owned(data):
        return back_up(data, into)


if __name__ == "__main__":
    try:
        made = back_up_alone(folder(), ROOT / "var" / "backups")
        say(f"{made} ({made.stat().st_size / 1_000_000:.1f} MB). It holds the keys of the data: keep it safe.")
        say(f"Put it back with make restore FILE={made}")
    except Trouble as trouble:
        sys.exit(f"✗ {trouble}")
    except OSError as error:
        sys.exit(f"✗ {in_words(error, folder=folder())}")
