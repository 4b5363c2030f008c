"""Limits: so many in so long, counted from the first."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache

from kit import clock, limits
from kit.limits import Limit, TooMany

pytestmark = pytest.mark.django_db
SHORT, LONG = Limit(2, 30), Limit(3, 3600)


@pytest.fixture(autouse=True)
def still():
    cache.clear()
    with time_machine.travel(clock.now(), tick=False) as traveller:
        yield traveller


def test_the_first_ones_pass_and_the_next_is_told_how_long_to_wait(still):
    assert [limits.take("a", SHORT) for _ in range(3)] == [0, 0, 30]
    still.shift(timedelta(seconds=10))
    assert (limits.waiting("a", SHORT), limits.take("a", SHORT)) == (20, 20)
    still.shift(timedelta(seconds=21))
    assert (limits.waiting("a", SHORT), limits.take("a", SHORT)) == (0, 0)


def test_one_refused_by_the_shorter_limit_does_not_count_towards_the_longer(still):
    answers = []
    for _ in range(3):
        answers += [limits.take("a", LONG, SHORT) for _ in range(3)]
        still.shift(timedelta(seconds=31))
    assert [bool(wait) for wait in answers] == [False, False, True, False, True, True, True, True, True]
    assert answers[2] == 30
    assert answers[4] > 3000


def test_names_are_counted_apart():
    assert [limits.take(name, Limit(1, 60)) for name in ("a", "b")] == [0, 0]
    assert limits.waiting("c", SHORT) == 0


def test_too_many_says_how_long_to_wait():
    limits.take_or_raise("a", Limit(1, 60))
    with pytest.raises(TooMany) as raised:
        limits.take_or_raise("a", Limit(1, 60))
    assert raised.value.wait_seconds == 60


def test_a_count_gives_every_caller_another_number():
    assert limits.counted("tries") == 0
    assert [limits.count("tries", seconds=60) for _ in range(3)] == [1, 2, 3]
    assert limits.counted("tries") == 3
