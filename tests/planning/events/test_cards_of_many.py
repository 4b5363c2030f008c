"""What is the same at one time in many places is one card."""

import re
from datetime import timedelta

import pytest

from networks.models import Area
from programmes.planning.models import Session
from tests.planning import plans
from tests.planning.events.reading import SATURDAY, TITLE, WEDNESDAY, listed, page, public

pytestmark = pytest.mark.django_db

FOLD = re.compile(r'<article class="session"[^>]* data-fold>.*?</article>', re.DOTALL)


@pytest.fixture
def everywhere(home):
    """Makes sessions of one activity at one time, at so many venues of a district."""
    stories = plans.activity("绘本（春）", programme=plans.programme("四季读书"))

    def made(count, district="鼓楼区", start=SATURDAY, activity=stories, **own):
        rooms = [plans.room(venue=f"{district}第{number:02}书房", district=district) for number in range(count)]
        return [plans.session(start, activity=activity, room=room, **own) for room in rooms]

    return made


class TestOneCardForManyPlaces:
    def test_more_than_three_places_are_one_card_by_district(self, everywhere):
        public(*everywhere(2), *everywhere(3, "江宁区"))
        shown = page("/events/?when=coming")
        assert TITLE.findall(shown) == []
        (card,) = FOLD.findall(shown)
        assert '<h3 class="session-title">绘本（春）</h3>' in card
        assert "10:00–11:00" in card
        assert "<span>5 个馆点</span>" in card
        assert re.findall(r'<h4>(.+?) <span class="numbers">(\d+)</span></h4>', card) == [
            ("鼓楼区", "2"),
            ("江宁区", "3"),
        ]
        links = re.findall(r'<a href="/events/([a-z0-9]+)/">([^<]+)</a>', card)
        known = dict(Session.objects.values_list("code", "venue__name"))
        assert dict(links) == known
        assert [name for _code, name in links][:3] == ["鼓楼区第00书房", "鼓楼区第01书房", "江宁区第00书房"]
        assert '共 <b class="numbers">5</b> 场' in shown

    def test_three_are_cards_of_their_own_and_so_they_are_in_one_district(self, everywhere):
        public(*everywhere(3), *everywhere(3, "江宁区"))
        gulou = Area.objects.get(name="鼓楼区")
        assert len(FOLD.findall(page("/events/?when=coming"))) == 1
        assert listed(f"?district={gulou.pk}") == ["绘本（春）"] * 3

    def test_another_time_title_age_or_state_stays_alone(self, everywhere):
        public(*everywhere(9))
        sessions = list(Session.objects.order_by("pk"))
        sessions[0].called_off_at, sessions[0].call_off_reason = WEDNESDAY, "停电。"
        sessions[1].moved_at = WEDNESDAY
        sessions[2].title = "绘本（夏）"
        sessions[3].starts_at += timedelta(minutes=15)
        sessions[4].from_months = 60
        for session in sessions[:5]:
            session.save()
        (card,) = FOLD.findall(page("/events/?when=coming"))
        assert "<span>4 个馆点</span>" in card
        assert listed() == ["绘本（春）", "绘本（春）", "绘本（夏）", "绘本（春）", "绘本（春）"]

    def test_pages_count_cards(self, everywhere, city, monkeypatch):
        monkeypatch.setattr("programmes.planning.views.public.SIZE", 3)
        public(*everywhere(4), *everywhere(5, "江宁区"))
        first, second = page("/events/?when=week"), page("/events/?when=week&page=2")
        assert (len(TITLE.findall(first)), len(FOLD.findall(first))) == (3, 0)
        assert (TITLE.findall(second), len(FOLD.findall(second))) == ([], 1)
        assert "第 2 页，共 2 页" in second
        assert "<span>9 个馆点</span>" in second

    def test_very_many_places_are_districts_that_lead_to_them(self, everywhere, monkeypatch):
        monkeypatch.setattr("programmes.planning.queries.cards.MOST_LISTED", 7)
        public(*everywhere(4), *everywhere(4, "江宁区"))
        (card,) = FOLD.findall(page("/events/?age=4"))
        ways = re.findall(r'<a href="([^"]+)" rel="nofollow">(.+?) <span class="numbers">(\d+)</span></a>', card)
        assert [(name, number) for _href, name, number in ways] == [("鼓楼区", "4"), ("江宁区", "4")]
        gulou = Area.objects.get(name="鼓楼区")
        assert (
            ways[0][0]
            == f"/events/?q=%E7%BB%98%E6%9C%AC+%E6%98%A5&amp;day=2027-05-15&amp;district={gulou.pk}&amp;age=4"
        )
        (theirs,) = FOLD.findall(page(ways[0][0].replace("&amp;", "&")))
        assert len(re.findall(r'<a href="/events/[a-z0-9]+/">', theirs)) == 4

    def test_what_has_been_going_on_is_folded_too(self, everywhere):
        show = plans.activity("巡回展", programme=plans.programme("展览"))
        start = WEDNESDAY - timedelta(days=3)
        public(*everywhere(4, start=start, activity=show, ends_at=start + timedelta(days=9)))
        shown = page("/events/?when=coming")
        assert "<span>4 个馆点</span>" in FOLD.findall(shown)[0]
        assert "巡回展" in shown

    def test_the_day_below_a_month_has_the_same_cards(self, everywhere):
        public(*everywhere(5))
        shown = page("/events/month/?day=2027-05-15")
        assert len(FOLD.findall(shown)) == 1
        assert TITLE.findall(shown) == []

    def test_as_many_statements_for_four_places_as_for_twelve(self, everywhere, django_assert_num_queries):
        public(*everywhere(4))
        page("/events/?when=week")
        for district in (None, "江宁区"):
            if district:
                public(*everywhere(8, district), *everywhere(4, "玄武区", SATURDAY + timedelta(hours=3)))
            with django_assert_num_queries(12):
                page("/events/?when=week")
