"""The path of production over a real Redis: broker down, worker killed, task delivered twice."""

import os
import signal
import subprocess
import sys
import time

import pytest
from django.db import transaction

from networks.commands.jobs import start_job
from networks.engine.scopes import across_networks
from networks.models import Job, JournalLine, Period, inside
from networks.steps.outbox import post
from tests.networks import probe
from tests.networks.facts import facts
from tests.networks.processes import ROOT, until

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]
WORKER = ("worker", "--concurrency=2", "--without-mingle", "--without-gossip")


def happen(network, kind, *keys, **payload):
    with inside(network), transaction.atomic():
        for key in keys:
            post(kind, payload=payload, dedupe_key=key)


def effects(network):
    with inside(network):
        return sorted(JournalLine.objects.filter(verb__startswith="probe").values_list("reason", flat=True))


def all_done():
    return {row.state for row in facts()} == {"done"}


# Posts one fact as a web process of production does, and tells how long the command took, bell and all.
POST = """
import sys, time
import django
django.setup()
from tests.networks import probe_work
probe_work.register()
from django.db import transaction
from networks.engine import bell
from networks.models import Network, inside
from networks.steps.outbox import post
network = Network.objects.get(code="nanjing")
def happen(key):
    with inside(network), transaction.atomic():
        post("probe.inside", payload={}, dedupe_key=key)
happen(sys.argv[1])
time.sleep(float(sys.argv[2]))
began = time.perf_counter()
for number in range(10):
    happen(f"{sys.argv[1]}{number}")
print((time.perf_counter() - began) / 10)
time.sleep(float(sys.argv[2]))
"""


def post_from_the_web(broker, key, *, linger):
    done = subprocess.run(
        [sys.executable, "-c", POST, key, str(linger)],
        cwd=ROOT,
        env={
            **os.environ,
            "STAGE": "test",
            "PROCESS": "web",
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "REDIS_URL": broker.url,
        },
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout), done.stderr


def test_a_ring_reaches_the_worker_without_beat(nanjing, broker, start):
    start(*WORKER).wait_for("ready.")
    post_from_the_web(broker, "a", linger=5)
    until(lambda: facts() and all_done())
    assert len(effects(nanjing)) == 11


def test_with_the_broker_down_a_request_is_not_slowed_and_the_next_sweep_hands_over(nanjing, broker, start):
    with_broker, _said = post_from_the_web(broker, "a", linger=3)
    broker.stop()
    without_broker, said = post_from_the_web(broker, "b", linger=4)
    assert "bell.failed" in said
    assert without_broker < with_broker + 0.02
    assert len(facts()) == 22
    broker.start()
    start(*WORKER)
    start("beat")
    until(all_done)
    assert len(effects(nanjing)) == 22


def test_a_killed_worker_s_facts_come_back_by_their_lease(nanjing, start):
    first = start(*WORKER).wait_for("ready.")
    beat = start("beat")
    happen(nanjing, "probe.outside", "out", seconds=2)
    happen(nanjing, "probe.inside", *[f"{number:02}" for number in range(10)], seconds=0.2)
    until(lambda: probe.lines("begun") and effects(nanjing))
    os.killpg(first.child.pid, signal.SIGKILL)
    began = time.monotonic()
    assert not all_done()
    start(*WORKER)
    until(all_done, seconds=70)
    # Lease 20 s, sweep 5 s, hand over 2 s, and the start of a worker.
    assert time.monotonic() - began < 60
    assert effects(nanjing) == [f"{number:02}" for number in range(10)]
    assert len({words[2] for words in probe.lines("begun")}) == 1
    assert beat.child.poll() is None


def test_a_task_delivered_many_times_has_its_effect_once(nanjing, broker, start):
    happen(nanjing, "probe.inside", *[f"{number:02}" for number in range(30)], seconds=0.02)
    send = "from config.celery import app\nfor _ in range(8): app.send_task('networks.hand_facts')"
    env = {**os.environ, "STAGE": "test", "REDIS_URL": broker.url, "DJANGO_SETTINGS_MODULE": "config.settings"}
    subprocess.run([sys.executable, "-c", send], cwd=ROOT, env=env, check=True)
    start(*WORKER)
    until(all_done)
    assert effects(nanjing) == [f"{number:02}" for number in range(30)]


def test_a_hang_replaces_the_worker_s_child(nanjing, start):
    worker = start(*WORKER).wait_for("ready.")
    start("beat")
    happen(nanjing, "probe.hang", "h")
    until(all_done)
    assert [words[1:3] for words in probe.lines("hang")] == [["h", "1"], ["h", "2"]]
    assert worker.child.poll() is None


def test_the_worker_does_periodic_work_and_runs_jobs_beside_its_pool(nanjing, start):
    start(*WORKER).wait_for("ready.")
    start("beat")
    with inside(nanjing):
        code = start_job("probe.count", args={"to": 3}, by=7).code

    def state():
        with across_networks():
            return Job.objects.get(code=code).state

    until(lambda: state() == "done")
    until(lambda: Period.objects.filter(ended_at__isnull=False).exists())
