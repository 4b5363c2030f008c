"""Two at once: one week per venue, one venue per name, and no room larger than its house."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from kit import clock
from kit.refusals import Refused
from networks.models import Area, inside
from venues.commands.hours import set_hours
from venues.commands.rooms import add_room
from venues.commands.venues import add_venue, change_venue
from venues.models import OpeningHours, Room, Venue
from venues.queries.hours import week_of
from venues.rules.hours import Span, against_week
from venues.rules.hours_text import week_text
from venues.steps.venues import open_venue

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]
AT_ONCE = 4


def all_at_once(network, work):
    """What each of them came to: an answer, or the codes of a refusal."""
    barrier = Barrier(AT_ONCE)

    def run(number):
        try:
            with inside(network):
                barrier.wait()
                try:
                    return work(number)
                except Refused as no:
                    return no.codes
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(run, range(AT_ONCE)))


@pytest.fixture
def venue(nanjing):
    with inside(nanjing), transaction.atomic():
        return open_venue(
            parent=Area.objects.get(name="鼓楼区"), name="清凉门阅读空间", address="1 号", values={"capacity": 60}
        )


def weeks(number):
    """Each of them overlaps with each other."""
    return [Span(day, 540 + 10 * number, 1020 + 10 * number) for day in range(7)]


def test_of_four_weeks_at_once_one_is_kept_and_the_others_are_told(nanjing, nanjing_cast, venue):
    by, at, seen = nanjing_cast["keeper"], clock.now(), week_text([])

    def save(number):
        set_hours(venue=venue, week=weeks(number), seen=seen, on_holidays="as_usual", by=by, at=at)
        return number

    came = all_at_once(nanjing, save)
    [kept] = [one for one in came if isinstance(one, int)]
    assert [one for one in came if one != kept] == [("changed_meanwhile",)] * (AT_ONCE - 1)
    with inside(nanjing):
        assert week_of(venue) == weeks(kept)


def test_without_the_lock_the_database_still_refuses_a_mixed_week(nanjing, venue):
    """The control: two weeks written beside each other, as without the venue's lock."""
    with inside(nanjing), transaction.atomic():
        OpeningHours.objects.create(venue=venue, weekday=0, opens_minute=540, closes_minute=1020)
        with pytest.raises(IntegrityError, match="slots_of_a_venue_do_not_overlap"), transaction.atomic():
            OpeningHours.objects.create(venue=venue, weekday=0, opens_minute=550, closes_minute=1030)


def test_sunday_into_monday_is_seen_by_the_rule_alone(nanjing, venue):
    week = [Span(6, 1200, 1560), Span(0, 60, 180)]
    assert [refusal.code for refusal in against_week(week)] == ["slots_overlap"]
    with inside(nanjing), transaction.atomic():
        for day, opens, closes in week:
            OpeningHours.objects.create(venue=venue, weekday=day, opens_minute=opens, closes_minute=closes)


def test_of_four_venues_of_one_name_one_is_made(nanjing, nanjing_cast):
    by = nanjing_cast["planner"]

    def add(_number):
        return add_venue(
            parent=Area.objects.get(name="江宁区"), values={"name": "宝船阅读空间", "address": "2 号"}, by=by
        ).name

    came = all_at_once(nanjing, add)
    assert sorted(came, key=str) == [("name_taken",)] * (AT_ONCE - 1) + ["宝船阅读空间"]
    with inside(nanjing):
        assert Venue.objects.filter(name="宝船阅读空间").count() == 1


def test_a_house_that_shrinks_while_a_room_is_added_keeps_its_word(nanjing, nanjing_cast, venue):
    by, at = nanjing_cast["keeper"], clock.now()

    def work(number):
        if number % 2:
            change_venue(venue=venue, values={"capacity": 20}, by=by, at=at)
        else:
            add_room(venue=venue, values={"name": f"室{number}", "capacity": 40}, by=by)
        return number

    all_at_once(nanjing, work)
    with inside(nanjing):
        capacity = Venue.objects.get(pk=venue.pk).capacity
        assert all(room.capacity <= capacity for room in Room.objects.filter(venue=venue))
