"""Readers find a venue, read its page, and print the sheet for its door."""

import json
import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
import zxingcpp
from django.test import Client

from kit import clock
from kit.page_parts import Faces, PagePart, PageParts
from networks.models import Area, inside
from people.models import Household, Member
from tests.kit.test_ui_qr import drawn
from tests.venues.places import ALL_DAYS, NOT_SUNDAY, open_space
from venues.choices import DayKind, VenueKind
from venues.models import CalendarDay, Closure, Venue
from venues.rules.hours import Span

pytestmark = pytest.mark.django_db

# A Wednesday, 10 o'clock in Nanjing.
WEDNESDAY = datetime(2027, 5, 12, 2, 0, tzinfo=UTC)
HOST = "nanjing.test"
NAME = re.compile(r'<h2 class="venue-name"><a href="/venues/([\w-]+)/">([^<]+)</a>')


@pytest.fixture(autouse=True)
def _on_a_wednesday():
    with time_machine.travel(WEDNESDAY, tick=False):
        yield


def listed(query="", client=None):
    answer = (client or Client(HTTP_HOST=HOST)).get(f"/venues/{query}")
    assert answer.status_code == 200
    return [name for _slug, name in NAME.findall(answer.content.decode())]


def page_of(venue, client=None):
    return (client or Client(HTTP_HOST=HOST)).get(f"/venues/{venue.slug}/")


def area(network, name):
    with inside(network):
        return Area.objects.get(name=name)


class TestTheList:
    @pytest.fixture
    def spaces(self, nanjing):
        open_space(nanjing, "清凉门阅读空间", step_free=True, number="1", address="清凉门大街 1 号")
        open_space(nanjing, "宝船阅读空间", week=NOT_SUNDAY, step_free=True, nursing_room=True, number="2")
        open_space(nanjing, "午后书房", week=(Span(2, 14 * 60, 20 * 60), Span(6, 600, 900)), number="3")
        open_space(nanjing, "百家湖 24 小时书房", district="江宁区", kind=VenueKind.ALWAYS_OPEN, number="4",
                   week=tuple(Span(day, 0, 1440) for day in range(7)), sign_language=True)  # fmt: skip
        return nanjing

    @pytest.mark.parametrize(
        ("query", "names"),
        [
            ("", ["清凉门阅读空间", "宝船阅读空间", "百家湖 24 小时书房", "午后书房"]),
            ("?open=now", ["清凉门阅读空间", "宝船阅读空间", "百家湖 24 小时书房"]),
            ("?open=sunday", ["清凉门阅读空间", "百家湖 24 小时书房", "午后书房"]),
            ("?open=sunday&with=step_free", ["清凉门阅读空间"]),
            ("?with=nursing_room&with=step_free", ["宝船阅读空间"]),
            ("?with=sign_language", ["百家湖 24 小时书房"]),
            ("?kind=always_open", ["百家湖 24 小时书房"]),
            ("?q=清凉门", ["清凉门阅读空间"]),
            ("?q=大街　１", ["清凉门阅读空间"]),
            ("?q=江宁", ["百家湖 24 小时书房"]),
            ("?q=没有", []),
            # What nobody knows counts as not wished for.
            (
                "?kind=x&open=x&with=x&district=x&page=x",
                ["清凉门阅读空间", "宝船阅读空间", "百家湖 24 小时书房", "午后书房"],
            ),
            ("?district=99999999999999999999", ["清凉门阅读空间", "宝船阅读空间", "百家湖 24 小时书房", "午后书房"]),
            ("?q=%00%27", []),
        ],
    )
    def test_it_narrows_by_what_its_address_says(self, spaces, query, names):
        assert listed(query) == names

    def test_a_district_holds_its_streets_and_counts_what_fits(self, spaces):
        jiangning = area(spaces, "江宁区")
        assert listed(f"?district={jiangning.pk}") == ["百家湖 24 小时书房"]
        page = Client(HTTP_HOST=HOST).get("/venues/?open=now").content.decode()
        counts = dict(re.findall(r'tile-name">([^<]+)</span><span class="tile-count numbers">(\d+)', page))
        assert {name: counts[name] for name in ("鼓楼区", "江宁区", "玄武区")} == {
            "鼓楼区": "2", "江宁区": "1", "玄武区": "0",
        }  # fmt: skip

    def test_what_is_not_public_or_gone_or_another_citys_is_not_listed(self, spaces, shenzhen):
        with inside(spaces):
            Venue.objects.filter(name="宝船阅读空间").update(is_public=False)
            Venue.objects.filter(name="午后书房").update(closed_at=clock.now(), close_reason="搬迁")
        open_space(shenzhen, "荔枝公园童书馆", district="南山区")
        assert listed() == ["清凉门阅读空间", "百家湖 24 小时书房"]
        assert listed("", Client(HTTP_HOST="shenzhen.test")) == ["荔枝公园童书馆"]

    def test_a_closure_shows_on_the_card_and_takes_the_coming_sunday_away(self, spaces):
        with inside(spaces):
            Closure.objects.create(
                area=Area.objects.get(name="鼓楼区"),
                starts_at=WEDNESDAY - timedelta(hours=1),
                ends_at=WEDNESDAY + timedelta(days=7),
                reason="街道电力改造",
            )
        assert listed("?open=sunday") == listed("?open=now") == ["百家湖 24 小时书房"]
        page = Client(HTTP_HOST=HOST).get("/venues/").content.decode()
        assert page.count("街道电力改造") == 3
        assert page.count("临时闭馆") == 3

    def test_nothing_fits_here_says_where_else(self, spaces):
        xuanwu = area(spaces, "玄武区")
        page = Client(HTTP_HOST=HOST).get(f"/venues/?district={xuanwu.pk}&open=now").content.decode()
        assert "没有同时符合的馆点" in page
        assert "全市其他区还有 3 处符合" in page
        assert 'href="?open=now"' in page

    def test_many_come_in_pages_that_keep_what_was_chosen(self, nanjing):
        for number in range(26):
            open_space(nanjing, f"书房{number:02}", step_free=True, number=f"{number:02}")
        assert listed("?with=step_free") == [f"书房{number:02}" for number in range(24)]
        assert listed("?with=step_free&page=2") == ["书房24", "书房25"]
        first = Client(HTTP_HOST=HOST).get("/venues/?with=step_free").content.decode()
        assert "/venues/?with=step_free&amp;page=2" in first

    def test_as_many_statements_for_one_as_for_four(self, nanjing, django_assert_num_queries):
        open_space(nanjing, "书房一")
        Client(HTTP_HOST=HOST).get("/venues/?open=sunday")
        for more in (0, 3):
            for number in range(more):
                open_space(nanjing, f"书房{number + 2}", district="江宁区")
            with django_assert_num_queries(9):
                listed("?open=sunday")

    def test_it_is_kept_for_everybody_and_asks_for_no_token(self, spaces):
        answer = Client(HTTP_HOST=HOST).get("/venues/")
        assert answer.cookies == {}
        assert answer.siji_keep is True
        assert "csrfmiddlewaretoken" not in answer.content.decode()


class TestNearMe:
    def test_a_district_is_chosen_once_and_found_again(self, nanjing):
        open_space(nanjing, "清凉门阅读空间")
        gulou = area(nanjing, "鼓楼区")
        browser = Client(HTTP_HOST=HOST, enforce_csrf_checks=True)
        assert "您常去哪个区" in browser.get("/venues/near/").content.decode()
        chosen = browser.post("/venues/near/", {"district": gulou.pk})
        assert (chosen.status_code, chosen["Location"]) == (303, f"/venues/?district={gulou.pk}")
        again = browser.get("/venues/near/")
        assert (again.status_code, again["Location"]) == (303, f"/venues/?district={gulou.pk}")

    def test_nonsense_is_forgotten(self, nanjing):
        browser = Client(HTTP_HOST=HOST)
        assert browser.post("/venues/near/", {"district": "-1"})["Location"] == "/venues/"
        browser.cookies["siji_near"] = "x"
        assert browser.get("/venues/near/").status_code == 200

    def test_another_citys_district_is_not_taken(self, nanjing, shenzhen):
        nanshan = area(shenzhen, "南山区")
        assert Client(HTTP_HOST=HOST).post("/venues/near/", {"district": nanshan.pk})["Location"] == "/venues/"

    def test_the_familys_district_counts_for_whoever_is_signed_in(self, nanjing_cast):
        network = nanjing_cast.network
        gulou = area(network, "鼓楼区")
        with inside(network):
            household = Household.objects.create(district=gulou)
            Member.objects.create(household=household, person=nanjing_cast["reader"], role="carer")
        browser = nanjing_cast.client("reader")
        assert browser.get("/venues/near/")["Location"] == f"/venues/?district={gulou.pk}"
        page = browser.get("/venues/")
        assert "我常去的：鼓楼区" in page.content.decode()
        assert not hasattr(page, "siji_keep")


class TestAPage:
    def test_it_says_what_somebody_on_the_way_needs(self, nanjing):
        venue = open_space(
            nanjing, "清凉门阅读空间", address="鼓楼区清凉门大街 1 号", phone="025-8660 0000", step_free=True,
            directions="地铁 4 号线草场门站", week=NOT_SUNDAY,
        )  # fmt: skip
        answer = page_of(venue)
        page = answer.content.decode()
        for text in ("鼓楼区清凉门大街 1 号", "地铁 4 号线草场门站", "无障碍通行", "开放中", "今天 9:00–17:00"):
            assert text in page
        assert 'href="tel:02586600000"' in page
        assert f'<link rel="canonical" href="http://{HOST}/venues/{venue.slug}/">' in page
        assert re.search(r"<dt>星期日</dt><dd data-closed>闭馆</dd>", page)
        assert answer.siji_keep is True

    def test_search_engines_read_it(self, nanjing):
        venue = open_space(
            nanjing, "</script>书房", phone="025", week=(*ALL_DAYS[:4], Span(4, 0, 1440), Span(5, 1200, 1560))
        )
        page = page_of(venue).content.decode()
        (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
        data = json.loads(text)
        assert (data["@type"], data["name"], data["telephone"]) == ("Library", "</script>书房", "025")
        assert data["address"]["addressLocality"] == "鼓楼区"
        hours = data["openingHoursSpecification"]
        assert [(one["dayOfWeek"].rpartition("/")[2], one["opens"], one["closes"]) for one in hours[4:]] == [
            ("Friday", "00:00", "23:59"), ("Saturday", "20:00", "02:00"),
        ]  # fmt: skip

    def test_closures_ahead_are_told_and_hidden_ones_are_not(self, nanjing):
        venue = open_space(nanjing, "清凉门阅读空间")
        midnight = datetime(2027, 5, 19, 16, tzinfo=UTC)
        with inside(nanjing):
            for days, reason, is_public in (
                (1, "换灯", True),
                (3, "粉刷", True),
                (None, "大修", True),
                (1, "盘点", False),
            ):
                Closure.objects.create(
                    venue=venue,
                    starts_at=midnight,
                    ends_at=midnight + timedelta(days=days) if days else None,
                    reason=reason,
                    is_public=is_public,
                )
        told = re.findall(r'<b class="numbers">([^<]+)</b><span>([^<]+)</span>', page_of(venue).content.decode())
        assert told == [
            ("5月20日 星期四", "换灯"), ("5月20日 – 5月22日", "粉刷"), ("5月20日起，恢复时间另行通知", "大修"),
        ]  # fmt: skip

    def test_the_next_days_off_are_told(self, nanjing):
        venue = open_space(nanjing, "清凉门阅读空间", on_holidays="closed")
        with inside(nanjing):
            CalendarDay.objects.filter(day__year=2027).delete()
            for day in (9, 10, 11):
                CalendarDay.objects.create(day=date(2027, 6, day), kind=DayKind.HOLIDAY, name="端午节")
        page = page_of(venue).content.decode()
        assert re.findall(r"<h3>(端午节)</h3>.*?<dt>([^<]+)</dt><dd>([^<]+)</dd>", page, re.DOTALL) == [
            ("端午节", "6月9日 – 6月11日", "闭馆")
        ]

    def test_one_that_closed_for_good_keeps_its_address(self, nanjing):
        venue = open_space(nanjing, "清凉门阅读空间", close_reason="搬到宝船", closed_at=clock.now(), phone="025")
        page = page_of(venue)
        assert page.status_code == 200
        assert "搬到宝船" in page.content.decode()
        assert "tel:" not in page.content.decode().split("<footer")[0]

    def test_what_readers_may_not_know_of_is_not_there(self, nanjing, shenzhen):
        hidden = open_space(nanjing, "候诊书角", is_public=False)
        theirs = open_space(shenzhen, "荔枝公园童书馆", district="南山区")
        for venue in (hidden, theirs):
            for address in (f"/venues/{venue.slug}/", f"/venues/{venue.slug}/sheet/"):
                assert Client(HTTP_HOST=HOST).get(address).status_code == 404

    @pytest.mark.parametrize(
        ("pattern", "link"),
        [
            (None, None),
            ("http://maps.example/{name}", None),
            (7, None),
            ("https://maps.example/?q={name}%20{address}", "https://maps.example/?q=A%26B%20"),
        ],
    )
    def test_the_way_is_shown_by_the_librarys_pattern_alone(self, nanjing, pattern, link):
        nanjing.rules = {"map_url": pattern} if pattern else {}
        nanjing.save()
        page = page_of(open_space(nanjing, "A&B")).content.decode()
        assert re.findall(r'href="(https://maps[^"]*?%20)', page) == ([link] if link else [])

    def test_as_many_statements_for_four_rooms_as_for_one(self, nanjing, django_assert_num_queries):
        venue = open_space(nanjing, "清凉门阅读空间")
        page_of(venue)
        for more in (1, 3):
            with inside(nanjing):
                for number in range(more):
                    venue.rooms.create(network=nanjing, name=f"{more}-{number}", capacity=5)
                    Closure.objects.create(venue=venue, starts_at=WEDNESDAY + timedelta(days=3), reason="换灯")
            with django_assert_num_queries(16):
                page_of(venue)

    def test_rooms_above_add_parts_and_another_face(self, nanjing):
        parts = PageParts()
        parts.add(PagePart("more", "kit/parts/chip.html", lambda _request, venue: {"label": venue.name}))
        parts.add(PagePart("nothing", "kit/parts/empty.html", lambda _request, _venue: None))
        with pytest.raises(ValueError, match="'more'"):
            parts.add(PagePart("more", "kit/parts/empty.html", lambda _request, _venue: None))
        request = object()
        venue = open_space(nanjing, "清凉门阅读空间")
        assert parts.of(request, venue) == [("kit/parts/chip.html", {"label": "清凉门阅读空间"})]
        faces = Faces()
        assert faces.of(request, venue) == ""
        faces.faces += [lambda _request, _venue: None, lambda _request, _venue: "x.html"]
        assert faces.of(request, venue) == "x.html"


class TestTheSheet:
    def test_its_code_leads_to_the_page(self, nanjing):
        venue = open_space(nanjing, "清凉门阅读空间")
        answer = Client(HTTP_HOST=HOST).get(f"/venues/{venue.slug}/sheet/?size=a3")
        page = answer.content.decode()
        (svg,) = re.findall(r'<div class="qr-code">(<svg.*?</svg>)', page, re.DOTALL)
        assert [code.text for code in zxingcpp.read_barcodes(drawn(svg))] == [f"http://{HOST}/venues/{venue.slug}/"]
        assert 'data-size="a3"' in page
        assert '<meta name="robots" content="noindex">' in page

    def test_sample_data_says_so_here_and_in_every_footer(self, nanjing):
        venue = open_space(nanjing, "清凉门阅读空间")
        addresses = ("/", "/venues/", f"/venues/{venue.slug}/", f"/venues/{venue.slug}/sheet/")

        def says_so():
            return {"演示数据" in Client(HTTP_HOST=HOST).get(address).content.decode() for address in addresses}

        assert says_so() == {False}
        nanjing.rules = {"sample_data": True}
        nanjing.save()
        assert says_so() == {True}


def test_the_front_page_leads_to_the_venues_of_a_district(nanjing, django_assert_num_queries):
    open_space(nanjing, "清凉门阅读空间")
    open_space(nanjing, "午后书房", week=(Span(0, 600, 700),))
    gulou = area(nanjing, "鼓楼区")
    Client(HTTP_HOST=HOST).get("/")
    with django_assert_num_queries(13):
        page = Client(HTTP_HOST=HOST).get("/").content.decode()
    assert f'href="/venues/?district={gulou.pk}"' in page
    assert re.search(r'<b class="numbers">1</b> 处开放中', page)
    open_space(nanjing, "宝船阅读空间", district="江宁区")
    with django_assert_num_queries(13):
        assert "3 处可以坐下来读书的地方" in Client(HTTP_HOST=HOST).get("/").content.decode()
