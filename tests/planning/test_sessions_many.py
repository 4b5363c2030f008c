"""Many sessions at once: all or none, in statements that do not grow with the sessions."""

from datetime import timedelta

import pytest
from django.db import DataError, connection, transaction
from django.test.utils import CaptureQueriesContext

from kit.refusals import Refused
from programmes.planning.commands import sessions as commands
from programmes.planning.models import Activity, Engagement, Slot
from programmes.planning.queries.judging import judge_changes
from programmes.planning.queries.lines import sessions_with_places
from programmes.planning.rules.changes import SessionChange
from programmes.planning.steps.saving import save_rows
from programmes.planning.steps.sessions import SessionPlan, in_room
from tests.planning import plans
from tests.planning.times import HOUR, NOW, SATURDAY

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


@pytest.fixture
def by(home, nanjing_cast):
    return nanjing_cast["planner"]


@pytest.fixture
def room(home):
    return plans.room()


def weekly(activity, room, by, *, weeks, start=SATURDAY, hosts=()):
    wanted = [SessionPlan(activity, start + WEEK * week, in_room(room), hosts=hosts) for week in range(weeks)]
    commands.make_sessions(plans=wanted, by=by, at=NOW, anyway=True)
    return of(activity)


def of(activity):
    return list(sessions_with_places().filter(activity=activity).order_by("starts_at"))


def test_a_whole_series_moves_by_an_hour_through_itself(room, by):
    """Two sessions a day, back to back: on its way each stands where the next one still is."""
    activity = plans.activity()
    weekly(activity, room, by, weeks=3)
    rows = weekly(activity, room, by, weeks=3, start=SATURDAY + HOUR)
    changes = [SessionChange(row, starts_at=row.starts_at + HOUR) for row in rows]
    commands.change_many(changes=changes, by=by, at=NOW, anyway=True)
    assert [row.starts_at for row in of(activity)][:2] == [SATURDAY + HOUR, SATURDAY + 2 * HOUR]
    assert {row.sequence for row in of(activity)} == {1}


def test_one_that_cannot_keeps_all_where_they_are(room, by):
    activity, other = plans.activity(), plans.activity("皮影戏")
    rows = weekly(activity, room, by, weeks=3)
    weekly(other, room, by, weeks=1, start=SATURDAY + WEEK + 3 * HOUR)
    changes = [SessionChange(row, starts_at=row.starts_at + 3 * HOUR) for row in rows]
    judged = judge_changes(changes, at=NOW)
    assert [[refusal.code for refusal in judged[row.pk].refusals] for row in rows] == [[], ["room_taken"], []]
    with pytest.raises(Refused) as no:
        commands.change_many(changes=changes, by=by, at=NOW, anyway=True)
    assert no.value.codes == ("room_taken",)
    assert [row.starts_at for row in of(activity)] == [row.starts_at for row in rows]


def test_two_of_a_batch_that_would_meet_are_told_apart(room, by):
    activity = plans.activity()
    rows = weekly(activity, room, by, weeks=2)
    changes = [SessionChange(row, starts_at=SATURDAY + 4 * HOUR) for row in rows]
    judged = judge_changes(changes, at=NOW)
    assert [[refusal.code for refusal in judged[row.pk].refusals] for row in rows] == [[], ["room_taken"]]


def test_a_host_is_swapped_over_a_series(room, by):
    activity, old, new = plans.activity(), plans.host(), plans.host("顾老师")
    rows = weekly(activity, room, by, weeks=3, hosts=[old])
    commands.change_many(changes=[SessionChange(row, hosts=[new]) for row in rows], by=by, at=NOW, anyway=True)
    assert set(Engagement.objects.values_list("host__name", flat=True)) == {"顾老师"}
    assert {row.sequence for row in of(activity)} == {0}


def test_a_day_of_slots_moves_with_its_sessions(room, by):
    activity = plans.activity("法律咨询", slot_minutes=30)
    rows = weekly(activity, room, by, weeks=2)
    commands.change_many(
        changes=[SessionChange(row, starts_at=row.starts_at + HOUR) for row in rows], by=by, at=NOW, anyway=True
    )
    assert Slot.objects.order_by("starts_at").first().starts_at == SATURDAY + HOUR
    assert Slot.objects.count() == 4


def test_what_differs_from_row_to_row_is_written_to_each(room, by):
    """Texts, numbers, nothing, ranges and what was said before, in one statement."""
    rows = weekly(plans.activity(), room, by, weeks=3)
    commands.publish(sessions=rows[:2], by=by, at=NOW)
    first, second, third = of(rows[0].activity)
    changes = [
        SessionChange(first, starts_at=first.starts_at + HOUR, own={"title": "专场", "capacity": 8}),
        SessionChange(second, own={"capacity": 9, "adult_needed": False}),
        SessionChange(third, starts_at=third.starts_at + 2 * HOUR),
    ]
    commands.change_many(changes=changes, by=by, at=NOW, anyway=True)
    found = of(rows[0].activity)
    assert [(row.title, row.capacity, row.adult_needed, row.sequence) for row in found] == [
        ("专场", 8, None, 1), ("", 9, False, 0), ("", None, None, 1),
    ]  # fmt: skip
    assert [(row.occupies.lower, row.occupies.upper) for row in found] == [
        (row.starts_at, row.ends_at) for row in found
    ]
    assert [row.moved_at for row in found] == [NOW, None, None]
    assert [row.moved_from is not None for row in found] == [True, False, False]


def test_a_text_too_long_for_its_column_is_refused_not_cut(room, by):
    rows = weekly(plans.activity(), room, by, weeks=1)
    rows[0].title = "字" * 61
    with pytest.raises(DataError), transaction.atomic():
        save_rows(rows, ["title"])
    assert [row.title for row in of(rows[0].activity)] == [""]


@pytest.mark.parametrize("verb", ["make", "move", "swap", "publish", "call_off"])
def test_statements_do_not_grow_with_sessions(room, by, verb):
    few, many = (
        count_of(verb, room, by, weeks=weeks, start=SATURDAY + hours * HOUR) for weeks, hours in ((1, 0), (20, 4))
    )
    assert few == many


def count_of(verb, room, by, *, weeks, start):
    made_of, other = plans.activity(f"活动{weeks}", slot_minutes=30), plans.host(f"顾老师{weeks}")
    activity = Activity.objects.select_related("programme__season").get(pk=made_of.pk)
    hosts = [plans.host(f"孙老师{weeks}", per_day=2)]
    with CaptureQueriesContext(connection) as made:
        rows = weekly(activity, room, by, weeks=weeks, start=start, hosts=hosts)
    moves = [SessionChange(row, starts_at=row.starts_at + HOUR) for row in rows]
    swaps = [SessionChange(row, hosts=[other]) for row in rows]
    works = {
        "make": lambda: None,
        "move": lambda: commands.change_many(changes=moves, by=by, at=NOW, anyway=True),
        "swap": lambda: commands.change_many(changes=swaps, by=by, at=NOW, anyway=True),
        "publish": lambda: commands.publish(sessions=rows, by=by, at=NOW),
        "call_off": lambda: commands.call_off(sessions=rows, reason="场地维修", by=by, at=NOW),
    }
    with CaptureQueriesContext(connection) as done:
        works[verb]()
    return len(made) if verb == "make" else len(done)
