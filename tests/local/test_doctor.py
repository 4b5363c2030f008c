"""The doctor tells what is there from what is missing, each with the line that mends it."""

import os
import socket
from pathlib import Path

import pytest

from deploy.local import doctor
from deploy.local.demo import RESTORING
from deploy.local.ports import HERE


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data"
    monkeypatch.setenv("DEMO_DIR", str(folder))
    return folder


def test_no_data_yet_is_nothing_to_mend(data: Path) -> None:
    assert list(doctor.data()) == [(True, f"no demo data yet in {data}; make demo makes them", "", True)]


def test_a_half_made_database_and_a_restore_cut_short_are_told(data: Path) -> None:
    data.mkdir()
    (data / RESTORING).touch()
    usable, whole, restored = doctor.data()
    assert usable.good
    assert whole == (False, "the demo's database is half made", "make demo (it makes a half-made one anew)", False)
    assert restored == (
        False,
        "a restore was cut short",
        "make restore FILE=var/backups/….tar, or make demo-reset",
        True,
    )


def test_whole_data_are_told(data: Path) -> None:
    data.mkdir()
    (data / "database.json").touch()
    assert [finding.good for finding in doctor.data()] == [True, True, True]


def test_the_port_names_its_holder(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server((HERE, 0)) as held:
        number = held.getsockname()[1]
        monkeypatch.setenv("PORT", str(number))
        taken = doctor.port()
    assert (taken.good, taken.needed, taken.mend) == (False, False, f"PORT={number + 1} make demo")
    assert taken.text.startswith(f"port {number} is held by process {os.getpid()} (")
    assert doctor.port() == (True, f"port {number} is free", "", True)
