"""When venues are open: the database's answer against a slow and plain one, and the cases that people ask about."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from networks.models import Area, Network, inside
from venues.choices import DayKind, OnHolidays
from venues.models import CalendarDay, Closure, Venue
from venues.queries.openness import Slot, is_open, open_now, open_slots
from venues.rules.hours import WEEK, Span, against_week
from venues.steps.venues import open_venue

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = date(2026, 10, 5)


@pytest.fixture
def home(nanjing):
    with inside(nanjing):
        yield


def district(name="鼓楼区"):
    return Area.objects.get(name=name)


def make(name="清凉门阅读空间", *, week=(), where="鼓楼区", **values):
    with transaction.atomic():
        return open_venue(parent=district(where), name=name, address="清凉门大街 1 号", week=week, values=values)


def at(day, hour, minute=0, zone=SHANGHAI):
    return datetime(2026, 10, day, hour, minute, tzinfo=zone)


def spoken(slots, zone=SHANGHAI):
    return [f"{slot.opens_at.astimezone(zone):%d %H:%M}-{slot.closes_at.astimezone(zone):%d %H:%M}" for slot in slots]


def week_of(venue):
    return spoken(open_slots([venue], at(5, 0), at(12, 0))[venue.pk])


@pytest.mark.django_db
class TestCases:
    @pytest.fixture(autouse=True)
    def _home(self, home):
        pass

    def test_a_lunch_break_and_a_day_closed(self):
        venue = make(week=[Span(1, 540, 690), Span(1, 780, 1020), Span(2, 540, 1020)])
        assert week_of(venue) == ["06 09:00-06 11:30", "06 13:00-06 17:00", "07 09:00-07 17:00"]

    def test_past_midnight_from_sunday_into_monday(self):
        venue = make(week=[Span(6, 1200, 1560)])
        assert week_of(venue) == ["05 00:00-05 02:00", "11 20:00-12 00:00"]
        assert is_open(venue, at(5, 1, 59))
        assert not is_open(venue, at(5, 2))

    def test_24_hours_are_one_slot(self):
        venue = make(week=[Span(day, 0, 1440) for day in range(7)])
        assert week_of(venue) == ["05 00:00-12 00:00"]

    def test_an_end_does_not_belong_to_the_slot(self):
        venue = make(week=[Span(0, 540, 600)])
        assert [is_open(venue, moment) for moment in (at(5, 9), at(5, 10) - timedelta(microseconds=1), at(5, 10))] == [
            True,
            True,
            False,
        ]

    @pytest.mark.parametrize(
        ("habit", "found"),
        [
            (OnHolidays.AS_USUAL, ["07 09:00-07 17:00", "10 10:00-10 16:00"]),
            (OnHolidays.AS_SUNDAY, ["07 13:00-07 15:00", "10 08:00-10 20:00"]),
            (OnHolidays.CLOSED, ["10 08:00-10 20:00"]),
        ],
    )
    def test_days_off_and_days_worked_in_exchange(self, habit, found):
        CalendarDay.objects.create(day=date(2026, 10, 7), kind=DayKind.HOLIDAY, name="国庆节")
        CalendarDay.objects.create(day=date(2026, 10, 10), kind=DayKind.WORKDAY, name="国庆节调休")
        week = [Span(2, 540, 1020), Span(4, 480, 1200), Span(5, 600, 960), Span(6, 780, 900)]
        venue = make(week=week, on_holidays=habit)
        other = [slot for slot in week_of(venue) if slot[:2] in {"07", "10"}]
        assert other == found

    def test_a_day_off_that_staff_removed_does_not_count(self):
        CalendarDay.objects.create(day=MONDAY, kind=DayKind.HOLIDAY, name="国庆节", removed_at=at(1, 0))
        assert week_of(make(week=[Span(0, 540, 600)], on_holidays=OnHolidays.CLOSED)) == ["05 09:00-05 10:00"]

    def test_closures_of_venue_district_and_network(self):
        week = [Span(day, 540, 1020) for day in range(7)]
        venue, other = make(week=week), make("江宁阅读空间", week=week, where="江宁区")
        Closure.objects.create(venue=venue, starts_at=at(5, 12), ends_at=at(5, 14), reason="检修")
        Closure.objects.create(area=district(), starts_at=at(6, 0), ends_at=at(7, 0), reason="台风")
        Closure.objects.create(area=Area.objects.get(parent=None), starts_at=at(8, 0), reason="盘点")
        Closure.objects.create(venue=venue, starts_at=at(5, 0), reason="误录", withdrawn_at=at(1, 0))
        assert week_of(venue) == ["05 09:00-05 12:00", "05 14:00-05 17:00", "07 09:00-07 17:00"]
        assert week_of(other) == ["05 09:00-05 17:00", "06 09:00-06 17:00", "07 09:00-07 17:00"]

    def test_a_district_whose_id_begins_another_is_not_meant(self):
        venue = make(week=[Span(0, 540, 600)])
        Area.objects.filter(pk=district("江宁区").pk).update(path=district().path[:-1] + "1/")
        Closure.objects.create(area=district("江宁区"), starts_at=at(1, 0), reason="台风")
        assert week_of(venue) == ["05 09:00-05 10:00"]

    def test_closed_for_good_is_not_open(self):
        venue = make(week=[Span(day, 540, 600) for day in range(7)])
        Venue.objects.filter(pk=venue.pk).update(closed_at=at(7, 0), close_reason="迁址")
        assert week_of(venue) == ["05 09:00-05 10:00", "06 09:00-06 10:00"]

    def test_one_statement_for_any_number(self):
        venues = [make(f"空间{number}", week=[Span(0, 540, 600)]) for number in range(4)]
        make("别处")
        for asked in (venues[:1], venues):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert open_now(asked, at(5, 9, 30)) == {venue.pk for venue in asked}
            assert len(queries) == 1


def local(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """Standard time where the clocks leave the wall time out or show it twice."""
    wall = datetime.combine(day, time()) + timedelta(minutes=minute)
    return min((wall.replace(tzinfo=zone, fold=fold) for fold in (0, 1)), key=lambda one: one.utcoffset()).astimezone(
        UTC
    )


def slowly(week, *, habit, special, closures, start, end, zone):
    """Hour by hour through all slots and closures, in plain Python."""
    spans = []
    day = start.astimezone(zone).date() - timedelta(days=1)
    while day <= end.astimezone(zone).date():
        kind, weekday = special.get(day), day.weekday()
        if kind is not None and habit != OnHolidays.AS_USUAL:
            weekday = 4 if kind == DayKind.WORKDAY else (6 if habit == OnHolidays.AS_SUNDAY else None)
        spans += [
            (local(day, span.opens, zone), local(day, span.closes, zone)) for span in week if span.weekday == weekday
        ]
        day += timedelta(days=1)
    edges = sorted({start, end, *(edge for span in [*spans, *closures] for edge in span if start < edge < end)})
    found: list[Slot] = []
    for left, right in pairwise(edges):
        is_within = any(a <= left and right <= b for a, b in spans)
        is_shut = any(a <= left and right <= b for a, b in closures)
        if is_within and not is_shut:
            if found and found[-1].closes_at == left:
                found[-1] = Slot(found[-1].opens_at, right)
            else:
                found.append(Slot(left, right))
    return found


spans = st.builds(
    lambda weekday, opens, length: Span(weekday, opens, opens + length),
    st.integers(0, 6),
    st.sampled_from([0, 90, 120, 150, 170, 540, 1020, 1380]),
    st.sampled_from([10, 30, 60, 240, 480, 900, 1440]),
)
weeks = st.lists(spans, max_size=10).map(
    lambda found: [one for number, one in enumerate(found) if fits(found[:number], one)]
)


def fits(before, one):
    return not any(
        a.start + shift < one.end and one.start < a.end + shift for a in before for shift in (-WEEK, 0, WEEK)
    )


# Around the change of the clocks in Berlin (25 October 2026), and a week of holidays.
moments = st.builds(
    lambda hours, minutes: datetime(2026, 10, 22, tzinfo=UTC) + timedelta(hours=hours, minutes=minutes),
    st.integers(0, 200),
    st.sampled_from([0, 1, 30]),
)
specials = st.dictionaries(
    st.integers(0, 9).map(lambda days: date(2026, 10, 21) + timedelta(days=days)), st.sampled_from(DayKind), max_size=4
)
shut = st.lists(st.tuples(moments, moments).map(sorted).filter(lambda pair: pair[0] < pair[1]), max_size=3)


@pytest.mark.django_db
@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Europe/Berlin"])
@given(
    week=weeks,
    habit=st.sampled_from(OnHolidays),
    special=specials,
    closures=shut,
    asked=st.tuples(moments, moments).map(sorted),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_database_agrees_with_the_slow_way(home, nanjing, zone, *, week, habit, special, closures, asked):
    start, end = asked
    point = transaction.savepoint()
    try:
        Network.objects.filter(pk=nanjing.pk).update(time_zone=zone)
        CalendarDay.objects.bulk_create([CalendarDay(day=day, kind=kind, name="节日") for day, kind in special.items()])
        assert list(against_week(week)) == []
        venue = make(week=week, on_holidays=habit)
        Closure.objects.bulk_create(
            [Closure(venue=venue, starts_at=left, ends_at=right, reason="检修") for left, right in closures]
        )
        found = open_slots([venue], start, end)[venue.pk]
        assert found == slowly(
            week, habit=habit, special=special, closures=closures, start=start, end=end, zone=ZoneInfo(zone)
        )
    finally:
        transaction.savepoint_rollback(point)


@pytest.mark.django_db
def test_a_slot_that_the_clocks_turn_round_is_empty(home, nanjing):
    """In Berlin 2:30 does not exist on 29 March 2026 and counts as 3:30, after 3:10."""
    Network.objects.filter(pk=nanjing.pk).update(time_zone="Europe/Berlin")
    start = datetime(2026, 3, 28, tzinfo=UTC)
    venue = make(week=[Span(6, 150, 190), Span(6, 240, 300)])
    zone = ZoneInfo("Europe/Berlin")
    assert spoken(open_slots([venue], start, start + timedelta(days=2))[venue.pk], zone) == ["29 04:00-29 05:00"]
