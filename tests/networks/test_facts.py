"""Facts are posted with what happened, handed over by lane and turn, tried again, and set aside."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit import clock
from kit.refusals import Refused
from networks.commands.facts import drop_fact, send_again
from networks.engine import claims, handing, purges
from networks.engine.handing import drain
from networks.models import Fact, JournalLine, Network, Pulse, inside
from networks.queries.facts import facts_set_aside, queue_figures
from networks.registers import GiveUp, NotNow
from networks.rules.facts import GAPS_SECONDS, MOST_TRIES, gap_after
from networks.steps.outbox import post
from tests.networks.facts import facts, states

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def happen(network, key, **more):
    with inside(network), transaction.atomic():
        post(more.pop("kind", "test.happened"), payload=more.pop("payload", {}), dedupe_key=key, **more)


def fail(_fact):
    raise NotNow("邮件服务器没有应答。")


def test_a_fact_is_handed_to_each_listener_once(nanjing, listen):
    first, second = listen(name="test.first"), listen(name="test.second", outside=True)
    other = listen(name="test.other", kind="test.else")
    happen(nanjing, "a", payload={"session": 7, "at": datetime(2027, 5, 16, 2, tzinfo=UTC)})
    assert drain() == 2
    assert drain() == 0
    [fact] = first
    assert (fact.kind, fact.payload, fact.network, fact.dedupe_key, fact.attempt) == (
        "test.happened",
        {"session": 7, "at": "2027-05-16T02:00:00Z"},
        nanjing,
        "a",
        1,
    )
    assert [len(heard) for heard in (first, second, other)] == [1, 1, 0]
    assert states() == ["done", "done"]


def test_posting_is_one_statement_for_all_listeners(nanjing, listen):
    for number in range(3):
        listen(name=f"test.{number}")
    with inside(nanjing), transaction.atomic(), CaptureQueriesContext(connection) as queries:
        post("test.happened", payload={}, dedupe_key="a")
    assert len(queries) == 1
    assert len(facts()) == 3


def test_what_nobody_listens_to_leaves_no_row(nanjing):
    happen(nanjing, "a")
    assert facts() == []


def test_the_same_key_is_posted_once_per_network(nanjing, shenzhen, listen):
    heard = listen()
    happen(nanjing, "a")
    happen(nanjing, "a")
    happen(shenzhen, "a")
    assert drain() == 2
    assert [fact.network for fact in heard] == [nanjing, shenzhen]


@pytest.mark.django_db(transaction=True)
def test_posting_outside_a_transaction_is_refused(nanjing):
    with inside(nanjing), pytest.raises(transaction.TransactionManagementError):
        post("test.happened", payload={}, dedupe_key="a")


def test_a_listener_works_in_its_network_with_its_clock_and_language(nanjing, listen):
    Network.objects.filter(pk=nanjing.pk).update(time_zone="Asia/Urumqi", language="en-gb")
    seen = []
    listen(
        does=lambda _fact: seen.append(
            (Fact.objects.count(), str(timezone.get_current_timezone()), translation.get_language())
        )
    )
    happen(nanjing, "a")
    drain()
    assert seen == [(1, "Asia/Urumqi", "en-gb")]


def test_a_fact_waits_for_its_time(nanjing, listen):
    heard = listen()
    at = clock.now()
    happen(nanjing, "later", due_at=at + HOUR)
    assert drain(at=at) == 0
    assert drain(at=at + HOUR) == 1
    assert len(heard) == 1


def test_a_fact_past_its_use_is_never_handed_over(nanjing, listen):
    heard = listen()
    at = clock.now()
    happen(nanjing, "reminder", expires_at=at + HOUR)
    assert drain(at=at + HOUR) == 0
    assert (heard, states()) == ([], ["expired"])


def test_an_effect_inside_is_undone_with_the_try(nanjing, listen):
    def rename_and_fail(fact):
        Network.objects.filter(pk=fact.network.pk).update(tagline="改了")
        raise NotNow("还不行。")

    listen(does=rename_and_fail)
    happen(nanjing, "a")
    drain()
    nanjing.refresh_from_db()
    assert (nanjing.tagline, states()) == ("", ["waiting"])


def test_a_failure_waits_longer_each_time_and_is_set_aside_after_two_days(nanjing, listen, error_logs):
    heard = listen(does=fail, outside=True)
    happen(nanjing, "a")
    start = at = clock.now()
    gaps = []
    while states() == ["waiting"]:
        drain(at=at)
        [row] = facts()
        if row.state == "waiting":
            gaps.append((row.due_at - at).total_seconds())
            at = row.due_at
    assert len(heard) == MOST_TRIES
    assert all(floor <= gap <= floor * 1.2 for floor, gap in zip(GAPS_SECONDS, gaps, strict=True))
    assert timedelta(days=1.5) < at - start < timedelta(days=2.5)
    [row] = facts()
    assert (row.state, row.last_error, row.lease) == ("set_aside", "邮件服务器没有应答。", None)
    assert [record.getMessage().split()[0] for record in error_logs] == ["facts.set_aside"]
    error_logs.clear()


def test_giving_up_sets_aside_at_once(nanjing, listen, error_logs):
    def give_up(_fact):
        raise GiveUp("没有这个号码。")

    listen(does=give_up)
    happen(nanjing, "a")
    drain()
    assert [(row.state, row.attempts, row.last_error) for row in facts()] == [("set_aside", 1, "没有这个号码。")]
    error_logs.clear()


def test_an_error_is_kept_without_its_text(nanjing, listen):
    def break_down(_fact):
        raise ValueError("13800001234 is nobody's number")

    listen(does=break_down)
    happen(nanjing, "a")
    drain()
    [row] = facts()
    assert row.last_error.startswith("ValueError in tests/networks/test_facts.py:")
    assert "138" not in row.last_error


def test_a_broken_transaction_of_a_listener_harms_nobody(nanjing, listen):
    def doubly_named(_fact):
        Network.objects.create(code="nanjing", name="双", library_name="双")

    listen(does=doubly_named)
    healthy = listen(name="test.healthy")
    happen(nanjing, "a")
    drain()
    assert len(healthy) == 1
    assert {row.listener: (row.state, row.last_error.split(" ")[0]) for row in facts()} == {
        "test.listener": ("waiting", "IntegrityError"),
        "test.healthy": ("done", ""),
    }


def test_an_hour_without_a_mail_server_loses_nothing_and_keeps_the_order_of_a_lane(nanjing, listen):
    start = clock.now()
    now = [start]
    sent = []

    def mail(fact):
        if now[0] < start + HOUR:
            raise NotNow("邮件服务器没有应答。")
        sent.append(fact.dedupe_key)

    listen(does=mail, outside=True)
    for number in range(12):
        happen(nanjing, f"{number % 3}:{number:02}", lane=f"person:{number % 3}:mail", due_at=start)
    for second in range(0, 2 * 3600, 15):
        now[0] = start + timedelta(seconds=second)
        drain(at=now[0])
    assert sorted(sent) == sorted(f"{number % 3}:{number:02}" for number in range(12))
    for lane in "012":
        of_lane = [key for key in sent if key.startswith(lane)]
        assert of_lane == sorted(of_lane)


def test_a_backed_off_fact_holds_up_nobody_of_its_lane(nanjing, listen):
    def fail_once(fact):
        if fact.dedupe_key == "a" and fact.attempt == 1:
            raise NotNow("还不行。")

    heard = listen(does=fail_once)
    happen(nanjing, "a", lane="one")
    happen(nanjing, "b", lane="one")
    at = clock.now()
    drain(at=at)
    drain(at=at + timedelta(minutes=1))
    assert [fact.dedupe_key for fact in heard] == ["a", "b", "a"]


def claim_names(at, *, batch=20, holder="test"):
    found = claims.claim(is_outside=False, listeners=["test.listener"], holder=holder, batch=batch, at=at)
    return [fact.dedupe_key for fact in found]


def test_one_fact_of_a_lane_is_in_hand_at_a_time(nanjing, listen):
    listen()
    for key in ("a1", "a2", "b1", "free1", "free2"):
        happen(nanjing, key, lane="" if key.startswith("free") else key[0])
    at = clock.now()
    assert claim_names(at) == ["a1", "b1", "free1", "free2"]
    assert claim_names(at) == []
    [row] = facts(dedupe_key="a1")
    with pytest.raises(IntegrityError, match="one_fact_in_hand_per_lane"), transaction.atomic():
        connection.cursor().execute(
            "UPDATE networks_fact SET lease = %s, lease_until = %s, leased_by = 'x' WHERE dedupe_key = 'a2'",
            [row.lease, at],
        )


def test_one_network_of_many_letters_leaves_the_others_their_turn(nanjing, shenzhen, listen):
    heard = listen()
    for number in range(200):
        happen(nanjing, f"letter:{number}")
    for number in range(5):
        happen(shenzhen, f"place:{number}")
    hand = handing.Hand("test")
    handing.hand_some(hand, is_outside=False)
    assert {network.code: len([f for f in heard if f.network == network]) for network in (nanjing, shenzhen)} == {
        "nanjing": 10,
        "shenzhen": 5,
    }


def test_a_lone_claim_finds_work_though_other_networks_are_blocked(nanjing, shenzhen, listen):
    listen()
    happen(nanjing, "a1", lane="one")
    happen(nanjing, "a2", lane="one")
    at = clock.now()
    assert claim_names(at, batch=1) == ["a1"]
    happen(shenzhen, "b", lane="two")
    at = clock.now()
    assert claim_names(at, batch=1) == ["b"]


def test_a_listener_this_process_does_not_know_is_left_to_others(nanjing, listen):
    listen(name="test.newer")
    happen(nanjing, "a")
    assert claims.claim(is_outside=False, listeners=["test.older"], holder="x", batch=5, at=clock.now()) == []


def test_a_lost_worker_counts_only_when_it_happens_again_and_again(nanjing, listen, error_logs):
    listen()
    happen(nanjing, "a")
    at = clock.now()
    tries = 0
    while states() == ["waiting"]:
        [row] = facts()
        at = max(at, row.due_at)
        assert claim_names(at) == ["a"]
        tries += 1
        at += claims.LEASE
        assert claims.recover_lost(at=at) == 1
        [row] = facts()
        assert row.last_error == "处理进程中断。"
        assert tries > 2 or row.due_at == at
    assert tries == MOST_TRIES
    assert states() == ["set_aside"]


def test_work_done_without_the_lease_does_not_count(nanjing, listen):
    def lose_the_lease(_fact):
        Network.objects.filter(code="nanjing").update(tagline="改了")
        claims.recover_lost(at=clock.now() + claims.LEASE * 2)

    heard = listen(does=lambda fact: lose_the_lease(fact) if fact.attempt == 1 else None)
    happen(nanjing, "a")
    at = clock.now()
    hand = handing.Hand("test")
    handing.hand_some(hand, is_outside=False, now=lambda: at)
    nanjing.refresh_from_db()
    assert (len(heard), hand.handed, nanjing.tagline, states()) == (1, 0, "", ["waiting"])


def test_sending_again_and_dropping_leave_a_line(nanjing, listen, error_logs):
    mood = {"refuses": True}

    def listener(_fact):
        if mood["refuses"]:
            raise GiveUp("没有这个号码。")

    heard = listen(does=listener)
    for key in "ab":
        happen(nanjing, key)
    drain()
    error_logs.clear()
    mood["refuses"] = False
    at = clock.now()
    with inside(nanjing):
        first, second = facts_set_aside().order_by("pk")
        send_again(first.pk, by=7, at=at)
        with pytest.raises(Refused, match="no_reason"):
            drop_fact(second.pk, reason=" ", by=7, at=at)
        drop_fact(second.pk, reason="号码已注销", by=7, at=at)
        for again in (
            lambda: send_again(second.pk, by=7, at=at),
            lambda: drop_fact(second.pk, reason="x", by=7, at=at),
        ):
            with pytest.raises(Refused, match="not_set_aside"):
                again()
    assert drain() == 1
    assert [fact.dedupe_key for fact in heard] == ["a", "b", "a"]
    assert states() == ["done", "dropped"]
    with inside(nanjing):
        lines = JournalLine.objects.filter(verb__startswith="networks.fact").order_by("pk")
        assert list(lines.values_list("verb", "actor_id", "reason")) == [
            ("networks.fact_sent_again", 7, ""),
            ("networks.fact_dropped", 7, "号码已注销"),
        ]


def test_staff_of_another_network_see_and_touch_nothing(nanjing, shenzhen, listen, error_logs):
    def give_up(_fact):
        raise GiveUp("没有这个号码。")

    listen(does=give_up)
    happen(nanjing, "a")
    drain()
    error_logs.clear()
    [row] = facts()
    with inside(shenzhen):
        assert list(facts_set_aside()) == []
        with pytest.raises(Fact.DoesNotExist):
            send_again(row.pk, by=1, at=clock.now())


def test_settled_facts_go_after_a_while_and_those_set_aside_stay(nanjing, listen, error_logs):
    def refuse_b(fact):
        if fact.dedupe_key == "b":
            raise GiveUp("不行。")

    listen(does=refuse_b)
    for key in "ab":
        happen(nanjing, key)
    happen(nanjing, "c", due_at=clock.now() + HOUR)
    drain()
    error_logs.clear()
    purges.facts(before=clock.now() - HOUR)
    assert len(facts()) == 3
    purges.facts(before=clock.now() + HOUR)
    assert [row.dedupe_key for row in facts()] == ["b", "c"]


def test_the_figures_of_the_queue(nanjing, shenzhen, listen):
    at = clock.now()
    assert queue_figures(at=at).oldest_due_seconds is None
    listen()
    happen(nanjing, "a", due_at=at - timedelta(seconds=90))
    happen(shenzhen, "b", due_at=at + HOUR)
    found = queue_figures(at=at)
    assert (found.waiting, found.due, found.oldest_due_seconds, found.in_hand, found.set_aside) == (2, 1, 90.0, 0, 0)
    Pulse.objects.create(process="relay/a/1", seen_at=at - timedelta(seconds=5))
    Pulse.objects.create(process="relay/b/2", seen_at=at - timedelta(minutes=2))
    found = queue_figures(at=at)
    assert (found.processes, found.last_pulse_seconds) == (1, 5.0)


@given(tries=st.integers(1, MOST_TRIES + 3), lane=st.text(max_size=20), fact_id=st.integers(1))
def test_gaps_are_bounded_and_shared_by_a_lane(tries, lane, fact_id):
    gap = gap_after(tries, lane=lane, fact_id=fact_id)
    if tries >= MOST_TRIES:
        assert gap is None
    else:
        floor = GAPS_SECONDS[tries - 1]
        assert floor <= gap.total_seconds() <= floor * 1.2
    if lane:
        assert gap == gap_after(tries, lane=lane, fact_id=fact_id + 1)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lanes=st.lists(st.sampled_from(["", "a", "b"]), max_size=12), batches=st.lists(st.integers(1, 4), max_size=12))
def test_lanes_keep_their_order_however_facts_are_claimed(nanjing, lanes, batches):
    """Claims of any size, finished in any order the batches bring: a lane's facts are done in the order of posting."""
    with inside(nanjing), transaction.atomic():
        Fact.objects.all().delete()
        at = clock.now()
        Fact.objects.bulk_create(
            Fact(kind="k", listener="test.listener", dedupe_key=str(place), lane=lane, posted_at=at, due_at=at)
            for place, lane in enumerate(lanes)
        )
        done, in_hand = [], []
        for batch in [*batches, *([5] * (len(lanes) + 1))]:
            claimed = claims.claim(is_outside=False, listeners=["test.listener"], holder="h", batch=batch, at=at)
            in_hand += claimed
            held = [fact.lane for fact in in_hand if fact.lane]
            assert len(held) == len(set(held))
            if in_hand and (batch % 2 or not claimed):
                fact = in_hand.pop(batch % len(in_hand))
                assert claims.finish(fact, at=at)
                done.append(fact)
        for fact in in_hand:
            assert claims.finish(fact, at=at)
            done.append(fact)
        while rest := claims.claim(is_outside=False, listeners=["test.listener"], holder="h", batch=5, at=at):
            for fact in rest:
                assert claims.finish(fact, at=at)
                done.append(fact)
        assert len(done) == len(lanes)
        for lane in "ab":
            order = [fact.id for fact in done if fact.lane == lane]
            assert order == sorted(order)


def nodes(plan):
    yield plan
    for part in plan.get("Plans", []):
        yield from nodes(part)


def test_a_claim_reads_a_few_rows_of_a_long_queue(nanjing, shenzhen):
    at = clock.now()
    for network in (nanjing, shenzhen):
        with inside(network):
            Fact.objects.bulk_create(
                Fact(kind="k", listener="test.listener", dedupe_key=str(n), lane=f"p{n}", posted_at=at, due_at=at)
                for n in range(3000)
            )
    values = {"is_outside": False, "listeners": ["test.listener"], "holder": "x", "batch": 20, "at": at, "until": at}
    with connection.cursor() as cursor:
        cursor.execute(
            "EXPLAIN (ANALYZE, FORMAT JSON) " + claims._CLAIM,
            {**values, "lease": "0" * 8 + "-0000" * 3 + "-" + "0" * 12},
        )
        [found] = cursor.fetchone()[0]
    read = [
        node["Actual Rows"] * node["Actual Loops"] + node.get("Rows Removed by Filter", 0) * node["Actual Loops"]
        for node in nodes(found["Plan"])
        if node.get("Relation Name") == "networks_fact"
    ]
    assert sum(read) < 200
