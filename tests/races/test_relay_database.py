"""The database is restarted under load, in a server of the test's own: nothing is lost, effects happen once."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from deploy.local.postgres import OWNER, WEB, Cluster
from tests.networks.processes import processes, until

pytestmark = pytest.mark.races
ROOT = Path(__file__).resolve().parents[2]
COUNT = 200

# Posts as a web process would, one command after the other; a command that fails is tried again with the same key.
POSTER = """
import sys, time
import django
django.setup()
from tests.networks import probe_work
probe_work.register()
from django.db import OperationalError, InterfaceError, connection, transaction
from networks.models import Network, inside
from networks.steps.outbox import post
network = None
for number in range(int(sys.argv[1])):
    while True:
        try:
            network = network or Network.objects.get(code="nanjing")
            with inside(network), transaction.atomic():
                post("probe.inside", payload={}, dedupe_key=f"{number:04}", lane=f"lane{number % 7}")
                post("probe.outside", payload={}, dedupe_key=f"{number:04}")
            break
        except (OperationalError, InterfaceError):
            connection.close()
            time.sleep(0.1)
    time.sleep(0.01)
print("posted", flush=True)
"""


@pytest.fixture
def server(tmp_path):
    found = Cluster(tmp_path / "server", say=lambda _text: None)
    found.make("siji")
    with found:
        yield found
    found.wipe()


def run(env, *argv):
    subprocess.run([sys.executable, *argv], cwd=ROOT, env={**os.environ, **env}, check=True, capture_output=True)


def test_a_restart_under_load_loses_nothing_and_repeats_nothing(server, tmp_path, monkeypatch):
    monkeypatch.setenv("PROBE_FILE", str(tmp_path / "probe.txt"))
    env = {
        "STAGE": "test",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": server.url(WEB, "siji"),
        "DATABASE_OWNER_URL": server.url(OWNER, "siji"),
    }
    run({**env, "PROCESS": "migrate"}, "manage.py", "migrate", "--verbosity=0")
    run(env, "manage.py", "open_network", "nanjing", "--name=甲", "--library=甲", "--city=甲", "--host=nanjing.test")
    with processes(tmp_path, **env) as start:
        relay = start("relay").wait_for("relay.started")
        poster = start(str(COUNT), code=POSTER)
        until(lambda: effects(server)[0] > COUNT // 8)
        for hard in (False, True):
            restart(server, hard=hard)
            seen = effects(server)[0]
            until(lambda seen=seen: effects(server)[0] > seen + 10)
        poster.wait_for("posted")
        until(lambda: waiting(server) == 0)
        assert relay.child.poll() is None
        assert relay.terminate() == 0
    keys = [f"{number:04}" for number in range(COUNT)]
    assert effects(server) == (COUNT, COUNT)
    told = [line.split()[1:] for line in (tmp_path / "probe.txt").read_text().splitlines() if line.startswith("done")]
    assert sorted({key for key, _fact in told}) == keys
    # The outside hears again what was being said when the database went, and knows it by the fact's id.
    assert len({fact for _key, fact in told}) == COUNT
    assert len(told) - COUNT <= 8


def restart(server, *, hard):
    if hard:
        os.kill(server.postmaster(), signal.SIGKILL)
    server.stop()
    time.sleep(1)
    server.start()


def ask(server, query):
    with psycopg.connect(server.url(WEB, "siji")) as connection:
        return connection.execute(query).fetchone()


def effects(server):
    """How many lines there are, and how many different ones."""
    return ask(server, "SELECT count(*), count(DISTINCT reason) FROM networks_journalline WHERE verb = 'probe.inside'")


def waiting(server):
    return ask(server, "SELECT count(*) FROM networks_fact WHERE state <> 'done'")[0]
