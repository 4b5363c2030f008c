"""Nothing fits: the nearest wider search is one press away, and shows what it finds."""

import re
from datetime import timedelta

import pytest

from networks.models import Area
from tests.planning import plans
from tests.planning.events.reading import SATURDAY, TITLE, listed, page, public

pytestmark = pytest.mark.django_db

BUTTON = re.compile(r'<a class="button" href="([^"]+)"[^>]*>([^<]+)<')


def way_on(query):
    """The one press, its word, and the sessions that are shown with it."""
    (main,) = re.findall(r'<div class="empty".*', page(f"/events/{query}"), re.DOTALL)
    href, word = BUTTON.findall(main)[0]
    return href.replace("&amp;", "&"), word, [title for _code, title in TITLE.findall(main)]


@pytest.mark.parametrize(
    ("query", "href", "word", "near"),
    [
        ("?age=4&with=step_free", "?age=4", "去掉“无障碍通行”再看", ["下午的小种子", "小种子"]),
        ("?when=today&mode=live", "?when=today", "去掉“直播”再看", ["下午的小种子"]),
        ("?when=today&audience=elderly", "?when=today", "去掉“老年人”再看", ["下午的小种子"]),
        ("?when=tomorrow&age=4", "?when=tomorrow", "去掉“4 岁”再看", ["城墙今昔"]),
        ("?day=2027-05-31", "?when=coming", "看看所有日期", ["小种子", "下午的小种子", "城墙今昔"]),
        ("?q=钢琴", "?when=coming", "去掉关键词再看", ["下午的小种子", "城墙今昔", "小种子"]),
        ("?q=钢琴&age=0&class=training&day=2030-01-01", "?when=coming", "查看全部场次", ["下午的小种子", "城墙今昔", "小种子"]),
    ],
)  # fmt: skip
def test_the_nearest_wider_search_finds_something(city, query, href, word, near):
    assert listed(query) == []
    assert way_on(query) == (f"/events/{href}", word, near)
    assert len(listed(href)) >= len(near) > 0


def test_a_district_is_given_up_before_the_day(city):
    xuanwu = Area.objects.get(name="玄武区")
    href, word, near = way_on(f"?district={xuanwu.pk}&when=today&age=4")
    assert (href, word, near) == ("/events/?when=today&age=4", "在全市找找", ["下午的小种子"])


def test_what_was_called_off_is_not_offered(city):
    session = city["today"]
    session.called_off_at, session.call_off_reason = SATURDAY, "停电"
    session.save()
    assert way_on("?day=2027-05-31&age=4")[2] == ["小种子"]


def test_a_venue_is_named_before_it_is_given_up(city):
    quiet = plans.room(venue="静读书房", district="玄武区").venue
    href, word, near = way_on(f"?venue={quiet.slug}&when=tomorrow")
    assert (href, word, near) == ("/events/?when=tomorrow", "去掉“静读书房”再看", ["城墙今昔"])


def test_it_costs_no_statement_more_for_more(city, django_assert_max_num_queries):
    public(*(plans.session(SATURDAY + timedelta(hours=2 * n), activity=city["seed"]) for n in range(4)))
    page("/events/?q=钢琴&when=today")
    with django_assert_max_num_queries(14):
        page("/events/?q=钢琴&when=today")


def otherwise(path):
    """In place of a day below a week or a month."""
    (main,) = re.findall(r'<div class="empty".*', page(path), re.DOTALL)
    href, word = BUTTON.findall(main)[0]
    return href.replace("&amp;", "&"), word, [title for _code, title in TITLE.findall(main)]


@pytest.mark.parametrize("path", ["/events/week/?w=2027-07-05&age=4", "/events/month/?m=2027-07&age=4"])
def test_an_empty_week_or_month_leads_to_the_next_day_with_something(city, path):
    assert otherwise(path) == ("/events/week/?age=4", "去最近有活动的一天", ["下午的小种子", "小种子"])


def test_an_empty_week_gives_up_what_nothing_fits(city):
    assert otherwise("/events/week/?age=4&mode=live") == (
        "/events/week/?age=4",
        "去掉“直播”再看",
        ["下午的小种子", "小种子"],
    )
    assert otherwise("/events/week/?w=2027-07-05&class=training&age=0")[:2] == ("/events/?when=coming", "查看全部场次")


def test_a_city_without_sessions_leads_to_its_spaces(nanjing):
    for path in ("/events/", "/events/week/?day=2027-05-12", "/events/month/"):
        assert "还没有公布活动" in page(path)
