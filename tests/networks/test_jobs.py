"""Long work is asked for, run in turn, ended, done again, and kept in its own network."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from kit import clock
from kit.refusals import Refused
from networks.commands.jobs import cancel_job, repeat_job, start_job
from networks.engine import jobs, purges
from networks.engine.job_child import run_here
from networks.engine.scopes import across_networks
from networks.models import Job, JournalLine, inside
from networks.queries.jobs import job_of_code, job_view, jobs_of
from tests.networks.probe_work import registered

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _probe(tmp_path, monkeypatch):
    monkeypatch.setenv("PROBE_FILE", str(tmp_path / "probe.txt"))
    with registered():
        yield


def begin(network, kind="probe.count", by=7, **args):
    with inside(network):
        return start_job(kind, args=args, by=by)


def again(job):
    with across_networks():
        return Job.objects.get(pk=job.pk)


def test_a_job_runs_and_leaves_its_result(nanjing):
    job = begin(nanjing, to=3)
    assert run_here() == 1
    job = again(job)
    assert (job.state, job.done, job.total, job.result, job.error) == ("done", 3, 3, {"counted": 3}, "")
    with job.result_file.open() as file:
        assert file.read() == b"3"
    assert not Path(job.result_file.path).is_relative_to(settings.MEDIA_ROOT)


def test_only_what_a_room_has_registered_can_be_asked_for(nanjing):
    with pytest.raises(LookupError, match="unheard"):
        begin(nanjing, "probe.unheard")


def test_a_job_that_gives_up_says_why_and_one_that_breaks_says_where(nanjing, error_logs):
    reasoned, broken = begin(nanjing, "probe.give_up", why="名单是空的。"), begin(nanjing, "probe.give_up", why="")
    assert run_here() == 2
    assert (again(reasoned).state, again(reasoned).error) == ("failed", "名单是空的。")
    assert again(broken).error.startswith("ValueError in tests/networks/probe_work.py:")
    assert [record.getMessage().split()[0] for record in error_logs] == ["jobs.failed"]
    error_logs.clear()


def test_a_waiting_job_is_ended_at_once_and_can_be_done_again(nanjing):
    job = begin(nanjing, to=3)
    at = clock.now()
    with inside(nanjing):
        cancel_job(job.code, by=8, at=at)
    assert run_here() == 0
    with inside(nanjing):
        with pytest.raises(Refused, match="ended"):
            cancel_job(job.code, by=8, at=at)
        repeat_job(job.code, by=9)
    assert run_here() == 1
    assert again(job).state == "done"
    with inside(nanjing):
        with pytest.raises(Refused, match="not_stopped"):
            repeat_job(job.code, by=9)
        lines = JournalLine.objects.filter(verb__startswith="networks.job").order_by("pk")
        assert list(lines.values_list("verb", "actor_id")) == [
            ("networks.job_started", 7),
            ("networks.job_cancelled", 8),
            ("networks.job_repeated", 9),
        ]


def test_networks_take_turns(nanjing, shenzhen):
    first, second, third = begin(nanjing, to=1), begin(nanjing, to=1), begin(shenzhen, to=1)
    order = []
    at = clock.now()
    while claimed := jobs.claim(holder="x", at=at):
        order.append(claimed.code)
        at += timedelta(seconds=1)
    assert order == [first.code, third.code, second.code]


def test_a_job_that_is_lost_again_and_again_fails(nanjing):
    job = begin(nanjing, to=1)
    at = clock.now()
    for _time in range(3):
        assert jobs.claim(holder="x", at=at)
        at += jobs.LEASE
        assert jobs.recover_lost(at=at) == 1
    job = again(job)
    assert (job.state, job.attempts, job.error) == ("failed", 3, "执行进程中断了 3 次。")


def test_what_is_told_without_the_lease_does_not_count(nanjing):
    begin(nanjing, to=1)
    at = clock.now()
    first = jobs.claim(holder="x", at=at)
    jobs.recover_lost(at=at + jobs.LEASE)
    second = jobs.claim(holder="y", at=at + jobs.LEASE)
    assert jobs.tell(first.id, first.lease, done=1, total=1, note="", at=at) is None
    assert not jobs.end(first.id, first.lease, state="done", at=at)
    assert jobs.tell(second.id, second.lease, done=1, total=1, note="", at=at) is False
    assert jobs.end(second.id, second.lease, state="done", at=at)


def test_jobs_are_seen_in_their_own_network_only(nanjing, shenzhen):
    job = begin(nanjing, to=1)
    with inside(shenzhen):
        assert job_of_code(job.code) is None
        assert list(jobs_of(7)) == []
        with pytest.raises(Job.DoesNotExist):
            cancel_job(job.code, by=7, at=clock.now())
    with inside(nanjing):
        assert [row.code for row in jobs_of(7)] == [job.code]


def test_how_far_and_how_long(nanjing):
    job = begin(nanjing, to=1)
    at = clock.now()
    job.state, job.started_at, job.total, job.done = "running", at - timedelta(seconds=30), 200, 50
    view = job_view(job, at=at)
    assert (view.title, view.percent, view.took, view.left) == (
        "数数",
        25,
        timedelta(seconds=30),
        timedelta(seconds=90),
    )
    job.done = 5
    assert job_view(job, at=at).left is None


def test_old_jobs_go_with_their_files(nanjing):
    job = begin(nanjing, to=1)
    run_here()
    file = again(job).result_file
    storage, name = file.storage, file.name
    assert storage.exists(name)
    purges.jobs(before=clock.now() + timedelta(days=1))
    assert not storage.exists(name)
    with across_networks():
        assert not Job.objects.exists()
