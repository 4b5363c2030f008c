"""`make restore FILE=…`: puts a backup into a fresh cluster. What was there is backed up first."""

import json
import shutil
import sys
import tarfile
import tempfile
from pathlib import Path

from deploy.local.backup import DUMP, FOLDERS, FORMAT, MANIFEST, at_hand, back_up, run_program
from deploy.local.children import ROOT
from deploy.local.demo import DATABASE, RESTORING, folder, owned, say
from deploy.local.postgres import Cluster
from deploy.local.reset import agreed
from deploy.local.trouble import Trouble, in_words


def restore(archive: Path, data: Path, *, backups: Path) -> None:
    check(archive)
    with owned(data):
        cluster = Cluster(data, say=say)
        if cluster.is_made and not (data / RESTORING).exists():
            if not agreed(f"Replace everything in {data} by {archive.name}? (What is there is backed up first.)"):
                say("Nothing was changed.")
                return
            say(f"What was there is kept in {back_up(data, backups)}.")
        (data / RESTORING).touch()
        with tempfile.TemporaryDirectory(dir=data) as scratch:
            with tarfile.open(archive) as tar:
                tar.extractall(scratch, filter="data")
            put_back(Path(scratch), data, cluster)
        (data / RESTORING).unlink()
    say(f"{data} is as {archive.name} holds it: start it with make demo.")


def check(archive: Path) -> None:
    """Everything that can be wrong with the file is said before anything is touched."""
    try:
        with tarfile.open(archive) as tar:
            names = set(tar.getnames())
            manifest = tar.extractfile(MANIFEST) if MANIFEST in names else None
            known = json.load(manifest) if manifest else {}
    except FileNotFoundError as error:
        raise Trouble(f"There is no file {archive}: name one, like make restore FILE=var/backups/….tar") from error
    except (tarfile.TarError, ValueError, IsADirectoryError) as error:
        raise Trouble(f"{archive} is no backup made by make backup, or is damaged: take another.") from error
    if known.get("format") != FORMAT or DUMP not in names:
        raise Trouble(f"{archive} is no backup made by this version's make backup: take another.")


def put_back(unpacked: Path, data: Path, cluster: Cluster) -> None:
    cluster.wipe()
    for name in FOLDERS:
        shutil.rmtree(data / name, ignore_errors=True)
        if (unpacked / name).exists():
            shutil.move(unpacked / name, data / name)
    (data / "done.json").unlink(missing_ok=True)
    cluster.make(DATABASE)
    with at_hand(cluster):
        # A database made anew by the backup itself: with our default rights in place before, a right that a migration
        # took away (the journal's) would come back.
        words = ["--clean", "--if-exists", "--create", "--exit-on-error"]
        run_program(cluster, "pg_restore", *words, str(unpacked / DUMP), database="postgres")


if __name__ == "__main__":
    try:
        restore(Path(sys.argv[1]) if sys.argv[1] else Path("FILE"), folder(), backups=ROOT / "var" / "backups")
    except Trouble as trouble:
        sys.exit(f"✗ {trouble}")
    except OSError as error:
        sys.exit(f"✗ {in_words(error, folder=folder())}")
