"""Two planners take the same season over at once; and somebody takes a room while it is being taken over."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import IntegrityError, connection

from kit import clock
from networks.models import inside
from programmes.planning.commands import copying
from programmes.planning.models import Programme, Session
from tests.planning import plans
from tests.planning.times import ZONE
from venues.models import OpeningHours

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]
SATURDAY = datetime(2027, 4, 10, 10, 0, tzinfo=ZONE)
NEXT = SATURDAY + timedelta(weeks=52)


@pytest.fixture
def stage(nanjing, nanjing_cast):
    by = nanjing_cast["planner"]
    with inside(nanjing):
        source, target = plans.season(2027), plans.season(2028)
        programme = plans.programme("读者节", season=source)
        room = plans.room()
        OpeningHours.objects.create(venue=room.venue, weekday=5, opens_minute=540, closes_minute=1020)
        activity = plans.activity(programme=programme)
        for week in range(3):
            plans.session(SATURDAY + timedelta(weeks=week), activity=activity, room=room)
    return source, target, programme, room, by


def in_a_thread(network, work):
    def run():
        try:
            with inside(network):
                return work()
        finally:
            connection.close()

    return run


def take(stage):
    source, target, programme, _room, by = stage
    return copying.take_over_season(source=source, target=target, programmes=[programme], by=by, at=clock.now())


@pytest.fixture
def meeting(monkeypatch):
    """Both have worked out what to make before either writes it, if nothing keeps one of them waiting."""
    barrier, prepare = Barrier(2), copying.prepare

    def prepare_and_wait(*args, **more):
        found = prepare(*args, **more)
        with suppress(BrokenBarrierError):
            barrier.wait(timeout=3)
        return found

    monkeypatch.setattr(copying, "prepare", prepare_and_wait)


def both(network, stage):
    def work():
        try:
            return take(stage).sessions
        except IntegrityError as error:
            return type(error).__name__

    with ThreadPoolExecutor(2) as pool:
        tasks = [pool.submit(in_a_thread(network, work)) for _time in range(2)]
        return sorted((task.result() for task in tasks), key=str)


def test_two_who_take_over_at_once_double_nothing(nanjing, stage, meeting):
    assert both(nanjing, stage) == [0, 3]
    with inside(nanjing):
        assert (Programme.objects.count(), Session.objects.count()) == (2, 6)


def test_without_the_lock_one_of_them_breaks(nanjing, stage, meeting, monkeypatch):
    """The control: the database still keeps it from doubling, and the second planner gets an error for an answer."""
    monkeypatch.setattr(copying, "lock", lambda season: season)
    assert both(nanjing, stage) == [3, "IntegrityError"]


def test_a_room_that_is_taken_meanwhile_is_left_to_be_settled(nanjing, stage, monkeypatch):
    _source, target, _programme, room, _by = stage
    prepare, taken = copying.prepare, []

    def book():
        other = plans.activity("讲座", programme=plans.programme("讲堂", season=target))
        plans.session(NEXT, activity=other, room=room)

    def prepare_then_somebody_books(*args, **more):
        found = prepare(*args, **more)
        if not taken:
            taken.append(True)
            with ThreadPoolExecutor(1) as pool:
                pool.submit(in_a_thread(nanjing, book)).result()
        return found

    monkeypatch.setattr(copying, "prepare", prepare_then_somebody_books)
    with inside(nanjing):
        came = take(stage)
        assert (came.sessions, came.left) == (2, 1)
        assert Session.objects.filter(starts_at=NEXT).count() == 1
