"""From a bare machine to a working virtual environment: `bootstrap.py demo|test [command …]`.

Runs under the system's Python with its standard library only, and reads on Python 3.9, so that an old one can be
told apart by a sentence. Each part leaves a stamp; a second run skips everything in 50 ms.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
from ctypes.util import find_library
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
STAMP = VENV / "siji.json"
OLDEST = (3, 11)
NEWER = ["python3.11", "python3.12", "python3.13", "python3.14"]
# Megabytes on disk: the environment, and the cache that fills it.
ROOM_NEEDED = {"demo": 700, "test": 1100}
# What draws PDFs; the last one is Chinese letters, for Chromium too.
PAPER = ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-noto-cjk"]
SYSTEM_PACKAGES = {"demo": PAPER, "test": ["chromium", *PAPER, "redis-server", "npm"]}
PROGRAMS = {"chromium": "chromium", "redis-server": "redis-server", "npm": "npm"}
# What browsers get from npm: the reader of codes for cameras.
BROWSER_STAMP = ROOT / "node_modules" / "siji.txt"
# As loaders know them, where Debian's register is not there to be asked.
LIBRARIES = {
    "libpango-1.0-0": "pango-1.0",
    "libpangoft2-1.0-0": "pangoft2-1.0",
    "libharfbuzz-subset0": "harfbuzz-subset",
}
UNREACHABLE = (
    "dns error",
    "error sending request",
    "failed to fetch",
    "connection refused",
    "connection reset",
    "timed out",
    "name or service not known",
    "temporary failure in name resolution",
    "could not find a version that satisfies the requirement uv",
    "max retries exceeded",
    "network is unreachable",
    "failed to resolve",
    "unable to fetch",
)


class Trouble(Exception):
    """One sentence with a way on."""


def main(goal: str, command: list[str]) -> int:
    choose_python(sys.version_info[:3])
    with one_at_a_time():
        if not is_done(goal):
            prepare(goal)
        fetch_for_browsers()
    compile_messages()
    if command:
        os.chdir(ROOT)
        program = str(VENV / "bin" / command[0])
        os.execv(program, [program, *command[1:]])  # noqa: S606 - that is what it is for
    return 0


def choose_python(found: tuple[int, ...]) -> None:
    if found >= OLDEST:
        return
    newer = next((path for path in map(shutil.which, NEWER) if path), None)
    if newer:
        os.execv(newer, [newer, *sys.argv])  # noqa: S606
    raise Trouble(
        f"Siji needs Python 3.11 or newer, and this is {'.'.join(map(str, found))}: install one "
        "(Debian 12 and Ubuntu 24.04 have it as python3; macOS: brew install python@3.12) and start again, "
        "naming it if needed: make demo PYTHON=/path/to/python3.12"
    )


class one_at_a_time:  # noqa: N801 - reads as a sentence
    """Two terminals may be started at once; the second waits for the first."""

    def __enter__(self) -> None:
        folder = ROOT / "var"
        folder.mkdir(exist_ok=True)
        self._lock = (folder / "bootstrap.lock").open("a")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another start is preparing this folder; waiting for it.")
            fcntl.flock(self._lock, fcntl.LOCK_EX)

    def __exit__(self, *_error: object) -> None:
        self._lock.close()


# --- What is there already -------------------------------------------------------------------
def wanted() -> str:
    digest = hashlib.sha256(platform.machine().encode())
    for name in ("uv.lock", "pyproject.toml"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def is_done(goal: str) -> bool:
    try:
        done = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return False
    return wanted() in {done.get(goal), done.get("test")} and (VENV / "bin" / "python").exists()


def stamp(goal: str) -> None:
    draft = STAMP.with_suffix(".draft")
    draft.write_text(json.dumps({goal: wanted()}))
    draft.replace(STAMP)


# --- Preparing -------------------------------------------------------------------------------
def prepare(goal: str) -> None:
    free = shutil.disk_usage(ROOT).free // 1_000_000
    if not is_whole(VENV) and free < ROOM_NEEDED[goal]:
        raise Trouble(
            f"No room left on the disk of {ROOT}: {free} MB are free and about {ROOM_NEEDED[goal]} MB are needed; "
            "free some and start again."
        )
    install_system_packages(SYSTEM_PACKAGES[goal])
    uv = shutil.which("uv")
    if not is_whole(VENV):
        if VENV.exists():
            say("The environment .venv is only half made (an earlier start was cut short): making it anew.")
            shutil.rmtree(VENV)
        say("Making the virtual environment .venv.")
        make_venv(uv)
    uv = uv or own_uv()
    say("Installing the locked dependencies." if goal == "demo" else "Installing the locked dependencies and tools.")
    groups = ["--no-default-groups", "--group", "local"] if goal == "demo" else []
    # Inexact: the demo leaves the tools of tests alone, and uv itself stays. Compiled by now, or each process that is
    # the first to need a module would do it, and keep the memory that it took; without the columns of each instruction,
    # which are two megabytes of every process.
    lean = {"PYTHONNODEBUGRANGES": "1"}
    run(
        [uv, "sync", "--frozen", "--inexact", "--no-python-downloads", "--compile-bytecode", "--quiet", *groups], **lean
    )
    rooms = [path.parent.name for path in ROOT.glob("*/__init__.py") if path.parent.name != "tests"]
    run([str(VENV / "bin" / "python"), "-m", "compileall", "-q", "-j", "0", *rooms], **lean)
    stamp(goal)


def is_whole(venv: Path) -> bool:
    python = venv / "bin" / "python"
    return python.exists() and not run_quietly([str(python), "-c", "import sys; sys.exit(sys.version_info < (3, 11))"])


def make_venv(uv: str | None) -> None:
    if uv:
        run([uv, "venv", "--quiet", "--python", sys.executable, str(VENV)])
        return
    if run_quietly([sys.executable, "-c", "import ensurepip, venv"]):
        package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        if not may_install() or not install_system_packages([package]):
            raise Trouble(
                f"Python lacks its venv module: run `sudo apt-get install -y {package}` and then start this again."
            )
    run([sys.executable, "-m", "venv", str(VENV)])


def own_uv() -> str:
    uv = VENV / "bin" / "uv"
    if not uv.exists():
        say("Installing uv, which installs the rest.")
        python = str(VENV / "bin" / "python")
        if run_quietly([python, "-m", "pip", "--version"]):
            run([python, "-m", "ensurepip"])
        run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "uv"])
    return str(uv)


# --- System packages -------------------------------------------------------------------------
def may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install_system_packages(names: list[str]) -> bool:
    """As root on Debian installs what is missing; else prints the one line to run, and goes on with what can work."""
    missing = [name for name in names if not is_installed(name)]
    if not missing:
        return True
    if not may_install():
        say(
            f"Not installed here: {', '.join(missing)}. What needs them will not work until you run: {line_for(missing)}"
        )
        return False
    say(f"Installing {', '.join(missing)}.")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    apt = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0", "-o", "Acquire::Retries=2"]
    for step in ([*apt, "update"], [*apt, "install", "-y", "--no-install-recommends", *missing]):
        done = subprocess.run(step, env=quiet, capture_output=True, text=True, check=False)
        if done.returncode:
            reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
            say(f"They could not be installed ({reason}). Mend that, or later run: {line_for(missing)}")
            return False
    return True


def is_installed(package: str) -> bool:
    program = PROGRAMS.get(package)
    if program and shutil.which(program):
        return True
    if shutil.which("dpkg-query") is None:
        library = LIBRARIES.get(package)
        return bool(find_library(library)) if library else package.startswith("fonts-")
    state = subprocess.run(
        ["dpkg-query", "-W", "-f=${Status}", package], capture_output=True, text=True, check=False
    ).stdout
    return state.endswith(" installed")


def line_for(packages: list[str]) -> str:
    if sys.platform == "darwin":
        casks = {"chromium": "--cask chromium", "redis-server": "redis"}
        return " && ".join(sorted({f"brew install {casks.get(package, 'pango')}" for package in packages}))
    return f"sudo apt-get install -y {' '.join(packages)}"


# --- For browsers ----------------------------------------------------------------------------
def fetch_for_browsers() -> None:
    """By npm, where it is there. Without it all works but the camera of phones that read no codes by themselves."""
    npm = shutil.which("npm")
    if npm is None or has_browser_files():
        return
    say("Fetching the code reader for cameras (npm ci).")
    quick = ["--fetch-retries=1", "--fetch-timeout=20000", "--no-progress"]
    if run_quietly([npm, "ci", "--prefix", str(ROOT), *quick]):
        say("npm ci did not work: cameras read codes only where the browser can. The next start tries again.")
        return
    BROWSER_STAMP.write_text(browser_files_wanted())


def has_browser_files() -> bool:
    try:
        return BROWSER_STAMP.read_text() == browser_files_wanted()
    except OSError:
        return False


def browser_files_wanted() -> str:
    return hashlib.sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()


# --- Words -----------------------------------------------------------------------------------
def compile_messages() -> None:
    """The .po files are the source; the .mo files that Django reads are made from them by Babel."""
    sources = [*ROOT.glob("locale/*/LC_MESSAGES/*.po"), *ROOT.glob("*/locale/*/LC_MESSAGES/*.po")]
    if any(is_stale(source) for source in sources):
        run([str(VENV / "bin" / "python"), "-c", "from config.catalogues import compile_all; compile_all()"])
        for source in sources:
            source.with_suffix(".mo").touch()


def is_stale(source: Path) -> bool:
    made = source.with_suffix(".mo")
    return not made.exists() or made.stat().st_mtime < source.stat().st_mtime


# --- Running things --------------------------------------------------------------------------
def run(argv: list[str], **environment: str) -> None:
    done = subprocess.run(
        argv,
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode == 0:
        return
    lowered = done.stdout.lower()
    if "no space left on device" in lowered:
        raise Trouble(f"The disk of {ROOT} is full: free some room and start again; what was fetched is kept.")
    if any(word in lowered for word in UNREACHABLE):
        raise Trouble(
            "The package index is out of reach: check the network (behind a proxy set HTTPS_PROXY) and start again; "
            "what was fetched is kept."
        )
    last = "\n".join(done.stdout.strip().splitlines()[-8:])
    raise Trouble(
        f"`{Path(argv[0]).name} {' '.join(argv[1:3])}` did not work. It said:\n{last}\nMend that and start again."
    )


def run_quietly(argv: list[str]) -> int:
    try:
        return subprocess.run(argv, capture_output=True, check=False).returncode
    except OSError:
        return 1


def say(text: str) -> None:
    print(f"· {text}", flush=True)


def in_words(error: OSError) -> str:
    where = error.filename or ROOT
    if error.errno == 28:
        return f"The disk of {where} is full: free some room and start again."
    if error.errno in {1, 13, 30}:
        return (
            f"{where} may not be written by you: run `sudo chown -R $(id -un) {ROOT}`, or clone into a folder of yours."
        )
    return f"{where}: {error.strerror or error}. Mend that and start again."


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1], sys.argv[2:]))
    except Trouble as trouble:
        sys.exit(f"✗ {trouble}")
    except OSError as error:
        sys.exit(f"✗ {in_words(error)}")
    except KeyboardInterrupt:
        sys.exit("\nStopped. Start again whenever you like; what is done is kept.")
