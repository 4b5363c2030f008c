"""Two planners at the same moment: one room, one host. The database lets one of them have it; each race comes with a
control that takes the guard away and must show the double booking."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, local

import psycopg
import pytest
from django.db import IntegrityError, connection

from kit.refusals import Refused
from networks.models import inside
from programmes.planning.commands import sessions as commands
from programmes.planning.models import Engagement, Session
from programmes.planning.queries.lines import sessions_with_places
from programmes.planning.rules.changes import SessionChange
from programmes.planning.steps import clashes
from programmes.planning.steps.sessions import SessionPlan, in_room
from tests import database
from tests.planning import plans
from tests.planning.times import HOUR, NOW, SATURDAY, SUNDAY

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]
AT_ONCE = 2


@pytest.fixture
def by(nanjing_cast):
    return nanjing_cast["planner"]


@pytest.fixture
def stage(nanjing):
    """An activity, two rooms, two hosts."""
    with inside(nanjing):
        activity = plans.activity(setup_minutes=15)
        rooms = [plans.room(), plans.room(venue="宝船阅读空间")]
        return activity, rooms, [plans.host(), plans.host("顾老师")]


def at_once(network, *works):
    """What each came to: True, or the codes of a refusal. All have read before the first writes."""
    barrier = Barrier(len(works))

    def run(work):
        try:
            with inside(network):
                barrier.wait()
                try:
                    work()
                except Refused as no:
                    return no.codes
                return True
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def makes(activity, room, by, *, hosts=(), starts_at=SATURDAY):
    def work():
        plan = SessionPlan(activity, starts_at, in_room(room), hosts=hosts)
        commands.make_sessions(plans=[plan], by=by, at=NOW, anyway=True)

    return work


@pytest.fixture
def blind(monkeypatch):
    """Both have asked before either writes: nothing seems to be in the way."""
    judge, meet, first = commands.judge, Barrier(AT_ONCE), local()

    def judge_then_wait(*args, **more):
        found = judge(*args, **more)
        if not hasattr(first, "asked"):
            first.asked = True
            meet.wait(timeout=10)
        return found

    monkeypatch.setattr(commands, "judge", judge_then_wait)


@pytest.fixture
def unguarded(monkeypatch):
    """Without the constraint of this name; it stands again afterwards."""
    dropped = []

    def drop(table, name):
        with psycopg.connect(database.owner_url(), autocommit=True) as owner:
            words = "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s"
            [(definition,)] = owner.execute(words, [name]).fetchall()
            owner.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        dropped.append((table, name, definition))
        monkeypatch.setattr(clashes, "GUARDS", tuple(one for one in clashes.GUARDS if one != name))

    yield drop
    with psycopg.connect(database.owner_url(), autocommit=True) as owner:
        for one in ("planning_slot", "planning_engagement", "planning_session"):
            owner.execute(f"DELETE FROM {one}")
        for table, name, definition in dropped:
            owner.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")


def one_won(came, code):
    """The other is told why; or, where each waited for the other and the database sent one away, to try again."""
    return sorted(map(str, came)) in [sorted(map(str, (True, (told,)))) for told in (code, "at_once")]


def test_one_room_at_one_time_goes_to_one_of_two(nanjing, stage, by, blind):
    activity, [room, _other], _hosts = stage
    came = at_once(nanjing, makes(activity, room, by), makes(activity, room, by))
    assert one_won(came, "room_taken")
    with inside(nanjing):
        assert Session.objects.count() == 1


def test_without_the_constraint_the_room_is_booked_twice(nanjing, stage, by, blind, unguarded):
    """The control: both asked before either wrote, and both were told that the room was free."""
    unguarded("planning_session", "a_room_holds_one_session")
    activity, [room, _other], _hosts = stage
    assert at_once(nanjing, makes(activity, room, by), makes(activity, room, by)) == [True, True]
    with inside(nanjing):
        assert list(Session.objects.values_list("room", "starts_at")) == [(room.pk, SATURDAY)] * 2


def test_one_host_at_one_time_goes_to_one_of_two(nanjing, stage, by, blind):
    activity, rooms, [host, _other] = stage
    came = at_once(nanjing, *(makes(activity, room, by, hosts=[host]) for room in rooms))
    assert one_won(came, "host_taken")
    with inside(nanjing):
        assert (Session.objects.count(), Engagement.objects.count()) == (1, 1)


def test_without_the_constraint_the_host_is_in_two_places(nanjing, stage, by, blind, unguarded):
    unguarded("planning_engagement", "a_host_is_in_one_place")
    activity, rooms, [host, _other] = stage
    assert at_once(nanjing, *(makes(activity, room, by, hosts=[host]) for room in rooms)) == [True, True]
    with inside(nanjing):
        assert list(Engagement.objects.values_list("host", flat=True)) == [host.pk] * 2


def test_a_person_who_is_known_as_two_hosts_is_in_one_place(nanjing, nanjing_cast, stage, by):
    """Such as a volunteer whose old engagements kept her account when her host's record lost it."""
    activity, rooms, hosts = stage
    with inside(nanjing):
        for room, host in zip(rooms, hosts, strict=True):
            makes(activity, room, by, hosts=[host])()
        first, second = Engagement.objects.order_by("pk")
        Engagement.objects.filter(pk=first.pk).update(person=nanjing_cast["reader"])
        with pytest.raises(IntegrityError, match="a_person_is_in_one_place"):
            Engagement.objects.filter(pk=second.pk).update(person=nanjing_cast["reader"])


def test_two_who_move_into_the_same_free_hour(nanjing, stage, by):
    activity, [room, _other], _hosts = stage
    with inside(nanjing):
        for hour in (0, 2):
            makes(activity, room, by, starts_at=SATURDAY + hour * HOUR)()
        rows = list(sessions_with_places().order_by("starts_at"))

    def moves(row):
        def work():
            change = SessionChange(row, starts_at=SUNDAY)
            commands.change_session(change=change, by=by, at=NOW, anyway=True)

        return work

    assert sorted(at_once(nanjing, *(moves(row) for row in rows)), key=str) == [("room_taken",), True]


def test_two_sessions_change_places_in_one_stroke_and_two_planners_do_it_once(nanjing, stage, by):
    """Row by row each would be in the other's way; the constraint is asked at the end. A second planner
    with the same idea waits, and then finds nothing left to do."""
    activity, rooms, _hosts = stage
    with inside(nanjing):
        for room in rooms:
            makes(activity, room, by)()
        one, two = sessions_with_places().order_by("pk")

    def swap():
        changes = [SessionChange(one, where=in_room(rooms[1])), SessionChange(two, where=in_room(rooms[0]))]
        commands.change_many(changes=changes, by=by, at=NOW, anyway=True)

    assert at_once(nanjing, swap, swap) == [True, True]
    with inside(nanjing):
        rows = sessions_with_places().order_by("pk")
        assert [(row.room, row.sequence) for row in rows] == [(rooms[1], 1), (rooms[0], 1)]
