"""`make doctor`: what is there, what is missing, and the one line that mends it. Runs under the system's Python."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Iterator, NamedTuple  # noqa: UP035 - an old Python must get as far as its sentence

from deploy.local import bootstrap

ROOT = bootstrap.ROOT
_PURPOSES = {"npm": "fetches the code reader for cameras"}


class Finding(NamedTuple):
    """`needed` findings make the exit status 1."""

    good: bool
    text: str
    mend: str = ""
    needed: bool = True


def findings() -> Iterator[Finding]:
    yield python()
    if sys.version_info < bootstrap.OLDEST:
        return
    yield from environment()
    yield disk()
    yield from data()
    yield port()
    yield from packages()
    yield code_reader()


def python() -> Finding:
    found = ".".join(map(str, sys.version_info[:3]))
    return Finding(
        sys.version_info >= bootstrap.OLDEST,
        f"Python {found}",
        "Siji needs 3.11 or newer: make doctor PYTHON=/path/to/python3.12",
    )


def environment() -> Iterator[Finding]:
    whole = bootstrap.is_whole(bootstrap.VENV)
    yield Finding(whole, ".venv is there and works" if whole else ".venv is missing or half made", "make demo")
    if whole:
        for goal, what, needed in (("demo", "its packages", True), ("test", "the tools for tests", False)):
            done = bootstrap.is_done(goal)
            yield Finding(done, f"{what} {'match' if done else 'do not match'} uv.lock", f"make {goal}", needed)


def disk() -> Finding:
    free = shutil.disk_usage(ROOT).free // 1_000_000
    needed = bootstrap.ROOM_NEEDED["test"]
    return Finding(free > needed, f"{free} MB free of about {needed} MB", f"free some room on the disk of {ROOT}")


def data_folder() -> Path:
    return Path(os.environ.get("DEMO_DIR") or ROOT / "var" / "demo").expanduser().resolve()


def data() -> Iterator[Finding]:
    folder = data_folder()
    if not folder.exists():
        yield Finding(good=True, text=f"no demo data yet in {folder}; make demo makes them")
        return
    usable = os.access(folder, os.R_OK | os.W_OK | os.X_OK)
    may = "may" if usable else "may not"
    mend = f"sudo chown -R $(id -un) {folder} && chmod -R u+rwX {folder}"
    yield Finding(usable, f"the demo's data in {folder} {may} be read and written by you", mend)
    if usable:
        whole = (folder / "database.json").exists()
        state = "whole" if whole else "half made"
        yield Finding(
            whole, f"the demo's database is {state}", "make demo (it makes a half-made one anew)", needed=False
        )
        broken = (folder / "restore-not-finished").exists()
        yield Finding(
            not broken,
            "a restore was cut short" if broken else "no restore was cut short",
            "make restore FILE=var/backups/….tar, or make demo-reset",
        )


def port() -> Finding:
    # An old Python cannot read these modules, and was answered above.
    from deploy.local.ports import answers_here, holder_of
    from deploy.local.processes import name_of

    wanted = int(os.environ.get("PORT") or 8000)
    holder = holder_of(wanted)
    if not holder and not answers_here(wanted):
        return Finding(good=True, text=f"port {wanted} is free")
    whose = f"process {holder} ({name_of(holder)[:60]})" if holder else "another process"
    return Finding(
        good=False, text=f"port {wanted} is held by {whose}", mend=f"PORT={wanted + 1} make demo", needed=False
    )


def packages() -> Iterator[Finding]:
    for name in bootstrap.SYSTEM_PACKAGES["test"]:
        purpose = "for PDFs" if name in bootstrap.PAPER else _PURPOSES.get(name, "for tests")
        yield Finding(bootstrap.is_installed(name), f"{name} ({purpose})", bootstrap.line_for([name]), needed=False)


def code_reader() -> Finding:
    there = bootstrap.has_browser_files()
    text = (
        "the code reader for cameras is there" if there else "no code reader: iPhones and desktop browsers cannot scan"
    )
    return Finding(there, text, "install npm, then make demo", needed=False)


def main() -> int:
    status = 0
    for finding in findings():
        print(f"{'✓' if finding.good else '✗' if finding.needed else '–'} {finding.text}")
        if not finding.good:
            print(f"    → {finding.mend}")
            status = max(status, int(finding.needed))
    return status


if __name__ == "__main__":
    sys.exit(main())
