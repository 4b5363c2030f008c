"""An activity's page: made by what happens in the plan, enriched by editors, never taken away."""

from contextlib import nullcontext
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from cms.keeping import keep_pages
from cms.models import ActivityPage, ShelfPage
from cms.parts.body import Body
from cms.planting import plant
from kit import clock
from networks.commands.open_network import open_network
from networks.engine.handing import drain
from networks.models import Area, inside
from people.choices import Role
from people.models import Person
from people.steps.grants import give_role
from programmes.planning.models import ActivityBook, Book
from programmes.planning.steps.sessions import publish_sessions
from tests import cast
from tests.cms.telling import parts_of, picture_of
from tests.planning import plans

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:Exception ignored")]

HOST = "nanjing.test"
SEED = "/activities/xiao-zhong-zi/"


def told(path, host=HOST):
    return Client(HTTP_HOST=host).get(path)


def text(answer):
    return answer.content.decode()


def soon(days=2):
    return clock.now() + timedelta(days=days)


def publish(session):
    with transaction.atomic():
        publish_sessions([session], by=None, at=clock.now())


@pytest.fixture
def home(nanjing):
    with inside(nanjing):
        yield


@pytest.fixture
def seed(home):
    """An activity with a public session in two days, and its page."""
    activity = plans.activity(summary="种下一粒字", text="一起读一本书。\n\n带上彩笔。")
    publish(plans.session(soon(), activity=activity, room=plans.room()))
    drain()
    return activity


def pages():
    return list(ActivityPage.objects.order_by("pk").values_list("title", "url_path"))


class TestMaking:
    def test_publishing_makes_the_page(self, nanjing_cast, home):
        activity = plans.activity()
        session = plans.session(soon(), activity=activity, room=plans.room())
        drain()
        assert told(SEED).status_code == 404
        nanjing_cast.client("planner").post(f"/plan/sessions/{session.code}/publish/")
        drain()
        page = text(told(SEED))
        assert ("小种子" in page, page.count("<h1"), f"/events/{session.code}/" in page) == (True, 1, True)

    def test_many_sessions_are_one_page_and_one_fact(self, home, seed):
        publish(plans.session(soon(5), activity=seed))
        drain()
        assert pages() == [("小种子", "/nanjing/activities/xiao-zhong-zi/")]

    def test_two_activities_with_one_title_get_two_addresses(self, home, seed):
        other = plans.activity(programme=plans.programme("另一个项目"))
        publish(plans.session(soon(), activity=other))
        drain()
        assert [path for _title, path in pages()] == [
            "/nanjing/activities/xiao-zhong-zi/",
            "/nanjing/activities/xiao-zhong-zi-2/",
        ]
        assert told("/activities/xiao-zhong-zi-2/").status_code == 200

    def test_an_activity_has_one_page(self, home, seed):
        shelf = ShelfPage.objects.get(network=seed.network_id, kind="activities")
        with pytest.raises(ValidationError):
            shelf.add_child(instance=ActivityPage(title="又一个", slug="x", activity=seed))
        with pytest.raises(IntegrityError), transaction.atomic():
            plant(shelf, [ActivityPage(title="又一个", activity=seed, network_id=seed.network_id)])

    def test_a_page_and_its_activity_are_of_one_library(self, home, seed, shenzhen):
        shelf = ShelfPage.objects.get(network=seed.network_id, kind="activities")
        ActivityPage.objects.all().delete()
        with inside(shenzhen), pytest.raises(ValidationError):
            shelf.add_child(instance=ActivityPage(title="别人的", slug="x", activity=seed))

    def test_what_was_public_before_gets_its_page_and_nothing_twice(self, home):
        publish(plans.session(soon(), activity=plans.activity()))
        for _time in range(2):
            open_network(cast.NANJING)
        assert pages() == [("小种子", "/nanjing/activities/xiao-zhong-zi/")]

    def test_the_tree_is_sound_and_grows_by_wagtails_own_way_too(self, home, seed):
        shelf = ShelfPage.objects.get(network=seed.network_id, kind="activities")
        other = plans.activity("大种子")
        shelf.add_child(instance=ActivityPage(title="大种子", slug="da-zhong-zi", activity=other))
        publish(plans.session(soon(), activity=plans.activity("第三颗")))
        drain()
        assert (Page.find_problems(), len(pages())) == (([], [], [], [], []), 3)

    def test_as_many_statements_for_many_as_for_few(self, home, django_assert_num_queries):
        for step, more in enumerate((1, 1, 3)):
            for number in range(more):
                activity = plans.activity(f"第{step}{number}颗")
                publish(plans.session(soon(), activity=activity))
            # One each to insert; the rest is for all of them.
            with django_assert_num_queries(12 + more) if step else nullcontext(), transaction.atomic():
                keep_pages("activities")


class TestShowing:
    def test_it_tells_what_the_plan_says(self, home, seed):
        book = Book.objects.create(title="好饿的毛毛虫", author="卡尔", isbn="9787533256739")
        ActivityBook.objects.create(activity=seed, book=book)
        host = plans.host("孙老师<script>alert(1)</script>", introduction="讲了二十年")
        publish(plans.session(soon(3), activity=seed, hosts=(host, plans.host("不具名", is_public=False))))
        page = text(told(SEED))
        for words in (
            "种下一粒字",
            "带上彩笔",
            "《好饿的毛毛虫》",
            "讲了二十年",
            "3–6 岁",
            "清凉门阅读空间",
            "绘本故事会",
        ):
            assert words in page, words
        assert ("孙老师&lt;script&gt;" in page, "<script>alert(1)" in page, "不具名" in page) == (True, False, False)

    def test_a_changed_text_is_there_at_once_and_what_editors_added_stays(self, nanjing_cast, seed):
        page = ActivityPage.objects.get()
        page.lead, page.body = (
            "编辑的导语",
            [("quote", Body().child_blocks["quote"].to_python({"text": "风是甜的", "by": ""}))],
        )
        page.save_revision().publish()
        planner = nanjing_cast.client("planner")
        form = {"title": "大种子", "summary": "换了一行", "text": "换了一段", "statistic_class": "other"}
        assert planner.post(f"/plan/activities/{seed.pk}/edit/what/", form).status_code == 302
        drain()
        shown = text(told(SEED))
        assert [words in shown for words in ("大种子", "换了一行", "换了一段", "编辑的导语", "风是甜的")] == [True] * 5
        assert pages() == [("大种子", "/nanjing/activities/xiao-zhong-zi/")]

    def test_an_older_version_keeps_the_new_name(self, home, seed):
        old = ActivityPage.objects.get().save_revision()
        ActivityPage.objects.update(title="大种子", draft_title="大种子")
        old = ActivityPage.objects.get().revisions.get(pk=old.pk)
        old.publish()
        assert pages() == [("大种子", "/nanjing/activities/xiao-zhong-zi/")]

    def test_what_was_called_off_says_so_and_keeps_its_address(self, nanjing_cast, seed):
        session = seed.sessions.get()
        nanjing_cast.client("planner").post(f"/plan/sessions/{session.code}/call-off/", {"reason": "停电"})
        page = text(told(SEED))
        assert ("已公布的场次都取消了" in page, "停电" in page) == (True, True)

    def test_what_was_withdrawn_says_so_and_keeps_its_address(self, nanjing_cast, seed):
        planner, session = nanjing_cast.client("planner"), seed.sessions.get()
        planner.post(f"/plan/sessions/{session.code}/call-off/", {"reason": "停电"})
        planner.post(f"/plan/activities/{seed.pk}/drop/", {"sure": "1"})
        answer = told(SEED)
        assert (answer.status_code, "这项活动不再举办" in text(answer)) == (200, True)
        planner.post(f"/plan/activities/{seed.pk}/take-up/")
        assert "这项活动不再举办" not in text(told(SEED))

    def test_where_nothing_is_to_come_it_leads_on(self, home, seed):
        first, last = soon(-3), soon(-2)
        seed.sessions.update(starts_at=first, ends_at=last, occupies=(first, last))
        page = text(told(SEED))
        assert ("目前没有公布的场次" in page, 'href="/events/"' in page) == (True, True)

    def test_a_session_leads_to_it_and_it_to_its_neighbours(self, home, seed):
        other = plans.activity("大种子", programme=seed.programme)
        session = plans.session(soon(), activity=other)
        publish(session)
        drain()
        assert f'href="{SEED}"' in text(told(f"/events/{seed.sessions.get().code}/"))
        assert 'href="/activities/da-zhong-zi/"' in text(told(SEED))

    def test_a_session_without_a_page_of_its_activity_leads_nowhere(self, home):
        session = plans.session(soon(), activity=plans.activity())
        publish(session)
        assert "event-about" not in text(told(f"/events/{session.code}/"))

    def test_nothing_of_it_is_another_librarys(self, home, seed, shenzhen):
        assert told(SEED, "shenzhen.test").status_code == 404
        assert "小种子" not in text(told("/activities/", "shenzhen.test"))

    def test_the_shelf_lists_what_comes_next_first(self, home, seed):
        later = plans.activity("大种子", summary="更大")
        publish(plans.session(soon(9), activity=later))
        over = plans.activity("过去的种子")
        publish(plans.session(soon(-9), activity=over))
        drain()
        lines = told("/activities/").context["lines"]
        assert [one.title for one in lines] == ["小种子", "大种子", "过去的种子"]
        assert [bool(one.when) for one in lines] == [True, True, False]

    def test_the_shelf_costs_the_same_for_many(self, home, seed, django_assert_num_queries):
        told("/activities/")
        for more in (1, 4):
            for number in range(more):
                publish(plans.session(soon(), activity=plans.activity(f"第{more}{number}颗")))
            drain()
            with django_assert_num_queries(10):
                assert told("/activities/").siji_keep is True

    def test_an_empty_shelf_leads_on(self, nanjing):
        assert 'href="/events/"' in text(told("/activities/"))

    def test_it_is_kept_and_costs_the_same_for_many(self, home, seed, django_assert_num_queries):
        told(SEED)
        when = soon(3)
        for more in ("一", "二"):
            for number in range(4):
                book = Book.objects.create(title=f"书{more}{number}")
                ActivityBook.objects.create(activity=seed, book=book)
                room = plans.room(venue=f"书房{more}{number}")
                host = plans.host(f"老师{more}{number}")
                publish(plans.session(when, activity=seed, room=room, hosts=(host,)))
            with django_assert_num_queries(12):
                answer = told(SEED)
            assert (answer.siji_keep, answer.cookies) == (True, {})


class TestEditing:
    def form(self, **changes):
        return {
            "lead": "", "picture": "", "seo_title": "", "search_description": "", "body-count": "0", "action-publish": "yes",
            "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0", "comments-MAX_NUM_FORMS": "",
        } | changes  # fmt: skip

    def test_an_editor_adds_to_it_and_sees_where_the_rest_is_changed(self, nanjing, seed, editor_of):
        page = ActivityPage.objects.get()
        client, here = editor_of(nanjing), reverse("wagtailadmin_pages:edit", args=[page.pk])
        shown = text(client.get(here))
        plan = f"/plan/activities/{seed.pk}/"
        assert (plan in shown, "种下一粒字" in shown, 'name="title"' in shown) == (False, True, False)
        with transaction.atomic():
            root = Area.objects.get(parent=None)
            give_role(person=Person.objects.get(name="林晚"), role=Role.PLANNER, area=root)
        assert plan in text(client.get(here))
        picture = picture_of(nanjing)
        parts = parts_of(("quote", {"text": "风是甜的", "by": ""}))
        sent = self.form(lead="导语一句", title="别的名字", slug="elsewhere", picture=picture.pk, **parts)
        assert client.post(here, sent).status_code == 302
        shown = text(told(SEED))
        assert [words in shown for words in ("小种子", "导语一句", "风是甜的", "孩子们在种字")] == [True] * 4

    def test_nobody_makes_moves_copies_or_takes_away_such_a_page(self, nanjing, seed, editor_of):
        page, client = ActivityPage.objects.get(), editor_of(nanjing)
        shelf = page.get_parent()
        added = client.post(reverse("wagtailadmin_pages:add", args=["cms", "activitypage", shelf.pk]), self.form())
        assert added.status_code in {302, 403}
        stories = Page.objects.get(slug="stories")
        for path, sent in (
            (reverse("wagtailadmin_pages:delete", args=[page.pk]), {}),
            (reverse("wagtailadmin_pages:delete", args=[shelf.pk]), {}),
            (reverse("wagtailadmin_pages:unpublish", args=[page.pk]), {}),
            (reverse("wagtailadmin_pages:copy", args=[page.pk]), {"new_title": "x", "new_slug": "x", "new_parent_page": shelf.pk}),
            (reverse("wagtailadmin_pages:move_confirm", args=[page.pk, stories.pk]), {}),
            (f"/cms/bulk/wagtailcore/page/delete/?id={page.pk}", {}),
            (f"/cms/bulk/wagtailcore/page/unpublish/?id={shelf.pk}&id={page.pk}", {}),
        ):  # fmt: skip
            client.post(path, sent)
            assert (pages(), told(SEED).status_code) == ([("小种子", "/nanjing/activities/xiao-zhong-zi/")], 200), path

    def test_the_chooser_finds_it_by_its_name(self, nanjing, seed, editor_of):
        assert "小种子" in text(editor_of(nanjing).get("/cms/choose-page/search/", {"q": "小种子"}))
