"""Staff at work: a list that is searched, filtered and sorted in place, and the same without scripts; on a phone too."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings

from kit import clock
from networks.models import inside
from people.models import Device
from tests.journeys.conftest import DESK
from tests.journeys.soundness import serious

pytestmark = [pytest.mark.django_db(transaction=True)]


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
def phones(nanjing, nanjing_cast):
    """Three of the keeper's: one confirmed, one refused, one that waits."""
    now = clock.now()
    keeper, librarian = nanjing_cast["keeper"], nanjing_cast["district"]
    answered = {"answered_by": librarian}
    with inside(nanjing):
        for label, answer in (
            ("iPhone", {"confirmed_at": now} | answered),
            ("Android", {"refused_at": now} | answered),
            ("HarmonyOS", {}),
        ):
            Device.objects.create(person=keeper, secret_hash=label.encode(), label=label, asked_at=now, **answer)


def labels(page):
    return sorted(page.locator("#list tbody td[data-head='手机']").all_inner_texts())


def query(page):
    return parse_qs(urlsplit(page.url).query)


@pytest.mark.parametrize("path", ["/plan/", "/plan/devices/", "/plan/search/?q=手机", "/plan/help/", "/me/"])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_pages_hold_at_every_width_and_for_a_screen_reader(arrive, phones, path, width):
    page = arrive("district", viewport={"width": width, "height": 800}).open(path)
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert (wider, serious(page)) == (0, [])


@pytest.mark.parametrize("path", ["/plan/", "/plan/devices/", "/me/"])
def test_pages_can_be_read_in_the_dark(arrive, phones, path):
    assert serious(arrive("district", viewport=DESK, color_scheme="dark").open(path)) == []


def test_a_list_changes_in_place_and_the_address_says_how_it_stands(arrive, phones):
    visitor = arrive("district", viewport=DESK)
    refused = []
    visitor.page.on("console", lambda message: refused.append(message.text))
    page = visitor.open("/plan/devices/")
    page.evaluate("window.isTheSame = true")
    page.locator("#filter-state").click()
    page.get_by_role("link", name="已确认").click()
    page.locator("#pill-state").wait_for()
    assert (labels(page), query(page)) == (["iPhone"], {"state": ["confirmed"]})
    assert page.locator("#list-told").inner_text() == "共 1 条"
    page.locator("#pill-state").click()
    page.locator("#pill-state").wait_for(state="detached")
    page.locator("#sort-who").click()
    page.locator("[aria-sort=ascending] #sort-who").wait_for()
    assert page.evaluate("[window.isTheSame, document.activeElement.id]") == [True, "sort-who"]
    page.go_back()
    page.wait_for_function("!window.isTheSame")
    page.wait_for_load_state("networkidle")
    assert (query(page), len(labels(page))) == ({}, 3)
    assert [text for text in refused if "Cross-Origin-Opener-Policy" not in text] == []


def test_the_same_list_without_scripts(arrive, phones):
    page = arrive("district", viewport=DESK, java_script_enabled=False).open("/plan/devices/")
    page.locator("#filter-state").click()
    with page.expect_navigation():
        page.get_by_role("link", name="等待中").click()
    assert (labels(page), query(page)) == (["HarmonyOS"], {"state": ["asked"]})
    page.locator("#list-q").fill("没有这个人")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert query(page) == {"state": ["asked"], "q": ["没有这个人"]}
    with page.expect_navigation():
        page.get_by_role("link", name="清除筛选").last.click()
    page.locator("#list-columns").click()
    page.get_by_role("checkbox", name="申请时间").uncheck()
    with page.expect_navigation():
        page.get_by_role("button", name="显示所选").click()
    assert page.locator("#list thead th").all_inner_texts() == ["馆点管理员", "区域", "手机", "状态", "答复"]


def test_a_signed_out_browser_is_led_to_sign_in_instead_of_an_empty_list(arrive, phones):
    page = arrive("district", viewport=DESK).open("/plan/devices/")
    page.context.clear_cookies()
    page.locator("#sort-who").click()
    page.wait_for_url("**/sign-in/?next=*")


@pytest.mark.parametrize("scripts", [True, False])
def test_the_first_tick_brings_the_bulk_bar(arrive, scripts):
    page = arrive("planner", viewport=DESK, java_script_enabled=scripts).open("/dev/gallery/")
    bar = page.locator(".list-bulk").first
    assert not bar.is_visible()
    page.get_by_role("checkbox", name="选择 鼓楼·清凉门阅读空间").check()
    assert bar.is_visible()


def test_the_keys(arrive):
    page = arrive("planner", viewport=DESK).open("/plan/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "staff-q"
    page.keyboard.type("手机")
    page.keyboard.press("Enter")
    page.wait_for_url("**/plan/search/?q=*")
    page.locator("main").get_by_role("link", name="馆点手机").wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("?")
    assert page.get_by_role("complementary", name="帮助").is_visible()
    page.keyboard.press("Escape")
    assert not page.get_by_role("complementary", name="帮助").is_visible()


def test_on_a_phone_the_ways_are_behind_one_button(arrive):
    page = arrive("planner", java_script_enabled=False).open("/plan/")
    ways = page.get_by_role("navigation", name="主导航", exact=True)
    assert not ways.is_visible()
    page.get_by_role("button", name="菜单").click()
    with page.expect_navigation():
        ways.get_by_role("link", name="后台任务").click()
    assert urlsplit(page.url).path == "/plan/jobs/"


def test_the_area_is_chosen_without_scripts(arrive):
    page = arrive("planner", java_script_enabled=False, viewport=DESK).open("/plan/jobs/")
    page.locator(".staff-area summary").click()
    with page.expect_navigation():
        page.get_by_role("button", name="鼓楼区").click()
    assert (urlsplit(page.url).path, page.locator(".staff-area-name").inner_text()) == ("/plan/jobs/", "鼓楼区")
