"""Readers search the whole site."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db.models import CharField
from django.db.models.functions import Cast
from django.test import Client

from cms.models import AlbumPage, BrandPage, GalleryPage, HomePage, PlainPage, StoryPage
from cms.parts.body import Body
from kit.limits import Limit
from networks.models import inside
from programmes.planning.models import ActivityBook, Book, Session
from programmes.planning.registers import ReaderPages, reader_pages
from tests.cms.searching import addresses, asked, counts, kinds, public
from tests.cms.telling import story
from tests.planning import plans

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:Exception ignored")]

# A Wednesday, 10 o'clock in Nanjing.
NOW = datetime(2027, 5, 12, 2, 0, tzinfo=UTC)
SATURDAY = NOW + timedelta(days=3)


@pytest.fixture(autouse=True)
def _on_a_wednesday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def city(nanjing):
    """A marathon to come, a lecture that is over, and what stands around them."""
    with inside(nanjing):
        room = plans.room()
        brand = plans.brand("阅美四季", slogan="向美而读")
        home = plans.programme("春季阅读季", brand=brand, summary="三月到五月")
        marathon = plans.activity(
            "春季阅读马拉松", programme=home, summary="六小时读完一本书", text="带上水杯，ＡＢＣ Café 提供点心。"
        )
        talk = plans.activity("名家讲座", programme=home, summary="谈谈阅读")
        plans.activity("没公布的阅读", programme=home)
        book = Book.objects.create(title="小种子", author="艾瑞·卡尔")
        Book.objects.create(title="没人读的种子", author="佚名")
        ActivityBook.objects.create(activity=marathon, book=book)
        host = plans.host("孙敬修", introduction="讲了三十年故事")
        shy = plans.host("周不言", is_public=False)
        coming = public(plans.session(SATURDAY, activity=marathon, room=room, hosts=(host, shy)))
        public(plans.session(NOW - timedelta(days=10), activity=talk, room=room))
        plans.session(SATURDAY + timedelta(days=1), activity=talk, room=room, title="没公布的场次")
    return {"coming": coming, "room": room, "brand": brand, "home": home, "marathon": marathon, "host": host}


def plain(network, title, *, text="", live=True):
    part = Body().child_blocks["text"].to_python({"heading": "", "text": f"<p>{text}</p>"})
    with inside(network):
        slug = f"p{PlainPage.objects.count()}"
        page = PlainPage(title=title, slug=slug, summary="一行", body=[("text", part)], live=live)
        HomePage.objects.get(network=network).add_child(instance=page)
    return page


class TestWhatIsFound:
    def test_a_word_within_a_title(self, city):
        assert kinds("阅读") == {
            "planning.activities": ["春季阅读马拉松", "名家讲座"],
            "planning.programmes": ["春季阅读季"],
            "venues": ["清凉门阅读空间"],
        }

    @pytest.mark.parametrize(
        "typed",
        [
            "abc",
            "ＡＢＣ",
            "AbC　cafe\u0301",
            "《水杯》",
            "水杯ａｂｃ",
            "「六小时」 水杯",
            "六小时，点心",
            "  水杯\t点心 ",
        ],
    )
    def test_width_case_signs_and_spaces_do_not_matter(self, city, typed):
        assert kinds(typed) == {"planning.activities": ["春季阅读马拉松"]}

    def test_one_character_is_enough(self, city):
        assert kinds("种") == {"planning.books": ["小种子"], "planning.activities": ["春季阅读马拉松"]}

    def test_all_words_have_to_stand_somewhere(self, city):
        assert kinds("马拉松 种子") == {"planning.activities": ["春季阅读马拉松"]}
        assert kinds("六小时 讲座") != {"planning.activities": ["春季阅读马拉松"]}

    def test_a_session_is_found_by_a_title_of_its_own(self, city, nanjing):
        with inside(nanjing):
            public(plans.session(SATURDAY + timedelta(days=9), activity=city["marathon"], title="星空夜读"))
        assert kinds("星空") == {"planning.activities": ["春季阅读马拉松"]}

    def test_hosts_and_venues(self, city):
        assert kinds("三十年") == {"planning.hosts": ["孙敬修"]}
        assert kinds("鼓楼区某路") == {"venues": ["清凉门阅读空间"]}

    def test_words_of_pages_and_no_tags_or_names_of_parts(self, city, nanjing):
        plain(nanjing, "怎么办证", text="带上<b>身份</b>证，十分钟办好")
        story(nanjing, "种下一粒字")
        with inside(nanjing):
            GalleryPage.objects.get(network=nanjing).add_child(
                instance=AlbumPage(title="画里的一年", slug="a", summary="剪纸", told_on=date(2027, 1, 1))
            )
        assert kinds("十分钟") == {"cms.plain": ["怎么办证"]}
        assert (kinds("剪纸"), kinds("一粒")) == ({"cms.albums": ["画里的一年"]}, {"cms.stories": ["种下一粒字"]})
        for name in ("heading", "text", "strong", "value"):
            assert "没有找到" in asked(name), name


class TestWhereItLeads:
    def test_to_the_next_session_or_the_list(self, city):
        event = f"/events/{city['coming'].code}/"
        assert addresses("种子") == {"小种子": event, "春季阅读马拉松": event}
        assert addresses("孙敬修") == {"孙敬修": "/events/?q=%E5%AD%99%E6%95%AC%E4%BF%AE"}
        assert addresses("向美") == {"阅美四季": f"/events/?brand={city['brand'].pk}"}
        page = asked("马拉松")
        assert "5月15日 周六 10:00 · 清凉门阅读空间" in page
        assert "上次：5月2日 周日 · 清凉门阅读空间" in asked("名家")

    def test_to_a_page_of_its_own_where_there_is_one(self, city, monkeypatch):
        pages = ReaderPages(lambda: Cast("pk", CharField()), lambda path: f"/a/{path}/")
        monkeypatch.setitem(reader_pages, "activity", pages)
        assert addresses("马拉松") == {"春季阅读马拉松": f"/a/{city['marathon'].pk}/"}

    def test_the_sites_own_pages_of_the_plan_come_before_lists(self, city, nanjing):
        with inside(nanjing):
            above = HomePage.objects.get(network=nanjing)
            above.add_child(instance=BrandPage(title="阅美四季", slug="brand", brand=city["brand"]))
        assert addresses("向美") == {"阅美四季": "/brand/"}

    def test_called_off_says_so(self, city, nanjing):
        with inside(nanjing):
            Session.objects.filter(pk=city["coming"].pk).update(called_off_at=NOW, call_off_reason="天气")
        assert "5月15日 周六，已取消" in asked("马拉松")


class TestTheOrder:
    def test_begins_then_holds_then_elsewhere_and_coming_before_past(self, city, nanjing):
        with inside(nanjing):
            for title, summary, days in (
                ("甲", "谈水仙", 1), ("谈水仙", "", 1), ("水仙花会", "", -9), ("水仙节", "", 5), ("水仙展", "", 2),
            ):  # fmt: skip
                made = plans.activity(title, programme=city["home"], summary=summary)
                public(plans.session(NOW + timedelta(days=days), activity=made))
        assert kinds("水仙")["planning.activities"] == ["水仙展", "水仙节", "水仙花会", "谈水仙", "甲"]

    def test_six_of_a_kind_a_count_and_the_way_to_all(self, city, nanjing):
        with inside(nanjing):
            for number in range(8):
                made = plans.activity(f"水仙 {number}", programme=city["home"])
                public(plans.session(SATURDAY + timedelta(days=number), activity=made))
        page = asked("水仙")
        assert kinds("水仙") == {"planning.activities": [f"水仙 {number}" for number in range(6)]}
        assert (counts("水仙"), 'href="/events/?q=%E6%B0%B4%E4%BB%99"' in page) == ({"planning.activities": 8}, True)

    def test_what_was_found_is_marked(self, city):
        page = asked("ａＢｃ马拉松")
        assert "没有找到" in page
        page = asked("ａＢｃ 马拉松")
        assert "春季阅读<mark>马拉松</mark></span>" in page
        assert "带上水杯，<mark>ＡＢＣ</mark> Café 提供点心。" in page


class TestWhatIsNeverFound:
    def test_another_librarys(self, city, shenzhen):
        plain(shenzhen, "深圳的阅读", text="阅读")
        with inside(shenzhen):
            made = plans.activity("深圳阅读月")
            public(plans.session(SATURDAY, activity=made, room=plans.room(district="南山区", venue="南山阅读馆")))
        assert kinds("阅读", "shenzhen.test") == {
            "planning.activities": ["深圳阅读月"], "venues": ["南山阅读馆"], "cms.plain": ["深圳的阅读"],
        }  # fmt: skip
        for words in ("深圳", "南山"):
            assert ("没有找到" in asked(words), kinds(words)) == (True, {})

    def test_what_is_not_public(self, city, nanjing):
        for words in ("没公布", "没人读"):
            assert "没有找到" in asked(words)
        with inside(nanjing):
            venue = city["room"].venue
            venue.is_public = False
            venue.save()
        assert "venues" not in kinds("清凉门")

    def test_hosts_who_did_not_agree(self, city):
        assert ("没有找到" in asked("周不言"), kinds("周不言")) == (True, {})
        assert "周不言" not in asked("不言", path="/search/suggest/")

    def test_pages_that_are_not_live(self, city, nanjing):
        plain(nanjing, "草稿里的话", live=False)
        page = story(nanjing, "撤下的故事")
        StoryPage.objects.filter(pk=page.pk).update(live=False)
        for words in ("草稿里", "撤下的"):
            assert (kinds(words), "没有找到" in asked(words)) == ({}, True)


class TestBadInput:
    @pytest.mark.parametrize(
        "typed", ["%", "_", "\\", "%%%", "、。", "' OR 9=9 --", "\0", "<script>alert(9)</script>", "{{ 9 }}"]
    )
    def test_signs_are_signs(self, city, typed):
        page = asked(typed)
        assert ("<script>alert" in page, kinds(typed)) == (False, {})

    def test_signs_alone_are_said_to_be_no_word(self, city):
        assert "只有标点无法搜索" in asked("%_\\")

    def test_ten_thousand_characters(self, city):
        page = asked("阅读" * 5000)
        assert ("只按前 40 个字搜索" in page, "没有找到" in page, "阅读" * 21 in page) == (True, True, False)

    def test_one_letter_that_is_many(self, city):
        asked("\ufdfa" * 40)

    def test_only_reading(self, city):
        client = Client(HTTP_HOST="nanjing.test")
        assert [client.post(path).status_code for path in ("/search/", "/search/suggest/")] == [405, 405]


class TestNothingFound:
    def test_the_nearest_thing_and_ways_on(self, city):
        page = asked("阅读马拉松大会")
        assert ("没有找到“阅读马拉松大会”" in page, "以下内容比较接近" in page) == (True, True)
        assert kinds("阅读马拉松大会") == {"planning.activities": ["春季阅读马拉松"]}
        assert "春季<mark>阅读马拉松</mark>" in page
        assert ("这一周" in page, 'href="/events/?district=' in page) == (True, True)

    def test_fewer_words(self, city):
        assert kinds("名家 火星") == {"planning.activities": ["名家讲座"]}

    def test_nothing_is_near(self, city):
        page = asked("鑫淼焱")
        assert ("以下内容比较接近" in page, "请换个短一点的词" in page, kinds("鑫淼焱")) == (False, True, {})

    def test_no_words_lead_on(self, city):
        page = asked("")
        assert ("这一周" in page, "没有找到" in page, "autofocus" in page) == (True, False, True)


class TestSuggestions:
    def test_kind_title_where_and_the_way_to_all(self, city):
        page = asked("阅读", path="/search/suggest/")
        assert page.count('role="option"') == 5
        assert ("活动" in page, "春季<mark>阅读</mark>马拉松" in page, "查看全部 4 条结果" in page) == (
            True,
            True,
            True,
        )

    def test_at_most_eight_lines_of_several_kinds(self, city, nanjing):
        with inside(nanjing):
            for number in range(12):
                made = plans.activity(f"清凉 {number}", programme=city["home"])
                public(plans.session(SATURDAY, activity=made))
        page = asked("清凉", path="/search/suggest/")
        assert (page.count('role="option"'), "清凉</mark>门阅读空间" in page) == (8, True)

    @pytest.mark.parametrize("typed", ["", "鑫淼焱", "%"])
    def test_none(self, city, typed):
        page = asked(typed, path="/search/suggest/")
        assert ('role="option"' in page, "没有匹配的建议" in page) == (False, True)

    def test_nobody_hammers_it(self, city, monkeypatch):
        monkeypatch.setattr("cms.search.SUGGESTIONS", Limit(2, 60))
        client = Client(HTTP_HOST="nanjing.test")
        assert [client.get("/search/suggest/?q=x").status_code for _time in range(3)] == [200, 200, 429]


class TestTheAnswer:
    def test_it_is_not_to_be_indexed_nor_kept(self, city):
        client = Client(HTTP_HOST="nanjing.test")
        page = client.get("/search/?q=x")
        assert '<meta name="robots" content="noindex">' in page.content.decode()
        assert client.get("/search/suggest/?q=x")["X-Robots-Tag"] == "noindex"
        assert not hasattr(page, "siji_keep")

    def test_as_many_statements_for_few_as_for_many(self, city, nanjing, django_assert_num_queries):
        asked("阅读")
        for more in (0, 7):
            with inside(nanjing):
                for number in range(more):
                    made = plans.activity(f"阅读 {number}", programme=city["home"])
                    public(plans.session(SATURDAY + timedelta(days=number + 2), activity=made, room=city["room"]))
                    story(nanjing, f"阅读故事 {number}", slug=f"s{number}")
            with django_assert_num_queries(13):
                asked("阅读")
            with django_assert_num_queries(15):
                asked("阅读", path="/search/suggest/")
        with django_assert_num_queries(27):
            asked("阅读马拉松大会")

    def test_the_masthead_and_a_page_that_is_not_there_lead_to_it(self, city):
        client = Client(HTTP_HOST="nanjing.test")
        for path in ("/", "/events/", "/nothing-here/"):
            assert 'action="/search/"' in client.get(path).content.decode(), path
        missing = client.get("/nothing-here/").content.decode()
        assert (missing.count('action="/search/"'), asked("x").count('action="/search/"')) == (2, 1)
