"""What a chat shows beside a shared link: words in the page's head, and a picture that is drawn once."""

import html
import io
import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache

import pytest
import time_machine
import zxingcpp
from django.db import transaction
from django.test import Client
from PIL import Image

from cms.models import HomePage
from kit import lettering, sharing
from networks.models import inside
from programmes.planning.models import Session
from programmes.planning.steps.sessions import publish_sessions
from tests.planning import plans

pytestmark = pytest.mark.django_db

WEDNESDAY = datetime(2027, 5, 12, 2, 0, tzinfo=UTC)
HOST = "nanjing.test"
HOME = f"http://{HOST}"


@pytest.fixture(autouse=True)
def _on_a_wednesday(nanjing):
    sharing._kept.clear()
    with time_machine.travel(WEDNESDAY, tick=False), inside(nanjing):
        yield


@pytest.fixture
def session():
    made = plans.session(WEDNESDAY + timedelta(days=3), activity=plans.activity(), room=plans.room())
    with transaction.atomic():
        publish_sessions([made], by=None, at=WEDNESDAY)
    return Session.objects.get(pk=made.pk)


def get(path, **headers):
    return Client(HTTP_HOST=HOST).get(path, headers=headers)


def head_of(path):
    """What stands under og: in the page's head, pictures as a list."""
    found = re.findall(r'<meta property="og:([\w:]+)" content="([^"]*)">', get(path).content.decode())
    values = {name: html.unescape(value) for name, value in found if name != "image"}
    return values | {"image": [value for name, value in found if name == "image"]}


def picture_of(path):
    return head_of(path)["image"][0].removeprefix(HOME)


def paths(session):
    return {"session": f"/events/{session.code}/", "venue": f"/venues/{session.venue.slug}/", "front page": "/"}


def test_the_head_says_what_it_is(session):
    path = f"/events/{session.code}/"
    found = head_of(path)
    assert [one.rpartition("-")[0] for one in found.pop("image")] == [f"{HOME}{path}picture"]
    assert found == {
        "type": "website",
        "site_name": "金陵图书馆",
        "locale": "zh_CN",
        "title": "小种子",
        "description": "5月15日 周六 10:00–11:00，清凉门阅读空间 · 故事屋",
        "url": f"{HOME}{path}",
        "image:type": "image/png",
        "image:width": "1200",
        "image:height": "630",
        "image:alt": "小种子",
    }
    assert head_of(f"/venues/{session.venue.slug}/")["title"] == "清凉门阅读空间"
    assert (head_of("/")["title"], head_of("/")["url"]) == ("金陵图书馆", f"{HOME}/")


@pytest.mark.parametrize("which", ["session", "venue", "front page"])
def test_the_picture_leads_to_its_page(session, which):
    path = paths(session)[which]
    answer = get(picture_of(path))
    assert (answer.status_code, answer["Content-Type"], answer.cookies) == (200, "image/png", {})
    picture = Image.open(io.BytesIO(answer.content))
    assert (picture.size, picture.format) == ((1200, 630), "PNG")
    assert len(answer.content) < 120_000
    assert [code.text for code in zxingcpp.read_barcodes(picture.convert("L"))] == [f"{HOME}{path}"]


def test_it_is_kept_for_a_year_and_known_again(session):
    first = get(picture_of(f"/events/{session.code}/"))
    assert first["Cache-Control"] == "public, max-age=31536000, immutable"
    again = get(picture_of(f"/events/{session.code}/"), if_none_match=first["ETag"])
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])


@pytest.mark.parametrize(
    ("name", "value"), [("title", "大种子"), ("starts_at", WEDNESDAY + timedelta(hours=4)), ("place_name", "")]
)
def test_what_changes_on_it_changes_its_address_and_the_old_one_leads_on(session, name, value):
    before = picture_of(f"/events/{session.code}/")
    setattr(session, name, value)
    if name == "starts_at":
        session.ends_at, session.occupies = value + timedelta(hours=1), (value, value + timedelta(hours=1))
    session.save()
    after = picture_of(f"/events/{session.code}/")
    assert (after != before) == (name != "place_name")
    answer = get(before)
    assert (answer.status_code, answer.get("Location", after)) == (200 if after == before else 302, after)
    if after != before:
        assert answer["Cache-Control"] == "public, max-age=300"


def test_what_was_called_off_says_so_on_its_picture(session):
    before = picture_of(f"/events/{session.code}/")
    session.called_off_at, session.call_off_reason = WEDNESDAY, "停电"
    session.save()
    after = picture_of(f"/events/{session.code}/")
    assert (after != before, get(after).content != get(before).content) == (True, True)


def test_a_venues_picture_is_another_in_each_season(session):
    path = f"/venues/{session.venue.slug}/"
    spring = picture_of(path)
    with time_machine.travel(WEDNESDAY + timedelta(days=60), tick=False):
        assert picture_of(path) != spring


def test_what_nobody_may_know_of_has_no_picture(session, shenzhen):
    version = picture_of(f"/events/{session.code}/").rpartition("/")[2]
    path = f"/events/{session.code}/{version}"
    assert Client(HTTP_HOST="shenzhen.test").get(path).status_code == 404
    Session.objects.update(published_at=None)
    assert get(path).status_code == 404
    assert get(f"/venues/none/{version}").status_code == 404
    HomePage.objects.all().update(live=False)
    assert get(f"/{version}").status_code == 404


def test_it_is_drawn_once(session):
    first = get(picture_of(f"/events/{session.code}/"))
    kept = dict(sharing._kept)
    again = get(picture_of(f"/events/{session.code}/"))
    assert first.content == again.content
    # The very same octets: nothing was drawn in between.
    assert [(version, id(body)) for version, body in sharing._kept.items()] == [
        (version, id(body)) for version, body in kept.items()
    ]


def test_few_are_kept(session, monkeypatch):
    monkeypatch.setattr(sharing, "MOST_KEPT", 1)
    for path in paths(session).values():
        get(picture_of(path))
    assert len(sharing._kept) == 1


def test_whoever_waits_too_long_for_the_pen_is_asked_to_come_back(session, monkeypatch):
    monkeypatch.setattr(sharing, "PATIENCE_SECONDS", 0.05)
    path = picture_of(f"/events/{session.code}/")
    with sharing._turn:
        assert get(path).status_code == 429
    assert get(path).status_code == 200


def test_without_letters_there_is_no_picture(session, monkeypatch):
    path = picture_of(f"/events/{session.code}/")
    monkeypatch.setattr(lettering, "_FOLDERS", ())
    monkeypatch.setattr(lettering, "_file", lru_cache(lettering._file.__wrapped__))
    assert (head_of(f"/events/{session.code}/")["image"], get(path).status_code) == ([], 404)
    assert (head_of(f"/venues/{session.venue.slug}/")["image"], head_of("/")["image"]) == ([], [])
