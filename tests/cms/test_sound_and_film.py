"""What is listened to and watched on the site."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.documents.models import Document

from cms.models import Corner, StoriesPage, StoryPage
from cms.playing import provider_of
from networks.models import inside
from tests.cms.telling import form_of_story, parts_of, picture_of, story, text, told

# Wagtail leaves the temporary file of a rendition open.
pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:Exception ignored")]


def file_of(network, name, content=b"0123456789"):
    with inside(network):
        collection = Corner.objects.get().collection
    return Document.objects.create(title=name, file=ContentFile(content, name=name), collection=collection)


def sound(file):
    return ("sound", {"title": "小种子", "by": "林晚", "file": file, "text": "秋天来了\n\n风起了"})


def film(**values):
    empty = {"title": "读者节", "file": None, "captions": None, "address": "", "picture": None, "text": "孩子们在朗读"}
    return ("film", empty | values)


def test_a_sound_stands_with_its_words_and_loads_nothing_before_it_is_played(nanjing):
    story(nanjing, body=[sound(file_of(nanjing, "a.mp3"))])
    page = text(told("/stories/a-seed/"))
    assert ('<audio controls preload="none"' in page, "<p>秋天来了</p>" in page, "林晚" in page) == (True,) * 3


def test_a_player_asks_by_the_piece(nanjing):
    file = file_of(nanjing, "a.mp3")
    answer = Client(HTTP_HOST="nanjing.test").get(file.url, headers={"Range": "bytes=2-4"})
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (206, b"234", "audio/mpeg")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_file_that_is_not_played_is_handed_out_as_before(nanjing):
    file = file_of(nanjing, "list.pdf")
    answer = Client(HTTP_HOST="nanjing.test").get(file.url, headers={"Range": "bytes=2-4"})
    assert (answer.status_code, b"".join(answer)) == (200, b"0123456789")


def test_a_film_has_captions_and_a_picture(nanjing):
    picture = picture_of(nanjing)
    story(nanjing, body=[film(file=file_of(nanjing, "a.mp4"), captions=file_of(nanjing, "a.vtt"), picture=picture)])
    page = text(told("/stories/a-seed/"))
    assert ('<track kind="captions" srclang="zh"' in page, f'poster="{picture.file.url}"' in page) == (True, True)


def test_a_film_elsewhere_is_a_link_and_nothing_of_theirs_is_loaded(nanjing):
    story(nanjing, body=[film(address="https://www.bilibili.com/video/BV1")])
    page = text(told("/stories/a-seed/"))
    assert ("在哔哩哔哩观看" in page, page.count("bilibili"), "<iframe" in page) == (True, 1, False)


@pytest.mark.parametrize(
    ("address", "is_known"),
    [
        ("https://www.bilibili.com/video/BV1", True),
        ("https://v.qq.com/x/page/a.html", True),
        ("https://b23.tv/a", True),
        ("http://www.bilibili.com/video/BV1", False),
        ("https://bilibili.com.evil.example/", False),
        ("https://evilbilibili.com/", False),
        ("https://bilibili.com@evil.example/", False),
        ("https://www.youtube.com/watch?v=1", False),
        ("javascript:alert(1)//https://bilibili.com", False),
    ],
)
def test_films_stand_where_readers_here_can_go(address, is_known):
    assert bool(provider_of(address)) is is_known


def test_what_a_part_needs_is_said_at_its_place(nanjing, editor_of):
    files = {name: file_of(nanjing, name).pk for name in ("a.mp3", "a.mp4", "a.vtt", "a.pdf")}
    empty = {"title": "读者节", "file": "", "captions": "", "address": "", "picture": "", "text": "孩子们"}
    address = reverse("wagtailadmin_pages:add", args=["cms", "storypage", StoriesPage.objects.get(network=nanjing).pk])
    for kind, values, reason in (
        ("film", {}, "请选择一个文件，或填写一个地址"),
        ("film", {"file": files["a.mp4"]}, "自己的影片要配字幕"),
        ("film", {"file": files["a.mp3"], "captions": files["a.vtt"]}, "请选择这类文件：mp4、webm"),
        ("film", {"address": "https://www.youtube.com/watch?v=1"}, "这个地址不属于"),
        ("sound", {"file": files["a.pdf"], "by": ""}, "请选择这类文件：mp3、m4a、wav"),
    ):
        sent = {
            **{name: value for name, value in empty.items() if kind == "film" or name in ("title", "text")},
            **values,
        }
        answer = editor_of(nanjing).post(address, form_of_story(**parts_of((kind, sent))))
        said = str([one.as_json_data() for one in answer.context["form"].errors["body"].as_data()])
        assert (reason in said, StoryPage.objects.count()) == (True, 0), (kind, values, said)
    good = {**empty, "file": files["a.mp4"], "captions": files["a.vtt"]}
    editor_of(nanjing).post(address, form_of_story(**parts_of(("film", good))))
    assert StoryPage.objects.count() == 1
