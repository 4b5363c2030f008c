"""Views of streams: the newest line of a platform counts, screenshots are for staff alone, and no view is a head."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from kit import clock
from kit.refusals import Refused
from networks.models import JournalLine, Network, inside
from people.choices import Role
from people.registers.holdings import Owner, holdings
from programmes.door.commands.streams import Read, note_views
from programmes.door.models import StreamViews
from programmes.door.queries.attendance import Heads, attendance_of
from programmes.door.queries.streams import Views
from tests.browsers import browser, staff
from tests.door.doors import opened
from tests.kit.test_pictures import photo
from tests.signup.signing import story_hour

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(nanjing):
    return staff(nanjing, "13800138003", Role.KEEPER, name="陈静")


@pytest.fixture
def talk(nanjing):
    """A stream of yesterday."""
    return opened(nanjing, story_hour(nanjing), starts_in=-timedelta(days=1))


def today():
    return timezone.localtime(clock.now()).date()


def noted(network, session, platform="抖音", live=100, replay=20, *, days_ago=0, key=None, by=None):
    with inside(network):
        read = Read(key or uuid4(), platform, live, replay, today() - timedelta(days=days_ago))
        return note_views(session=session, read=read, record=None, by=by, at=clock.now())


def views(network, session):
    with inside(network):
        return attendance_of([session])[session.pk].views


def post(client, session, **sent):
    values = {"client_id": uuid4(), "platform": "抖音", "live_views": 5, "replay_views": 0, "as_of": today()}
    return client.post(f"/desk/{session.code}/views/", values | sent)


def text(answer):
    return answer.content.decode()


def test_the_newest_line_of_each_platform_counts_in_whatever_order_they_come(nanjing, talk, keeper):
    noted(nanjing, talk, live=300, replay=90)
    noted(nanjing, talk, live=250, replay=10, days_ago=1)
    noted(nanjing, talk, "微信视频号", 1000, 0, by=keeper)
    assert views(nanjing, talk) == Views(1300, 90)
    with inside(nanjing):
        assert attendance_of([talk])[talk.pk].heads == Heads()
        line = JournalLine.objects.filter(verb="door.views_noted").latest("pk")
        assert (line.actor_id, line.values["live_views"]) == (keeper.pk, 1000)


def test_the_same_request_is_noted_once(nanjing, talk):
    key = uuid4()
    assert noted(nanjing, talk, key=key) == noted(nanjing, talk, key=key)
    assert views(nanjing, talk) == Views(100, 20)


@pytest.mark.parametrize(
    ("values", "code"),
    [({"days_ago": 2}, "before_it"), ({"days_ago": -1}, "not_yet"), ({"live": 0, "replay": 0}, "no_views")],
)
def test_what_cannot_have_been_read_is_refused(nanjing, talk, values, code):
    with pytest.raises(Refused) as told:
        noted(nanjing, talk, **values)
    assert told.value.codes == (code,)


def test_the_page_takes_numbers_and_a_screenshot_for_staff_alone(nanjing, talk, keeper):
    client = browser(keeper, bound=True)
    shot = SimpleUploadedFile("shot.jpg", photo(), content_type="image/jpeg")
    assert post(client, talk, image=shot, live_views=88).status_code == 302
    with inside(nanjing):
        row = StreamViews.objects.get()
    page = text(client.get(f"/desk/{talk.code}/views/"))
    assert ("直播 88" in page, f"/desk/{talk.code}/views/{row.pk}/picture/" in page) == (True, True)
    answer = client.get(f"/desk/{talk.code}/views/{row.pk}/picture/")
    assert (answer["Content-Type"], answer.content[8:12], b"phone" in answer.content) == ("image/webp", b"WEBP", False)
    assert "private" in answer["Cache-Control"]
    other = staff(nanjing, "13800138009", Role.EDITOR)
    assert browser(other, bound=True).get(f"/desk/{talk.code}/views/{row.pk}/picture/").status_code == 404
    assert client.get(f"/desk/{talk.code}/views/{row.pk + 1}/picture/").status_code == 404
    staff_page = text(client.get(f"/plan/sessions/{talk.code}/"))
    assert "直播 88" in staff_page


def test_what_is_no_picture_and_an_unnamed_platform_are_said_in_place(nanjing, talk, keeper):
    client = browser(keeper, bound=True)
    broken = SimpleUploadedFile("shot.jpg", b"<script>", content_type="image/jpeg")
    assert post(client, talk, image=broken).status_code == 422
    assert post(client, talk, platform="").status_code == 422
    assert post(client, talk, platform="", other="小红书").status_code == 302
    with inside(nanjing):
        assert list(StreamViews.objects.values_list("platform", flat=True)) == ["小红书"]


def test_a_library_names_its_own_platforms(nanjing, talk, keeper):
    Network.objects.filter(pk=nanjing.pk).update(rules={"stream_platforms": "学习强国、南京发布"})
    page = text(browser(keeper, bound=True).get(f"/desk/{talk.code}/views/"))
    assert ("学习强国" in page, "抖音" in page) == (True, False)


def test_after_years_numbers_stay_and_the_screenshot_goes(nanjing, talk, keeper, django_capture_on_commit_callbacks):
    client = browser(keeper, bound=True)
    post(client, talk, image=SimpleUploadedFile("shot.jpg", photo(), content_type="image/jpeg"))
    kept, later = holdings["door.stream_views"], clock.now() + timedelta(days=1)
    with inside(nanjing):
        file = StreamViews.objects.get().image
        with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
            assert kept.retention.purge(later, 10, later) == 1
        assert (file.storage.exists(file.name), kept.retention.due(later).count()) == (False, 0)
        assert list(StreamViews.objects.values_list("live_views", "by", "image")) == [(5, None, "")]
        StreamViews.objects.update(by=keeper)
        with transaction.atomic():
            assert kept.erase(Owner(person=keeper), clock.now()) == 1
