"""Jobs in processes of their own: followed, ended, killed, and begun anew."""

import os
import signal
import time
from contextlib import suppress

import pytest

from kit import clock
from networks.commands.jobs import cancel_job, start_job
from networks.engine.scopes import across_networks
from networks.models import Job, inside
from tests.networks import probe, probe_work
from tests.networks.processes import processes, until

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def start(tmp_path, monkeypatch):
    monkeypatch.setenv("PROBE_FILE", str(tmp_path / "probe.txt"))
    with probe_work.registered(), processes(tmp_path) as start:
        yield start
        # A job's process leaves with its runner by itself; here it must not outlive the test.
        for _word, pid in probe.lines("job"):
            with suppress(ProcessLookupError):
                os.kill(int(pid), signal.SIGKILL)


def begin(network, kind, **args):
    with inside(network):
        return start_job(kind, args=args, by=7).code


def job(code):
    with across_networks():
        return Job.objects.get(code=code)


def alive(pid):
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    return True


def test_a_job_tells_how_far_it_is_and_leaves_its_result(nanjing, start, tmp_path):
    start("relay").wait_for("relay.started")
    code = begin(nanjing, "probe.count", to=20, pause=0.2)
    until(lambda: 0 < job(code).done < 20)
    row = job(code)
    assert (row.state, row.total, row.note) == ("running", 20, "数着")
    until(lambda: job(code).state == "done")
    row = job(code)
    assert (row.done, row.result, row.attempts, row.lease) == (20, {"counted": 20}, 1, None)
    assert (tmp_path / "private" / row.result_file.name).read_bytes() == b"20"


def test_a_job_ends_when_it_is_asked_to(nanjing, start):
    start("relay").wait_for("relay.started")
    code = begin(nanjing, "probe.count", to=1000, pause=0.05)
    until(lambda: job(code).done > 2)
    with inside(nanjing):
        cancel_job(code, by=7, at=clock.now())
    until(lambda: job(code).state == "cancelled", seconds=10)
    assert 2 < job(code).done < 1000


def test_a_job_beyond_its_limit_is_ended(nanjing, start):
    start("relay").wait_for("relay.started")
    code = begin(nanjing, "probe.deaf")
    until(lambda: job(code).state == "failed")
    assert job(code).error == "用时超过 8 秒。"
    [[_word, pid]] = probe.lines("job")
    until(lambda: not alive(pid))


def test_a_killed_job_begins_anew(nanjing, start):
    start("relay").wait_for("relay.started")
    code = begin(nanjing, "probe.count", to=5, die_once=True)
    until(lambda: job(code).state == "done")
    assert (job(code).attempts, len(probe.lines("job"))) == (2, 2)


def test_a_killed_runner_takes_its_job_along_and_another_begins_it_anew(nanjing, start):
    relay = start("relay").wait_for("relay.started")
    code = begin(nanjing, "probe.count", to=20, pause=0.2)
    until(lambda: job(code).done)
    [[_word, pid]] = probe.lines("job")
    relay.kill()
    until(lambda: not alive(pid), seconds=10)
    assert job(code).state == "waiting"
    start("relay")
    until(lambda: job(code).state == "done")
    assert (job(code).attempts, job(code).done) == (2, 20)


def test_a_runner_that_is_told_to_stop_leaves_its_job_to_another(nanjing, start):
    relay = start("relay").wait_for("relay.started")
    code = begin(nanjing, "probe.count", to=20, pause=0.2)
    until(lambda: job(code).done)
    began = time.monotonic()
    assert relay.terminate() == 0
    assert time.monotonic() - began < 10
    row = job(code)
    assert (row.state, row.attempts, row.lease) == ("waiting", 0, None)
