"""Readers look for a session in the list by days."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from networks.models import Area, inside
from programmes.planning.models import ActivityBook, Book
from tests.planning import plans
from tests.planning.events.reading import HOST, SATURDAY, TITLE, WEDNESDAY, listed, page, public

pytestmark = pytest.mark.django_db

ALL = ["下午的小种子", "城墙今昔", "小种子", "小种子"]


class TestTheList:
    @pytest.mark.parametrize(
        ("query", "titles"),
        [
            ("?when=coming", ALL),
            ("?when=today", ["下午的小种子"]),
            ("?when=tomorrow", ["城墙今昔"]),
            ("?when=weekend", ["小种子"]),
            ("?when=week", ["下午的小种子", "城墙今昔", "小种子"]),
            ("?day=2027-05-15", ["小种子"]),
            ("?month=2027-06", ["小种子"]),
            ("?month=2027-06&day=2027-05-13", ["城墙今昔"]),
            ("?age=4", ["下午的小种子", "小种子"]),
            ("?age=10", ["小种子"]),
            ("?age=70", ["城墙今昔"]),
            ("?audience=families", ["下午的小种子", "小种子", "小种子"]),
            ("?class=lecture", ["城墙今昔"]),
            ("?mode=live", ["城墙今昔"]),
            ("?mode=on_site", ALL),
            ("?q=小种子", ["下午的小种子", "小种子", "小种子"]),
            ("?q=百家湖　小种子", ["小种子"]),
            ("?q=江宁", ["城墙今昔", "小种子"]),
            ("?q=周末故事会", ["下午的小种子", "小种子", "小种子"]),
            ("?q=没公布", []),
            ("?when=x&day=2027-02-30&month=13&age=-1&audience=x&class=x&mode=x&brand=x&district=x&venue=nobody&page=x", ALL),
            ("?district=999999999&brand=999999999&age=999&q=%00", ALL),
        ],
    )  # fmt: skip
    def test_it_is_narrowed_by_its_address(self, city, query, titles):
        assert listed(query) == titles

    def test_by_district_venue_and_brand_with_those_below(self, city):
        gulou = Area.objects.get(name="鼓楼区")
        assert listed(f"?district={gulou.pk}") == ["下午的小种子", "小种子"]
        assert listed(f"?venue={city['gulou'].venue.slug}&when=weekend") == ["小种子"]
        assert listed(f"?brand={city['spring'].pk}") == listed(f"?brand={city['child'].pk}") == ["下午的小种子", "小种子", "小种子"]  # fmt: skip

    def test_days_carry_their_dates_and_how_near_they_are(self, city):
        shown = page("/events/?when=coming")
        days = re.findall(r'<time class="date" datetime="([\d-]+)" data-season="(\w+)">', shown)
        assert days == [
            ("2027-05-12", "spring"), ("2027-05-13", "spring"), ("2027-05-15", "spring"), ("2027-06-21", "summer"),
        ]  # fmt: skip
        assert re.findall(r'<span class="day-near">([^<]+)<', shown) == ["今天", "明天", "3 天后"]
        assert '共 <b class="numbers">4</b> 场' in shown
        assert "14:00–15:00" in shown

    def test_tiles_count_what_else_fits_wherever_one_looks(self, city):
        gulou = Area.objects.get(name="鼓楼区")
        shown = page(f"/events/?district={gulou.pk}&age=4")
        counts = re.findall(r'<span class="tile-name">([^<]+)</span><span class="tile-count numbers">(\d+)', shown)
        assert sorted(set(counts)) == [("江北新区", "0"), ("江宁区", "0"), ("玄武区", "0"), ("鼓楼区", "2")]
        assert "<span>鼓楼区</span> 活动" in shown

    def test_what_is_over_is_gone_but_found_by_its_day(self, city):
        with time_machine.travel(SATURDAY + timedelta(hours=2), tick=False):
            assert listed() == ["小种子"]
            assert listed("?day=2027-05-12") == ["下午的小种子"]
            assert "已结束" in page("/events/?day=2027-05-12")

    def test_what_lasts_for_weeks_stands_apart_above_the_first_day(self, city):
        show = plans.activity("原画展", programme=plans.programme("展览"), from_months=None, to_months=None)
        start = WEDNESDAY - timedelta(days=3)
        public(plans.session(start, activity=show, room=plans.room(venue="展厅"), ends_at=start + timedelta(days=9)))
        shown = page("/events/?when=coming")
        (running,) = re.findall(r'<details class="running".*?</details>', shown, re.DOTALL)
        assert [title for _code, title in TITLE.findall(running)] == ["原画展"]
        assert "至 5月18日 周二" in running
        assert listed() == ["原画展", *ALL]
        assert listed("?q=原画展") == ["原画展"]
        assert "没有找到" not in page("/events/?q=原画展")
        (code,) = re.findall(r'<a href="/events/([\w-]+)/">原画展', running)
        tile = re.findall(
            r'<div class="event-until"><span>至</span>\s*<time class="date" datetime="([^"]+)"',
            page(f"/events/{code}/"),
        )
        assert tile == ["2027-05-18"]

    def test_called_off_and_moved_ones_say_so(self, city):
        session = city["today"]
        session.called_off_at, session.call_off_reason = WEDNESDAY, "暴雨，本场取消。"
        session.save()
        shown = page("/events/?when=today")
        assert "已取消" in shown
        assert "暴雨，本场取消。" in shown
        session.called_off_at, session.call_off_reason = None, ""
        session.moved_at = WEDNESDAY
        session.moved_from = {"starts_at": SATURDAY.isoformat(), "ends_at": None, "place": "清凉门阅读空间 · 故事屋"}
        session.save()
        assert "时间有变" in page("/events/?when=today")

    def test_nothing_fits_and_there_is_a_way_on(self, city):
        xuanwu = Area.objects.get(name="玄武区")
        shown = page(f"/events/?district={xuanwu.pk}&age=4")
        assert "没有同时符合的场次" in shown
        assert "全市其他区还有 2" in shown
        assert '<a class="button" href="/events/?age=4"' in shown
        assert '<a class="button" href="/events/?age=5"' in page("/events/?age=5&day=2027-05-31")
        assert "订阅" not in shown.split("finder-main")[1].split("<footer")[0]

    def test_words_in_vain_are_named_and_may_be_dropped(self, city):
        gulou = Area.objects.get(name="鼓楼区")
        shown = page(f"/events/?q=钢琴&district={gulou.pk}")
        assert "没有找到“钢琴”" in shown
        assert f'<a class="button" href="/events/?district={gulou.pk}"' in shown
        assert "鼓楼区全部活动" in shown
        assert '<a class="button" href="/events/?when=today"' in page("/events/?q=没有&when=today")

    def test_each_condition_is_taken_away_on_its_own(self, city):
        gulou, brand = Area.objects.get(name="鼓楼区"), city["spring"]
        query = (
            f"q=x&day=2027-05-15&district={gulou.pk}&age=4&audience=families&class=lecture&mode=live&brand={brand.pk}"
        )
        pairs = query.split("&")
        taken = re.findall(r'<a href="([^"]+)" class="event-taken">([^<]+)<', page(f"/events/?{query}"))
        assert [label for _href, label in taken] == [
            "“x”", "2027年5月15日 周六", "鼓楼区", "4 岁", "家庭", "讲座", "直播", "春声",
        ]  # fmt: skip
        assert [href.replace("&amp;", "&") for href, _label in taken] == [
            f"/events/?{'&'.join(other for other in pairs if other != pair)}" for pair in pairs
        ]
        assert '<a href="/events/?when=coming" class="event-clear">全部清除</a>' in page(f"/events/?{query}")
        assert (
            'href="/events/?when=coming"'
            in re.findall(r'<a [^>]+class="event-taken">', page("/events/?month=2027-06"))[0]
        )
        assert "event-clear" not in page(f"/events/?district={gulou.pk}")

    def test_a_district_leads_to_what_belongs_to_the_whole_city(self, city):
        gulou = Area.objects.get(name="鼓楼区")
        public(plans.session(SATURDAY, activity=city["seed"], title="云上故事会"))
        for path in ("/events/", "/events/week/", "/events/month/"):
            shown = page(f"{path}?district={gulou.pk}&age=4")
            assert "另有 1 场线上和户外活动" in shown
            (href,) = re.findall(r'<p class="event-in-none"><a href="([^"]+)"', shown)
            assert "云上故事会" in page(href.replace("&amp;", "&"))
            assert "event-in-none" not in page(path)
        assert listed("?district=city") == ["云上故事会"]
        assert '共 <b class="numbers">1</b> 场' in page("/events/?district=city")
        assert listed(f"?district={gulou.pk}") == ["下午的小种子", "小种子"]

    def test_a_calendar_is_offered_under_its_true_name(self, city):
        gulou = Area.objects.get(name="鼓楼区")
        assert "订阅鼓楼区、4 岁的全部场次（不限日期）" in page(f"/events/?district={gulou.pk}&age=4&when=week")
        assert "在自己的日历里订阅全部场次（不限日期）" in page("/events/?day=2027-05-15")

    def test_words_find_what_is_read_who_leads_it_and_the_brand(self, city):
        host, hidden = plans.host("孙敬修"), plans.host("周老师", is_public=False)
        read = plans.activity("读一本书", programme=city["seed"].programme, summary="从一粒麦子说起")
        ActivityBook.objects.create(activity=read, book=Book.objects.create(title="夏洛的网"))
        public(plans.session(SATURDAY + timedelta(hours=6), activity=read, hosts=(host, hidden)))
        for words in ("孙敬修", "夏洛", "《夏洛的网》", "麦子，", "“读一本书”。"):
            assert listed(f"?q={words}") == ["读一本书"]
        assert listed("?q=周老师") == []
        assert len(listed("?q=童声")) == len(listed("?q=春声")) == 4

    def test_an_empty_city_leads_to_its_spaces(self, nanjing):
        shown = page("/events/?when=coming")
        assert "还没有公布活动" in shown
        assert 'href="/venues/"' in shown

    def test_many_come_in_pages_that_keep_what_was_chosen(self, city):
        public(*(plans.session(SATURDAY + timedelta(hours=2 * n), activity=city["seed"]) for n in range(30)))
        assert len(listed("?age=4")) == 30
        assert len(listed("?age=4&page=2")) == 2
        assert "/events/?age=4&amp;page=2" in page("/events/?age=4")
        assert len(listed("?age=4&page=99")) == 2

    def test_as_many_statements_for_one_as_for_many(self, home, django_assert_num_queries):
        room = plans.room()
        public(plans.session(SATURDAY, activity=plans.activity(), room=room))
        page("/events/?when=coming")
        for more in (0, 4):
            for number in range(more):
                activity = plans.activity(
                    f"第{number}回", programme=plans.programme(f"读{number}", brand=plans.brand(f"牌{number}"))
                )
                public(plans.session(SATURDAY, activity=activity, room=plans.room(venue=f"书房{number}")))
            with django_assert_num_queries(11):
                page("/events/?when=week")

    def test_it_is_kept_for_everybody_and_asks_for_no_token(self, city):
        answer = Client(HTTP_HOST=HOST).get("/events/")
        assert (answer.cookies, answer.siji_keep) == ({}, True)
        assert "csrfmiddlewaretoken" not in answer.content.decode()

    def test_another_citys_sessions_are_not_here(self, nanjing, shenzhen):
        with inside(shenzhen):
            theirs = public(plans.session(SATURDAY, activity=plans.activity("深南故事")))
        assert listed() == []
        assert listed(path="/events/month/") == []
        page(f"/events/{theirs.code}/", status=404)
        page(f"/events/{theirs.code}/event.ics", status=404)
        assert "深南故事" not in page("/events.ics")

    def test_more_stays_open_for_whoever_is_choosing(self, city):
        asking = Client(HTTP_HOST=HOST, headers={"hx-request": "true"})
        opened = '<details class="finder-more event-more" open>'
        assert (opened in page("/events/?age=4", asking), opened in page("/events/?age=4")) == (True, False)
        assert ("查看 2 场" in page("/events/?age=4", asking), "查看 2 场" in page("/events/?age=4")) == (True, False)
