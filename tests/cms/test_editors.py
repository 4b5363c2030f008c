"""Editors see their own library in Wagtail, and nothing of another."""

import json

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.models import PageViewRestriction

from cms.models import Corner, HomePage
from kit import clock
from networks.models import inside
from people.models import Grant, Person
from tests.cms.telling import picture_of

pytestmark = pytest.mark.django_db


def home_of(network):
    return HomePage.objects.get(network=network)


def photo_of(network):
    return picture_of(network, title=f"{network.library_name}的照片")


@pytest.mark.parametrize("path", ["/cms/", "/cms/pages/", "/cms/images/"])
def test_strangers_are_led_to_our_own_sign_in(nanjing, path):
    answer = Client(HTTP_HOST="nanjing.test").get(path)
    assert (answer.status_code, answer["Location"]) == (302, f"/sign-in/?next={path}")


def test_wagtails_own_sign_in_leads_to_ours(nanjing):
    client = Client(HTTP_HOST="nanjing.test")
    for path, target in (
        ("/cms/login/", "/sign-in/?next=%2Fcms%2F"),
        ("/cms/login/?next=/cms/images/", "/sign-in/?next=%2Fcms%2Fimages%2F"),
        ("/cms/login/?next=https://evil.example/", "/sign-in/?next=%2Fcms%2F"),
        ("/_util/login/", "/sign-in/?next=%2Fcms%2F"),
        ("/cms/account/", "/me/"),
    ):
        assert client.get(path)["Location"] == target


SHUT = [
    "users/", "users/add/", "groups/", "sites/", "workflows/list/", "workflows/tasks/index/", "reports/site-history/",
    "reports/workflow/", "reports/locked/", "password_reset/", "api/main/pages/", "failwhale/", "test404/",
]  # fmt: skip


@pytest.mark.parametrize("path", SHUT)
def test_screens_that_know_no_networks_are_shut(nanjing, editor_of, path):
    assert editor_of(nanjing).get(f"/cms/{path}").status_code == 404


OPEN = ["", "pages/", "images/", "documents/", "pages/search/", "choose-page/", "images/chooser/"]


@pytest.mark.parametrize("path", OPEN)
def test_an_editors_screens_show_nothing_of_another_library(nanjing, shenzhen, editor_of, path):
    photo_of(shenzhen)
    answer = editor_of(nanjing).get(f"/cms/{path}", follow=True)
    assert (answer.status_code, "深圳" in answer.content.decode()) == (200, False)


@pytest.mark.filterwarnings("ignore:Exception ignored")  # Wagtail leaves the temporary file of a rendition open
def test_an_editors_screens_show_her_own(nanjing, editor_of):
    photo_of(nanjing)
    client = editor_of(nanjing)
    assert "金陵图书馆的照片" in client.get("/cms/images/").content.decode()
    assert "金陵图书馆" in client.get("/cms/pages/", follow=True).content.decode()


def test_rows_of_another_library_cannot_be_reached_by_their_number(nanjing, shenzhen, editor_of):
    page, picture = home_of(shenzhen), photo_of(shenzhen)
    client = editor_of(nanjing)
    answers = {
        path: client.get(path).status_code
        for path in (
            reverse("wagtailadmin_pages:edit", args=[page.pk]),
            reverse("wagtailadmin_pages:history", args=[page.pk]),
            reverse("wagtailadmin_pages:copy", args=[page.pk]),
            reverse("wagtailadmin_choose_page_child", args=[page.pk]),
            reverse("wagtailadmin_explore", args=[page.pk]),
            reverse("wagtailimages:edit", args=[picture.pk]),
        )
    }
    assert [path for path, status in answers.items() if status == 200] == []


def test_the_chooser_finds_own_pages_only(nanjing, shenzhen, editor_of):
    client = editor_of(nanjing)
    for query in ("图书馆", "深圳"):
        found = client.get("/cms/choose-page/search/", {"q": query}).content.decode()
        assert "深圳图书馆" not in found
    assert client.get(f"/cms/choose-page/{home_of(nanjing).pk}/").status_code == 200


def test_an_editor_of_one_city_is_nobody_in_another(nanjing, shenzhen, editor_of):
    client = editor_of(nanjing)
    answer = client.get("/cms/", headers={"host": "shenzhen.test"})
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=/cms/")


def test_the_front_page_stays(nanjing, editor_of):
    client, page = editor_of(nanjing), home_of(nanjing)
    for action in ("delete", "unpublish"):
        client.post(reverse(f"wagtailadmin_pages:{action}", args=[page.pk]))
    assert HomePage.objects.filter(network=nanjing, live=True).count() == 1


def form_of(page, **changes):
    return {
        "title": page.title, "line": page.line, "intro": page.intro, "picture": "", "doors-count": "0", "body-count": "0",
        "seo_title": "", "search_description": "", "slug": page.slug, "action-publish": "yes",
        "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0", "comments-MAX_NUM_FORMS": "",
    } | changes  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_what_an_editor_publishes_is_on_the_page(nanjing, editor_of):
    page = home_of(nanjing)
    path = reverse("wagtailadmin_pages:edit", args=[page.pk])
    answer = editor_of(nanjing).post(path, form_of(page, line="落叶时节，翻开一页"), follow=True)
    assert answer.status_code == 200
    assert "翻开一页" in Client(HTTP_HOST="nanjing.test").get("/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_door_leads_nowhere_but_here(nanjing, editor_of):
    page = home_of(nanjing)
    door = {
        "doors-count": "1", "doors-0-deleted": "", "doors-0-order": "0", "doors-0-type": "door", "doors-0-id": "",
        "doors-0-value-title": "活动", "doors-0-value-text": "看看", "doors-0-value-icon": "book",
    }  # fmt: skip
    before = list(page.doors.raw_data)
    client, path = editor_of(nanjing), reverse("wagtailadmin_pages:edit", args=[page.pk])
    for address in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        client.post(path, form_of(page, **door | {"doors-0-value-address": address}))
        assert list(HomePage.objects.get(pk=page.pk).doors.raw_data) == before
    client.post(path, form_of(page, **door | {"doors-0-value-address": "/me/"}))
    assert [block.value["address"] for block in HomePage.objects.get(pk=page.pk).doors] == ["/me/"]


def test_the_policy_is_loosened_for_the_editor_alone(nanjing, editor_of):
    policy = editor_of(nanjing).get("/cms/")["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-inline'" in policy
    assert "style-src 'self' 'unsafe-inline'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "default-src 'none'" in policy


def test_menus_lead_only_where_there_is_something(nanjing, editor_of):
    page = editor_of(nanjing).get("/cms/").content.decode()
    assert "guide.wagtail.org" not in page
    assert "/cms/reports/" not in page


def test_a_document_of_another_library_is_not_listed(nanjing, shenzhen, editor_of):
    with inside(shenzhen):
        Document.objects.create(title="深圳的名单", file="documents/x.txt", collection=Corner.objects.get().collection)
    assert "深圳的名单" not in editor_of(nanjing).get("/cms/documents/").content.decode()


def test_what_wagtail_leaves_in_english_is_chinese(nanjing, editor_of):
    client = editor_of(nanjing)
    page = client.get(reverse("wagtailadmin_pages:edit", args=[home_of(nanjing).pk])).content.decode()
    assert [text for text in ("Keyboard shortcuts", "Refresh<", "Reading time", "Autosave is") if text in page] == []
    scripts = client.get("/cms/jsi18n/").content.decode()
    assert json.dumps("修改已自动保存。").strip('"') in scripts or "修改已自动保存。" in scripts


def test_the_role_opens_the_editor_and_its_end_shuts_it(nanjing, editor_of):
    client = editor_of(nanjing)
    with inside(nanjing):
        reader = Person.objects.create(name="王芳")
        editor = Person.objects.get(name="林晚")
    assert client.get("/cms/").status_code == 200
    with inside(nanjing):
        Grant.objects.filter(person=editor).update(ends_at=clock.now())
    assert client.get("/cms/").status_code == 403
    assert list(editor.groups.all()) == []
    with inside(nanjing):
        client.force_login(reader)
    assert client.get("/cms/").status_code == 403


def test_a_group_given_by_hand_is_taken_back(nanjing, editor_of):
    client = editor_of(nanjing)
    with inside(nanjing):
        Person.objects.get(name="林晚").groups.add(Group.objects.create(name="somebody else's"))
    client.get("/cms/")
    with inside(nanjing):
        assert [group.name for group in Person.objects.get(name="林晚").groups.all()] == ["nanjing: editors"]


@pytest.mark.parametrize("part", ["reader", "planner", "admin"])
def test_whoever_may_not_edit_is_told_so(nanjing_cast, part):
    assert nanjing_cast.client(part).get("/cms/").status_code == 403


def test_the_front_page_is_one_step_away_and_can_neither_be_hidden_nor_timed(nanjing_cast):
    editor = nanjing_cast.client("editor")
    assert "/cms/front-page/" in editor.get("/cms/").content.decode()
    there = editor.get("/cms/front-page/", follow=True)
    assert there.status_code == 200
    page = there.redirect_chain[-1][0].split("/")[3]
    editor.post(f"/cms/pages/{page}/privacy/", {"restriction_type": "login"})
    assert not PageViewRestriction.objects.exists()
    assert "expire_at" not in there.content.decode()


def test_a_preview_may_stand_in_its_own_frame(nanjing_cast):
    editor = nanjing_cast.client("editor")
    page = editor.get("/cms/front-page/")["Location"].split("/")[3]
    with inside(nanjing_cast.network):
        home = HomePage.objects.get(pk=page)
    form = {
        "title": home.title,
        "slug": home.slug,
        "line": "试一试",
        "intro": home.intro,
        "doors-count": "0",
        "body-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }
    assert editor.post(f"/cms/pages/{page}/edit/preview/", form).json()["is_valid"] is True
    answer = editor.get(f"/cms/pages/{page}/edit/preview/")
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    assert "试一试" in answer.content.decode()
