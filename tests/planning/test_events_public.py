"""Readers look for a session, and read its page."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from kit.page_parts import PagePart
from networks.models import Area, inside
from programmes.planning.choices import Audience, HostKind, Mode, PlaceKind, StatisticClass, UnitRole
from programmes.planning.models import ActivityBook, Book, PartnerUnit, SafetyNotice, Session, UnitLine
from programmes.planning.registers import event_faces, event_page_parts
from programmes.planning.rules.places import Where
from programmes.planning.steps.sessions import publish_sessions
from tests.planning import plans

pytestmark = pytest.mark.django_db

# A Wednesday, 10 o'clock in Nanjing.
WEDNESDAY = datetime(2027, 5, 12, 2, 0, tzinfo=UTC)
SATURDAY = WEDNESDAY + timedelta(days=3)
HOST = "nanjing.test"
TITLE = re.compile(r'<h3 class="session-title"><a href="/events/([\w-]+)/">([^<]+)</a>')


@pytest.fixture(autouse=True)
def _on_a_wednesday(request):
    with time_machine.travel(WEDNESDAY, tick=False):
        yield


def page(path, client=None, status=200):
    answer = (client or Client(HTTP_HOST=HOST)).get(path)
    assert answer.status_code == status
    return answer.content.decode()


def listed(query="", path="/events/"):
    return [title for _code, title in TITLE.findall(page(f"{path}{query}"))]


def public(*sessions):
    with transaction.atomic():
        publish_sessions(sessions, by=None, at=WEDNESDAY)
    return Session.objects.get(pk=sessions[0].pk)


@pytest.fixture
def city(home):
    """Four sessions that readers see, and a draft that they do not."""
    gulou = plans.room()
    jiangning = plans.room("报告厅", venue="百家湖阅读空间", district="江宁区")
    spring = plans.brand("春声")
    child = plans.brand("童声", parent=spring, hue=128)
    stories = plans.programme("周末故事会", brand=child)
    talks = plans.programme("城市讲堂")
    seed = plans.activity("小种子", programme=stories, audiences=[Audience.FAMILIES])
    talk = plans.activity(
        "城墙今昔", programme=talks, from_months=None, to_months=None, audiences=[Audience.ELDERLY],
        statistic_class=StatisticClass.LECTURE, mode=Mode.BOTH,
    )  # fmt: skip
    today = public(
        plans.session(WEDNESDAY + timedelta(hours=4), activity=seed, room=gulou, title="下午的小种子"),
        plans.session(WEDNESDAY + timedelta(days=1), activity=talk, room=jiangning),
        plans.session(SATURDAY, activity=seed, room=gulou),
        plans.session(WEDNESDAY + timedelta(days=40), activity=seed, room=jiangning, from_months=120, to_months=155),
    )
    plans.session(SATURDAY + timedelta(hours=5), activity=seed, room=gulou, title="没公布的场次")
    return {"today": today, "gulou": gulou, "child": child, "spring": spring, "seed": seed}


ALL = ["下午的小种子", "城墙今昔", "小种子", "小种子"]


class TestTheList:
    @pytest.mark.parametrize(
        ("query", "titles"),
        [
            ("", ALL),
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
        shown = page("/events/")
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
        shown = page("/events/")
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
        assert '<a class="button" href="/events/?age=0"' in page("/events/?age=0&day=2027-05-31")
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
        assert '<a href="/events/" class="event-clear">全部清除</a>' in page(f"/events/?{query}")
        assert 'href="/events/"' in re.findall(r'<a [^>]+class="event-taken">', page("/events/?month=2027-06"))[0]
        assert "event-clear" not in page(f"/events/?district={gulou.pk}")

    def test_a_district_leads_to_what_belongs_to_the_whole_city(self, city):
        gulou = Area.objects.get(name="鼓楼区")
        public(plans.session(SATURDAY, activity=city["seed"], title="云上故事会"))
        for path in ("/events/", "/events/month/"):
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
        shown = page("/events/")
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
        page("/events/")
        for more in (0, 4):
            for number in range(more):
                activity = plans.activity(
                    f"第{number}回", programme=plans.programme(f"读{number}", brand=plans.brand(f"牌{number}"))
                )
                public(plans.session(SATURDAY, activity=activity, room=plans.room(venue=f"书房{number}")))
            with django_assert_num_queries(10):
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
        shown = page("/events/")
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
        assert len(FOLD.findall(page("/events/"))) == 1
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
        (card,) = FOLD.findall(page("/events/"))
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
        shown = page("/events/")
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
            with django_assert_num_queries(11):
                page("/events/?when=week")


class TestAPage:
    def test_it_says_what_a_family_needs(self, city):
        session = city["today"]
        answer = Client(HTTP_HOST=HOST).get(f"/events/{session.code}/")
        shown = answer.content.decode()
        for text in (
            "下午的小种子",
            "周末故事会",
            "5月12日 周三",
            "14:00–15:00",
            "今天",
            "3–6 岁",
            "20 个名额",
            "鼓楼区某路 1 号",
        ):
            assert text in shown
        assert f'href="/venues/{city["gulou"].venue.slug}/"' in shown
        assert f'<link rel="canonical" href="http://{HOST}/events/{session.code}/">' in shown
        assert '<meta property="og:title" content="下午的小种子">' in shown
        assert answer.siji_keep is True
        assert "csrfmiddlewaretoken" not in shown

    def test_drafts_are_not_there(self, city):
        draft = plans.session(SATURDAY + timedelta(days=1), activity=city["seed"])
        for address in (f"/events/{draft.code}/", f"/events/{draft.code}/event.ics", "/events/nobody/"):
            page(address, status=404)
        assert draft.code not in page("/events.ics")

    def test_hosts_are_named_only_where_they_agreed(self, city):
        named = plans.host("孙老师", kind=HostKind.EXPERT, introduction="讲了二十年故事。", unit="实验小学")
        hidden = plans.host("周老师", is_public=False, introduction="不想被人知道。")
        session = public(plans.session(SATURDAY + timedelta(hours=3), activity=city["seed"], hosts=(named, hidden)))
        shown = page(f"/events/{session.code}/")
        assert ("孙老师" in shown, "讲了二十年故事。" in shown, "周老师" in shown, "不想被人知道" in shown) == (
            True, True, False, False,
        )  # fmt: skip

    @pytest.mark.parametrize(
        ("own", "activity", "shown"),
        [
            ("", "139 0000 1234", "025-1111"),
            ("", "+86 139-0000-1234", "025-1111"),
            ("", "025-2222 2222", "025-2222 2222"),
            ("13900005678", "025-2222", "13900005678"),
        ],
    )
    def test_nobodys_own_phone_is_told_unless_the_session_says_it(self, city, own, activity, shown):
        venue = city["gulou"].venue
        venue.phone = "025-1111"
        venue.save()
        city["seed"].phone, city["seed"].in_charge = activity, "张主任"
        city["seed"].save()
        session = public(
            plans.session(SATURDAY + timedelta(hours=3), activity=city["seed"], room=city["gulou"], phone=own)
        )
        text = page(f"/events/{session.code}/")
        main = text.split("<footer")[0]
        assert ("张主任" in text, [number for number in (own, activity, "025-1111") if number and number in main]) == (
            False, [shown],
        )  # fmt: skip

    def test_what_changed_is_told_plainly(self, city):
        session = city["today"]
        session.moved_at = WEDNESDAY
        session.moved_from = {
            "starts_at": SATURDAY.isoformat(), "ends_at": (SATURDAY + timedelta(hours=1)).isoformat(), "place": "旧馆",
        }  # fmt: skip
        session.notice = "请带一把剪刀。"
        session.save()
        shown = page(f"/events/{session.code}/")
        assert "时间和地点有变" in shown
        assert "原定：5月15日 周六 10:00–11:00，旧馆。" in shown
        assert "请带一把剪刀。" in shown

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            ({"starts_at": SATURDAY.isoformat()}, "原定：5月15日 周六 10:00–11:00。"),
            ({"place": "旧馆"}, "原定地点：旧馆。"),
        ],
    )
    def test_only_what_is_another_is_named(self, city, change, words):
        session = city["today"]
        session.moved_at, session.moved_from = WEDNESDAY, change
        session.save()
        assert re.findall(r"<p>(原定[^<]+)</p>", page(f"/events/{session.code}/")) == [words]

    def test_it_says_whether_to_sign_up(self, city):
        session, venue = city["today"], city["gulou"].venue

        def said():
            found = re.findall(r'<p class="event-sign-up">.*?<span>(.*?)</span></p>', page(f"/events/{session.code}/"))
            return [re.sub("<[^>]+>", "", text) for text in found]

        assert said() == ["20 个名额"]
        venue.phone = "025-1111"
        venue.save()
        assert said() == ["20 个名额，请先电话咨询 025-1111"]
        city["seed"].capacity = None
        city["seed"].save()
        assert said() == ["无需报名，直接参加"]
        with time_machine.travel(WEDNESDAY + timedelta(days=1), tick=False):
            assert said() == []

    def test_one_that_was_called_off_says_why_and_stays(self, city):
        session = city["today"]
        session.called_off_at, session.call_off_reason = WEDNESDAY, "讲师生病。"
        session.save()
        shown = page(f"/events/{session.code}/")
        assert ("讲师生病。" in shown, "加入手机日历" in shown) == (True, False)
        assert '<a href="#others">看看其他场次</a>' in shown
        with time_machine.travel(WEDNESDAY + timedelta(days=400), tick=False):
            assert "2027年5月12日 周三" in page(f"/events/{session.code}/")

    def test_a_walk_shows_where_to_meet_the_route_and_the_notice(self, city):
        notice = SafetyNotice.objects.create(title="户外安全告知书", text="请穿运动鞋。")
        where = Where(
            PlaceKind.MEETING_POINT, Area.objects.get(name="玄武区"), place_name="解放门", address="解放门 8 号",
            route="沿城墙步行三公里。", safety_notice=notice,
        )  # fmt: skip
        session = public(plans.session(SATURDAY, activity=city["seed"], where=where))
        shown = page(f"/events/{session.code}/")
        for text in ("集合地点", "解放门 8 号", "沿城墙步行三公里。", "户外安全告知书", "请穿运动鞋。"):
            assert text in shown

    def test_units_stand_in_the_order_of_their_parts(self, city):
        for place, (name, role) in enumerate((("甲出版社", UnitRole.SUPPORTS), ("乙局", UnitRole.GUIDES))):
            unit = PartnerUnit.objects.create(name=name)
            UnitLine.objects.create(activity=city["seed"], unit=unit, role=role, place=place)
        shown = page(f"/events/{city['today'].code}/")
        assert re.findall(r"<dd>([^<]+)</dd>", shown) == ["乙局", "甲出版社"]

    def test_other_times_here_come_first(self, city):
        others = re.findall(
            r'<a href="/events/(\w+)/"( data-here)?><b class="event-other-day numbers">([^<]+)</b><b class="numbers">([\d:]+)</b>',
            page(f"/events/{city['today'].code}/"),
        )
        assert [(bool(here), day, clock) for _code, here, day, clock in others] == [
            (True, "5月15日 周六", "10:00"), (False, "6月21日 周一", "10:00"),
        ]  # fmt: skip

    def test_search_engines_read_it(self, city):
        city["seed"].title = "</script><b>小种子"
        city["seed"].save()
        session = city["today"]
        session.title, session.moved_at = "", WEDNESDAY
        session.moved_from = {"starts_at": SATURDAY.isoformat()}
        session.save()
        shown = page(f"/events/{session.code}/")
        (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', shown)
        data = json.loads(text)
        assert (data["name"], data["startDate"], data["previousStartDate"]) == (
            "</script><b>小种子", "2027-05-12T14:00:00+08:00", "2027-05-15T10:00:00+08:00",
        )  # fmt: skip
        assert data["eventStatus"] == "https://schema.org/EventRescheduled"
        assert data["location"]["name"] == "清凉门阅读空间"
        assert data["location"]["address"]["addressLocality"] == "鼓楼区"
        assert (data["typicalAgeRange"], data["isAccessibleForFree"], data["maximumAttendeeCapacity"]) == (
            "3-6",
            True,
            20,
        )
        assert data["organizer"] == [{"@type": "Organization", "name": "金陵图书馆", "url": f"http://{HOST}/"}]
        assert "<b>小种子" not in shown.replace(text, "")
        session.called_off_at, session.call_off_reason = WEDNESDAY, "停电"
        session.save()
        assert "schema.org/EventCancelled" in page(f"/events/{session.code}/")

    def test_a_stream_is_a_place_online(self, city):
        city["seed"].mode, city["seed"].stream_url = Mode.LIVE, "https://live.test/1"
        city["seed"].save()
        session = public(plans.session(SATURDAY, activity=city["seed"]))
        shown = page(f"/events/{session.code}/")
        (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', shown)
        data = json.loads(text)
        assert data["location"] == {"@type": "VirtualLocation", "url": "https://live.test/1"}
        assert data["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"
        assert 'href="https://live.test/1"' in shown

    def test_rooms_above_add_parts_and_another_body(self, city, monkeypatch):
        monkeypatch.setattr(event_page_parts, "parts", {})
        event_page_parts.add(PagePart("more", "planning/public/_own_calendar.html", lambda _request, _session: {}))
        monkeypatch.setattr(event_faces, "faces", [lambda _request, _session: "planning/public/_event_notices.html"])
        shown = page(f"/events/{city['today'].code}/")
        assert ('<div class="wrap event-part">' in shown, "怎么去" in shown, "记下时间" in shown) == (True, False, True)

    def test_at_most_twelve_statements(self, city, django_assert_max_num_queries):
        session = city["today"]
        page(f"/events/{session.code}/")
        for number in range(3):
            public(plans.session(SATURDAY + timedelta(days=number), activity=city["seed"]))
        with django_assert_max_num_queries(12):
            page(f"/events/{session.code}/")


class TestAtAVenue:
    def test_its_page_says_what_is_on(self, city):
        venue = city["gulou"].venue
        shown = page(f"/venues/{venue.slug}/")
        assert [title for _code, title in TITLE.findall(shown)] == ["下午的小种子", "小种子"]
        assert f'href="/events/?venue={venue.slug}"' in shown
        assert f'href="webcal://{HOST}/venues/{venue.slug}/events.ics"' in shown

    def test_as_many_statements_for_one_as_for_four(self, city, django_assert_num_queries):
        venue = city["gulou"].venue
        page(f"/venues/{venue.slug}/")
        for more in (0, 3):
            for number in range(more):
                when = SATURDAY + timedelta(days=number + 1)
                public(plans.session(when, activity=city["seed"], room=city["gulou"]))
            with django_assert_num_queries(16):
                page(f"/venues/{venue.slug}/")

    def test_where_nothing_is_on_nothing_is_said(self, nanjing):
        with inside(nanjing):
            venue = plans.room().venue
        assert "这里的活动" not in page(f"/venues/{venue.slug}/")
