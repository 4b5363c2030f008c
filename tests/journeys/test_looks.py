"""Pages as people have them: on narrow phones, in large type, in the dark, without scripts, by screen reader."""

import pytest

from tests.journeys.conftest import BUDGET, DESK
from tests.journeys.soundness import serious, sideways

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.kit.broken_urls")]

PAGES = ["/", "/dev/gallery/", "/sign-in/", "/nowhere/", "/dev/pages/429/", "/broken/"]


@pytest.fixture(autouse=True)
def _a_city_and_its_fault(nanjing, error_logs):
    """The page of last resort is looked at too; its line in the log is what it should be."""
    yield
    error_logs[:] = [record for record in error_logs if "planted fault" not in str(record.getMessage())]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious_stands_in_the_way(visit, path, scheme):
    assert serious(visit(color_scheme=scheme).open(path)) == []


def test_a_host_of_nobody_is_readable_too(visit):
    assert serious(visit("nobody.test").open("/")) == []


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_page_moves_sideways(visit, path, width):
    assert sideways(visit(viewport={"width": width, "height": 800}).open(path)) == 0


@pytest.mark.parametrize("path", ["/", "/dev/gallery/", "/sign-in/", "/nowhere/"])
def test_large_type_is_one_tap_without_scripts_and_still_fits(visit, path):
    visitor = visit(java_script_enabled=False)
    page = visitor.open(path)
    ordinary = page.locator("main").evaluate("node => parseFloat(getComputedStyle(node).fontSize)")
    page.get_by_role("button", name="关怀版").click()
    page.wait_for_load_state()
    assert page.url == f"{visitor.origin}{path}"
    large = page.locator("main").evaluate("node => parseFloat(getComputedStyle(node).fontSize)")
    assert (ordinary, large) == (17, 21)
    assert sideways(page) == 0
    page.get_by_role("button", name="标准版").click()
    page.wait_for_load_state()
    assert page.locator("main").evaluate("node => parseFloat(getComputedStyle(node).fontSize)") == 17


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_line_of_the_front_page_keeps_off_the_words_beside_it(visit, width):
    page = visit(viewport={"width": width, "height": 800}).open("/")
    page.get_by_role("button", name="关怀版").click()
    page.wait_for_load_state()
    line = page.locator(".opening-line").bounding_box()
    over = page.locator(".opening-words").evaluate(
        """(node, left) => [...node.querySelectorAll('*')]
        .filter(one => one.getBoundingClientRect().right > left || one.scrollWidth > one.clientWidth + 1)
        .filter(one => getComputedStyle(one).display !== 'inline').map(one => one.textContent.trim())""",
        line["x"],
    )
    assert over == []


@pytest.mark.parametrize("path", ["/", "/sign-in/", "/nowhere/"])
def test_a_page_is_light_and_asks_nobody_outside(visit, path):
    visitor, asked = visit(), []
    visitor.page.on("request", lambda request: asked.append(request.url))
    weights = visitor.fetched(path)
    assert [url for url in asked if not url.startswith(visitor.origin)] == []
    assert sum(weights.values()) <= BUDGET


def test_the_keyboard_reaches_the_text_first(visit):
    page = visit().open("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "跳到正文"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("path", ["/", "/sign-in/"])
def test_what_is_tapped_is_large_enough(visit, path):
    page = visit().open(path)
    small = page.evaluate(
        """() => [...document.querySelectorAll('a, button, input:not([type=hidden]), select')]
        .map(node => [node.textContent.trim(), node.getBoundingClientRect(), getComputedStyle(node)])
        .filter(([, box, style]) => box.width && style.position !== 'fixed' && style.display !== 'inline')
        .filter(([, box]) => box.height < 44 || box.width < 44).map(([text, box]) => [text, box.width, box.height])"""
    )
    assert small == []


def test_a_sheet_opens_and_closes_without_scripts(visit):
    page = visit(java_script_enabled=False).open("/dev/gallery/")
    sheet = page.get_by_role("dialog", name="取消这次报名？")
    assert not sheet.is_visible()
    page.get_by_role("button", name="取消报名").last.click()
    assert sheet.is_visible()
    page.get_by_role("button", name="先不了").click()
    assert not sheet.is_visible()


def test_the_desk_shows_ways_above_and_phones_below(visit):
    assert visit().open("/").locator(".bar").is_visible()
    assert not visit(viewport=DESK).open("/").locator(".bar").is_visible()
