"""What is over stays to be found, and leads to what comes next."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from networks.models import Area, inside
from tests.planning import plans
from tests.planning.events.reading import HOST, SATURDAY, TITLE, WEDNESDAY, page, public

pytestmark = pytest.mark.django_db

PILL = re.compile(
    r'id="pill-((?:year|month)-\d+)" href="([^"]+)"( aria-current="true")?.*?pill-count numbers">(\d+)<', re.DOTALL
)
LATER = WEDNESDAY + timedelta(days=300)


def past(query=""):
    return page(f"/events/past/{query}")


def titles(query=""):
    return [title for _code, title in TITLE.findall(past(query))]


@pytest.fixture
def years_later(city):
    with time_machine.travel(LATER, tick=False):
        early = plans.session(WEDNESDAY - timedelta(days=40), activity=city["seed"], title="四月的小种子")
        now = plans.session(LATER - timedelta(days=3), activity=city["seed"], title="三月的小种子")
        coming = plans.session(LATER + timedelta(days=3), activity=city["seed"], title="将来的小种子")
        public(early, now, coming)
        yield city


def test_the_last_month_is_shown_and_years_and_months_lead_to_the_others(years_later):
    assert titles() == ["三月的小种子"]
    assert "2028年3月共" in past()
    assert [(key, bool(is_on), count) for key, _href, is_on, count in PILL.findall(past())] == [
        ("year-2028", True, "1"), ("year-2027", False, "5"), ("month-3", True, "1"),
    ]  # fmt: skip
    (year,) = [href for key, href, *_rest in PILL.findall(past()) if key == "year-2027"]
    assert year == "/events/past/?month=2027-06"
    ways = {key: (href, count) for key, href, _is_on, count in PILL.findall(past("?month=2027-06"))}
    assert ways["month-5"] == ("/events/past/?month=2027-05", "3")
    assert titles("?month=2027-05") == ["下午的小种子", "城墙今昔", "小种子"]


def test_it_is_narrowed_and_says_where_to_go_on(years_later):
    gulou = Area.objects.get(name="鼓楼区")
    shown = past(f"?month=2027-05&district={gulou.pk}&age=4")
    assert [title for _code, title in TITLE.findall(shown)] == ["下午的小种子", "小种子"]
    assert f'<a href="/events/?district={gulou.pk}&amp;age=4">看看接下来的活动<' in shown
    assert 'href="/events/?when=coming"' in past()
    assert titles("?month=2027-05&q=城墙") == ["城墙今昔"]


@pytest.mark.parametrize("query", ["?month=x", "?month=2027-13&age=x", "?page=x", "?month=9999-01", "?free=yes"])
def test_nonsense_shows_the_last_month(years_later, query):
    assert titles(query) == ["三月的小种子"]


def test_a_month_without_anything_says_so(years_later):
    assert "这个月没有已结束的同类活动。" in past("?month=2026-01")


def test_a_page_of_one_that_is_over_leads_to_what_comes_next(years_later):
    codes = {title: code for code, title in TITLE.findall(past("?month=2027-05"))}
    seed, talk = page(f"/events/{codes['小种子']}/"), page(f"/events/{codes['城墙今昔']}/")
    assert '<a href="#others">还会再办：看看其他场次</a>' in seed
    slug = re.findall(r"/events/\?venue=([\w-]+)", talk)[0]
    assert f'<a href="/events/?venue={slug}">看看接下来的活动</a>' in talk


def test_where_nothing_is_over_yet(nanjing):
    assert "这个月没有已结束的同类活动。" in past()


def test_it_is_kept_for_everybody(city):
    assert Client(HTTP_HOST=HOST).get("/events/past/").siji_keep is True


def test_another_citys_past_is_not_here(nanjing, shenzhen):
    with inside(shenzhen):
        public(plans.session(WEDNESDAY - timedelta(days=2), activity=plans.activity("深南故事")))
    assert titles() == []


def test_as_many_statements_for_one_as_for_many(home, django_assert_num_queries):
    public(plans.session(WEDNESDAY - timedelta(days=1), activity=plans.activity(), room=plans.room()))
    past("?fresh=1")
    for more in (0, 4):
        for number in range(more):
            activity = plans.activity(f"第{number}回", programme=plans.programme(f"读{number}"))
            room = plans.room(venue=f"书房{number}")
            public(plans.session(SATURDAY - timedelta(days=40 * number + 9), activity=activity, room=room))
        with django_assert_num_queries(12):
            past("?fresh=1")
