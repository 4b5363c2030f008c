"""Searching the whole site on a phone and at a desk: what is suggested while one types, and without scripts."""

from datetime import timedelta

import pytest

from kit import clock
from networks.models import inside
from tests.cms.searching import public
from tests.journeys.conftest import BUDGET, DESK
from tests.journeys.soundness import serious, sideways
from tests.planning import plans

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.filterwarnings("ignore:Exception ignored")]


@pytest.fixture
def city(nanjing):
    with inside(nanjing):
        room = plans.room()
        made = plans.activity("春季阅读马拉松", summary="六小时读完一本书")
        public(plans.session(clock.now() + timedelta(days=3), activity=made, room=room))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious_stands_in_the_way(city, visit, scheme):
    for viewport in ({"width": 320, "height": 800}, DESK):
        for path in ("/search/?q=阅读", "/search/?q=阅读大会", "/search/"):
            page = visit(color_scheme=scheme, viewport=viewport).open(path)
            assert (serious(page), sideways(page), page.locator("h1").count()) == ([], 0, 1), path


def test_lines_below_the_field_are_chosen_by_keys(city, visit):
    page = visit(viewport=DESK).open("/venues/")
    field = page.get_by_role("combobox", name="全站搜索")
    field.press_sequentially("阅读", delay=20)
    lines = page.get_by_role("option")
    lines.first.wait_for()
    assert field.get_attribute("aria-expanded") == "true"
    assert page.locator("search-box [role=status]").text_content() == "找到 2 条，可用方向键选择"
    assert serious(page) == []
    field.press("ArrowDown")
    chosen = field.get_attribute("aria-activedescendant")
    assert page.locator(f"#{chosen}").get_attribute("aria-selected") == "true"
    field.press("Escape")
    assert (lines.count(), field.get_attribute("aria-expanded"), field.input_value()) == (0, "false", "阅读")
    field.press_sequentially("马")
    lines.first.wait_for()
    field.press("ArrowDown")
    field.press("Enter")
    page.wait_for_url("**/events/*/")
    assert page.locator("h1").inner_text() == "春季阅读马拉松"


def test_half_typed_pinyin_asks_for_nothing(city, visit):
    page = visit().open("/search/")
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "suggest" in request.url else None)
    page.evaluate(
        """() => {
          const field = document.querySelector('search-box input');
          field.dispatchEvent(new CompositionEvent('compositionstart'));
          field.value = 'yue du';
          field.dispatchEvent(new InputEvent('input', {isComposing: true}));
        }"""
    )
    page.wait_for_timeout(600)
    assert asked == []
    page.evaluate(
        """() => {
          const field = document.querySelector('search-box input');
          field.value = '阅读';
          field.dispatchEvent(new CompositionEvent('compositionend'));
        }"""
    )
    page.get_by_role("option").first.wait_for()
    assert len(asked) == 1


def test_without_scripts_the_form_searches_and_is_light(city, visit):
    page = visit(java_script_enabled=False).open("/")
    page.get_by_role("link", name="搜索").click()
    page.get_by_role("searchbox", name="全站搜索").fill("马拉松")
    page.get_by_role("button", name="搜索").click()
    page.get_by_role("link", name="春季阅读马拉松").click()
    assert page.locator("h1").inner_text() == "春季阅读马拉松"
    weights = visit().fetched("/search/?q=阅读")
    assert sum(weights.values()) < BUDGET
