"""What is on, on a day by rooms and hours, in a week by venues and days."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from networks.models import Area
from programmes.planning.choices import PlaceKind
from programmes.planning.models import Session
from programmes.planning.rules.places import Where
from tests.planning import plans
from venues.choices import DayKind
from venues.models import CalendarDay, Closure, OpeningHours

ZONE = ZoneInfo("Asia/Shanghai")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _saturday(home):
    with time_machine.travel(datetime(2027, 3, 6, 9, 40, tzinfo=ZONE), tick=True):
        yield


@pytest.fixture
def planner(nanjing_cast):
    return nanjing_cast.client("planner")


def on(day: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(2027, 3, day, hour, minute, tzinfo=ZONE)


@pytest.fixture
def room():
    made = plans.room()
    OpeningHours.objects.create(venue=made.venue, weekday=5, opens_minute=540, closes_minute=1020)
    return made


def grid(page: str) -> str:
    """Without the list for phones, which says the same again."""
    return page[page.index('class="dv-grid"') : page.index('class="dv-list"')]


def bars(page: str) -> list[tuple[str, str, str, str]]:
    """Where each begins, how much room it has, its state and its time."""
    return re.findall(
        r'<li data-from="(\d+)" data-long="(\d+)">\s*<a class="dv-block"[^>]*data-state="(\w+)"[^>]*>'
        r'<span class="dv-time numbers">([^<]+)<',
        page,
    )


def bands(page: str, kind: str) -> list[tuple[str, str]]:
    return re.findall(rf'class="dv-{kind}" data-from="(\d+)" data-long="(\d+)"', page)


def test_a_day_shows_sessions_hours_closures_and_now(planner, room) -> None:
    activity = plans.activity()
    plans.session(on(6, 10), activity=activity, room=room, hosts=(plans.host(),))
    public = plans.session(on(6, 14, 30), activity=activity, room=room)
    off = plans.session(on(6, 16), activity=activity, room=room)
    Session.objects.filter(pk=public.pk).update(published_at=on(1))
    Session.objects.filter(pk=off.pk).update(called_off_at=on(1), call_off_reason="主讲人生病")
    Closure.objects.create(venue=room.venue, starts_at=on(6, 12), ends_at=on(6, 13), reason="内部设备检修")
    page = grid(planner.get("/plan/day/").content.decode())
    assert bars(page) == [
        ("8", "8", "draft", "10:00–11:00"),
        ("26", "8", "public", "14:30–15:30"),
        ("32", "8", "called_off", "16:00–17:00"),
    ]
    assert (bands(page, "open"), bands(page, "shut"), bands(page, "now")) == (
        [("4", "12"), ("20", "16")],
        [("16", "4")],
        [("6", "1")],
    )
    assert ("内部设备检修" in page, "孙老师" in page) == (True, True)


def test_early_late_and_long_sessions(planner, room) -> None:
    activity = plans.activity()
    plans.session(on(6, 6, 30), activity=activity, room=room)
    plans.session(on(6, 20, 30), activity=activity, room=room)
    plans.session(on(5, 9), activity=activity, room=plans.room(venue="宝船阅读空间"), ends_at=on(9, 17))
    page = grid(planner.get("/plan/day/").content.decode())
    assert 'data-quarters="64"' in page
    assert [bar[:2] for bar in bars(page)] == [("0", "64"), ("2", "8"), ("58", "6")]


def test_only_ones_own_area_and_network(planner, nanjing_cast, room, shenzhen) -> None:
    activity = plans.activity()
    plans.session(on(6), activity=activity, room=room)
    plans.session(on(6), activity=activity, room=plans.room(venue="百家湖阅读空间", district="江宁区"))
    whole = planner.get("/plan/day/").content.decode()
    own = nanjing_cast.client("district").get("/plan/day/").content.decode()
    area = Area.objects.get(name="江宁区")
    other = planner.get(f"/plan/day/?area={area.pk}").content.decode()
    assert [len(bars(grid(page))) for page in (whole, own, other)] == [2, 1, 1]
    assert ("百家湖" in own, "清凉门" in other) == (False, False)


def test_outside_venues_and_quiet_ones(planner, room) -> None:
    where = Where(PlaceKind.PARTNER, Area.objects.get(name="鼓楼区"), place_name="力学小学")
    plans.session(on(6), activity=plans.activity(), where=where)
    page = planner.get("/plan/day/").content.decode()
    assert ("力学小学" in grid(page), "1 个馆点没有场次" in page, bars(grid(page))) == (True, True, [])
    everything = grid(planner.get("/plan/day/?all=1").content.decode())
    assert bands(everything, "open") == [("4", "32")]


@pytest.mark.parametrize("odd", ["2027-02-30", "heute", "0001-01-01", ""])
def test_nonsense_is_today(odd, planner, room) -> None:
    plans.session(on(6), activity=plans.activity(), room=room)
    assert len(bars(grid(planner.get(f"/plan/day/?date={odd}").content.decode()))) == 1


def test_an_empty_day_says_so(planner) -> None:
    assert "这一天没有排场次" in planner.get("/plan/day/?date=2027-03-08").content.decode()


def cells(page: str) -> dict[str, list[int]]:
    """By venue, how many sessions each day has."""
    body = page[page.index("<tbody>") : page.index("</tbody>")]
    rows = re.findall(r'<th scope="row"><a[^>]*>([^<]+)</a></th>(.*?)</tr>', body, re.DOTALL)
    return {name: [cell.count("dv-block") for cell in re.findall(r"<td.*?</td>", row, re.DOTALL)] for name, row in rows}


def test_a_week_by_venues_and_days(planner, room) -> None:
    activity = plans.activity()
    other = plans.room(venue="百家湖阅读空间", district="江宁区")
    for day, where in ((1, room), (6, room), (7, other), (8, room)):
        plans.session(on(day), activity=activity, room=where)
    CalendarDay.objects.create(day=date(2027, 3, 7), kind=DayKind.WORKDAY, name="试验节")
    page = planner.get("/plan/week/").content.decode()
    assert cells(page) == {"清凉门阅读空间": [1, 0, 0, 0, 0, 1, 0], "百家湖阅读空间": [0, 0, 0, 0, 0, 0, 1]}
    assert re.findall(r'class="dv-off"[^>]*>([^<]+)<', page)[0].strip() == "试验节 上班"
    assert cells(planner.get("/plan/week/?date=2027-03-14").content.decode()) == {
        "清凉门阅读空间": [1, 0, 0, 0, 0, 0, 0]
    }


@pytest.mark.parametrize("address", ["/plan/day/", "/plan/week/"])
def test_statements_do_not_grow(address, planner) -> None:
    activity = plans.activity()

    def add(number: int) -> None:
        made = plans.room(venue=f"阅读空间 {number}")
        plans.session(on(6), activity=activity, room=made, hosts=(plans.host(f"{number} 号老师"),))

    def count() -> int:
        planner.get(address)
        with CaptureQueriesContext(connection) as found:
            planner.get(address)
        return len(found)

    add(1)
    few = count()
    for number in range(2, 8):
        add(number)
    assert count() == few
