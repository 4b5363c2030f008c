"""Whatever is wrong with the machine is one clear sentence with a way on, a status that is not 0, and no traceback."""

import ast
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from deploy.local import bootstrap, doctor
from deploy.local.children import ROOT
from deploy.local.demo import refuse_if_too_small
from deploy.local.ports import HERE
from deploy.local.postgres import Cluster
from deploy.local.trouble import Trouble, from_log, in_words
from tests.local.harness import DemoRun, clean_up, kill, wait_until


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[DemoRun]:
    run = DemoRun(tmp_path / "data")
    yield run
    clean_up(run)


def refusal(demo: DemoRun) -> str:
    """The last line of a start that was refused."""
    demo.begin()
    assert demo.wait() == 1
    assert "Traceback" not in demo.said
    return demo.said.strip().splitlines()[-1]


@pytest.mark.demo
def test_a_taken_port_names_its_holder_and_the_next_one(demo: DemoRun) -> None:
    with socket.create_server((HERE, demo.port)):
        said = refusal(demo)
    assert said.startswith(f"✗ Port {demo.port} is taken by process {os.getpid()} (")
    assert said.endswith(f": end that, or take another port with PORT={demo.port + 1} make demo.")


@pytest.mark.demo
@pytest.mark.parametrize("port", ["http", "0", "70000"])
def test_a_port_that_is_none_is_said(demo: DemoRun, port: str) -> None:
    demo.port = port  # type: ignore[assignment]
    assert refusal(demo) == (
        f"✗ PORT is {port!r}, which is no port: take a number from 1024 to 65535, like PORT=8001 make demo."
    )


@pytest.mark.demo
def test_a_data_folder_that_is_a_file_is_said(demo: DemoRun) -> None:
    demo.data.write_text("")
    assert refusal(demo) == f"✗ {demo.data}: File exists. Mend that and start again."
    demo.data.unlink()


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (28, "No room left for /data: free some (make doctor shows how much is needed) and start again."),
        (
            13,
            "/data may not be read or written by you: give it back with `sudo chown -R $(id -un) /data && chmod -R u+rwX /data`, or keep the data elsewhere with DEMO_DIR=/another/folder make demo.",
        ),
        (5, "/data: Input/output error. Mend that and start again."),
    ],
)
def test_the_systems_refusals_have_words(number: int, words: str) -> None:
    assert str(in_words(OSError(number, os.strerror(number), "/data"), folder=Path("/data"))) == words


def test_a_full_disk_is_told_apart_in_what_other_programs_write() -> None:
    told = 'FATAL:  could not write blocks 0..0 in file "base/16386/3081": No space left on device'
    full = from_log(told, otherwise="The server ended.", folder=Path("/data"))
    assert str(full) == "No room left for /data: free some (make doctor shows how much is needed) and start again."
    assert str(from_log("FATAL:  other", otherwise="The server ended.", folder=Path("/data"))) == "The server ended."


def test_a_disk_too_small_is_said_before_anything_is_made(tmp_path: Path) -> None:
    refuse_if_too_small(tmp_path, needed=1)
    with pytest.raises(
        Trouble, match=r"^No room left for .* \(\d+ MB are free, 1000000000000 MB are needed\): free some"
    ):
        refuse_if_too_small(tmp_path, needed=10**18)


# --- Half-made and interrupted --------------------------------------------------------------
@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    said: list[str] = []
    found = Cluster(tmp_path / "data", durable=False, say=said.append)
    found.said = said  # type: ignore[attr-defined]
    yield found
    found.stop()
    found.wipe()


def test_a_half_made_database_is_made_anew(cluster: Cluster) -> None:
    cluster.make("siji")
    cluster.note.unlink()
    cluster.make("siji")
    assert cluster.said == [  # type: ignore[attr-defined]
        "The database folder is only half made (an earlier start was cut short): making it anew."
    ]
    with cluster:
        assert cluster.databases() == ["siji"]


def test_a_whole_database_is_kept(cluster: Cluster) -> None:
    cluster.make("siji")
    before = cluster.note.read_text()
    cluster.make("siji")
    assert cluster.note.read_text() == before


def test_a_stale_pid_file_harms_neither_the_start_nor_the_stranger_it_names(cluster: Cluster) -> None:
    cluster.make("siji")
    stranger = subprocess.Popen(["sleep", "60"])
    try:
        (cluster.data / "postmaster.pid").write_text(f"{stranger.pid}\n{cluster.data}\n1\n5432\n\n\n\n")
        with cluster:
            assert cluster.databases() == ["siji"]
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_committed_rows_survive_kill_9_of_the_server(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path / "data", say=lambda _text: None)
    try:
        cluster.make("siji")
        cluster.start()
        with psycopg.connect(cluster.url("siji_owner", "siji")) as connection:
            connection.execute("CREATE TABLE kept (word text)")
            connection.execute("INSERT INTO kept VALUES ('留下')")
        kill(cluster.postmaster())
        cluster.stop()
        with cluster, psycopg.connect(cluster.url("siji_web", "siji")) as connection:
            assert connection.execute("SELECT word FROM kept").fetchall() == [("留下",)]
    finally:
        cluster.stop()
        cluster.wipe()


def test_the_web_role_changes_no_table_and_passwords_are_the_owners_alone(cluster: Cluster) -> None:
    cluster.make("siji")
    assert cluster.note.stat().st_mode & 0o777 == 0o600
    assert cluster.place.stat().st_mode & 0o777 == 0o700
    with cluster:
        wrong = cluster.url("siji_web", "siji").replace("siji_web:", "siji_web:not")
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(wrong)
        with psycopg.connect(cluster.url("siji_web", "siji")) as connection:
            for forbidden in ("CREATE TABLE mine ()", "CREATE SCHEMA mine", "CREATE TEMPORARY TABLE mine ()"):
                with pytest.raises(psycopg.errors.InsufficientPrivilege), connection.transaction():
                    connection.execute(forbidden)


@pytest.mark.demo
def test_killed_in_the_middle_of_the_first_start_it_starts_anew(demo: DemoRun) -> None:
    demo.begin()
    assert demo.supervisor is not None
    wait_until(lambda: "Migrations." in demo.said, what="the migrations")
    kill(demo.supervisor.pid)
    demo.wait()
    assert demo.leftovers() == []
    demo.start()
    assert demo.get("/readyz") == (200, "ready\n")


# --- Before anything is installed -------------------------------------------------------------
def bare(code: str, **env: str) -> "subprocess.CompletedProcess[str]":
    """Runs the bootstrap in a Python that is told something about itself."""
    return subprocess.run(
        [sys.executable, "-I", "-c", code],
        cwd=ROOT,
        env={"PATH": "/nowhere", **env},
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_old_python_is_told_apart_by_a_sentence() -> None:
    script = ROOT / "deploy/local/bootstrap.py"
    done = bare(
        "import runpy, sys; sys.version_info = (3, 9, 18, 'final', 0); sys.argv = ['bootstrap.py', 'demo'];"
        f"runpy.run_path({str(script)!r}, run_name='__main__')"
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("✗ Siji needs Python 3.11 or newer, and this is 3.9.18: install one (")
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("name", ["bootstrap.py", "doctor.py"])
def test_an_old_python_can_read_what_tells_it_so(name: str) -> None:
    ast.parse((ROOT / "deploy/local" / name).read_text(encoding="utf-8"), feature_version=(3, 9))


def test_an_index_out_of_reach_and_a_full_disk_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for words, said in {
        "error sending request for url (https://index.test/simple/)": "The package index is out of reach: ",
        "OSError: [Errno 28] No space left on device": f"The disk of {ROOT} is full: ",
    }.items():
        program = tmp_path / "uv"
        program.write_text(f"#!/bin/sh\necho '{words}' >&2\nexit 2\n")
        program.chmod(0o755)
        with pytest.raises(bootstrap.Trouble) as refused:
            bootstrap.run([str(program), "sync"])
        assert str(refused.value).startswith(said)


@pytest.fixture
def browser_stamp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    stamp = tmp_path / "siji.txt"
    monkeypatch.setattr(bootstrap, "BROWSER_STAMP", stamp)
    monkeypatch.setenv("PATH", str(tmp_path))
    return stamp


def test_without_npm_a_start_goes_on_and_the_doctor_says_what_is_missing(browser_stamp: Path) -> None:
    bootstrap.fetch_for_browsers()
    found = doctor.code_reader()
    assert (browser_stamp.exists(), found.good, found.needed) == (False, False, False)
    assert found.text == "no code reader: iPhones and desktop browsers cannot scan"


@pytest.mark.parametrize("status", [0, 1])
def test_npm_that_does_not_work_is_said_and_asked_again(
    browser_stamp: Path, capsys: pytest.CaptureFixture[str], status: int
) -> None:
    npm = browser_stamp.with_name("npm")
    npm.write_text(f"#!/bin/sh\nexit {status}\n")
    npm.chmod(0o755)
    for _twice in range(2):
        bootstrap.fetch_for_browsers()
    said = capsys.readouterr().out
    assert (said.count("Fetching"), said.count("The next start tries again.")) == ((1, 0) if status == 0 else (2, 2))
    assert doctor.code_reader().good == (status == 0)
