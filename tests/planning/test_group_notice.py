"""群通知: what stands in the words and the picture for a chat group, and who may have them."""

import html
import io
import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from PIL import Image

from programmes.planning.models import Session
from programmes.planning.steps.sessions import publish_sessions
from programmes.signup.choices import Way
from programmes.signup.models import Places, Terms
from tests.planning import plans

ZONE = ZoneInfo("Asia/Shanghai")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _saturday(home):
    with time_machine.travel(datetime(2027, 3, 6, 9, 0, tzinfo=ZONE), tick=False):
        yield


@pytest.fixture
def keeper(nanjing_cast):
    return nanjing_cast.client("keeper")


@pytest.fixture
def room():
    return plans.room()


def on(day: int, hour: int = 10) -> datetime:
    return datetime(2027, 3, day, hour, tzinfo=ZONE)


def public(starts_at: datetime, **values) -> Session:
    made = plans.session(starts_at, **values)
    with transaction.atomic():
        publish_sessions([made], by=None, at=on(1))
    return made


def words(browser, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    found = re.search(r"<textarea[^>]*>(.*?)</textarea>", answer.content.decode(), re.DOTALL)
    return html.unescape(found.group(1)).strip() if found else ""


def of(session: Session) -> str:
    return f"/plan/sessions/{session.code}/group/"


def test_one_session_in_full(keeper, room) -> None:
    activity = plans.activity(summary="一粒种子的旅行。", adult_needed=True)
    Terms.objects.create(activity=activity)
    hosts = (plans.host(), plans.host("不愿具名", is_public=False))
    row = public(on(13), activity=activity, room=room, hosts=hosts, notice="请自带水杯。")
    Places.objects.create(session=row, capacity=20, taken=12)
    assert words(keeper, of(row)) == (
        "【活动预告】小种子\n一粒种子的旅行。\n\n"
        "时间：3月13日 周六 10:00–11:00\n地点：清凉门阅读空间 · 故事屋（鼓楼区某路 1 号）\n"
        "适合：3–6 岁，需家长陪同\n主讲：孙老师\n请自带水杯。\n\n"
        f"点链接报名，还有 8 个名额：\nhttp://nanjing.test/events/{row.code}/"
    )


@pytest.mark.parametrize(
    ("terms", "taken", "line"),
    [
        (None, 0, "详情看这里："),
        ({"way": Way.FREE}, 0, "无需报名，直接来就好。"),
        ({"way": Way.PHONE}, 0, "请到馆报名"),
        ({}, 18, "只剩 2 个名额，点链接报名："),
        ({}, 20, "名额已满，想来的可以点链接排候补，有人退出会按顺序通知。"),
        ({"opens_days": 1}, 0, "3月12日 周五 09:00 开始报名，到时点链接："),
        ({"closes_hours": 24 * 8}, 0, "报名已截止，已报上名的小读者，我们到时见。"),
    ],
)
def test_how_one_comes(keeper, room, terms, taken, line) -> None:
    activity = plans.activity()
    if terms is not None:
        Terms.objects.create(activity=activity, **terms)
    row = public(on(13), activity=activity, room=room)
    Places.objects.create(session=row, capacity=20, taken=taken)
    assert words(keeper, of(row)).split("\n")[-2] == line


def test_what_moved_and_what_is_called_off(keeper, room) -> None:
    row = public(on(13), activity=plans.activity(), room=room)
    was = {"starts_at": on(12).isoformat(), "ends_at": on(12, 11).isoformat()}
    Session.objects.filter(pk=row.pk).update(moved_at=on(5), moved_from=was)
    told = words(keeper, of(row)).split("\n")
    assert (told[0], "原定：3月12日 周五 10:00–11:00。" in told) == ("【时间有变】小种子", True)
    Session.objects.filter(pk=row.pk).update(called_off_at=on(6), call_off_reason="主讲老师临时有事")
    assert words(keeper, of(row)) == (
        "【取消通知】小种子\n\n很抱歉，原定 3月13日 周六 10:00–11:00的《小种子》取消了（主讲老师临时有事）。\n"
        f"已报名的家长不用再操作。其他场次可以看这里：\nhttp://nanjing.test/events/{row.code}/"
    )
    assert keeper.get(f"{of(row)}picture/").status_code == 404


def test_a_day_and_a_week_of_a_venue(keeper, room) -> None:
    seed, boat = plans.activity(), plans.activity("纸船")
    today = public(on(6, 15), activity=seed, room=room)
    later = public(on(12), activity=boat, room=room)
    public(on(13), activity=boat, room=room)
    public(on(5), activity=boat, room=room)
    plans.session(on(7), activity=boat, room=room)
    off = public(on(8), activity=boat, room=room)
    Session.objects.filter(pk=off.pk).update(called_off_at=on(6), call_off_reason="停电")
    public(on(9), activity=boat, room=plans.room(venue="宝船阅读空间"))
    first = f"1. 小种子\n3月6日 周六 15:00–16:00 · 故事屋\n3–6 岁\nhttp://nanjing.test/events/{today.code}/"
    second = f"2. 纸船\n3月12日 周五 10:00–11:00 · 故事屋\n3–6 岁\nhttp://nanjing.test/events/{later.code}/"
    foot = "如有变动，以活动页面为准。"
    address = f"/plan/today/group/{room.venue.slug}/"
    assert (
        words(keeper, address)
        == f"【清凉门阅读空间】3月6日至3月12日的活动\n地点：鼓楼区某路 1 号\n\n{first}\n\n{second}\n\n{foot}"
    )
    assert (
        words(keeper, f"{address}?span=day")
        == f"【清凉门阅读空间】今天（3月6日 周六）的活动\n地点：鼓楼区某路 1 号\n\n{first}\n\n{foot}"
    )


def test_more_than_a_dozen_are_left_to_the_venues_page(keeper, room) -> None:
    activity = plans.activity(minutes=30)
    for number in range(14):
        public(on(7, 8) + timedelta(hours=number), activity=activity, room=room)
    told = words(keeper, f"/plan/today/group/{room.venue.slug}/")
    assert (told.count("/events/"), "13. " in told) == (12, False)
    assert f"更多活动：\nhttp://nanjing.test/venues/{room.venue.slug}/" in told


def test_nothing_to_tell_says_so(keeper, room) -> None:
    page = keeper.get(f"/plan/today/group/{room.venue.slug}/").content.decode()
    assert ("这几天这里没有已发布的场次。" in page, "<textarea" in page) == (True, False)


def test_the_picture_is_drawn_and_small(keeper, room) -> None:
    row = public(on(13), activity=plans.activity("很长很长的活动名称" * 4, summary="一句话。"), room=room)
    answer = keeper.get(f"{of(row)}picture/")
    picture = Image.open(io.BytesIO(answer.content))
    assert (answer["Content-Type"], picture.size, len(answer.content) < 60_000) == ("image/png", (900, 1240), True)


def test_a_draft_is_told_to_nobody(keeper, room) -> None:
    row = plans.session(on(13), activity=plans.activity(), room=room)
    assert [keeper.get(one).status_code for one in (of(row), f"{of(row)}picture/")] == [404, 404]


def test_another_districts_is_not_there(keeper, nanjing_cast) -> None:
    there = plans.room(venue="百家湖阅读空间", district="江宁区")
    row = public(on(13), activity=plans.activity(), room=there)
    addresses = (of(row), f"{of(row)}picture/", f"/plan/today/group/{there.venue.slug}/")
    assert [keeper.get(one).status_code for one in addresses] == [404, 404, 404]
    planner = nanjing_cast.client("planner")
    assert [planner.get(one).status_code for one in addresses] == [200, 200, 200]


def test_statements_do_not_grow(keeper, room) -> None:
    activity = plans.activity()
    Terms.objects.create(activity=activity)

    def count() -> int:
        address = f"/plan/today/group/{room.venue.slug}/"
        keeper.get(address)
        with CaptureQueriesContext(connection) as found:
            keeper.get(address)
        return len(found)

    public(on(7, 9), activity=activity, room=room, hosts=(plans.host("1 号"),))
    one = count()
    for hour in (11, 13, 15):
        public(on(7, hour), activity=activity, room=room, hosts=(plans.host(f"{hour} 号"),))
    assert count() == one
