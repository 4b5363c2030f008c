"""At the door: a scanner, fingers and a camera, a party with ticks, a brother more, a network that fails for a moment.

Chromium on Linux reads no codes by itself. Where a test needs that, the page gets a detector that sees one ticket in whatever
the camera shows; the camera is Chromium's own false one.
"""

import pytest

from networks.models import NetworkHost, inside
from people.choices import Role
from programmes.door.models import CheckIn, Scan
from tests.browsers import browser, staff
from tests.door.doors import opened
from tests.journeys.soundness import serious, sideways
from tests.signup.signing import family, sign_up, story_hour

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.journeys.urls")]
HOST = "nanjing.localhost"
DETECTOR = """(code) => { window.BarcodeDetector = class {
    static async getSupportedFormats() { return ["qr_code"]; }
    async detect(video) { return video.videoWidth ? [{ rawValue: code }] : []; }
}; }"""


@pytest.fixture
def at_the_door(nanjing, visit):
    """Two families, the keeper's phone at the door; options are those of the browser."""
    NetworkHost.objects.create(network=nanjing, host=HOST)
    keeper = staff(nanjing, "13800138003", Role.KEEPER, name="陈静")
    session = story_hour(nanjing)
    home = family(nanjing, children=2)
    rows = [sign_up(nanjing, session, *home, adults=1), sign_up(nanjing, session, *family(nanjing))]
    session = opened(nanjing, session)

    def open_door(script="", **options):
        visitor = visit(HOST, **options)
        cookies = browser(keeper, bound=True).cookies.items()
        visitor.page.context.add_cookies(
            [{"name": name, "value": morsel.value, "domain": HOST, "path": "/"} for name, morsel in cookies]
        )
        if script:
            visitor.page.add_init_script(script)
        visitor.open("/desk/").get_by_role("link", name="小种子").click()
        visitor.page.wait_for_url(f"**/desk/{session.code}/")
        return visitor.page

    return session, rows, open_door


def card(page, kind):
    shown = page.locator(f"#answer[data-kind={kind}]")
    shown.wait_for()
    return shown.inner_text()


def count(page):
    return page.inner_text("#door-count").replace("\n", " ")


def sound(page):
    assert (serious(page), sideways(page)) == ([], 0)


def types(page, code):
    page.get_by_label("入场码或读者证号").press_sequentially(code, delay=90)
    page.keyboard.press("Enter")


def test_a_queue_is_let_in_by_scanner_and_by_hand(nanjing, at_the_door):
    session, (first, second), open_door = at_the_door
    page = open_door()
    sound(page)
    page.keyboard.type(f"http://{HOST}/t/{first.ticket}/")
    page.keyboard.press("Enter")
    assert "欢迎入场" in card(page, "good")
    sound(page)
    assert (count(page), page.locator(f"#party-{first.code}[data-here]").count()) == ("已到 2/3", 1)

    page.locator(".door-tick").last.click()
    page.get_by_text("已到 1/2 人").wait_for()
    page.locator(".door-tick").last.click()
    page.get_by_text("已到 2/2 人").wait_for()
    page.get_by_text("还有人同来").click()
    # While this question is open, who comes next waits.
    types(page, second.ticket[-6:])
    page.locator("[data-waiting]").wait_for()
    page.locator(".door-add button").first.click()
    page.get_by_text("欢迎入场").wait_for()
    page.locator(f"#party-{second.code}[data-here]").wait_for()
    assert count(page) == "已到 4/4"

    types(page, second.ticket)
    assert "由陈*核对" in card(page, "again")
    sound(page)
    # However far the list was scrolled, the word of the next answer is in sight, below the header.
    page.mouse.wheel(0, 2000)
    types(page, "https://qr.alipay.com/fkx01")
    assert "这是付款码" in card(page, "bad")
    header, word = page.locator(".staff-top").bounding_box(), page.locator("#answer .door-word").bounding_box()
    assert header["y"] + header["height"] <= word["y"]
    sound(page)
    with inside(nanjing):
        assert CheckIn.objects.filter(session=session, undone_at=None).count() == 4
        ways = list(Scan.objects.filter(way__in=("scanner", "typed")).order_by("pk").values_list("way", "outcome"))
    assert ways == [
        ("scanner", "admitted"),
        ("typed", "admitted"),
        ("typed", "already_here"),
        ("typed", "unknown"),
    ]


def test_where_no_roster_can_be_kept_a_scan_without_a_network_is_asked_again_by_itself(nanjing, at_the_door):
    session, (first, _second), open_door = at_the_door
    page = open_door("Object.defineProperty(window, 'indexedDB', { value: undefined });")
    page.context.set_offline(True)
    types(page, first.ticket)
    assert "网络不通" in card(page, "working")
    page.context.set_offline(False)
    assert "欢迎入场" in card(page, "good")
    with inside(nanjing):
        assert (Scan.objects.count(), CheckIn.objects.filter(session=session).count()) == (1, 2)


def test_without_scripts_the_page_comes_with_the_card(nanjing, at_the_door):
    _session, (first, _second), open_door = at_the_door
    page = open_door(java_script_enabled=False)
    types(page, first.ticket[-6:])
    assert "欢迎入场" in card(page, "good")
    page.locator(".door-tick").last.click()
    assert "已到 1/2 人" in card(page, "good")


def test_the_camera_sees_a_ticket_and_asks_once(nanjing, at_the_door):
    session, (first, _second), open_door = at_the_door
    seen = f"({DETECTOR})('http://{HOST}/t/{first.ticket}/')"
    page = open_door(seen, permissions=["camera"])
    page.get_by_role("button", name="用摄像头扫码").click()
    assert "欢迎入场" in card(page, "good")
    page.wait_for_timeout(800)
    with inside(nanjing):
        assert list(Scan.objects.values_list("way", "outcome")) == [("camera", "admitted")]
        assert CheckIn.objects.filter(session=session).count() == 2


def test_with_the_camera_on_a_phone_count_and_network_stand_beside_its_tools(at_the_door):
    _session, _rows, open_door = at_the_door
    page = open_door(f"({DETECTOR})('x')", permissions=["camera"])
    page.get_by_role("button", name="用摄像头扫码").click()
    # It looks by now, and shows the tools that a phone has and this machine has not.
    card(page, "bad")
    page.evaluate("document.querySelectorAll('[data-torch], [data-other]').forEach((tool) => (tool.hidden = false))")
    count_box, mode_box = page.locator("#door-count").bounding_box(), page.locator("door-line").bounding_box()
    tools = [tool.bounding_box() for tool in page.locator(".door-tool").all()]
    assert (len(tools), {tool["y"] for tool in tools}) == (3, {count_box["y"]})
    assert count_box["x"] + count_box["width"] < min(tool["x"] for tool in tools)
    assert count_box["y"] + count_box["height"] <= mode_box["y"]
    assert {min(tool["width"], tool["height"]) for tool in tools} == {48}
    sound(page)
    page.context.set_offline(True)
    page.locator("door-line[data-mode=down]").get_by_text("离线").wait_for()


def test_sound_and_shaking_are_switched_off_on_this_device(at_the_door):
    _session, _rows, open_door = at_the_door
    page = open_door()
    for sense in ("声音", "震动"):
        page.get_by_role("button", name=sense).click()
    page.reload()
    pressed = page.locator("[data-sense]").evaluate_all("all => all.map(one => one.getAttribute('aria-pressed'))")
    assert pressed == ["false", "false"]
    sound(page)
