"""Days of note: found in each year, entered once for a new library system, told to planners in time."""

import subprocess
import sys
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from holidays.calendars.chinese import _ChineseLunisolar as Almanac
from hypothesis import given
from hypothesis import strategies as st

from kit import clock
from kit.waiting import waiting
from networks.commands.open_network import open_network
from networks.engine.handing import drain
from networks.models import Fact, inside
from notifications.models import Message
from programmes.planning.choices import ObservanceRule, ObservanceSort
from programmes.planning.commands.observances import seed_observances
from programmes.planning.commands.reminders import remind_planners
from programmes.planning.messages import OBSERVANCE_NEAR, PHASE_BEGINS, PHASE_ENDS
from programmes.planning.models import Observance, Phase
from programmes.planning.queries.observances import coming, unplanned
from programmes.planning.rules import lunar
from programmes.planning.rules.observances import Days, days_between, days_of, lunar_text, next_days, rule_text
from tests.cast import SHENZHEN
from tests.planning import plans

LIST = "/plan/observances/"
TODAY = date(2026, 11, 20)


def one(rule, **values):
    empty = {"month": None, "day": None, "weekday": None, "nth": None, "starts_on": None, "ends_on": None, "length": 1}
    return Observance(name="节", rule=rule, **{**empty, **values})


@pytest.mark.parametrize("year", range(lunar.FIRST_YEAR, lunar.LAST_YEAR + 1))
def test_the_lunar_table_agrees_with_the_almanac(year):
    known = Almanac()
    for month, day, asked in (
        (1, 1, known.lunar_new_year_date),
        (5, 5, known.dragon_boat_date),
        (8, 15, known.mid_autumn_date),
        (9, 9, known.double_ninth_date),
    ):
        assert lunar.day_of(year, month, day) == asked(year)[0]


def test_months_of_the_lunar_year_follow_one_another():
    for year in range(lunar.FIRST_YEAR, lunar.LAST_YEAR):
        firsts = [lunar.day_of(year, month, 1) for month in range(1, 13)]
        gaps = [
            (after - before).days for before, after in zip(firsts, [*firsts[1:], lunar.new_year(year + 1)], strict=True)
        ]
        assert set(gaps) <= {29, 30, 58, 59, 60}
        assert sum(gap > 30 for gap in gaps) <= 1
    assert lunar.day_of(lunar.LAST_YEAR + 1, 1, 1) is None


@pytest.mark.parametrize(
    ("rule", "year", "days", "words"),
    [
        (one(ObservanceRule.FIXED, month=4, day=23), 2027, Days(date(2027, 4, 23), date(2027, 4, 23)), "每年4月23日"),
        (one(ObservanceRule.FIXED, month=2, day=29), 2027, None, "每年2月29日"),
        (
            one(ObservanceRule.WEEKDAY, month=5, weekday=0, nth=5, length=7),
            2026,
            Days(date(2026, 5, 25), date(2026, 5, 31)),
            "五月最后一个星期一，共7天",
        ),
        (
            one(ObservanceRule.WEEKDAY, month=4, weekday=0, nth=3, length=7),
            2026,
            Days(date(2026, 4, 20), date(2026, 4, 26)),
            "四月第3个星期一，共7天",
        ),
        (one(ObservanceRule.LUNAR, month=9, day=9), 2026, Days(date(2026, 10, 18), date(2026, 10, 18)), "农历九月初九"),
        (one(ObservanceRule.LUNAR, month=12, day=8), 2027, Days(date(2027, 1, 15), date(2027, 1, 15)), "农历腊月初八"),
        (
            one(ObservanceRule.DATED, starts_on=date(2026, 12, 30), ends_on=date(2027, 1, 3)),
            2026,
            Days(date(2026, 12, 30), date(2027, 1, 3)),
            "只此一次，按日期填写",
        ),
    ],
)
def test_days_and_words_of_a_rule(rule, year, days, words, nanjing):
    assert days_of(rule, year) == days
    assert rule_text(rule) == words


def test_lunar_days_in_words():
    assert [lunar_text(month, day) for month, day in ((1, 15), (8, 15), (12, 30), (11, 20), (5, 5), (2, 21))] == [
        "正月十五",
        "八月十五",
        "腊月三十",
        "冬月二十",
        "五月初五",
        "二月廿一",
    ]


RULES = st.one_of(
    st.builds(
        lambda month, day, length: one(ObservanceRule.FIXED, month=month, day=day, length=length),
        st.integers(1, 12),
        st.integers(1, 28),
        st.integers(1, 40),
    ),
    st.builds(
        lambda month, weekday, nth, length: one(
            ObservanceRule.WEEKDAY, month=month, weekday=weekday, nth=nth, length=length
        ),
        st.integers(1, 12),
        st.integers(0, 6),
        st.integers(1, 5),
        st.integers(1, 14),
    ),
    st.builds(
        lambda month, day: one(ObservanceRule.LUNAR, month=month, day=day), st.integers(1, 12), st.integers(1, 30)
    ),
)


@given(RULES, st.dates(date(2021, 6, 1), date(2055, 1, 1)))
def test_the_next_days_are_not_over_and_none_lie_between(rule, today):
    days = next_days(rule, today)
    assert days is not None
    assert days.last >= today
    between = days_between(rule, today, days.first - timedelta(days=1)) if days.first > today else []
    assert [other for other in between if other.last >= today and other != days] == []
    if rule.rule == ObservanceRule.WEEKDAY:
        assert (days.first.weekday(), days.first.month) == (rule.weekday, rule.month)


@pytest.mark.django_db
class TestSeeding:
    def test_a_new_library_system_gets_them_once(self, db):
        network = open_network(SHENZHEN)
        with inside(network):
            asked = Fact.objects.get(listener="planning.enter_observances")
        drain()
        with inside(network):
            asked.refresh_from_db()
            assert asked.state == "done"
            found = set(Observance.objects.values_list("name", flat=True))
        assert {"世界读书日", "图书馆服务宣传周", "重阳节", "国际盲人节", "六一儿童节"} <= found

    def test_again_changes_nothing_and_keeps_what_staff_did(self, nanjing):
        with inside(nanjing):
            first = seed_observances(today=TODAY)
            rows = Observance.objects.count()
            Observance.objects.filter(seed="book_day").update(name="4·23 读书日", day=24)
            Observance.objects.filter(seed="lanterns").update(removed_at=clock.now())
            assert (first, seed_observances(today=TODAY)) == (rows, 0)
            changed = Observance.objects.get(seed="book_day")
            assert (changed.name, changed.day) == ("4·23 读书日", 24)
            assert Observance.objects.get(seed="lanterns").removed_at is not None

    def test_the_next_school_year_comes_by_itself(self, nanjing):
        with inside(nanjing):
            seed_observances(today=TODAY)
            assert seed_observances(today=date(2027, 8, 31)) == 0
            assert seed_observances(today=date(2027, 9, 1)) == 4
            terms = Observance.objects.filter(sort=ObservanceSort.TERM).order_by("starts_on")
            holidays = Observance.objects.filter(sort=ObservanceSort.SCHOOL_HOLIDAY).order_by("starts_on")
            days = [(row.starts_on, row.ends_on) for row in sorted([*terms, *holidays], key=lambda row: row.starts_on)]
            assert all(before[1] + timedelta(days=1) == after[0] for before, after in pairwise(days))


def test_a_web_process_does_not_load_the_almanac():
    asked = (
        "import os, sys; os.environ['STAGE'] = 'test'; os.environ['DJANGO_SETTINGS_MODULE'] = 'config.settings'\n"
        "import django; django.setup(); import config.urls, programmes.planning.listeners\n"
        "print('holidays' in sys.modules)"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", asked], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip().splitlines()[-1] == "False"


@pytest.fixture
def book_day(nanjing):
    with inside(nanjing):
        return Observance.objects.create(
            name="世界读书日", rule=ObservanceRule.FIXED, month=4, day=23, lead_days=60, advice="早做准备。"
        )


@pytest.mark.django_db
class TestPages:
    def test_list_add_change_remove_and_back(self, nanjing_cast, nanjing, book_day):
        planner = nanjing_cast.client("planner")
        assert "世界读书日" in planner.get(LIST).content.decode()
        new = {"name": "本馆馆庆", "sort": "observance", "rule": "fixed", "month": "6", "day": "8", "lead_days": "30"}
        assert planner.post(f"{LIST}add/", new).status_code == 302
        with inside(nanjing):
            made = Observance.objects.get(name="本馆馆庆")
            assert (made.month, made.day, made.length, made.starts_on) == (6, 8, 1, None)
        week = {**new, "rule": "weekday", "month": "5", "weekday": "0", "nth": "5", "length": "7", "day": ""}
        assert planner.post(f"{LIST}{made.pk}/", week).status_code == 302
        assert planner.post(f"{LIST}{made.pk}/remove/").status_code == 302
        with inside(nanjing):
            made.refresh_from_db()
            assert (made.rule, made.day, made.weekday, made.removed_at is None) == ("weekday", None, 0, False)
        planner.post(f"{LIST}{made.pk}/restore/")
        with inside(nanjing):
            made.refresh_from_db()
            assert made.removed_at is None

    @pytest.mark.parametrize(
        ("values", "fields"),
        [
            ({"rule": "fixed", "month": "2", "day": "30"}, ["day"]),
            ({"rule": "lunar", "month": "2", "day": "31"}, ["day"]),
            ({"rule": "weekday", "month": "2"}, ["weekday", "nth"]),
            ({"rule": "dated"}, ["starts_on"]),
            ({"rule": "dated", "starts_on": "2027-05-02", "ends_on": "2027-05-01"}, ["ends_on"]),
            ({"rule": "nonsense"}, ["rule"]),
            ({"rule": "fixed", "month": "13", "day": "1"}, ["month"]),
        ],
    )
    def test_what_is_refused(self, nanjing_cast, nanjing, values, fields):
        said = {"name": "节", "sort": "observance", "lead_days": "30", **values}
        answer = nanjing_cast.client("planner").post(f"{LIST}add/", said)
        assert answer.status_code == 422
        assert list(answer.context["form"].errors) == fields
        with inside(nanjing):
            assert not Observance.objects.exists()

    def test_the_list_costs_the_same(self, nanjing_cast, nanjing, book_day):
        planner = nanjing_cast.client("planner")
        planner.get(LIST)
        counts = []
        for _time in range(2):
            with CaptureQueriesContext(connection) as seen:
                planner.get(LIST)
            counts.append(len(seen))
            with inside(nanjing):
                seed_observances(today=TODAY)
        assert counts[0] == counts[1]


@pytest.mark.django_db
class TestPlanned:
    def test_what_counts(self, nanjing, book_day):
        zone, today = nanjing.zone, date(2027, 3, 20)
        at = datetime(2027, 4, 23, 10, 0, tzinfo=zone)
        with inside(nanjing):
            assert [line.observance.name for line in unplanned(today, zone)] == ["世界读书日"]
            # Story hours of the whole year are not for the day, unless they bear its name.
            everyday = plans.activity(programme=plans.programme("绘本故事会"))
            plans.session(at, activity=everyday)
            assert [line.planned for line in coming(today, zone)] == [0]
            plans.session(at, activity=everyday, title="世界读书日特别场")
            assert [line.planned for line in coming(today, zone)] == [1]
            festival = plans.programme("读者节", starts_on=date(2027, 4, 20), ends_on=date(2027, 5, 20))
            plans.session(at + timedelta(hours=2), activity=plans.activity("开幕", programme=festival))
            plans.session(at + timedelta(days=1), activity=plans.activity("讲座", programme=festival))
            assert [line.planned for line in coming(today, zone)] == [2]
            assert unplanned(today, zone) == []

    def test_too_early_is_no_prompt(self, nanjing, book_day):
        with inside(nanjing):
            assert unplanned(date(2027, 2, 21), nanjing.zone) == []
            assert len(unplanned(date(2027, 2, 22), nanjing.zone)) == 1
            assert len(unplanned(date(2027, 4, 23), nanjing.zone)) == 1
            assert unplanned(date(2027, 4, 24), nanjing.zone) == []


@pytest.mark.django_db
class TestReminders:
    def told(self, nanjing):
        with inside(nanjing):
            return sorted(Message.objects.values_list("person__name", "kind"))

    def test_each_is_told_once(self, nanjing, nanjing_cast, book_day):
        planner, librarian = nanjing_cast["planner"], nanjing_cast["district"]
        with inside(nanjing):
            season = plans.season()
            Phase.objects.create(
                season=season, kind="spring", starts_on=date(2027, 2, 22), ends_on=date(2027, 3, 8), goal="征集完成"
            )
        for day in (22, 22, 23, 28):
            with inside(nanjing):
                remind_planners(today=date(2027, 2, day), zone=nanjing.zone)
            drain()
        told = [
            (planner.name, "planning.observance_near"),
            (planner.name, "planning.phase_begins"),
            (planner.name, "planning.phase_ends"),
        ]
        assert self.told(nanjing) == told
        assert librarian.name != planner.name
        inbox = nanjing_cast.client("planner").get("/me/inbox/").content.decode()
        assert "征集完成" in inbox
        assert "世界读书日" in inbox

    def test_not_of_a_closed_season_nor_what_is_planned(self, nanjing, nanjing_cast, book_day):
        nanjing_cast["planner"]
        at = datetime(2027, 4, 23, 10, 0, tzinfo=nanjing.zone)
        with inside(nanjing):
            season = plans.season(closed_at=clock.now())
            Phase.objects.create(season=season, kind="spring", starts_on=date(2027, 2, 22), ends_on=date(2027, 3, 8))
            festival = plans.programme(season=season, starts_on=date(2027, 4, 20), ends_on=date(2027, 5, 20))
            plans.session(at, activity=plans.activity(programme=festival))
            remind_planners(today=date(2027, 2, 22), zone=nanjing.zone)
            kinds = (PHASE_BEGINS, PHASE_ENDS, OBSERVANCE_NEAR)
            assert not Fact.objects.filter(kind__in=kinds).exists()

    def test_it_waits_on_the_workplace(self, nanjing_cast, nanjing):
        today = clock.today(nanjing.zone) + timedelta(days=20)
        with inside(nanjing):
            Observance.objects.create(name="馆庆", rule=ObservanceRule.DATED, starts_on=today, ends_on=today)
        assert waiting.entries["planning.observances"].url_name == "planning:observances"
        assert "尚未安排活动的节点" in nanjing_cast.client("planner").get("/plan/").content.decode()
        assert "尚未安排活动的节点" not in nanjing_cast.client("district").get("/plan/").content.decode()
