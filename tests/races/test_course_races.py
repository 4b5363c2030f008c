"""Courses at one moment: all of the days or none, whoever else wants one of them; and the same page is one sign-up.

Each race comes with a control that takes its guard away and must show the harm.
"""

from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from uuid import uuid4

import pytest
from django.db import OperationalError
from django.db.models import F

from networks.models import inside
from programmes.planning.models import Session
from programmes.signup.commands import courses
from programmes.signup.models import Places, Registration, Seat
from programmes.signup.steps import joining
from tests.signup.racing import at_once, joins_course, made
from tests.signup.signing import family, taken
from tests.signup.test_courses import course

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]
DAYS = 3


def scarce(network, kind):
    """Of three days the second has one place."""
    days = course(network, kind, days=DAYS)
    with inside(network):
        Session.objects.filter(pk=days[1].pk).update(capacity=1)
        return list(Session.objects.filter(pk__in=[day.pk for day in days]).order_by("starts_at"))


def takes(network, days):
    return [taken(network, day) for day in days]


# --- Two families and one place on one day -------------------------------------------------


@pytest.mark.parametrize("kind", ["chosen", "whole"])
def test_of_two_families_one_has_the_whole_course_and_the_other_no_day(nanjing, kind):
    days = scarce(nanjing, kind)
    told = at_once(nanjing, *(joins_course(days, family(nanjing)) for _one in range(2)))
    assert (len(made(told)), told.count("day_full")) == (1, 1)
    assert takes(nanjing, days) == [(1, 1)] * DAYS


def early_and_late(network, days):
    """One family wants the first two days and the other the last two: they meet at the scarce one alone."""
    return at_once(network, *(joins_course(some, family(network)) for some in (days[:2], days[1:])))


def test_where_they_share_the_scarce_day_alone_the_other_day_is_given_back_too(nanjing):
    days = scarce(nanjing, "chosen")
    told = early_and_late(nanjing, days)
    assert (len(made(told)), told.count("day_full")) == (1, 1)
    assert sorted(takes(nanjing, days)) == [(0, 0), (1, 1), (1, 1)]


@pytest.fixture
def read_then_written(monkeypatch):
    """The guard switched off: the count is read, and written without asking again. Both have read before one writes."""
    meet = Barrier(2)

    def take(session_id, wanted):
        row = Places.objects.get(session=session_id)
        if row.capacity == 1:
            with suppress(BrokenBarrierError):
                meet.wait(timeout=3)
        if row.capacity is not None and row.taken + wanted > row.capacity:
            return False
        return Places.objects.filter(session=session_id).update(taken=F("taken") + wanted) == 1

    monkeypatch.setattr(joining, "take_places", take)


def test_control_without_the_condition_both_have_the_one_place(nanjing, read_then_written, unguarded):
    unguarded("signup_places", "no_more_are_taken_than_there_are")
    days = scarce(nanjing, "chosen")
    with inside(nanjing):
        Places.objects.bulk_create([Places(session=day, capacity=day.capacity) for day in days])
    told = early_and_late(nanjing, days)
    assert (len(made(told)), takes(nanjing, days)) == (2, [(1, 1), (2, 2), (1, 1)])


# --- In the same order ---------------------------------------------------------------------


@pytest.fixture
def plenty(nanjing):
    return course(nanjing, "chosen", days=DAYS)


def test_two_families_who_tick_the_days_in_opposite_order_do_not_wait_for_ever(nanjing, plenty, meeting):
    meeting(joining, "take_places", 2)
    told = at_once(nanjing, *(joins_course(days, family(nanjing)) for days in (plenty, plenty[::-1])))
    assert (len(made(told)), takes(nanjing, plenty)) == (2, [(2, 2)] * DAYS)


def test_control_where_each_takes_them_in_an_order_of_its_own_they_wait_for_each_other(
    nanjing, plenty, meeting, monkeypatch
):
    ways = iter([1, -1])

    def ordered(rows, key):
        return sorted(rows, key=key)[:: next(ways)]

    monkeypatch.setattr(courses, "sorted", ordered, raising=False)
    meeting(joining, "take_places", 2, patience=20)
    with pytest.raises(OperationalError, match="deadlock"):
        at_once(nanjing, *(joins_course(plenty, family(nanjing)) for _one in range(2)))


# --- The same family -----------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["chosen", "whole"])
def test_the_same_page_sent_twice_at_once_is_one_sign_up_for_all_days(nanjing, kind):
    """Both are told of it, also where it took the last place of a day."""
    days = scarce(nanjing, kind)
    home, key = family(nanjing), uuid4()
    told = at_once(nanjing, *(joins_course(days, home, key) for _one in range(2)))
    with inside(nanjing):
        rows = list(Registration.objects.order_by("pk"))
        assert (set(told), len(rows), Seat.objects.count()) == ({rows[0].pk}, DAYS, DAYS)
        assert len({row.together for row in rows}) == 1
    assert takes(nanjing, days) == [(1, 1)] * DAYS


def test_control_without_the_keys_constraints_the_page_signs_up_twice(nanjing, plenty, unguarded, meeting):
    for name in ("one_request_registers_once", "a_household_is_registered_to_a_session_once"):
        unguarded("signup_registration", name)
    unguarded("signup_seat", "a_child_sits_in_a_session_once")
    home, key = family(nanjing), uuid4()
    meeting(courses, "refuse_party", 2)
    told = at_once(nanjing, *(joins_course(plenty, home, key) for _one in range(2)))
    assert (len(made(told)), takes(nanjing, plenty)) == (2, [(2, 2)] * DAYS)
