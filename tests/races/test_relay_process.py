"""The real relay as a process: killed, told to stop, hung, without its database; nothing is lost or done twice."""

import time

import pytest
from django.db import transaction

from kit import clock
from networks.engine.crew import EXIT_REPLACE_ME
from networks.models import JournalLine, Period, Pulse, inside
from networks.steps.outbox import post
from tests.networks import probe, probe_work
from tests.networks.facts import facts
from tests.networks.processes import processes, until

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def start(tmp_path, monkeypatch):
    monkeypatch.setenv("PROBE_FILE", str(tmp_path / "probe.txt"))
    with probe_work.registered(), processes(tmp_path) as start:
        yield start


def happen(network, kind, *keys, lane="", **payload):
    with inside(network), transaction.atomic():
        for key in keys:
            post(kind, payload=payload, dedupe_key=key, lane=lane)


def effects(network):
    with inside(network):
        return sorted(JournalLine.objects.filter(verb__startswith="probe").values_list("reason", flat=True))


def all_done():
    return {row.state for row in facts()} == {"done"}


def test_a_ring_after_the_commit_is_answered_well_within_a_second(nanjing, start):
    start("relay").wait_for("relay.started")
    until(Pulse.objects.exists)
    took = []
    for number in range(5):
        time.sleep(0.33)
        began = time.monotonic()
        happen(nanjing, "probe.inside", str(number))
        until(lambda number=number: len(effects(nanjing)) == number + 1, seconds=5)
        took.append(time.monotonic() - began)
    # Without the bell the sweep would take half a second on the average.
    assert sorted(took)[2] < 0.35


def test_killed_in_the_middle_another_takes_over(nanjing, start):
    relay = start("relay").wait_for("relay.started")
    happen(nanjing, "probe.inside", *[f"in{number:02}" for number in range(10)], seconds=0.2)
    happen(nanjing, "probe.outside", "out1", seconds=1)
    until(lambda: probe.lines("begun") and len(effects(nanjing)) >= 2)
    relay.kill()
    assert not all_done()
    began = time.monotonic()
    start("relay")
    until(all_done)
    # The lease (20 s) is the longest that a killed worker's facts wait.
    assert time.monotonic() - began < 35
    assert effects(nanjing) == [f"in{number:02}" for number in range(10)]
    assert [words[1] for words in probe.lines("done")] == ["out1"]
    ids = {words[2] for words in probe.lines("begun")}
    assert len(ids) == 1


def test_told_to_stop_it_finishes_what_it_is_at_and_gives_back_the_rest(nanjing, start):
    relay = start("relay").wait_for("relay.started")
    happen(nanjing, "probe.outside", "a", seconds=1)
    happen(nanjing, "probe.inside", *[f"{number:02}" for number in range(10)], seconds=0.3)
    until(lambda: probe.lines("begun") and effects(nanjing))
    began = time.monotonic()
    assert relay.terminate() == 0
    assert time.monotonic() - began < 10
    assert [words[1] for words in probe.lines("done")] == ["a"]
    rest = facts(state="waiting")
    assert rest
    assert {(row.lease, row.attempts) for row in rest} == {(None, 0)}
    assert Pulse.objects.count() == 0


def test_a_hang_replaces_the_process_and_costs_the_others_nothing(nanjing, start):
    relay = start("relay").wait_for("relay.started")
    happen(nanjing, "probe.hang", "h")
    happen(nanjing, "probe.inside", *[f"{number:02}" for number in range(20)], seconds=0.1)
    until(lambda: relay.child.poll() is not None)
    assert relay.child.returncode == EXIT_REPLACE_ME
    [row] = facts(kind="probe.hang")
    assert (row.state, row.lease, row.last_error) == ("waiting", None, "用时超过 1 秒。")
    start("relay")
    until(all_done)
    assert effects(nanjing) == [f"{number:02}" for number in range(20)]
    assert [words[1:3] for words in probe.lines("hang")] == [["h", "1"], ["h", "2"]]


def test_a_fact_that_kills_its_worker_does_not_stop_the_others(nanjing, start):
    happen(nanjing, "probe.suicide", "s")
    happen(nanjing, "probe.inside", "a", "b")
    first = start("relay")
    until(lambda: first.child.poll() is not None)
    start("relay")
    until(all_done)
    assert effects(nanjing) == ["a", "b"]
    assert [words[2] for words in probe.lines("suicide")] == ["1", "2"]


def test_poison_waits_for_its_next_try_while_all_else_is_done(nanjing, start):
    happen(nanjing, "probe.poison", "p", lane="one")
    happen(nanjing, "probe.outside", "a", "b", lane="one")
    start("relay")
    until(lambda: len(probe.lines("done")) == 2 and len(facts(state="done")) == 2)
    [poison] = facts(kind="probe.poison")
    assert (poison.state, poison.last_error) == ("waiting", "总是不行。")
    assert poison.due_at > clock.now()


def test_periodic_work_is_done_once_by_two_relays(nanjing, start):
    for _number in range(2):
        start("relay")
    until(lambda: Period.objects.filter(name="networks.purge_pulses", ended_at__isnull=False).exists())
    until(lambda: Pulse.objects.count() == 2)
    names = set(Period.objects.values_list("name", flat=True))
    assert {"networks.purge_facts", "networks.purge_jobs", "networks.purge_pulses"} <= names
    assert [row.last_error for row in Period.objects.all() if row.last_error] == []
