"""Pictures of the site: what is asked of whoever puts one in, what is kept of it, and how it reaches a phone."""

import io
import re
from xml.etree import ElementTree as ET

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from cms.listeners.pictures import cut_those_that_wait
from cms.models import Corner, Picture
from cms.pictures import SPECS
from networks.models import inside
from tests.cms.telling import picture_of, story, text, told
from tests.people.conftest import relay

# Wagtail leaves the temporary file of a rendition open.
pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:Exception ignored")]


def photo(kind="JPEG", size=(640, 480)):
    """As a phone takes it: it says where that was."""
    file, exif = io.BytesIO(), Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x010F] = "某手机"
    Image.new("RGB", size, "#a0c080").save(file, kind, exif=exif)
    return SimpleUploadedFile(f"photo.{kind.lower()}", file.getvalue(), f"image/{kind.lower()}")


def sent(network, **fields):
    with inside(network):
        collection = Corner.objects.get().collection_id
    return {"title": "照片", "collection": collection, "shows": "nobody", "description": "门口的石狮子", **fields}


def test_an_upload_without_words_waits_for_them(nanjing, editor_of):
    client = editor_of(nanjing)
    client.post("/cms/images/add/", sent(nanjing, file=photo(), description=""))
    assert Picture.objects.count() == 0
    client.post("/cms/images/add/", sent(nanjing, file=photo()))
    assert list(Picture.objects.values_list("description", "shows")) == [("门口的石狮子", "nobody")]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_of_where_and_with_what_it_was_taken_is_kept(nanjing, editor_of, kind):
    editor_of(nanjing).post("/cms/images/add/", sent(nanjing, file=photo(kind)))
    with Picture.objects.get().file.open("rb") as file, Image.open(file) as kept:
        assert (kept.format, dict(kept.getexif()), "exif" in kept.info) == ("WEBP", {}, False)


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        pytest.param(SimpleUploadedFile("a.jpg", b"<script>", "image/jpeg"), "", id="no-picture"),
        pytest.param(SimpleUploadedFile("a.svg", b"<svg/>", "image/svg+xml"), "", id="a-drawing-with-scripts"),
        pytest.param(photo(size=(120, 90)), "320", id="too-small"),
    ],
)
def test_what_is_no_picture_for_a_page_is_refused_in_words(nanjing, editor_of, file, reason):
    answer = editor_of(nanjing).post("/cms/images/add/", sent(nanjing, file=file))
    errors = str(answer.context["form"].errors["file"])
    assert (Picture.objects.count(), reason in errors) == (0, True)


def test_a_page_shows_the_picture_itself_until_it_is_cut(nanjing):
    picture = picture_of(nanjing)
    story(nanjing, picture=picture)
    page = text(told("/stories/a-seed/"))
    assert (f'src="{picture.file.url}" width="640" height="480"' in page, "<source" in page) == (True, False)
    relay(nanjing)
    page = text(told("/stories/a-seed/"))
    assert re.findall(r'<source type="([^"]+)"', page) == ["image/avif", "image/webp"]
    assert re.findall(r"\.avif (\d+)w", page) == ["480", "640"]
    assert re.search(r'property="og:image" content="http://nanjing.test/media/[^"]+\.jpg"', page)


def test_it_is_cut_once_and_anew_around_another_point(nanjing):
    picture = picture_of(nanjing)
    relay(nanjing)
    before = set(picture.renditions.values_list("pk", flat=True))
    assert len(before) == len(SPECS)
    with inside(nanjing):
        picture.save()
    relay(nanjing)
    assert set(picture.renditions.values_list("pk", flat=True)) == before
    picture.focal_point_x, picture.focal_point_y, picture.focal_point_width, picture.focal_point_height = 90, 90, 80, 80
    with inside(nanjing):
        picture.save()
    relay(nanjing)
    assert len(picture.renditions.exclude(focal_point_key="").values("filter_spec").distinct()) > 0


def test_a_picture_that_was_taken_out_before_it_was_cut_is_no_trouble(nanjing):
    picture_of(nanjing).delete()
    assert relay(nanjing) is None


def test_those_that_were_there_before_are_cut_by_night(nanjing):
    picture = picture_of(nanjing)
    cut_those_that_wait()
    assert picture.renditions.count() == len(SPECS)


def test_a_list_and_a_gallery_ask_for_all_cuts_at_once(nanjing, django_assert_max_num_queries):
    def asked(path):
        told(path)
        with django_assert_max_num_queries(14) as statements:
            told(path)
        return len(statements)

    lists = []
    for number in (2, 5):
        pictures = [picture_of(nanjing) for _each in range(number)]
        for at, picture in enumerate(pictures):
            parts = [("pictures", {"heading": "", "pictures": [{"image": one, "caption": ""} for one in pictures]})]
            story(nanjing, slug=f"s{number}-{at}", picture=picture, body=parts)
        lists.append(asked("/stories/"))
    assert lists[0] == lists[1]
    assert asked("/stories/s2-0/") == asked("/stories/s5-0/")


def test_programmes_that_read_news_get_the_stories(nanjing, shenzhen):
    story(nanjing, "种下 <一粒> 字", picture=picture_of(nanjing), by="林晚")
    story(shenzhen, "海边", slug="sea")
    relay(nanjing)
    answer = told("/stories.rss")
    items = ET.fromstring(answer.content).findall("channel/item")  # noqa: S314 - our own
    said = [(item.findtext("title"), item.findtext("link"), item.findtext("pubDate")) for item in items]
    assert said == [
        ("种下 <一粒> 字", "http://nanjing.test/stories/a-seed/", "Sat, 03 Apr 2027 00:00:00 +0800"),
    ]
    assert items[0].find("enclosure").attrib["type"] == "image/jpeg"
    assert answer["Content-Type"] == "application/rss+xml; charset=utf-8"
