"""A week as a strip of seven days, and what is on at the one that lies open: where readers begin."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from networks.models import Area, inside
from tests.planning import plans
from tests.planning.events.reading import HOST, SATURDAY, TITLE, WEDNESDAY, page, public
from venues.models import Venue

pytestmark = pytest.mark.django_db

DAY = re.compile(r'<a id="day-(\d+)" href="([^"]+)" rel="nofollow"( aria-current="date")? aria-label="([^"]+)">')
STRIP = re.compile(r'<ol class="week-strip".*?</ol>', re.DOTALL)


def strip(query="", path="/events/week/"):
    (found,) = STRIP.findall(page(f"{path}{query}"))
    return DAY.findall(found)


def counts(query="", path="/events/week/"):
    """By day of the month, where there is something."""
    found = {int(day): label.rpartition("，")[2] for day, _href, _chosen, label in strip(query, path)}
    return {day: text for day, text in found.items() if text != "0 场"}


def chosen(query="", path="/events/week/"):
    return [int(day) for day, _href, is_chosen, _label in strip(query, path) if is_chosen]


def titles(query="", path="/events/week/"):
    return [title for _code, title in TITLE.findall(page(f"{path}{query}"))]


def test_readers_begin_with_this_week_and_today(city):
    assert strip("", "/events/") == strip("?day=2027-05-12")
    assert counts("", "/events/") == {12: "1 场", 13: "1 场", 15: "1 场"}
    assert [int(day) for day, *_rest in strip()] == [10, 11, 12, 13, 14, 15, 16]
    assert (chosen("", "/events/"), titles("", "/events/")) == ([12], ["下午的小种子"])
    assert "5月10日–<wbr>5月16日" in page("/events/")
    assert '<span class="week-which">本周</span>' in page("/events/")
    assert '这一周共 <b class="numbers">3</b> 场' in page("/events/")


@pytest.mark.parametrize("query", ["?from=singlemessage&isappinstalled=0", "?fresh=1", "?utm_source=x"])
def test_what_messengers_write_into_addresses_changes_nothing(city, query):
    assert counts(query, "/events/") == counts()


def test_a_day_of_the_strip_is_a_link_to_its_list(city):
    hrefs = {int(day): href for day, href, _chosen, _label in strip()}
    assert hrefs[15] == "/events/week/?day=2027-05-15#week"
    assert (chosen("?day=2027-05-15"), titles("?day=2027-05-15")) == ([15], ["小种子"])
    assert "这一天没有活动。" in page("/events/week/?day=2027-05-14")


def test_weeks_lead_to_one_another(city):
    shown = page("/events/week/?age=10")
    assert re.findall(r'<a class="month-way" id="week-(before|after)" href="([^"]+)"', shown) == [
        ("before", "/events/week/?w=2027-06-14&amp;age=10#week"),
        ("after", "/events/week/?w=2027-06-28&amp;age=10#week"),
    ]
    assert [int(day) for day, *_rest in strip("?w=2027-06-23")] == [21, 22, 23, 24, 25, 26, 27]
    assert (chosen("?w=2027-06-23"), counts("?w=2027-06-23")) == ([21], {21: "1 场"})
    assert "下周" in page("/events/week/?w=2027-05-17")
    assert "2028年 5月8日–<wbr>5月14日" in page("/events/week/?w=2028-05-10")
    assert "上周" in page("/events/week/?w=2027-05-03")


def test_where_nothing_is_to_come_the_next_day_with_something_lies_open(city):
    assert (chosen("?age=10"), counts("?age=10")) == ([21], {21: "1 场"})
    with time_machine.travel(SATURDAY + timedelta(hours=2), tick=False):
        assert (chosen("", "/events/"), counts("", "/events/")) == ([21], {21: "1 场"})


def test_of_today_only_what_is_to_come_and_of_other_days_what_was(city):
    with time_machine.travel(WEDNESDAY + timedelta(days=1, hours=3), tick=False):
        assert counts("?day=2027-05-13") == {12: "1 场", 15: "1 场"}
        assert titles("?day=2027-05-12") == ["下午的小种子"]


def test_what_lasts_for_days_counts_on_each(city):
    show = plans.activity("原画展", programme=plans.programme("展览"))
    public(plans.session(WEDNESDAY - timedelta(days=9), activity=show, ends_at=datetime(2027, 5, 14, 1, tzinfo=UTC)))
    assert counts() == {10: "1 场", 11: "1 场", 12: "2 场", 13: "2 场", 14: "1 场", 15: "1 场"}


def test_filters_stay_within_the_week_and_words_leave_it(city):
    jiangning = Area.objects.get(name="江宁区")
    shown = page(f"/events/week/?district={jiangning.pk}")
    assert counts(f"?district={jiangning.pk}") == {13: "1 场"}
    assert f'href="/events/week/?district={jiangning.pk}&amp;age=4"' in shown
    (search,) = re.findall(r'<form class="finder-search" action="([^"]+)"', shown)
    assert search == "/events/"
    assert 'href="/events/" class="event-taken"' in shown


@pytest.mark.parametrize("query", ["?w=x", "?w=2027-13-01", "?day=2027-02-30", "?day=9999-12-31&district=x", "?w=%00"])
def test_nonsense_shows_this_week(city, query):
    assert counts(query) == counts()


def test_weeks_end_where_days_do(city):
    ways = re.compile(r'id="week-(before|after)"')
    assert ways.findall(page("/events/week/?day=2000-01-01")) == ["after"]
    assert ways.findall(page("/events/week/?day=2099-12-31")) == ["before"]


def test_it_is_kept_for_everybody_and_asks_for_no_token(city):
    answer = Client(HTTP_HOST=HOST).get("/events/")
    assert (answer.cookies, answer.siji_keep) == ({}, True)
    assert "csrfmiddlewaretoken" not in answer.content.decode()


def test_another_citys_sessions_are_not_here(nanjing, shenzhen):
    with inside(shenzhen):
        public(plans.session(WEDNESDAY + timedelta(hours=1), activity=plans.activity("深南故事")))
    assert titles("", "/events/") == []


def test_as_many_statements_for_one_as_for_many(home, django_assert_num_queries):
    public(plans.session(SATURDAY, activity=plans.activity(), room=plans.room("声屋", venue="无台阶书房")))
    Venue.objects.update(step_free=True)
    page("/events/")
    for more in (0, 4):
        for number in range(more):
            activity = plans.activity(
                f"第{number}回", programme=plans.programme(f"读{number}", brand=plans.brand(f"牌{number}"))
            )
            public(plans.session(SATURDAY, activity=activity, room=plans.room(venue=f"书房{number}")))
        Venue.objects.update(step_free=True)
        for query in ("?fresh=1", "?age=4&with=step_free"):
            with django_assert_num_queries(11):
                page(f"/events/week/{query}")
