"""A parent looks for a space nearby that is open on Sunday and has a ramp: three taps from the front page."""

import re

import pytest
from playwright.sync_api import expect

from networks.models import Area, inside
from tests.journeys.conftest import BUDGET, DESK
from tests.journeys.soundness import serious, sideways
from tests.venues.places import NOT_SUNDAY, open_space

pytestmark = pytest.mark.django_db(transaction=True)

TILES = {"鼓楼区": (1, 1), "江宁区": (2, 3), "玄武区": (2, 1), "江北新区": (1, 0)}


@pytest.fixture
def city(nanjing):
    open_space(nanjing, "清凉门阅读空间", step_free=True, phone="025-8660 0000", directions="草场门站 4 号口。")
    open_space(nanjing, "宝船阅读空间", step_free=True, week=NOT_SUNDAY)
    open_space(nanjing, "石头城童书馆", nursing_room=True)
    open_space(nanjing, "百家湖阅读空间", district="江宁区", step_free=True)
    with inside(nanjing):
        for name, (column, row) in TILES.items():
            Area.objects.filter(name=name).update(tile_column=column, tile_row=row)
    return nanjing


def names(page):
    return page.locator(".venue-name").all_inner_texts()


def wait_for(page, count):
    expect(page.locator(".venue-name")).to_have_count(count)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize("is_large", [False, True], ids=["ordinary", "large"])
def test_three_taps_from_the_front_page(city, visit, scripts, is_large):
    visitor = visit(java_script_enabled=scripts)
    page = visitor.open("/")
    if is_large:
        page.get_by_role("button", name="关怀版").click()
        page.wait_for_load_state()
    page.get_by_role("link", name="鼓楼区").click()
    page.wait_for_url("**/venues/?district=*")
    assert names(page) != []
    assert sideways(page) == 0
    page.get_by_role("link", name="周日开放").click()
    page.wait_for_url("**open=sunday*")
    page.get_by_role("link", name="无障碍通行").click()
    page.wait_for_url("**with=step_free*")
    wait_for(page, 1)
    assert names(page) == ["清凉门阅读空间"]
    assert sideways(page) == 0
    page.get_by_role("link", name="清凉门阅读空间").click()
    page.wait_for_load_state("networkidle")
    assert page.get_by_role("heading", level=1).inner_text() == "清凉门阅读空间"
    assert page.get_by_role("link", name="025-8660 0000").get_attribute("href") == "tel:02586600000"
    assert sideways(page) == 0


def test_the_keyboard_stays_where_it_was_and_the_count_is_told(city, visit):
    page = visit().open("/venues/")
    page.get_by_role("link", name="周日开放").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**open=sunday*")
    wait_for(page, 3)
    expect(page.get_by_role("link", name="周日开放")).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="找到 3 处馆点")).to_have_count(1)
    page.keyboard.press("Enter")
    wait_for(page, 4)
    expect(page.get_by_role("link", name="周日开放")).to_be_focused()


def test_back_and_a_shared_address_show_the_same_list(city, visit):
    visitor = visit()
    page = visitor.open("/venues/?with=step_free")
    page.get_by_role("link", name="周日开放").click()
    page.wait_for_url("**open=sunday*")
    wait_for(page, 2)
    page.go_back()
    wait_for(page, 3)
    assert sorted(names(page)) == ["宝船阅读空间", "清凉门阅读空间", "百家湖阅读空间"]
    assert sorted(names(visit().open("/venues/?open=sunday&with=step_free"))) == ["清凉门阅读空间", "百家湖阅读空间"]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_name_is_typed_a_district_remembered(city, visit, scripts):
    visitor = visit(java_script_enabled=scripts)
    page = visitor.open("/venues/")
    page.get_by_role("searchbox").fill("石头城")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=*")
    wait_for(page, 1)
    assert names(page) == ["石头城童书馆"]
    visitor.open("/venues/")
    page.get_by_role("link", name="我常去的区").click()
    page.get_by_role("button", name="江宁区").click()
    page.wait_for_url("**/venues/?district=*")
    assert names(page) == ["百家湖阅读空间"]
    visitor.open("/venues/")
    page.get_by_role("link", name="我常去的区").click()
    page.wait_for_url("**/venues/?district=*")
    assert names(page) == ["百家湖阅读空间"]


@pytest.mark.parametrize("path", ["/venues/", "/venues/near/", "/venues/one/", "/venues/one/sheet/"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious_stands_in_the_way_on_any_of_them(city, visit, path, scheme):
    open_space(city, "一号书房", slug="one", capacity=20, summary="小小的。")
    for viewport in ({"width": 320, "height": 800}, DESK):
        page = visit(color_scheme=scheme, viewport=viewport).open(path)
        assert serious(page) == []
        assert sideways(page) == 0


def test_the_address_is_copied(city, visit):
    visitor = visit(permissions=["clipboard-read", "clipboard-write"])
    open_space(city, "一号书房", slug="one", address="鼓楼区一号路 1 号")
    page = visitor.open("/venues/one/")
    # A clipboard needs a secure origin; where there is none, there is no button.
    if page.evaluate("window.isSecureContext"):
        page.get_by_role("button", name="复制地址").click()
        assert page.get_by_text("已复制").is_visible()


def test_the_sheet_fills_one_page_of_a4_and_one_of_a3(city, visit, tmp_path):
    open_space(city, "一号书房", slug="one", phone="025")
    visitor = visit()
    for size, points in (("a4", (595, 842)), ("a3", (842, 1191))):
        page = visitor.open(f"/venues/one/sheet/?size={size}")
        paper = page.pdf(prefer_css_page_size=True, print_background=True)
        boxes = [tuple(round(float(one)) for one in box) for box in _media_boxes(paper)]
        assert [(abs(width - points[0]) <= 1, abs(height - points[1]) <= 1) for width, height in boxes] == [
            (True, True)
        ]


def _media_boxes(paper: bytes):
    return [match.group(1).split()[2:] for match in re.finditer(rb"/MediaBox \[([\d. ]+)\]", paper)]


def test_the_list_is_light(city, visit):
    """As it travels: the proxy packs what is text."""
    assert sum(visit().fetched("/venues/").values()) <= BUDGET
