"""/plan/today/: what is on where somebody works, what comes next, and what waits."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kit.command import command
from kit.waiting import Waiting, waiting
from networks.models import Area
from people.choices import Role
from people.models import Person
from people.registers import first_pages
from people.steps.grants import give_role
from programmes.planning.choices import PlaceKind
from programmes.planning.models import Session
from programmes.planning.rules.places import Where
from programmes.planning.steps.sessions import publish_sessions
from programmes.signup.models import Places, Terms
from tests.people.conftest import newest_code, token
from tests.planning import plans
from venues.models import Venue

ZONE = ZoneInfo("Asia/Shanghai")
PAGE = "/plan/today/"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _saturday(home):
    with time_machine.travel(datetime(2027, 3, 6, 10, 35, tzinfo=ZONE), tick=False):
        yield


@pytest.fixture
def keeper(nanjing_cast):
    """Of 鼓楼区."""
    return nanjing_cast.client("keeper")


@pytest.fixture
def room():
    return plans.room()


def on(day: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(2027, 3, day, hour, minute, tzinfo=ZONE)


def public(starts_at: datetime, **values) -> Session:
    made = plans.session(starts_at, **values)
    with transaction.atomic():
        publish_sessions([made], by=None, at=on(1))
    return made


def text(browser, address: str = PAGE) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def cards(page: str) -> list[tuple[str, str, str]]:
    """Of each: where it stands beside the clock, when it begins, its title."""
    return re.findall(
        r'<article class="td-card" data-moment="(\w+)">.*?class="td-starts">([^<]+)<.*?<h3[^>]*><a[^>]*>([^<]+)<',
        page,
        re.DOTALL,
    )


def card(page: str, number: int) -> str:
    return re.sub(r"\s+", " ", re.findall(r'<article class="td-card".*?</article>', page, re.DOTALL)[number])


@command
def give(person: Person, role: Role) -> None:
    give_role(person=person, role=role, area=Area.objects.get(parent=None))


def places(page: str) -> list[str]:
    return re.findall(r"<summary>\s*<h2>([^<]+)<", page)


def test_the_day_in_its_order(keeper, room) -> None:
    seed, ship = plans.activity("小种子"), plans.activity("纸船")
    public(on(6, 9), activity=seed, room=room)
    public(on(6, 10, 10), activity=ship, room=room, hosts=(plans.host(),))
    off = public(on(6, 12), activity=seed, room=room)
    public(on(6, 14), activity=seed, room=room, title="小种子旅行记")
    plans.session(on(6, 16), activity=ship, room=room)
    Session.objects.filter(pk=off.pk).update(called_off_at=on(5), call_off_reason="主讲人生病")
    page = text(keeper)
    assert cards(page) == [
        ("now", "10:10", "纸船"),
        ("next", "14:00", "小种子旅行记"),
        ("later", "16:00", "纸船"),
        ("over", "09:00", "小种子"),
        ("off", "12:00", "小种子"),
    ]
    assert ("正在进行，还有 35 分钟结束" in card(page, 0), "故事屋 · 孙老师" in card(page, 0)) == (True, True)
    assert ("3 小时 25 分钟后开始" in card(page, 1), "草稿" in card(page, 2), "主讲人生病" in card(page, 4)) == (
        True,
        True,
        True,
    )


def test_what_is_called_off_is_never_next(keeper, room) -> None:
    off = public(on(6, 12), activity=plans.activity(), room=room)
    Session.objects.filter(pk=off.pk).update(called_off_at=on(5), call_off_reason="主讲人生病")
    public(on(6, 14), activity=plans.activity("纸船"), room=room)
    assert cards(text(keeper)) == [("next", "14:00", "纸船"), ("off", "12:00", "小种子")]


def test_what_goes_on_and_tomorrow_stand_below(keeper, room) -> None:
    public(on(4, 9), activity=plans.activity("原画展"), room=room, ends_at=on(9, 17))
    public(on(7, 15), activity=plans.activity("纸船"), room=plans.room(venue="宝船阅读空间"))
    page = text(keeper)
    lines = re.findall(r'class="td-when[^"]*">([^<]+)</span><span class="td-what">([^<]+?) <', page)
    assert lines == [("至 3月9日 周二", "原画展"), ("15:00–16:00", "纸船")]
    assert cards(page) == []


def test_a_moved_session_says_so(keeper, room) -> None:
    row = public(on(6, 15), activity=plans.activity(), room=room)
    was = {"starts_at": on(6, 14).isoformat(), "ends_at": on(6, 15).isoformat()}
    Session.objects.filter(pk=row.pk).update(moved_at=on(5), moved_from=was)
    assert "时间有变" in card(text(keeper), 0)


def test_places_taken_and_waiting(keeper, room) -> None:
    activity = plans.activity()
    Terms.objects.create(activity=activity)
    row = public(on(6, 15), activity=activity, room=room)
    Places.objects.filter(session=row).delete()
    Places.objects.create(session=row, capacity=20, taken=20, waiting=3)
    shown = card(text(keeper), 0)
    assert re.sub(r"<[^>]+>", "", shown[shown.index("td-fact") :]).split(">", 1)[1].split() == [
        *("已报", "20", "/", "20", "候补", "3", "家", "签到", "人次登记", "报名名单", "群通知", "下周再办"),
    ]
    assert f"/plan/sessions/{row.code}/sign-ups/" in shown


def test_another_districts_sessions_are_not_there(keeper, nanjing_cast, room) -> None:
    public(on(6, 15), activity=plans.activity(), room=plans.room(venue="百家湖阅读空间", district="江宁区"))
    school = Where(PlaceKind.PARTNER, Area.objects.get(name="鼓楼区"), place_name="力学小学")
    public(on(6, 16), activity=plans.activity("纸船"), where=school)
    page, whole = text(keeper), text(nanjing_cast.client("planner"))
    assert (cards(page), "百家湖" in page, "力学小学" in page) == ([("next", "16:00", "纸船")], False, True)
    assert places(whole) == ["百家湖阅读空间", "馆外"]


@pytest.mark.parametrize(("part", "status"), [("planner", 200), ("district", 403), ("editor", 403), ("reader", 403)])
def test_only_for_whoever_runs_or_plans_sessions(nanjing_cast, part, status) -> None:
    assert nanjing_cast.client(part).get(PAGE).status_code == status


def test_an_empty_day_offers_a_way_on(keeper) -> None:
    page = text(keeper)
    assert ("今天没有场次" in page, "明天还没有安排场次。" in page) == (True, True)


def many(count: int, *, first: int = 1) -> None:
    activity = plans.activity()
    for number in range(first, first + count):
        public(on(6, 15), activity=activity, room=plans.room(venue=f"空间 {number:02}"))


def test_many_venues_are_folded_paged_and_found(nanjing_cast) -> None:
    many(26)
    planner = nanjing_cast.client("planner")
    page = text(planner)
    assert (
        len(places(page)),
        "第 1–24 个，共 26 个地点" in page,
        '<details class="td-place td-fold" open' in page,
    ) == (
        24,
        True,
        False,
    )
    assert places(text(planner, f"{PAGE}?page=2")) == places(text(planner, f"{PAGE}?page=99")) == ["空间 25", "空间 26"]
    assert places(text(planner, f"{PAGE}?q=07")) == ["空间 07"]
    assert len(places(text(planner, f"{PAGE}?q=鼓楼&page=oh"))) == 24
    assert "没有找到" in text(planner, f"{PAGE}?q=月球")


def test_venues_where_all_is_over_come_last(nanjing_cast) -> None:
    activity = plans.activity()
    for hour, name in ((8, "空间 1"), (15, "空间 2"), (9, "空间 3"), (10, "空间 4")):
        public(on(6, hour), activity=activity, room=plans.room(venue=name))
    page = text(nanjing_cast.client("planner"))
    assert places(page) == ["空间 2", "空间 4", "空间 1", "空间 3"]


def test_much_that_waits_is_folded(nanjing_cast, monkeypatch) -> None:
    for number in range(4):
        line = Waiting(f"test.{number}", f"事项 {number}", lambda _request: 5, "planning:day")
        monkeypatch.setitem(waiting.entries, line.key, line)
    page = text(nanjing_cast.client("keeper"))
    assert (page.count("td-more-waits"), page.count("事项")) == (1, 4)


@pytest.mark.parametrize("part", ["keeper", "planner"])
def test_statements_do_not_grow(nanjing_cast, part) -> None:
    browser = nanjing_cast.client(part)
    Terms.objects.create(activity=plans.activity())

    def count() -> int:
        browser.get(PAGE)
        with CaptureQueriesContext(connection) as found:
            browser.get(PAGE)
        return len(found)

    activity = plans.activity("纸船")
    Terms.objects.create(activity=activity)
    public(on(6, 15), activity=activity, room=plans.room(venue="空间 0"), hosts=(plans.host("0 号"),))
    one = count()
    for number in (1, 2, 3):
        room = plans.room(venue=f"空间 {number}")
        public(on(6, 15), activity=activity, room=room, hosts=(plans.host(f"{number} 号"),))
        public(on(7, 15), activity=activity, room=room)
    assert (count(), Venue.objects.count()) == (one, 4)


@pytest.mark.parametrize(("part", "first"), [("keeper", PAGE), ("planner", "/me/"), ("reader", "/me/")])
def test_where_somebody_begins_after_signing_in(nanjing, nanjing_cast, part, first) -> None:
    cache.clear()
    browser, phone = Client(HTTP_HOST="nanjing.test"), nanjing_cast[part].phone
    browser.post("/sign-in/", {"phone": phone})
    sent = token(browser.get("/sign-in/code/"))
    answer = browser.post("/sign-in/code/", {"code": newest_code(nanjing), "sent": sent})
    assert (answer.status_code, answer["Location"]) == (303, first)


def test_a_keeper_with_another_role_begins_where_everybody_does(nanjing_cast) -> None:
    keeper = nanjing_cast["keeper"]
    assert [page(keeper) for page in first_pages] == [PAGE]
    del keeper._rights
    give(keeper, Role.EDITOR)
    assert [page(keeper) for page in first_pages] == [""]
