"""Venues at work: a table with mistakes is mended and taken in; a repair closes a place; a week is typed by thumb."""

import io

import pytest
from django.conf import settings
from django.db import transaction
from openpyxl import Workbook

from networks.models import Area, inside
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.soundness import serious, sideways
from venues.models import Closure, Venue
from venues.queries.hours import week_of
from venues.rules.hours import Span
from venues.rules.hours_text import week_text
from venues.steps.venues import RoomPlan, open_venue

pytestmark = [pytest.mark.django_db(transaction=True)]

TITLES = ["编号", "名称", "区", "地址", "可容纳人数", "开放时间", "场地"]


@pytest.fixture
def arrive(visit, nanjing_cast):
    def run(part, **options):
        visitor = visit("nanjing.test", **options)
        name = settings.SESSION_COOKIE_NAME
        value = nanjing_cast.client(part).cookies[name].value
        visitor.page.context.add_cookies([{"name": name, "value": value, "url": visitor.origin}])
        return visitor

    return run


@pytest.fixture
def venue(nanjing):
    with inside(nanjing), transaction.atomic():
        return open_venue(
            parent=Area.objects.get(name="鼓楼区"),
            name="清凉门阅读空间",
            address="清凉门大街 1 号",
            values={"slug": "qlm", "capacity": 60},
            week=[Span(day, 540, 1020) for day in range(1, 7)],
            rooms=[RoomPlan("故事屋", 30)],
        )


def table(*rows):
    book = Workbook()
    for row in (TITLES, *rows):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return {"name": "馆点.xlsx", "mimeType": kind, "buffer": out.getvalue()}


@pytest.mark.parametrize(
    "path",
    [
        "/plan/venues/",
        "/plan/venues/add/",
        "/plan/venues/import/",
        "/plan/venues/qlm/",
        "/plan/venues/qlm/details/",
        "/plan/venues/qlm/hours/",
        "/plan/venues/qlm/rooms/add/",
        "/plan/venues/qlm/pictures/",
        "/plan/venues/qlm/close/",
        "/plan/closures/",
        "/plan/closures/add/?venue=qlm",
        "/plan/calendar/",
    ],
)
def test_pages_hold_on_phone_and_desk_and_for_a_screen_reader(arrive, venue, path):
    visitor = arrive("planner", viewport=DESK)
    page = visitor.open(path)
    assert (sideways(page), serious(page)) == (0, [])
    page.set_viewport_size(PHONE)
    page.wait_for_timeout(100)
    assert (sideways(page), serious(page)) == (0, [])


def test_a_table_with_mistakes_is_mended_and_taken_in(arrive, nanjing):
    page = arrive("planner", viewport=DESK).open("/plan/venues/")
    page.get_by_role("link", name="用 Excel 导入").first.click()
    good = ["NJ001", "宝船阅读空间", "鼓楼区", "漓江路 57 号", 60, "周二至周日 9:00-17:00", "故事屋 30人"]
    bad = ["NJ002", "清凉门阅读空间", "鼓楼区", "清凉门大街 1 号", 20, "周二 17:00-9:00", "故事屋 30人"]
    page.set_input_files("input[type=file]", table(good, bad))
    page.get_by_role("button", name="预览").click()
    page.get_by_text("17:00-9:00 的结束早于开始").wait_for()
    assert page.get_by_role("button", name="全部导入").count() == 0
    assert serious(page) == []
    mended = [*bad[:4], 60, "周二 9:00-17:00", "故事屋 30人"]
    page.set_input_files("input[type=file]", table(good, mended))
    page.get_by_role("button", name="预览").click()
    page.get_by_role("button", name="全部导入").click()
    page.get_by_text("新增 2 个馆点").wait_for()
    with inside(nanjing):
        assert sorted(Venue.objects.values_list("number", flat=True)) == ["NJ001", "NJ002"]


def test_a_repair_closes_a_place_and_is_taken_back(arrive, nanjing, venue):
    page = arrive("keeper", viewport=PHONE).open("/plan/venues/qlm/")
    page.get_by_role("link", name="临时闭馆").first.click()
    page.get_by_label("恢复时间另行通知").check()
    page.get_by_label("理由").fill("更换空调，闭馆施工")
    page.get_by_role("button", name="查看影响").click()
    page.get_by_text("小时开放时间受影响").wait_for()
    page.get_by_role("button", name="确认闭馆").click()
    page.get_by_text("更换空调，闭馆施工").wait_for()
    with inside(nanjing):
        assert Closure.objects.filter(withdrawn_at=None).count() == 1
    page.get_by_role("button", name="撤销").click()
    page.get_by_text("闭馆安排已撤回").wait_for()
    with inside(nanjing):
        assert Closure.objects.filter(withdrawn_at=None).count() == 0


@pytest.mark.parametrize("scripts", [True, False])
def test_a_week_is_filled_from_words_and_copied(arrive, nanjing, venue, scripts):
    page = arrive("keeper", viewport=PHONE, java_script_enabled=scripts).open("/plan/venues/qlm/hours/")
    page.get_by_text("用一句话填写").click()
    page.get_by_label("一句话写出一周").fill("周一 9:00-11:30、13:00-17:00")
    page.get_by_role("button", name="填入").click()
    page.locator("#closes-0-1").wait_for()
    assert page.locator("#closes-0-1").input_value() == "17:00"
    page.locator("summary", has_text="复制到").first.click()
    page.get_by_role("button", name="周一至周五").first.click()
    page.locator("#closes-4-1").wait_for()
    page.get_by_role("button", name="保存").last.click()
    page.wait_for_url("**/plan/venues/qlm/")
    with inside(nanjing):
        assert week_text(week_of(venue)) == "周一至周五 9:00-11:30、13:00-17:00；周六、周日闭馆"
