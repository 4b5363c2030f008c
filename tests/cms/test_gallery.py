"""影像: albums, and the photos of sessions that everybody may see."""

from datetime import timedelta
from uuid import uuid4

import pytest

from cms.models import AlbumPage, GalleryPage
from kit import clock
from kit.pictures import record_of
from networks.models import inside
from programmes.door.commands import diary as diaries
from programmes.door.models import DiaryPhoto
from tests.cms.telling import picture_of, text, told
from tests.cms.test_pictures import photo
from tests.planning import plans

# Wagtail leaves the temporary file of a rendition open.
pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:Exception ignored")]


def over(network, planner, *, title="小种子", photos=2, cleared=1, handed_in=True):
    """A session of yesterday with its diary; of its photos so many are for everybody."""
    at = clock.now()
    with inside(network):
        session = plans.session(
            at - timedelta(days=1),
            activity=plans.activity(title),
            room=plans.room(title, venue=f"{title}阅读空间"),
            published_at=at,
        )
        for _each in range(photos):
            record = record_of(photo().read())
            diaries.add_photo(session=session, record=record, client_id=uuid4(), by=planner, at=at)
        rows = list(DiaryPhoto.objects.filter(diary__session=session).order_by("place"))
        written = diaries.Written(
            line="孩子们听得很安静", problems="", children=8, adults=6, few_photos="人少", is_counted=True,
            captions={row.pk: "读到小种子发芽" for row in rows}, cleared=frozenset(row.pk for row in rows[:cleared]),
        )  # fmt: skip
        (diaries.hand_in if handed_in else diaries.save)(session=session, written=written, by=planner, at=at)
    return session, rows


@pytest.fixture
def planner(nanjing_cast):
    return nanjing_cast["planner"]


def test_a_library_opens_with_an_empty_gallery(nanjing):
    page = text(told("/gallery/"))
    assert ("还没有影像" in page, page.count("<h1")) == (True, 1)


def test_what_was_cleared_is_for_everybody_and_nothing_else(nanjing, planner):
    session, (shown, kept) = over(nanjing, planner)
    page = text(told("/gallery/"))
    assert (f"/photos/{shown.pk}/" in page, f"/photos/{kept.pk}/" in page, "读到小种子发芽" in page) == (
        True,
        False,
        True,
    )
    assert f'href="/events/{session.code}/"' in page
    for path in (f"/photos/{shown.pk}/", f"/photos/{shown.pk}/?small"):
        answer = told(path)
        assert (answer.status_code, answer["Content-Type"], answer["X-Content-Type-Options"]) == (
            200,
            "image/webp",
            "nosniff",
        )
    assert told(f"/photos/{kept.pk}/").status_code == 404


def test_a_draft_is_for_nobody(nanjing, planner):
    _session, (row, _other) = over(nanjing, planner, handed_in=False)
    assert ("还没有影像" in text(told("/gallery/")), told(f"/photos/{row.pk}/").status_code) == (True, 404)


def test_a_diary_that_is_opened_again_takes_its_photos_back(nanjing, planner):
    session, (row, _other) = over(nanjing, planner)
    with inside(nanjing):
        diaries.reopen(session=session, reason="换一张", by=planner, at=clock.now())
    assert ("还没有影像" in text(told("/gallery/")), told(f"/photos/{row.pk}/").status_code) == (True, 404)


def test_a_session_that_readers_do_not_know_of_shows_nothing(nanjing, planner):
    session, (row, _other) = over(nanjing, planner)
    with inside(nanjing):
        type(session).objects.filter(pk=session.pk).update(published_at=None)
    assert ("还没有影像" in text(told("/gallery/")), told(f"/photos/{row.pk}/").status_code) == (True, 404)


def test_another_library_shows_none_of_it(nanjing, shenzhen, planner):
    _session, (row, _other) = over(nanjing, planner)
    assert "还没有影像" in text(told("/gallery/", "shenzhen.test"))
    assert told(f"/photos/{row.pk}/", "shenzhen.test").status_code == 404


def test_an_album_stands_in_the_gallery_and_not_among_the_stories(nanjing):
    with inside(nanjing):
        album = AlbumPage(title="读者节的一天", slug="festival", summary="从早到晚", picture=picture_of(nanjing))
        GalleryPage.objects.get(network=nanjing).add_child(instance=album)
    assert "读者节的一天" in text(told("/gallery/"))
    assert "读者节的一天" not in text(told("/stories/"))
    page = text(told("/gallery/festival/"))
    assert ('href="/gallery/"' in page, page.count("<h1")) == (True, 1)


def test_the_gallery_costs_the_same_for_many_sessions(nanjing, planner, django_assert_num_queries):
    over(nanjing, planner)
    told("/gallery/")
    for more in (0, 3):
        for number in range(more):
            over(nanjing, planner, title=f"第{number}本书")
        with django_assert_num_queries(12):
            assert told("/gallery/").status_code == 200
