"""A roll-out planned and written: what can be, what cannot and why, and never half of it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kit.command import command
from kit.refusals import Refused
from networks.models import Area, JournalLine, inside
from programmes.planning.choices import AdjustedDays, CellState, HostLack, Obstacle, Pattern
from programmes.planning.commands.rollouts import publish_rollout, roll_out, undo_rollout
from programmes.planning.engine.rollout import Plan, asked_days, plan
from programmes.planning.models import Activity, Engagement, Host, HostAbsence, HostHours, Rollout, Session, Slot
from programmes.planning.rules.asking import Ask
from programmes.planning.rules.recurrence import Rule
from tests.planning import plans
from venues.choices import DayKind
from venues.models import CalendarDay, Closure, Room, Venue
from venues.rules.hours import Span
from venues.steps.venues import RoomPlan, open_venue

ZONE = ZoneInfo("Asia/Shanghai")
AT = datetime(2027, 2, 1, 9, tzinfo=ZONE)
WEEK = [Span(day, 540, 1020) for day in range(1, 7)]
SATURDAYS = Rule(Pattern.WEEKLY, date(2027, 3, 1), date(2027, 3, 28), weekdays=(5,), times=(600,))


@pytest.fixture(autouse=True)
def home(nanjing) -> Iterator[None]:
    with inside(nanjing), timezone.override(ZONE):
        yield


@pytest.fixture
def by(nanjing_cast):
    return nanjing_cast["planner"]


@command
def space(
    name: str, *, district: str = "鼓楼区", rooms: tuple[tuple[str, int], ...] = (("故事角", 30),), **more
) -> Venue:
    return open_venue(
        parent=Area.objects.get(name=district),
        name=name,
        address=f"{district}某路 1 号",
        week=more.pop("week", WEEK),
        rooms=[RoomPlan(room, capacity, equipment=more.get("equipment", ())) for room, capacity in rooms],
        values=more.pop("values", {}),
    )


def ask_for(*venues: Venue, rule: Rule = SATURDAYS, **values: Any) -> Ask:
    return Ask(tuple(venue.pk for venue in venues), rule, **values)


def planned(activity: Activity, ask: Ask) -> Plan:
    return plan(activity, ask, asked_days(ask), zone=ZONE, at=AT)


def told(found: Plan) -> dict[str, list[str]]:
    """By space, in the order of time: the room, or why not."""
    lines: dict[str, list[str]] = {venue.name: [] for venue in found.venues}
    for cell in sorted(found.cells, key=lambda cell: cell.starts_at):
        word = cell.room.name if cell.room else cell.state
        lines[cell.venue.name].append(cell.obstacle or word)
    return lines


def commit(activity: Activity, ask: Ask, *, by, seen: str | None = None, confirmed: int | None = None) -> Rollout:
    with timezone.override(ZONE):
        seen = planned(activity, ask).seen if seen is None else seen
        return roll_out(activity=activity, ask=ask, seen=seen, confirmed=confirmed, zone=ZONE, by=by, at=AT)


def local(session: Session) -> str:
    return f"{timezone.localtime(session.starts_at, ZONE):%m-%d %H:%M}"


def test_four_saturdays_at_two_spaces(by) -> None:
    one, other = space("清凉门阅读空间"), space("宝船阅读空间", district="江宁区")
    activity = plans.activity()
    row = commit(activity, ask_for(one, other), by=by)
    rows = Session.objects.filter(rollout=row).order_by("venue_id", "starts_at").select_related("room", "venue")
    expected = ["03-06 10:00", "03-13 10:00", "03-20 10:00", "03-27 10:00"]
    assert [(s.venue.name, local(s), s.room.name) for s in rows] == [
        *(("清凉门阅读空间", when, "故事角") for when in expected),
        *(("宝船阅读空间", when, "故事角") for when in expected),
    ]
    assert (row.made, row.activity_id, {s.area_id for s in rows}) == (8, activity.pk, {one.area_id, other.area_id})
    assert {s.published_at for s in rows} == {None}
    line = JournalLine.objects.get(verb="planning.rolled_out")
    assert (line.subject_id, line.actor_id, line.values) == (row.pk, by.pk, {"made": [None, 8]})


def test_what_is_in_the_way_is_named(by) -> None:
    activity = plans.activity()
    busy, shut, late, small, bare = (
        space("忙碌空间"),
        space("闭馆空间"),
        space("晚开空间", week=[Span(5, 630, 1020)]),
        space("小小空间", rooms=(("角落", 8),)),
        space("周日空间", week=[Span(6, 540, 1020)]),
    )
    room = Room.objects.select_related("venue__area").get(venue=busy)
    plans.session(datetime(2027, 3, 13, 10, 30, tzinfo=ZONE), activity=plans.activity("科学课"), room=room)
    Closure.objects.create(
        venue=shut,
        starts_at=datetime(2027, 3, 18, tzinfo=ZONE),
        ends_at=datetime(2027, 3, 21, tzinfo=ZONE),
        reason="内部设备检修",
    )
    found = planned(activity, ask_for(busy, shut, late, small, bare))
    assert told(found) == {
        "忙碌空间": ["故事角", Obstacle.ROOM_TAKEN, "故事角", "故事角"],
        "闭馆空间": ["故事角", "故事角", Obstacle.CLOSURE, "故事角"],
        "晚开空间": [Obstacle.HOURS] * 4,
        "小小空间": [Obstacle.NO_ROOM] * 4,
        "周日空间": [Obstacle.DAY_CLOSED] * 4,
    }
    notes = {(cell.venue.name, cell.obstacle): cell.note for cell in found.cells if cell.obstacle}
    assert notes == {
        ("忙碌空间", Obstacle.ROOM_TAKEN): "故事角 · 科学课 10:30–11:30",
        ("闭馆空间", Obstacle.CLOSURE): "内部设备检修",
        ("晚开空间", Obstacle.HOURS): "10:30–17:00",
        ("小小空间", Obstacle.NO_ROOM): "最大的场地容纳 8 人，需要 20 人",
        ("周日空间", Obstacle.DAY_CLOSED): "",
    }


def test_the_smallest_room_that_fits_and_is_free_is_taken() -> None:
    venue = space("大馆", rooms=(("报告厅", 200), ("故事屋", 25), ("教室", 40)))
    room = Room.objects.select_related("venue__area").get(name="故事屋")
    plans.session(datetime(2027, 3, 13, 10, tzinfo=ZONE), activity=plans.activity("科学课"), room=room)
    assert told(planned(plans.activity(), ask_for(venue))) == {"大馆": ["故事屋", "教室", "故事屋", "故事屋"]}
    assert told(planned(Activity.objects.get(title="小种子"), ask_for(venue, room_name="报告厅"))) == {
        "大馆": ["报告厅"] * 4
    }


def test_the_same_activity_is_not_planned_twice_at_once_in_another_room() -> None:
    venue = space("大馆", rooms=(("故事屋", 25), ("教室", 40)))
    activity = plans.activity()
    room = Room.objects.select_related("venue__area").get(name="故事屋")
    plans.session(datetime(2027, 3, 6, 10, tzinfo=ZONE), activity=activity, room=room)
    assert told(planned(activity, ask_for(venue)))["大馆"][0] == Obstacle.SAME


def test_starts_closer_than_the_activity_lasts_clash_with_each_other() -> None:
    venue = space("清凉门阅读空间")
    rule = replace(SATURDAYS, last=date(2027, 3, 7), times=(600, 630, 660))
    assert told(planned(plans.activity(), ask_for(venue, rule=rule))) == {
        "清凉门阅读空间": ["故事角", Obstacle.SAME, "故事角"]
    }


def test_set_up_and_clear_up_keep_the_room_longer() -> None:
    venue = space("清凉门阅读空间")
    rule = replace(SATURDAYS, last=date(2027, 3, 7), times=(600, 660))
    activity = plans.activity(setup_minutes=15, clearup_minutes=15)
    assert told(planned(activity, ask_for(venue, rule=rule))) == {"清凉门阅读空间": ["故事角", Obstacle.SAME]}


def test_an_activity_longer_than_any_opening_hours() -> None:
    venue = space("清凉门阅读空间", week=[Span(5, 540, 690), Span(5, 780, 900)])
    activity = plans.activity(minutes=240)
    assert told(planned(activity, ask_for(venue))) == {"清凉门阅读空间": [Obstacle.TOO_LONG] * 4}


def test_without_hours_and_closures_only_rooms_count() -> None:
    venue = space("清凉门阅读空间", week=[Span(6, 540, 600)])
    ask = ask_for(venue, within_hours=False, skips_closures=False)
    assert told(planned(plans.activity(), ask)) == {"清凉门阅读空间": ["故事角"] * 4}


def test_public_holidays_close_venues_that_keep_them_and_are_skipped_by_the_rule() -> None:
    venue = space("清凉门阅读空间", values={"on_holidays": "closed"})
    CalendarDay.objects.create(day=date(2027, 3, 13), kind=DayKind.HOLIDAY, name="试验节")
    keep = replace(SATURDAYS, skips_holidays=False, adjusted=AdjustedDays.KEEP)
    assert told(planned(plans.activity(), ask_for(venue, rule=keep)))["清凉门阅读空间"][1] == Obstacle.DAY_CLOSED
    found = planned(Activity.objects.get(), ask_for(venue))
    assert (len(found.cells), [one.name for one in found.left_out]) == (3, ["试验节"])


def test_sessions_spread_find_the_next_free_day() -> None:
    venue = space("清凉门阅读空间")
    Closure.objects.create(
        venue=venue,
        starts_at=datetime(2027, 3, 10, tzinfo=ZONE),
        ends_at=datetime(2027, 3, 14, tzinfo=ZONE),
        reason="内部设备检修",
    )
    rule = Rule(Pattern.SPREAD, date(2027, 3, 1), date(2027, 3, 28), weekdays=(5, 6), times=(600, 870), count=2)
    found = planned(plans.activity(), ask_for(venue, rule=rule))
    assert [(cell.day, cell.minute, cell.state) for cell in found.cells] == [
        (date(2027, 3, 7), 600, CellState.MADE),
        (date(2027, 3, 27), 600, CellState.MADE),
    ]


def test_a_venue_without_rooms_is_planned_itself(by) -> None:
    venue = space("街角书屋", rooms=())
    row = commit(plans.activity(), ask_for(venue), by=by)
    rows = Session.objects.filter(rollout=row)
    assert [(s.place_kind, s.room_id, s.venue_id) for s in rows] == [("venue", None, venue.pk)] * 4
    assert told(planned(plans.activity("科学课"), ask_for(venue))) == {"街角书屋": [Obstacle.ROOM_TAKEN] * 4}


def test_single_places_and_whole_spaces_are_taken_out(by) -> None:
    one, other = space("清凉门阅读空间"), space("宝船阅读空间")
    ask = ask_for(one, other, out=frozenset({str(other.pk), f"{one.pk}.202703131000"}))
    found = planned(plans.activity(), ask)
    assert told(found) == {
        "清凉门阅读空间": ["故事角", "故事角", "故事角", "故事角"],
        "宝船阅读空间": ["故事角"] * 4,
    }
    assert (found.counts[CellState.MADE], found.counts[CellState.OUT]) == (3, 5)
    row = commit(found.activity, ask, by=by)
    assert sorted(local(s) for s in Session.objects.filter(rollout=row)) == [
        "03-06 10:00",
        "03-20 10:00",
        "03-27 10:00",
    ]


# --- Hosts


def led(row: Rollout) -> list[tuple[str, str]]:
    rows = Engagement.objects.filter(session__rollout=row).select_related("session__venue", "host")
    return sorted((f"{local(one.session)} {one.session.venue.name}", one.host.name) for one in rows)


def test_hosts_are_dealt_by_home_then_evenly(by) -> None:
    one, other = space("清凉门阅读空间"), space("百家湖阅读空间", district="江宁区")
    near = plans.host("孙老师", home_area=Area.objects.get(name="鼓楼区"))
    far = plans.host("钱老师", home_area=Area.objects.get(name="江宁区"))
    row = commit(plans.activity(), ask_for(one, other, hosts=(near.pk, far.pk)), by=by)
    days = ("03-06", "03-13", "03-20", "03-27")
    assert led(row) == sorted(
        [(f"{day} 10:00 清凉门阅读空间", "孙老师") for day in days]
        + [(f"{day} 10:00 百家湖阅读空间", "钱老师") for day in days]
    )


def test_hosts_keep_hours_absences_terms_and_limits(by) -> None:
    venue = space("清凉门阅读空间")
    afternoon, away, past, rare = (plans.host(f"{name}老师") for name in "甲乙丙丁")
    HostHours.objects.create(host=afternoon, weekday=5, from_minute=780, until_minute=1020)
    HostAbsence.objects.create(host=away, starts_on=date(2027, 3, 1), ends_on=date(2027, 3, 14))
    Host.objects.filter(pk=past.pk).update(term_until=date(2027, 3, 10))
    Host.objects.filter(pk=rare.pk).update(per_week=0)
    ask = ask_for(venue, hosts=tuple(one.pk for one in (afternoon, away, past, rare)))
    found = planned(plans.activity(), ask)
    hosts = [cell.host.name if cell.host else cell.obstacle for cell in found.cells]
    assert hosts == ["丙老师", Obstacle.NO_HOST, "乙老师", "乙老师"]
    row = commit(found.activity, replace(ask, host_lack=HostLack.WITHOUT), by=by)
    assert (row.made, len(led(row))) == (4, 3)


def test_a_host_needs_time_between_two_venues_but_not_within_one() -> None:
    one, other = space("清凉门阅读空间"), space("宝船阅读空间")
    host = plans.host()
    rule = replace(SATURDAYS, last=date(2027, 3, 7), times=(600, 660))
    within = planned(plans.activity(), ask_for(one, rule=rule, hosts=(host.pk,)))
    between = planned(within.activity, ask_for(one, other, rule=rule, hosts=(host.pk,)))
    assert [cell.state for cell in within.cells] == [CellState.MADE] * 2
    assert [(cell.venue.name, cell.minute, cell.obstacle) for cell in between.cells] == [
        ("宝船阅读空间", 600, None),
        ("清凉门阅读空间", 600, Obstacle.NO_HOST),
        ("宝船阅读空间", 660, None),
        ("清凉门阅读空间", 660, Obstacle.NO_HOST),
    ]


def test_a_host_who_leads_elsewhere_is_not_free(by) -> None:
    venue, host = space("清凉门阅读空间"), plans.host()
    plans.session(datetime(2027, 3, 6, 10, 30, tzinfo=ZONE), activity=plans.activity("讲座"), hosts=(host,))
    found = planned(plans.activity(), ask_for(venue, hosts=(host.pk,)))
    assert [cell.obstacle for cell in found.cells] == [Obstacle.NO_HOST, None, None, None]


# --- Refusals: nothing is written


def refused(activity: Activity, ask: Ask, *, by, **more) -> tuple[str, ...]:
    with pytest.raises(Refused) as no:
        commit(activity, ask, by=by, **more)
    assert (Rollout.objects.count(), Session.objects.count()) == (0, 0)
    return no.value.codes


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        (Rule(Pattern.WEEKLY, date(2027, 3, 1), date(2027, 3, 3), weekdays=(5,), times=(600,)), "no_days"),
        (Rule(Pattern.MONTHLY, date(2027, 2, 1), date(2027, 2, 28), weekdays=(5,), which=(), times=(600,)), "no_days"),
        (
            Rule(Pattern.WEEKLY, date(2027, 12, 20), date(2028, 1, 20), weekdays=(5,), times=(600,)),
            "outside_the_season",
        ),
        (
            Rule(Pattern.DATES, date(2027, 5, 1), date(2027, 5, 1), dates=(date(2027, 5, 1),), times=(600,)),
            "all_days_off",
        ),
    ],
)
def test_a_rule_that_yields_nothing_or_leaves_the_season(rule: Rule, code: str, by) -> None:
    CalendarDay.objects.create(day=date(2027, 5, 1), kind=DayKind.HOLIDAY, name="劳动节")
    assert refused(plans.activity(), ask_for(space("清凉门阅读空间"), rule=rule), by=by) == (code,)


def test_thousands_are_asked_again_with_the_number(by) -> None:
    rule = Rule(
        Pattern.WEEKLY, date(2027, 1, 1), date(2027, 12, 31), weekdays=tuple(range(7)), times=tuple(range(540, 900, 20))
    )
    venue = space("清凉门阅读空间")
    ask = ask_for(venue, rule=rule)
    number = 365 * 18
    activity = plans.activity(dropped_at=None)
    assert refused(activity, ask, by=by) == ("asked_again",)
    assert refused(activity, ask, by=by, confirmed=number - 1) == ("asked_again",)
    assert refused(activity, replace(ask, venues=(venue.pk, venue.pk + 1, venue.pk + 2, venue.pk + 3)), by=by) == (
        "far_too_many",
    )


def test_no_space_and_a_dropped_activity(by) -> None:
    assert refused(plans.activity(dropped_at=AT), ask_for(), by=by, seen="") == ("activity_dropped", "no_venues")


def test_hosts_with_no_free_time_at_all(by) -> None:
    host = plans.host(term_until=date(2026, 12, 31))
    ask = ask_for(space("清凉门阅读空间"), hosts=(host.pk,))
    assert refused(plans.activity(), ask, by=by) == ("nothing_to_make",)


def test_what_changed_since_the_look_is_shown_before_it_is_written(by) -> None:
    venue, activity = space("清凉门阅读空间"), plans.activity()
    seen = planned(activity, ask_for(venue)).seen
    Closure.objects.create(venue=venue, starts_at=datetime(2027, 3, 20, tzinfo=ZONE), reason="内部设备检修")
    assert refused(activity, ask_for(venue), by=by, seen=seen) == ("changed_meanwhile",)


# --- Afterwards


def test_undone_while_untouched(by) -> None:
    activity = plans.activity(slot_minutes=20)
    row = commit(activity, ask_for(space("清凉门阅读空间"), hosts=(plans.host().pk,)), by=by)
    assert (Session.objects.count(), Slot.objects.count(), Engagement.objects.count()) == (4, 12, 4)
    undo_rollout(rollout=row, by=by, at=AT)
    row.refresh_from_db()
    assert (Session.objects.count(), Slot.objects.count(), Engagement.objects.count()) == (0, 0, 0)
    assert row.undone_at == AT
    undo_rollout(rollout=row, by=by, at=AT + timedelta(days=1))
    row.refresh_from_db()
    assert row.undone_at == AT
    again = commit(activity, ask_for(*Venue.objects.all()), by=by)
    assert again.made == 4


@pytest.mark.parametrize("touch", ["published_at", "changed_at"])
def test_not_undone_once_touched(touch: str, by) -> None:
    row = commit(plans.activity(), ask_for(space("清凉门阅读空间")), by=by)
    first = row.sessions.order_by("starts_at")[0]
    Session.objects.filter(pk=first.pk).update(**{touch: AT})
    with pytest.raises(Refused) as no:
        undo_rollout(rollout=row, by=by, at=AT)
    assert [str(refusal.text) for refusal in no.value.refusals] == ["4 场里有 1 场此后已发布、改动或取消。"]
    assert Session.objects.count() == 4


def test_published_as_one(by) -> None:
    row = commit(plans.activity(), ask_for(space("清凉门阅读空间")), by=by)
    assert publish_rollout(rollout=row, by=by, at=datetime(2027, 3, 10, tzinfo=ZONE)) == 3
    assert Session.objects.exclude(published_at=None).count() == 3
    assert publish_rollout(rollout=row, by=by, at=datetime(2027, 3, 10, tzinfo=ZONE)) == 0


# --- Statements do not grow


def statements(work) -> int:
    with CaptureQueriesContext(connection) as found:
        work()
    return len(found)


def test_statements_do_not_grow_with_spaces_or_weeks(by) -> None:
    spaces = [space(f"阅读空间 {number}", district=("鼓楼区", "江宁区")[number % 2]) for number in range(30)]
    hosts = tuple(plans.host(f"{number} 号老师").pk for number in range(6))
    small, large = plans.activity("一"), plans.activity("二")
    few = ask_for(*spaces[:3], hosts=hosts)
    many = ask_for(
        *spaces, rule=replace(SATURDAYS, last=date(2027, 5, 30), times=(840,)), hosts=hosts, host_lack=HostLack.WITHOUT
    )
    assert statements(lambda: planned(small, few)) == statements(lambda: planned(large, many))
    # Rows are written five hundred at a time.
    assert statements(lambda: commit(large, many, by=by)) - statements(lambda: commit(small, few, by=by)) <= 1
    assert Session.objects.filter(activity=large).count() == 390
