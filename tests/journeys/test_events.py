"""A grandmother looks for something this weekend; a father walks over the month with the arrow keys."""

import re
from datetime import timedelta

import pytest
from django.db import transaction
from playwright.sync_api import expect

from kit import clock
from networks.models import inside
from programmes.planning.models import Session
from programmes.planning.steps.sessions import publish_sessions
from tests.journeys.conftest import BUDGET, DESK
from tests.journeys.soundness import serious, sideways
from tests.planning import plans

pytestmark = pytest.mark.django_db(transaction=True)

# The link says beside it how many sessions it leaves.
FOUR = re.compile(r"^4 岁 \d+$")
NARROW = {"width": 320, "height": 800}


def noon(day, zone):
    return clock.now().astimezone(zone).replace(hour=12, minute=0, second=0, microsecond=0) + timedelta(days=day)


@pytest.fixture
def city(nanjing):
    """Something tomorrow and in 40 days, and one that was called off."""
    with inside(nanjing):
        seed = plans.activity(
            "小种子",
            programme=plans.programme("周末故事会", brand=plans.brand("春声", hue=128)),
            summary="种一粒字。",
            text="读完一起画。",
            phone="025-1111",
        )
        jiangning = plans.room("报告厅", venue="百家湖阅读空间", district="江宁区")
        rows = [
            plans.session(
                noon(1, nanjing.zone),
                activity=seed,
                room=plans.room(),
                hosts=(plans.host(introduction="讲了二十年。"),),
            ),
            plans.session(
                noon(2, nanjing.zone),
                activity=seed,
                room=jiangning,
                title="江边的小种子",
                from_months=120,
                to_months=155,
            ),
            plans.session(noon(40, nanjing.zone), activity=seed, room=jiangning),
        ]
        with transaction.atomic():
            publish_sessions(rows, by=None, at=clock.now())
        Session.objects.filter(pk=rows[1].pk).update(called_off_at=clock.now(), call_off_reason="停电，择期再办。")
        return rows


def titles(page):
    return page.locator(".session-title").all_inner_texts()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize("is_large", [False, True], ids=["ordinary", "large"])
def test_from_the_front_page_to_a_session(city, visit, scripts, is_large):
    page = visit(java_script_enabled=scripts).open("/")
    if is_large:
        page.get_by_role("button", name="关怀版").click()
        page.wait_for_load_state()
    page.locator(".bar").get_by_role("link", name="活动").click()
    page.wait_for_url("**/events/")
    assert (page.locator(".week-strip a").count(), len(titles(page)), sideways(page)) == (7, 1, 0)
    page.get_by_role("link", name="全部", exact=True).click()
    page.wait_for_url("**when=coming*")
    expect(page.locator(".session-title")).to_have_count(3)
    page.get_by_role("link", name=re.compile("^7 天内")).click()
    page.wait_for_url("**when=week*")
    expect(page.locator(".session-title")).to_have_count(2)
    page.locator("#more").click()
    page.get_by_role("link", name=FOUR).click()
    page.wait_for_url("**age=4*")
    expect(page.locator(".session-title")).to_have_count(1)
    assert sideways(page) == 0
    page.get_by_role("link", name="小种子").click()
    page.wait_for_load_state("networkidle")
    assert page.get_by_role("heading", level=1).inner_text() == "小种子"
    assert page.get_by_role("link", name="加入手机日历").is_visible()
    assert sideways(page) == 0


def test_choosing_goes_on_where_it_was(city, visit):
    page = visit().open("/events/?when=coming")
    page.locator("#more").click()
    page.get_by_role("link", name=FOUR).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**age=4*")
    expect(page.get_by_role("link", name=FOUR)).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="找到 2 场活动")).to_have_count(1)
    page.go_back()
    expect(page.locator(".session-title")).to_have_count(3)


@pytest.mark.parametrize(
    "path",
    ["/events/", "/events/?age=4&when=week", "/events/month/", "/events/past/", "/events/?q=没有", "session", "off"],
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious_stands_in_the_way(city, visit, path, scheme):
    path = {"session": f"/events/{city[0].code}/", "off": f"/events/{city[1].code}/"}.get(path, path)
    for viewport in (NARROW, DESK):
        page = visit(color_scheme=scheme, viewport=viewport).open(path)
        for closed in page.locator("main details:visible > summary").all():
            closed.click()
        assert (serious(page), sideways(page)) == ([], 0)


@pytest.mark.parametrize("viewport", [NARROW, DESK], ids=["phone", "desk"])
def test_arrow_keys_walk_over_the_month(city, visit, viewport):
    page = visit(viewport=viewport).open("/events/month/?m=2027-05&day=2027-05-12")
    grid = page.get_by_role("grid")
    expect(grid).to_have_count(1)
    assert page.locator("[data-month] a[tabindex='0']").count() == 1
    page.locator("#day-12").focus()
    for key, day in (
        ("ArrowRight", 13), ("ArrowDown", 20), ("ArrowLeft", 19), ("ArrowUp", 12), ("Home", 10), ("End", 16),
    ):  # fmt: skip
        page.keyboard.press(key)
        expect(page.locator(f"#day-{day}")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**day=2027-05-16*")
    expect(page.locator("#day-16")).to_be_focused()
    expect(page.locator("#day-16")).to_have_attribute("aria-current", "date")
    expect(page.get_by_role("status").filter(has_text="5月16日：0 场")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.wait_for_url("**m=2027-06*")
    expect(page.locator("#day-6")).to_be_focused()
    page.keyboard.press("PageUp")
    page.wait_for_url("**m=2027-05*")
    expect(page.locator("#day-6")).to_be_focused()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_days_of_a_week_are_links(city, visit, nanjing, scripts):
    page = visit(java_script_enabled=scripts).open("/events/")
    day = noon(1, nanjing.zone).date()
    assert titles(page) == ["小种子"]
    expect(page.locator(".week-strip [aria-current=date] .month-number")).to_have_text(str(day.day))
    page.locator("#week-after").click()
    page.wait_for_url("**w=*")
    expect(page.locator(".week-strip a")).to_have_count(7)
    page.locator(".week-strip a").nth(3).click()
    page.wait_for_url("**day=*")
    expect(page.locator(".week-strip a").nth(3)).to_have_attribute("aria-current", "date")
    page.locator("#week-before").click()
    expect(page.locator(".week-strip a")).to_have_count(7)
    assert sideways(page) == 0


def test_without_scripts_each_day_is_a_link(city, visit):
    page = visit(java_script_enabled=False).open("/events/month/?m=2027-05")
    assert (page.get_by_role("grid").count(), page.locator(".month-grid td a").count()) == (0, 31)
    page.locator("#day-20").click()
    page.wait_for_url("**day=2027-05-20*")
    page.locator("#month-after").click()
    page.wait_for_url("**m=2027-06*")
    assert page.get_by_role("heading", name="2027年6月").is_visible()


@pytest.mark.parametrize("path", ["/events/", "/events/?when=coming", "/events/month/", "/events/past/", "session"])
def test_a_page_is_light_and_asks_nobody_outside(city, visit, path):
    visitor, asked = visit(), []
    visitor.page.on("request", lambda request: asked.append(request.url))
    weights = visitor.fetched(f"/events/{city[0].code}/" if path == "session" else path)
    assert [url for url in asked if not url.startswith(visitor.origin)] == []
    assert sum(weights.values()) <= BUDGET


@pytest.mark.parametrize("path", ["/events/", "/events/?when=coming", "/events/month/", "/events/past/", "session"])
def test_what_is_tapped_is_large_enough(city, visit, path):
    page = visit().open(f"/events/{city[0].code}/" if path == "session" else path)
    small = page.evaluate(
        """() => [...document.querySelectorAll('main a, main button, main summary, main input:not([type=hidden])')]
        .map(node => [node.textContent.trim().slice(0, 30), node.getBoundingClientRect(), getComputedStyle(node), node])
        .filter(([, box, style, node]) => box.width && style.display !== 'inline' && !node.closest('.session-title'))
        .filter(([, box]) => box.height < 43.5 || box.width < 43.5).map(([text, box]) => [text, box.width, box.height])"""
    )
    assert small == []
