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
