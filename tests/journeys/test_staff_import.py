"""An administrator takes in a list of staff with mistakes, mends it, and a keeper accepts on her phone."""

import io

import pytest
from django.conf import settings
from django.db import transaction
from openpyxl import Workbook

from networks.models import Area, inside
from networks.steps.areas import make_leaf
from people.choices import Role
from people.models import Grant
from people.queries.persons import person_with_phone
from tests.browsers import browser
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.soundness import serious

pytestmark = [pytest.mark.django_db(transaction=True)]

HEADS = ("姓名", "手机号", "角色", "地点")
PATHS = [
    "/plan/staff/",
    "/plan/staff/invite/",
    "/plan/staff/import/",
    "/plan/areas/",
    "/plan/areas/map/",
    "/plan/journal/",
    "/plan/settings/rules/",
    "/plan/exports/",
]


@pytest.fixture
def arrive(visit, nanjing_cast):
    def run(client, **options):
        visitor = visit("nanjing.test", **options)
        name = settings.SESSION_COOKIE_NAME
        visitor.page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": visitor.origin}])
        return visitor

    return run


@pytest.fixture
def admin(nanjing, nanjing_cast):
    with inside(nanjing), transaction.atomic():
        make_leaf(name="清凉门阅读空间", parent=Area.objects.get(name="鼓楼区"))
    return nanjing_cast.client("admin")


def table(*rows):
    book = Workbook()
    for row in (HEADS, *rows):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return {"name": "名单.xlsx", "mimeType": "application/octet-stream", "buffer": out.getvalue()}


def send(page, file):
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="上传并预览").click()
    page.wait_for_load_state()


@pytest.mark.parametrize("with_scripts", [True, False])
def test_staff_by_excel_with_mistakes_then_mended_then_accepted(admin, arrive, nanjing, with_scripts):
    page = arrive(admin, viewport=DESK, java_script_enabled=with_scripts).open("/plan/staff/")
    page.get_by_role("link", name="用 Excel 导入").click()
    send(page, table(("陈静", "13900001001", "馆员", "清凉门阅读空间"), ("罗兰", "1390000", "馆员", "火星阅读空间")))
    assert "有几行填错了" in page.inner_text("main")
    assert "手机号" in page.locator("td.fault").inner_text()
    if with_scripts:
        assert serious(page) == []
    page.get_by_role("link", name="上传改好的表").click()
    send(page, table(("陈静", "13900001001", "馆员", "清凉门阅读空间"), ("罗兰", "13900001002", "馆员", "鼓楼区")))
    if with_scripts:
        assert serious(page) == []
    page.get_by_role("button", name="确认导入").click()
    page.wait_for_load_state()
    assert "已发出 2 份任用邀请" in page.inner_text("body")
    assert page.locator("tbody").get_by_text("等待答复").count() == 2

    with inside(nanjing):
        keeper = person_with_phone("+8613900001001", network=nanjing)
    phone = arrive(browser(keeper, bound=True), viewport=PHONE, java_script_enabled=with_scripts).open("/me/")
    phone.get_by_role("link", name="任用邀请").click()
    if with_scripts:
        assert serious(phone) == []
    phone.get_by_role("button", name="接受").click()
    phone.wait_for_load_state()
    assert "馆点管理员" in phone.inner_text("main")
    with inside(nanjing):
        grant = Grant.objects.get(role=Role.KEEPER)
    assert grant.area.name == "清凉门阅读空间"


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("width", [390, 1280])
def test_the_pages_hold_at_every_width_and_for_a_screen_reader(admin, arrive, path, width):
    page = arrive(admin, viewport={"width": width, "height": 800}).open(path)
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert (wider, serious(page)) == (0, [])
