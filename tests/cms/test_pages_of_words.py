"""Stories and plain pages: what editors write, what readers see of it, and what never comes through."""

import json
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from wagtail.documents.models import Document

from cms.models import Corner, HomePage, PlainPage, StoriesPage, StoryPage
from cms.parts.body import Body
from kit import clock
from networks.models import inside
from programmes.planning.steps.sessions import publish_sessions
from tests.cms.telling import form_of_story, parts_of, picture_of, story, text, told
from tests.planning import plans

# Wagtail leaves the temporary file of a rendition open.
pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:Exception ignored")]


def test_a_library_opens_with_an_empty_list_of_stories_that_leads_on(nanjing):
    page = text(told("/stories/"))
    assert ("还没有故事" in page, 'href="/events/"' in page) == (True, True)


def test_a_story_stands_on_its_page_in_the_list_and_on_the_front_page(nanjing, shenzhen):
    story(nanjing, by="林晚")
    for path in ("/stories/a-seed/", "/stories/", "/"):
        page = text(told(path))
        assert ("种下一粒字" in page, page.count("<h1")) == (True, 1), path
    assert "种下一粒字" not in text(told("/stories/", "shenzhen.test"))
    assert told("/stories/a-seed/", "shenzhen.test").status_code == 404


def test_the_newest_story_comes_first_twelve_to_a_page(nanjing):
    for number in range(13):
        page = story(nanjing, f"第{number}个", slug=f"s{number}")
        StoryPage.objects.filter(pk=page.pk).update(told_on=date(2027, 1, 1) + timedelta(days=number))
    first, second = (told(f"/stories/?page={number}").context["told"] for number in (1, 2))
    assert [one.title for one in first] == [f"第{number}个" for number in range(12, 0, -1)]
    assert [one.title for one in second] == ["第0个"]
    assert told("/stories/?page=<script>").status_code == 200


def test_one_address_is_one_story(nanjing, editor_of):
    client, stories = editor_of(nanjing), StoriesPage.objects.get(network=nanjing)
    address = reverse("wagtailadmin_pages:add", args=["cms", "storypage", stories.pk])
    client.post(address, form_of_story())
    answer = client.post(address, form_of_story(title="又是春天"))
    assert ("slug" in answer.context["form"].errors, StoryPage.objects.count()) == (True, 1)


def test_who_leaves_the_address_empty_gets_one_in_pinyin(nanjing, editor_of):
    client, stories = editor_of(nanjing), StoriesPage.objects.get(network=nanjing)
    for _time in range(2):
        client.post(reverse("wagtailadmin_pages:add", args=["cms", "storypage", stories.pk]), form_of_story(slug=""))
    assert list(StoryPage.objects.order_by("pk").values_list("slug", flat=True)) == ["chun-tian", "chun-tian-2"]


# What each part needs to be seen, and a word of it.
PARTS = [
    ("lead", {"text": "开头一句"}, "开头一句"),
    ("text", {"heading": "小标题", "text": "<p>正文 <b>粗</b></p>"}, "<h2>小标题</h2>"),
    ("quote", {"text": "我想把种子带回家", "by": "小雨"}, "<figcaption>小雨</figcaption>"),
    ("timeline", {"heading": "", "moments": [{"when": "3 月", "title": "春征", "text": ""}] * 2}, "<h3>春征</h3>"),
    (
        "questions",
        {"heading": "", "questions": [{"question": "带什么", "answer": "<p>不用带</p>"}]},
        "<summary>带什么</summary>",
    ),
    (
        "people",
        {"heading": "", "people": [{"name": "林晚", "role": "讲故事", "text": "", "picture": None}]},
        "<h3>林晚</h3>",
    ),
    ("way", {"label": "去看看", "text": "", "page": None, "address": "/events/"}, 'href="/events/"'),
    ("venues", {"heading": "去哪里读", "district": "", "most": 3}, "去哪里读"),
    ("sessions", {"heading": "近期活动", "brand": "", "district": "", "age": None, "when": "", "most": 3}, "近期活动"),
]


@pytest.mark.parametrize(("kind", "value", "shown"), PARTS, ids=[part[0] for part in PARTS])
def test_each_part_is_drawn(nanjing, kind, value, shown):
    with inside(nanjing):
        part = Body().child_blocks[kind].to_python(value)
    story(nanjing, body=[(kind, part)])
    assert shown in text(told("/stories/a-seed/"))


def test_pictures_say_what_is_seen(nanjing):
    picture = picture_of(nanjing, credit="周敏")
    story(
        nanjing,
        picture=picture,
        body=[
            ("picture", {"image": picture, "caption": "种字"}),
            ("pictures", {"heading": "", "pictures": [{"image": picture, "caption": ""}] * 2}),
        ],
    )
    page = text(told("/stories/a-seed/"))
    assert page.count('alt="孩子们在种字"') == 4
    assert ('loading="lazy"' in page, "周敏" in page) == (True, True)


def test_a_picture_that_was_taken_away_leaves_the_page_whole(nanjing):
    picture = picture_of(nanjing)
    story(nanjing, picture=picture, body=[("picture", {"image": picture, "caption": "种字"})])
    assert "种字" in text(told("/stories/a-seed/"))
    picture.delete()
    answer = told("/stories/a-seed/")
    assert (answer.status_code, "种下一粒字" in text(answer), "<figure" in text(answer)) == (200, True, False)


def test_what_is_pasted_from_elsewhere_leaves_its_looks_and_scripts_behind(nanjing, editor_of):
    said = "来自 Word <script>alert(1)</script>"
    pasted = {
        "blocks": [
            {"key": "a", "type": "unstyled", "text": said, "entityRanges": [{"offset": 0, "length": 2, "key": 0}]},
            {"key": "b", "type": "atomic", "text": " ", "entityRanges": []},
        ],
        "entityMap": {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": "javascript:alert(2)"}}},
    }
    form = form_of_story(**parts_of(("text", {"heading": "<script>alert(3)</script>", "text": json.dumps(pasted)})))
    stories = StoriesPage.objects.get(network=nanjing)
    editor_of(nanjing).post(reverse("wagtailadmin_pages:add", args=["cms", "storypage", stories.pk]), form)
    shown = text(told("/stories/chun-tian/"))
    assert ("<script>alert" in shown, "javascript:" in shown, "&lt;script&gt;alert(1)" in shown) == (False, False, True)


def test_the_plans_sessions_stand_on_a_page_as_they_are_now(nanjing):
    with inside(nanjing):
        session = plans.session(clock.now() + timedelta(days=2), activity=plans.activity(), room=plans.room())
        with transaction.atomic():
            publish_sessions([session], by=None, at=clock.now())
        title = session.title or session.activity.title
    value = {"heading": "近期活动", "brand": "", "district": "", "age": None, "when": "", "most": 3}
    story(nanjing, body=[("sessions", value)])
    assert title in text(told("/stories/a-seed/"))


def test_plain_pages_lead_to_those_below_them(nanjing):
    with inside(nanjing):
        about = HomePage.objects.get(network=nanjing).add_child(
            instance=PlainPage(title="关于我们", slug="about", summary="一座为孩子开的图书馆")
        )
        about.add_child(instance=PlainPage(title="办证", slug="card", summary="带身份证来"))
    page = text(told("/about/"))
    assert ("关于我们" in page, 'href="/about/card/"' in page) == (True, True)


def test_a_page_costs_the_same_for_many_parts_and_stories(nanjing, django_assert_num_queries):
    for number in range(5):
        story(nanjing, slug=f"s{number}", body=[("quote", {"text": "说", "by": ""})] * (number + 1))
    for number in (0, 4):
        told(f"/stories/s{number}/")
        with django_assert_num_queries(10):
            told(f"/stories/s{number}/")


def test_nothing_of_another_library_is_taken_by_its_number(nanjing, shenzhen, editor_of):
    theirs, home = picture_of(shenzhen), HomePage.objects.get(network=shenzhen)
    with inside(shenzhen):
        paper = Document.objects.create(title="名单", file="x.txt", collection=Corner.objects.get().collection)
    stories = StoriesPage.objects.get(network=nanjing)
    address = reverse("wagtailadmin_pages:add", args=["cms", "storypage", stories.pk])
    way = {"label": "去", "text": "", "address": ""}
    for sent in (
        {"picture": theirs.pk},
        parts_of(("picture", {"image": theirs.pk, "caption": ""})),
        parts_of(("download", {"title": "名单", "file": paper.pk})),
        parts_of(("way", {**way, "page": home.pk})),
    ):
        answer = editor_of(nanjing).post(address, form_of_story(**sent))
        assert (bool(answer.context["form"].errors), StoryPage.objects.count()) == (True, 0), sent
    editor_of(nanjing).post(address, form_of_story(**parts_of(("way", {**way, "page": stories.pk}))))
    assert StoryPage.objects.count() == 1
