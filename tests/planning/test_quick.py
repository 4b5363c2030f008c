"""A venue's next session in six fields: what is offered, what is filled in, what is refused."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from networks.models import Area
from programmes.planning.choices import LocalField
from programmes.planning.models import ProgrammeVenue, Session
from programmes.planning.steps.sessions import publish_sessions
from tests.planning import plans
from venues.models import Closure, OpeningHours, Room

ZONE = ZoneInfo("Asia/Shanghai")
PAGE = "/plan/today/add/"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _saturday(home):
    with time_machine.travel(datetime(2027, 3, 6, 9, 0, tzinfo=ZONE), tick=False):
        yield


@pytest.fixture
def keeper(nanjing_cast):
    return nanjing_cast.client("keeper")


@pytest.fixture
def planner(nanjing_cast):
    return nanjing_cast.client("planner")


@pytest.fixture
def room():
    made = plans.room()
    OpeningHours.objects.create(venue=made.venue, weekday=5, opens_minute=540, closes_minute=1020)
    return made


def on(day: int, hour: int = 10, minute: int = 0, *, month: int = 3) -> datetime:
    return datetime(2027, month, day, hour, minute, tzinfo=ZONE)


def text(browser, address: str = PAGE, status: int = 200) -> str:
    answer = browser.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def options(page: str, name: str) -> list[str]:
    """What can be chosen, the chosen one marked with a star."""
    found = re.search(rf'<select name="{name}".*?</select>', page, re.DOTALL)
    rows = re.findall(r"<option value=\"\w*\"( selected)?>([^<]+)<", found.group(0)) if found else []
    return [("*" if chosen else "") + word for chosen, word in rows]


def value(page: str, name: str) -> str:
    found = re.search(rf'<input [^>]*name="{name}"[^>]*>', page)
    said = re.search(r'value="([^"]*)"', found.group(0)) if found else None
    return said.group(1) if said else ""


def sent(activity, where, /, **values) -> dict[str, str]:
    usual = {
        "activity": activity.pk,
        "day": "2027-03-13",
        "starts": "10:00",
        "room": where.pk,
        "host": "",
        "then": "publish",
    }
    return {name: str(one) for name, one in {**usual, **values}.items()}


def errors(answer) -> list[str]:
    page = answer.content.decode()
    return re.findall(r'<ul class="field-errors" id="id_(\w+?)_error">', page)


def test_it_is_filled_in_like_the_last_one(keeper, room) -> None:
    seed, host = plans.activity(), plans.host()
    plans.session(on(5, 15), activity=seed, room=room, hosts=(host,), capacity=12)
    plans.session(on(12, 15), activity=seed, room=room)
    plans.session(on(20, 9), activity=plans.activity("纸船"), room=room)
    plans.host("周老师")
    page = text(keeper)
    assert options(page, "activity") == ["*小种子", "纸船"]
    assert [value(page, name) for name in ("day", "starts", "capacity")] == ["2027-03-19", "15:00", "12"]
    assert (options(page, "room"), options(page, "host")) == (
        ["*故事屋（30 人）"],
        [
            "暂不确定",
            "*孙老师 · 馆员" if "孙老师 · 馆员" in page else "*孙老师",
            "周老师 · 馆员" if "周老师 · 馆员" in page else "周老师",
        ],
    )
    assert "已照3月5日的《小种子》填好" in page


def test_like_another_one(keeper, room) -> None:
    plans.session(on(5, 15), activity=plans.activity(), room=room)
    boat = plans.session(on(13, 9), activity=plans.activity("纸船"), room=room)
    page = text(keeper, f"{PAGE}?like={boat.code}")
    assert (options(page, "activity"), value(page, "day"), value(page, "starts")) == (
        ["小种子", "*纸船"],
        "2027-03-20",
        "09:00",
    )


def test_which_activities_are_open_to_a_venue(keeper, planner, room) -> None:
    here = plans.activity("办过的")
    plans.session(on(5), activity=here, room=room)
    plans.activity("留给馆点定时间的", local_fields=[LocalField.TIME])
    plans.activity("只由策划定的", local_fields=[LocalField.HOSTS])
    plans.activity("已放弃的", local_fields=[LocalField.TIME], dropped_at=on(1))
    other = plans.programme("江宁的项目", area=Area.objects.get(name="江宁区"))
    plans.activity("江宁区的", programme=other, local_fields=[LocalField.TIME])
    far = plans.programme("请了这里的项目", area=Area.objects.get(name="江宁区"))
    ProgrammeVenue.objects.create(programme=far, venue=room.venue)
    plans.activity("请了这里的", programme=far, local_fields=[LocalField.TIME])
    plans.activity("往年的", programme=plans.programme(year=2025), local_fields=[LocalField.TIME])
    assert options(text(keeper), "activity") == ["*办过的", "留给馆点定时间的", "请了这里的"]
    assert options(text(planner), "activity") == ["*办过的", "只由策划定的", "留给馆点定时间的", "请了这里的"]


def test_the_same_title_in_two_seasons_says_which(keeper, room) -> None:
    plans.activity("故事会", local_fields=[LocalField.TIME])
    plans.activity("纸船", local_fields=[LocalField.TIME])
    later = plans.programme(year=2028)
    plans.activity("故事会", programme=later, local_fields=[LocalField.TIME])
    assert options(text(keeper), "activity") == ["故事会 · 2027", "故事会 · 2028", "纸船"]


def test_a_keeper_publishes_in_one_stroke(keeper, room) -> None:
    activity, host = plans.activity(local_fields=[LocalField.TIME]), plans.host()
    answer = keeper.post(PAGE, sent(activity, room, host=host.pk, capacity=8))
    assert answer.status_code == 302
    row = Session.objects.get()
    assert (row.starts_at, row.ends_at, row.room_id, row.capacity) == (on(13), on(13, 11), room.pk, 8)
    assert (row.published_at, [one.host for one in row.engagements.all()]) == (on(6, 9), [host])


def test_a_draft_is_for_planners(keeper, planner, room) -> None:
    activity = plans.activity(local_fields=[LocalField.TIME])
    assert keeper.post(PAGE, sent(activity, room, then="draft")).status_code == 403
    answer = planner.post(PAGE, sent(activity, room, then="draft"))
    row = Session.objects.get()
    assert (answer["Location"], row.published_at) == (f"/plan/sessions/{row.code}/", None)


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"starts": "10:30"}, ["room", "host"]),
        ({"day": "2027-03-05"}, ["day", "day"]),
        ({"day": "2027-03-14"}, ["day"]),
        ({"day": "2027-03-20"}, ["day"]),
        ({"capacity": "31"}, ["capacity"]),
        ({"capacity": "0"}, ["capacity"]),
        ({"day": "", "starts": "25:00", "room": "999999", "activity": "x"}, ["activity", "day", "starts", "room"]),
    ],
)
def test_what_is_refused_is_said_in_place_and_nothing_is_written(keeper, room, values, fields) -> None:
    activity, host = plans.activity(local_fields=[LocalField.TIME]), plans.host()
    plans.session(on(13), activity=activity, room=room, hosts=(host,))
    Closure.objects.create(venue=room.venue, starts_at=on(20, 0), ends_at=on(20, 23), reason="设备检修")
    usual = {"day": "2027-03-13", "starts": "14:00", "host": host.pk}
    answer = keeper.post(PAGE, sent(activity, room, **{**usual, **values}))
    assert (answer.status_code, Session.objects.count()) == (422, 1)
    assert sorted(set(errors(answer))) == sorted(set(fields))
    assert "anyway" not in answer.content.decode()


def test_a_planner_may_insist_where_it_is_a_habit(planner, room) -> None:
    activity = plans.activity()
    wanted = sent(activity, room, day="2027-03-14")
    answer = planner.post(PAGE, wanted)
    assert (answer.status_code, 'name="anyway"' in answer.content.decode()) == (422, True)
    assert planner.post(PAGE, {**wanted, "anyway": "on"}).status_code == 302
    assert Session.objects.get().starts_at == on(14)


def test_anothers_venue_and_session_are_not_there(keeper, room) -> None:
    other = plans.room(venue="百家湖阅读空间", district="江宁区")
    there = plans.session(on(13), activity=plans.activity(local_fields=[LocalField.TIME]), room=other)
    for query in (f"venue={other.venue.slug}", f"like={there.code}", "venue=nowhere", "like=nothing"):
        text(keeper, f"{PAGE}?{query}", 404)
    answer = keeper.post(PAGE, sent(there.activity, other))
    assert (answer.status_code, errors(answer)) == (422, ["room"])


def test_what_is_outside_a_room_has_no_like(planner) -> None:
    stream = plans.session(on(13), activity=plans.activity())
    text(planner, f"{PAGE}?like={stream.code}", 404)


def test_several_venues_are_chosen_from(planner, room) -> None:
    other = plans.room(venue="百家湖阅读空间", district="江宁区")
    assert options(text(planner), "venue") == []
    page = text(planner)
    assert re.findall(r'<option value="[\w-]+">([^<]+)<', page) == ["清凉门阅读空间", "百家湖阅读空间"]
    assert "百家湖阅读空间" in text(planner, f"{PAGE}?venue={other.venue.slug}")


def test_nothing_to_offer_says_whom_to_ask(keeper, room) -> None:
    assert "请联系您的策划" in text(keeper)
    Room.objects.update(closed_at=on(1))
    assert "您的馆点还没有场地" in text(keeper)


def test_statements_do_not_grow(keeper, room) -> None:
    def add(number: int) -> None:
        activity = plans.activity(f"活动 {number}", local_fields=[LocalField.TIME])
        row = plans.session(on(number, 15), activity=activity, room=room, hosts=(plans.host(f"{number} 号"),))
        with transaction.atomic():
            publish_sessions([row], by=None, at=on(1))

    def count() -> int:
        keeper.get(PAGE)
        with CaptureQueriesContext(connection) as found:
            keeper.get(PAGE)
        return len(found)

    add(1)
    one = count()
    for number in (2, 3, 4):
        add(number)
    assert count() == one
