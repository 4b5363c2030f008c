"""A month as a grid of days, each with what is on."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from networks.models import Area
from programmes.planning.models import Session
from programmes.planning.steps.sessions import publish_sessions
from tests.planning import plans

pytestmark = pytest.mark.django_db

WEDNESDAY = datetime(2027, 5, 12, 2, 0, tzinfo=UTC)
SATURDAY = WEDNESDAY + timedelta(days=3)
HOST = "nanjing.test"
DAY = re.compile(r'<a id="day-(\d+)" href="([^"]+)" rel="nofollow"( aria-current="date")? aria-label="([^"]+)">')
TITLE = re.compile(r'<h3 class="session-title"><a href="/events/[\w-]+/">([^<]+)</a>')


@pytest.fixture(autouse=True)
def _on_a_wednesday():
    with time_machine.travel(WEDNESDAY, tick=False):
        yield


def page(query=""):
    answer = Client(HTTP_HOST=HOST).get(f"/events/month/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def counts(query=""):
    """By day of the month, where there is something."""
    found = {int(day): label.rpartition("，")[2] for day, _href, _chosen, label in DAY.findall(page(query))}
    return {day: text for day, text in found.items() if text != "0 场"}


def chosen(query=""):
    return [int(day) for day, _href, is_chosen, _label in DAY.findall(page(query)) if is_chosen]


def public(*sessions):
    with transaction.atomic():
        publish_sessions(sessions, by=None, at=WEDNESDAY)
    return Session.objects.get(pk=sessions[0].pk)


@pytest.fixture
def city(home):
    room = plans.room()
    seed = plans.activity("小种子", programme=plans.programme("周末故事会", brand=plans.brand("春声", hue=128)))
    public(
        plans.session(SATURDAY, activity=seed, room=room),
        plans.session(SATURDAY + timedelta(hours=4), activity=seed, room=room),
        plans.session(WEDNESDAY - timedelta(days=9), activity=seed, room=room, title="五月初的小种子"),
        plans.session(WEDNESDAY + timedelta(days=40), activity=seed, room=room),
    )
    plans.session(SATURDAY + timedelta(days=1), activity=seed, room=room)
    return {"seed": seed, "room": room}


def test_each_day_has_its_number(city):
    assert counts() == {3: "1 场", 15: "2 场"}
    assert counts("?m=2027-06") == {21: "1 场"}
    assert counts("?m=2027-07") == {}


def test_a_month_begins_on_monday_and_has_its_days(city):
    for month, days, weeks in ((date(2027, 5, 1), 31, 6), (date(2027, 2, 1), 28, 4), (date(2028, 2, 1), 29, 5)):
        shown = page(f"?m={month:%Y-%m}")
        assert [int(day) for day, *_rest in DAY.findall(shown)] == [*range(1, days + 1)]
        assert shown.count("<tr>") == weeks + 1
    assert re.findall(r'<abbr title="([^"]+)">', shown)[0] == "星期一"


def test_today_is_open_else_the_day_that_was_asked_for_else_the_first_with_something(city):
    assert (chosen(), chosen("?day=2027-05-15"), chosen("?m=2027-06"), chosen("?m=2027-07")) == ([12], [15], [21], [1])
    assert chosen("?m=2027-06&day=2027-05-15") == [21]
    assert TITLE.findall(page("?day=2027-05-15")) == ["小种子", "小种子"]
    assert "这一天没有活动。" in page()


def test_a_square_names_what_is_on(city):
    shown = page()
    entries = re.findall(r'<span class="month-entry">.*?fill="([^"]+)".*?<span class="month-title">([^<]+)</span>(?: <b class="numbers">(\d+)</b>)?', shown)  # fmt: skip
    assert [(title, number) for _fill, title, number in entries] == [("五月初的小种子", ""), ("小种子", "2")]
    assert {re.fullmatch(r"oklch\(58% [\d.]+ (\d+)\)", fill)[1] for fill, *_rest in entries} == {"128"}
    assert '<span class="numbers">10:00</span> <span class="month-title">五月初的小种子' in shown


def test_what_lasts_for_days_counts_on_each_and_in_each_month(city):
    show = plans.activity("原画展", programme=plans.programme("展览"))
    start = datetime(2027, 5, 29, 1, tzinfo=UTC)
    # Until midnight in Nanjing: the second of June is the last day.
    public(plans.session(start, activity=show, ends_at=datetime(2027, 6, 2, 16, tzinfo=UTC)))
    assert {day: n for day, n in counts().items() if day > 15} == {29: "1 场", 30: "1 场", 31: "1 场"}
    assert counts("?m=2027-06") == {1: "1 场", 2: "1 场", 21: "1 场"}
    assert TITLE.findall(page("?day=2027-06-02")) == ["原画展"]


def test_midnight_is_nanjings(city):
    public(plans.session(datetime(2027, 5, 19, 16, 30, tzinfo=UTC), activity=city["seed"]))
    assert counts() == {3: "1 场", 15: "2 场", 20: "1 场"}


def test_it_is_narrowed_and_its_ways_keep_that(city):
    jiangning = Area.objects.get(name="江宁区")
    public(plans.session(SATURDAY, activity=city["seed"], room=plans.room(venue="百家湖书房", district="江宁区")))
    query = f"?district={jiangning.pk}&age=4"
    assert counts(query) == {15: "1 场"}
    shown = page(query)
    assert f'href="/events/month/?m=2027-04&amp;district={jiangning.pk}&amp;age=4#month"' in shown
    assert f'href="/events/month/?m=2027-06&amp;district={jiangning.pk}&amp;age=4#month"' in shown
    assert f'href="/events/?district={jiangning.pk}&amp;age=4"' in shown
    assert counts("?age=30") == {}


@pytest.mark.parametrize("query", ["?m=2027-13", "?m=x", "?m=", "?m=2027-05&day=2027-05-99", "?m=%00&district=x&age=x"])
def test_nonsense_shows_this_month(city, query):
    assert "2027年5月" in page(query)
    assert counts(query) == {3: "1 场", 15: "2 场"}


def test_its_ways_end_where_months_do(city):
    ways = {
        month: re.findall(r'id="month-(before|after)"', page(f"?m={month}"))
        for month in ("2000-01", "2027-05", "2099-12")
    }
    assert ways == {"2000-01": ["after"], "2027-05": ["before", "after"], "2099-12": ["before"]}


def test_a_busy_day_leads_to_all_of_it(city, monkeypatch):
    monkeypatch.setattr("programmes.planning.views.open_day.MOST", 1)
    shown = page("?day=2027-05-15")
    assert TITLE.findall(shown) == ["小种子"]
    assert '<a href="/events/?day=2027-05-15">查看这一天全部 2 场</a>' in shown


def test_it_tells_month_day_and_number(city):
    (told,) = re.findall(r'role="status" id="finder-told">([^<]+)<', page("?day=2027-05-15"))
    assert told == "2027年5月。5月15日：2 场"


def test_as_many_statements_for_one_as_for_many(city, django_assert_num_queries):
    page("?day=2027-05-15")
    for more in (0, 4):
        for number in range(more):
            activity = plans.activity(
                f"第{number}回", programme=plans.programme(f"读{number}", brand=plans.brand(f"牌{number}"))
            )
            public(plans.session(SATURDAY, activity=activity, room=plans.room(venue=f"书房{number}")))
        with django_assert_num_queries(11):
            page("?day=2027-05-15")
