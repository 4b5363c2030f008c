"""The demo's web server: this machine alone, and never a database that may hold real people."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config.demo.guard import at_home
from tests import database

ROOT = Path(__file__).resolve().parents[2]


def inner(environ, start_response):
    start_response("200 OK", [])
    return [b"inside"]


def ask(application, address):
    said = []
    body = b"".join(application({"REMOTE_ADDR": address}, lambda status, _headers: said.append(status)))
    return said[0], body.decode()


@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.2", "::1"])
def test_this_machine_is_served(address):
    assert ask(at_home(inner), address) == ("200 OK", "inside")


@pytest.mark.parametrize("address", ["192.168.1.7", "8.8.8.8", "fe80::1", "", "127.0.0.1.example"])
def test_any_other_is_turned_away(address):
    assert ask(at_home(inner), address) == ("403 Forbidden", "The demo serves only the machine it runs on.\n")


def load(**environment):
    """What a real server would load."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", "from config.wsgi import application; print(application.__module__)"],
        cwd=ROOT,
        env={**kept, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_with_a_foreign_database_it_does_not_start():
    answer = load(STAGE="demo", DATABASE_URL="postgresql://x@db.example/real")
    assert answer.returncode == 1
    assert "STAGE=demo refuses the database at 'db.example'." in answer.stderr


@pytest.mark.parametrize(("stage", "module"), [("demo", "config.demo.guard"), ("test", "django.core.handlers.wsgi")])
def test_only_the_demo_is_guarded(stage, module):
    answer = load(STAGE=stage, DATABASE_URL=database.cluster().url("siji_web", database.COPY))
    assert answer.stdout.strip() == module, answer.stderr
