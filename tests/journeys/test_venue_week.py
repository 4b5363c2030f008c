"""The week of a venue in a browser: lines come in place; what is refused is told, what is saved leads to the venue."""

import pytest
from playwright.sync_api import expect

from networks.models import inside
from tests.journeys.conftest import DESK
from tests.venues.places import open_space
from venues.queries.hours import week_of
from venues.rules.hours_text import week_text

pytestmark = [pytest.mark.django_db(transaction=True)]
HOURS = "/plan/venues/qlm/hours/"


@pytest.fixture
def venue(nanjing):
    return open_space(nanjing, "清凉门阅读空间", slug="qlm")


@pytest.fixture
def arrive(visit, nanjing_cast):
    def run(part, **options):
        visitor = visit("nanjing.test", **options)
        kept = nanjing_cast.client(part).cookies.items()
        cookies = [{"name": name, "value": one.value, "url": visitor.origin} for name, one in kept]
        visitor.page.context.add_cookies(cookies)
        return visitor

    return run


@pytest.mark.parametrize("scripts", [True, False])
def test_a_week_is_refused_with_reasons_then_saved_and_shown(nanjing, venue, arrive, scripts):
    visitor = arrive("district", viewport=DESK, java_script_enabled=scripts)
    page = visitor.open(HOURS)
    page.locator("#closes-0-0").fill("08:00")
    page.get_by_role("button", name="保存").last.click()
    page.get_by_text("结束早于开始").wait_for()
    assert page.get_by_role("heading", name="开放时间").is_visible()
    page.locator("#closes-0-0").fill("18:00")
    page.get_by_role("button", name="保存").last.click()
    page.wait_for_url("**/plan/venues/qlm/")
    assert page.get_by_role("heading", name="清凉门阅读空间").is_visible()
    with inside(nanjing):
        assert week_text(week_of(venue)).startswith("周一 9:00-18:00")


def test_lines_and_words_change_the_form_in_place(venue, arrive):
    page = arrive("district", viewport=DESK).open(HOURS)
    page.evaluate("window.isTheSame = true")
    page.locator("button[value=line-0]").click()
    page.locator("#opens-0-1").wait_for()
    page.locator(".week-words summary").click()
    page.locator("#words").fill("随便")
    page.locator("button[value=words]").click()
    page.locator("#week .notice, #week [role=alert]").first.wait_for()
    page.locator("#words").fill("周一 10:00-18:00")
    page.locator("button[value=words]").click()
    expect(page.locator("#closes-0-0")).to_have_value("18:00")
    assert page.evaluate("window.isTheSame")


def test_on_a_phone_the_way_to_save_lies_above_the_bar(nanjing, nanjing_cast, venue, arrive):
    page = arrive("keeper").open(HOURS)
    save = page.locator(".section-foot").bounding_box()
    bar = page.locator(".bar").bounding_box()
    assert save["y"] + save["height"] <= bar["y"] + 1
