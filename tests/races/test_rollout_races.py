"""Two planners roll out over the same spaces at the same moment: one of them gets all, the other nothing."""

from datetime import date, datetime
from threading import Barrier, local
from zoneinfo import ZoneInfo

import pytest
from django.db.models import Count
from django.utils import timezone

from networks.models import inside
from programmes.planning.choices import Pattern
from programmes.planning.commands import rollouts as commands
from programmes.planning.engine.rollout import asked_days, plan
from programmes.planning.models import Rollout, Session
from programmes.planning.rules.asking import Ask
from programmes.planning.rules.recurrence import Rule
from tests.planning import plans
from tests.races.test_session_races import at_once, unguarded  # noqa: F401 - a fixture

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]
ZONE = ZoneInfo("Asia/Shanghai")
AT = datetime(2027, 2, 1, 9, tzinfo=ZONE)
RULE = Rule(Pattern.WEEKLY, date(2027, 3, 1), date(2027, 4, 30), weekdays=(5,), times=(600,), skips_holidays=False)


@pytest.fixture
def blind(monkeypatch):
    """Both have made their plan before either writes: every place seems free to both."""
    write, meet, first = commands.write_rollout, Barrier(2), local()

    def wait_then_write(*args, **more):
        if not hasattr(first, "here"):
            first.here = True
            meet.wait(timeout=10)
        return write(*args, **more)

    monkeypatch.setattr(commands, "write_rollout", wait_then_write)


def rolls_out(activity, ask, by):
    def work():
        with timezone.override(ZONE):
            seen = plan(activity, ask, asked_days(ask), zone=ZONE, at=AT).seen
            commands.roll_out(activity=activity, ask=ask, seen=seen, confirmed=None, zone=ZONE, by=by, at=AT)

    return work


def stage(nanjing, venues):
    with inside(nanjing):
        rooms = [plans.room(venue=f"阅读空间 {number}") for number in range(4)]
        keys = [room.venue_id for room in rooms]
        ask = Ask(tuple(keys[number] for number in venues[0]), RULE, within_hours=False)
        other = Ask(tuple(keys[number] for number in venues[1]), RULE, within_hours=False)
        return plans.activity(), plans.activity("科学课"), ask, other


def test_where_one_room_is_shared_the_other_roll_out_is_not_half_there(nanjing, nanjing_cast, blind) -> None:
    one, other, ask, asked = stage(nanjing, ((0, 1, 2), (2, 3)))
    by = nanjing_cast["planner"]
    answers = at_once(nanjing, rolls_out(one, ask, by), rolls_out(other, asked, by))
    assert sorted(map(str, answers)) == ["('taken_meanwhile',)", "True"]
    with inside(nanjing):
        row = Rollout.objects.get()
        assert (Session.objects.count(), Session.objects.filter(rollout=row).count()) == (row.made, row.made)


def test_without_the_constraint_both_are_made_and_the_room_is_booked_twice(
    nanjing,
    nanjing_cast,
    blind,
    unguarded,  # noqa: F811 - the fixture
) -> None:
    """The control: both had seen the room free."""
    unguarded("planning_session", "a_room_holds_one_session")
    one, other, ask, asked = stage(nanjing, ((0, 1, 2), (2, 3)))
    by = nanjing_cast["planner"]
    assert at_once(nanjing, rolls_out(one, ask, by), rolls_out(other, asked, by)) == [True, True]
    with inside(nanjing):
        twice = Session.objects.values("room", "starts_at").annotate(times=Count("pk")).filter(times=2)
        assert twice.count() == 8
