"""The address says everything; what it says in vain is named and left out."""

import re

import pytest

from tests.planning.events.reading import listed, page

pytestmark = pytest.mark.django_db

ALL = ["下午的小种子", "城墙今昔", "小种子", "小种子"]
LEFT_OUT = re.compile(r"地址里有些内容这里不认识，已略过：([^<]+)。")


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?district=x", "区"),
        ("?district=999999999&brand=999999999", "区、品牌"),
        ("?age=999&audience=x&class=x&mode=x", "孩子几岁、适合谁、什么活动、现场还是直播"),
        ("?when=someday&venue=nobody", "时间、馆点"),
        ("?day=2027-02-30", "日期"),
        ("?month=2027-13&free=no&with=wings&for=you", "月份、无障碍通行、有名额、给我的孩子"),
    ],
)
def test_nonsense_is_named_and_left_out(city, query, names):
    assert listed(query) == ALL
    assert LEFT_OUT.findall(page(f"/events/{query}")) == [names]


@pytest.mark.parametrize("path", ["/events/week/", "/events/month/", "/events/past/"])
def test_the_other_views_say_it_too(city, path):
    assert LEFT_OUT.findall(page(f"{path}?district=x&age=4")) == ["区"]


@pytest.mark.parametrize(
    "query", ["?when=coming", "?age=4&when=week", "?month=2027-05&day=2027-05-15", "?when=week&day=2027-05-15", "?age="]
)
def test_what_is_known_is_not(city, query):
    assert LEFT_OUT.findall(page(f"/events/{query}")) == []


def test_ways_from_view_to_view_keep_what_is_chosen(city):
    tabs = re.compile(r'<nav class="tabs".*?</nav>', re.DOTALL)

    def ways(path):
        (found,) = tabs.findall(page(path))
        return [href.replace("&amp;", "&") for href in re.findall(r'href="([^"]+)"', found)]

    assert ways("/events/?day=2027-05-15&age=4") == [
        "/events/?day=2027-05-15&age=4", "/events/week/?day=2027-05-15&age=4", "/events/month/?m=2027-05&age=4",
        "/events/?age=4", "/events/past/?age=4",
    ]  # fmt: skip
    assert ways("/events/") == [
        "/events/?day=2027-05-12", "/events/week/?day=2027-05-12", "/events/month/?m=2027-05", "/events/?when=coming",
        "/events/past/",
    ]  # fmt: skip
    assert ways("/events/?when=weekend") == [
        "/events/?day=2027-05-12", "/events/", "/events/month/", "/events/?when=coming", "/events/past/",
    ]  # fmt: skip


def test_a_single_day_leads_to_its_neighbours(city):
    shown = page("/events/?day=2027-05-15&age=4")
    (ways,) = re.findall(r'<nav class="day-ways".*?</nav>', shown, re.DOTALL)
    assert re.findall(r'<a href="([^"]+)"', ways) == [
        "/events/?day=2027-05-14&amp;age=4",
        "/events/?day=2027-05-16&amp;age=4",
    ]
    assert "day-ways" not in page("/events/?age=4")
    assert page("/events/?day=2099-12-31").count('rel="next nofollow"') == 0
