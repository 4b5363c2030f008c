"""Many hands count at the same moment: none is lost, none counts twice, and nobody is counted below zero.

The controls take away what the statement and the database hold, and must show the harm.
"""

from uuid import uuid4

import pytest

from kit import clock
from networks.models import JournalLine, inside
from programmes.door.choices import Method
from programmes.door.commands import counting, streams
from programmes.door.models import Headcount, Tally
from programmes.door.rules.counting import day_of
from programmes.door.steps import counting as steps
from programmes.signup.choices import Way
from tests.door.doors import opened
from tests.signup.racing import at_once
from tests.signup.signing import story_hour

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]
HANDS = 12


@pytest.fixture
def show(nanjing):
    return opened(nanjing, story_hour(nanjing, terms={"way": Way.FREE}))


@pytest.fixture
def all_look_first(meeting):
    """Nobody adds before all have found the row."""
    meeting(counting, "headcount_on", HANDS)


def taps(session, *keys, adults=1):
    def work():
        at = clock.now()
        lines = [counting.Tap(key, adults, 0, at) for key in keys]
        return counting.count(session=session, taps=lines, by=None, at=at)

    return work


def one_came(network, session):
    """Written by hand, so that nobody has met yet."""
    with inside(network):
        row = Headcount.objects.create(session=session, day=day_of(session, clock.now()), adults=1)
        Tally.objects.create(client_id=uuid4(), headcount=row, adults=1)


def stands(network, session):
    with inside(network):
        row = Headcount.objects.get(session=session)
        return row.adults, Tally.objects.filter(headcount=row).count()


def test_no_hand_overwrites_another(nanjing, show, all_look_first):
    told = at_once(nanjing, *(taps(show, *(uuid4() for _tap in range(3))) for _hand in range(HANDS)))
    assert (told, stands(nanjing, show)) == ([0] * HANDS, (3 * HANDS, 3 * HANDS))


def test_the_same_taps_over_many_connections_count_once(nanjing, show, all_look_first):
    keys = [uuid4() for _tap in range(5)]
    at_once(nanjing, *(taps(show, *(keys if number % 2 else keys[::-1])) for number in range(HANDS)))
    assert stands(nanjing, show) == (5, 5)


def test_of_many_who_take_the_last_one_away_one_does(nanjing, show, all_look_first):
    one_came(nanjing, show)
    told = at_once(nanjing, *(taps(show, uuid4(), adults=-1) for _hand in range(HANDS)))
    assert (sorted(told), stands(nanjing, show)) == ([0] + [1] * (HANDS - 1), (0, 2))


def test_control_with_a_total_instead_of_a_step_hands_overwrite_each_other(nanjing, show, all_look_first, monkeypatch):
    """Each writes what it believes the sum to be."""

    def write(headcount, lines):
        for line in lines:
            line.headcount = headcount
        Tally.objects.bulk_create(lines)
        Headcount.objects.filter(pk=headcount.pk).update(adults=headcount.adults + sum(line.adults for line in lines))
        return True

    monkeypatch.setattr(counting, "write_tallies", write)
    one_came(nanjing, show)
    at_once(nanjing, *(taps(show, uuid4()) for _hand in range(HANDS)))
    assert stands(nanjing, show) == (2, HANDS + 1)


def test_control_without_its_condition_and_its_constraint_a_sum_falls_below_zero(
    nanjing, show, all_look_first, unguarded, monkeypatch
):
    unguarded("door_headcount", "nobody_is_counted_below_zero")
    bare = steps._WRITE.replace("AND row.adults + net.adults >= 0 AND row.children + net.children >= 0", "")
    assert bare != steps._WRITE
    monkeypatch.setattr(steps, "_WRITE", bare)
    one_came(nanjing, show)
    at_once(nanjing, *(taps(show, uuid4(), adults=-1) for _hand in range(HANDS)))
    assert stands(nanjing, show) == (1 - HANDS, HANDS + 1)


def test_what_is_written_down_and_sent_twice_at_once_is_one_line(nanjing, show, meeting):
    with inside(nanjing):
        said = counting.Said(uuid4(), day_of(show, clock.now()), 3, 5, Method.COUNTED, "从名单")
    meeting(steps, "headcount_on", 2)

    def enter():
        return counting.enter_list(session=show, said=said, by=None, at=clock.now())

    assert sorted(at_once(nanjing, enter, enter)) == [False, True]
    with inside(nanjing):
        assert JournalLine.objects.filter(verb="door.list_entered").count() == 1
        assert Headcount.objects.get().children == 5


def test_a_correction_that_is_sent_twice_at_once_contradicts_nobody(nanjing, show, meeting):
    one_came(nanjing, show)
    with inside(nanjing):
        said = counting.Said(uuid4(), day_of(show, clock.now()), 4, 0, Method.COUNTED, "数错了")
    meeting(steps, "headcount_on", 2)

    def correct():
        return counting.correct(session=show, was=(1, 0), said=said, by=None, at=clock.now())

    assert sorted(at_once(nanjing, correct, correct)) == [False, True]
    assert stands(nanjing, show) == (4, 2)


def test_views_that_are_sent_twice_at_once_are_noted_once(nanjing, show, meeting):
    meeting(streams, "against_views", 2)
    read = streams.Read(uuid4(), "抖音", 100, 20, clock.today(nanjing.zone))

    def note():
        return streams.note_views(session=show, read=read, record=None, by=None, at=clock.now()).pk

    assert len(set(at_once(nanjing, note, note))) == 1
