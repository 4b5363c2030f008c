"""Two connections that claim at once, a listener that hangs, a connection that is cut: each fact has its effect once."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from kit import clock
from networks.engine import claims
from networks.engine.crew import Crew, Staffing
from networks.engine.handing import drain
from networks.models import Fact, JournalLine, inside
from networks.steps.journal import note
from networks.steps.outbox import post
from tests.networks.facts import facts, listening, states
from tests.networks.processes import until

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]


def happen(network, *keys, lane="", kind="test.happened"):
    with inside(network), transaction.atomic():
        for key in keys:
            post(kind, payload={}, dedupe_key=key, lane=lane)


def effects(network):
    with inside(network):
        return sorted(JournalLine.objects.filter(verb="test.done").values_list("reason", flat=True))


def leave_a_line(fact):
    note("test.done", subject=fact.network, reason=fact.dedupe_key)


def in_thread(function, *args):
    """Its own connection, closed with the thread."""
    result = []

    def run():
        try:
            result.append(function(*args))
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread, result


def claim_keys():
    found = claims.claim(is_outside=False, listeners=["test.listener"], holder="x", batch=10, at=clock.now())
    return sorted(fact.dedupe_key for fact in found)


def claims_of_two_at_once():
    """The second claims while the first has claimed and not yet committed."""
    with transaction.atomic():
        first = claim_keys()
        thread, second = in_thread(claim_keys)
        thread.join(timeout=1.5)
        waited = thread.is_alive()
    thread.join()
    return first, second[0], waited


def test_two_claims_at_once_share_no_fact_and_do_not_wait(nanjing):
    with listening(leave_a_line):
        happen(nanjing, *[f"{number:02}" for number in range(15)])
        first, second, waited = claims_of_two_at_once()
    assert (len(first), len(second), waited) == (10, 5, False)
    assert not set(first) & set(second)


def test_control_without_skip_locked_the_second_claim_waits_for_the_first(nanjing, monkeypatch):
    monkeypatch.setattr(claims, "_CLAIM", claims._CLAIM.replace("SKIP LOCKED", ""))
    with listening(leave_a_line):
        happen(nanjing, *[f"{number:02}" for number in range(15)])
        _first, _second, waited = claims_of_two_at_once()
    assert waited


def test_control_without_a_lease_check_a_fact_is_in_two_hands(nanjing, monkeypatch):
    monkeypatch.setattr(claims, "_CLAIM", claims._CLAIM.replace("AND fact.lease IS NULL", ""))
    with listening(leave_a_line):
        happen(nanjing, "a")
        assert (claim_keys(), claim_keys()) == (["a"], ["a"])


def test_two_claims_at_once_leave_a_lane_to_one(nanjing):
    with listening(leave_a_line):
        happen(nanjing, "a", "b", lane="one")
        first, second, _waited = claims_of_two_at_once()
    assert (first, second) == (["a"], [])


def test_two_claims_that_see_different_heads_of_a_lane_leave_it_to_one(nanjing):
    """One looks at an instant when `a` was not yet due, so `b` is its head: the constraint, not the clock, decides."""
    early = clock.now()

    def claim_early():
        return claims.claim(is_outside=False, listeners=["test.listener"], holder="y", batch=10, at=early)

    with listening(leave_a_line):
        happen(nanjing, "a", "b", lane="one")
        with inside(nanjing):
            Fact.objects.filter(dedupe_key="b").update(due_at=early)
        with transaction.atomic():
            assert claim_keys() == ["a"]
            thread, second = in_thread(claim_early)
            thread.join(timeout=0.5)
        thread.join()
    assert second == [[]]


def drain_with_four_threads():
    def work(_number):
        try:
            return drain()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        return sum(pool.map(work, range(4)))


def test_four_workers_hand_every_fact_over_once_and_keep_each_lane_in_order(nanjing, shenzhen):
    order, lock = [], threading.Lock()

    def listener(fact):
        with lock:
            order.append((fact.network.code, fact.lane, int(fact.dedupe_key)))
        leave_a_line(fact)

    with listening(listener):
        for network in (nanjing, shenzhen):
            for lane in ("", "a", "b", "c"):
                happen(
                    network, *[str(1000 * len(lane) + ord((lane or "0")[0]) * 100 + n) for n in range(30)], lane=lane
                )
        drain_with_four_threads()
        while "waiting" in states():
            drain()
    assert len(order) == len(set(order)) == 240
    assert len(effects(nanjing)) == len(effects(shenzhen)) == 120
    for code in ("nanjing", "shenzhen"):
        for lane in "abc":
            of_lane = [number for network, name, number in order if (network, name) == (code, lane)]
            assert of_lane == sorted(of_lane)


def test_an_effect_of_work_that_outlived_its_lease_is_undone(nanjing):
    """A slow worker comes back after another has done the work: the fact has its effect once."""
    gate, entered = threading.Event(), threading.Event()

    def listener(fact):
        leave_a_line(fact)
        if fact.attempt == 1:
            entered.set()
            gate.wait(10)

    with listening(listener):
        happen(nanjing, "a")
        slow, _result = in_thread(drain)
        entered.wait(10)
        later = clock.now() + claims.LEASE * 2
        claims.recover_lost(at=later)
        assert drain(at=later) == 1
        gate.set()
        slow.join()
    assert effects(nanjing) == ["a"]


def test_control_without_the_lease_in_the_last_statement_the_effect_happens_twice(nanjing, monkeypatch):
    monkeypatch.setattr(claims, "_FINISH", claims._FINISH.replace("AND lease = %s", "AND %s IS NOT NULL"))
    test = test_an_effect_of_work_that_outlived_its_lease_is_undone
    with pytest.raises(AssertionError, match=r"\['a', 'a'\]"):
        test(nanjing)


class Watched:
    """A crew of this process, whose hang ends a thread by ending its database session or letting it go."""

    def __init__(self, staffing):
        self.hung = threading.Event()
        self.crew = Crew("test", staffing, on_hang=self.hung.set)

    def __enter__(self):
        self.crew.start()
        self.crew.stay_on_duty()
        return self

    def __exit__(self, *_error):
        self.crew.stop()


def test_a_listener_that_hangs_is_freed_and_the_rest_of_its_batch_is_given_back(nanjing, error_logs):
    let_go = threading.Event()

    def listener(fact):
        leave_a_line(fact)
        if fact.dedupe_key == "hang" and fact.attempt == 1:
            let_go.wait(30)

    with listening(listener, limit_seconds=1):
        happen(nanjing, "hang", "b", "c")
        with Watched(Staffing(inside=1, outside=0)) as watched:
            until(watched.hung.is_set, seconds=10)
            [row] = facts(dedupe_key="hang")
            assert (row.state, row.attempts, row.lease, row.last_error) == ("waiting", 1, None, "用时超过 1 秒。")
            assert {row.attempts for row in facts(dedupe_key__in=["b", "c"])} == {0}
            let_go.set()
        assert effects(nanjing) == []
        drain(at=clock.now() + claims.LEASE)
    assert effects(nanjing) == ["b", "c", "hang"]
    assert error_logs[0].getMessage().startswith("facts.hang listener=test.listener")
    error_logs.clear()


def test_a_hang_inside_the_database_is_ended_there(nanjing, error_logs):
    """The session that waits is terminated, so its locks are gone and its thread is free."""

    def listener(fact):
        leave_a_line(fact)
        if fact.attempt == 1:
            connection.cursor().execute("SELECT pg_sleep(60)")

    with listening(listener, limit_seconds=1):
        happen(nanjing, "a")
        began = time.monotonic()
        with Watched(Staffing(inside=1, outside=0)) as watched:
            until(watched.hung.is_set, seconds=10)
        assert time.monotonic() - began < 15
        assert drain(at=clock.now() + claims.LEASE) == 1
    assert effects(nanjing) == ["a"]
    error_logs.clear()


def test_a_connection_cut_in_the_middle_loses_nothing_and_repeats_nothing(nanjing):
    def listener(fact):
        leave_a_line(fact)
        if fact.dedupe_key == "7" and fact.attempt == 1:
            connection.cursor().execute("SELECT pg_terminate_backend(pg_backend_pid())")

    with listening(listener):
        happen(nanjing, *[str(number) for number in range(20)])
        with Watched(Staffing(inside=2, outside=0)):
            until(lambda: "waiting" not in states(), seconds=20)
    assert effects(nanjing) == sorted(str(number) for number in range(20))


def test_leases_of_long_work_are_renewed(nanjing, monkeypatch):
    monkeypatch.setattr("networks.engine.hands.RENEW_SECONDS", 0.2)
    let_go = threading.Event()
    with listening(lambda _fact: let_go.wait(20), outside=True, limit_seconds=30):
        happen(nanjing, "a")
        with Watched(Staffing(inside=0, outside=1)):
            until(lambda: [row.lease for row in facts()] != [None])
            first = facts()[0].lease_until
            until(lambda: facts()[0].lease_until > first, seconds=10)
            let_go.set()
            until(lambda: states() == ["done"], seconds=10)
