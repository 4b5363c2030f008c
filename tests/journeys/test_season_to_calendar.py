"""A planner opens the coming year, rolls a story hour out over three spaces, publishes it; a parent sees it at once."""

import re
from datetime import date

import pytest
from django.conf import settings
from django.db import transaction
from icalendar import Calendar

from kit import clock
from networks.models import Area, inside
from programmes.planning.models import Session
from tests.journeys.conftest import DESK, PHONE
from venues.rules.hours import Span
from venues.steps.venues import RoomPlan, open_venue

pytestmark = [pytest.mark.django_db(transaction=True)]

SPACES = (("清凉门阅读空间", "鼓楼区", 30), ("台城童书馆", "玄武区", 24), ("杨家圩小书房", "江宁区", 8))


@pytest.fixture
def spaces(nanjing):
    """Three, open every day but Monday; the room of the last is too small for twenty children."""
    week = [Span(day, 540, 1020) for day in range(1, 7)]
    with inside(nanjing), transaction.atomic():
        for name, district, room in SPACES:
            home = Area.objects.get(name=district)
            open_venue(
                parent=home,
                name=name,
                address="某路 1 号",
                values={"capacity": 60},
                week=week,
                rooms=[RoomPlan("故事屋", room)],
            )


@pytest.fixture
def planner(visit, nanjing_cast, spaces):
    visitor = visit("nanjing.test", viewport=DESK)
    name = settings.SESSION_COOKIE_NAME
    value = nanjing_cast.client("planner").cookies[name].value
    visitor.page.context.add_cookies([{"name": name, "value": value, "url": visitor.origin}])
    return visitor


def send(page, selector="main form:has(input:not([type=hidden])) button:not([type=button])"):
    with page.expect_navigation(wait_until="networkidle"):
        page.locator(selector).last.click()


def test_from_a_season_to_a_parents_phone(planner, visit, nanjing):
    year = clock.now().year + 1
    _open_the_season(planner, year)
    _describe_the_story_hour(planner, year)
    made = _roll_it_out(planner, year)
    _publish(planner, made)
    code = _a_parent_finds_it(visit, nanjing, made)
    _her_calendar_reads_it(visit, code)


def _open_the_season(planner, year):
    page = planner.open("/plan/brands/add/")
    page.fill("[name=name]", "阅美故事会")
    send(page)
    page = planner.open("/plan/seasons/add/")
    page.fill("[name=year]", str(year))
    page.fill("[name=theme]", "把故事讲给更多人听")
    for name, day in (("starts_on", f"{year}-01-01"), ("ends_on", f"{year}-12-31")):
        page.fill(f"[name={name}]", day)
    send(page)
    planner.open(f"/plan/seasons/{year}/")
    assert page.locator("h1").inner_text().replace("\u2009", "").startswith(str(year))
    assert [word in page.locator("main").inner_text() for word in ("冬谋", "春征", "夏评", "秋展")] == [True] * 4


def _describe_the_story_hour(planner, year):
    page = planner.open("/plan/programmes/add/")
    page.fill("[name=title]", "周末故事会")
    page.select_option("[name=season]", index=0)
    page.select_option("[name=brand]", label="阅美故事会")
    page.fill("[name=starts_on]", f"{year}-01-01")
    page.fill("[name=ends_on]", f"{year}-12-31")
    send(page)
    with page.expect_navigation(wait_until="networkidle"):
        page.locator("a[href$='/activities/add/']").first.click()
    page.fill("[name=title]", "小种子的旅行")
    page.fill("[name=capacity]", "20")
    page.fill("[name=minutes]", "45")
    send(page)
    assert "小种子的旅行" in page.locator("h1").inner_text()


def _roll_it_out(planner, year):
    page = planner.page
    with page.expect_navigation(wait_until="networkidle"):
        page.locator("a[href$='/roll-out/']").first.click()
    for name, _district, _room in SPACES:
        page.locator("label", has_text=name).locator("input[name=v]").check()
    _go(page, "rule")
    page.check("[name=pattern][value=weekly]")
    page.locator("[name=weekdays][value='5']").check()
    page.fill("[name=first]", f"{year}-03-01")
    page.fill("[name=last]", f"{year}-03-31")
    page.fill("[name=times]", "10:00")
    _go(page, "preview")
    saturdays = sum(date(year, 3, day).weekday() == 5 for day in range(1, 32))
    made = page.locator(".ro-totals [data-state=made] strong").inner_text()
    clash = page.locator(".ro-totals [data-state=clash] strong").inner_text()
    assert (int(made), int(clash)) == (2 * saturdays, saturdays)
    with page.expect_navigation(wait_until="networkidle"):
        page.locator("button[value=commit]").click()
    assert re.search(r"/plan/roll-outs/\d+/$", page.url)
    return int(made)


def _go(page, step):
    with page.expect_navigation(wait_until="networkidle"):
        page.locator(f"main form button[name=go][value={step}]").last.click()


def _publish(planner, made):
    page = planner.page
    with page.expect_navigation(wait_until="networkidle"):
        page.locator("form[action$='/publish/'] button").click()
    assert page.locator(".ro-totals li", has_text="已发布").locator("strong").inner_text() == str(made)


def _a_parent_finds_it(visit, nanjing, made):
    parent = visit("nanjing.test", viewport=PHONE)
    page = parent.open("/events/")
    assert page.locator(".session-title", has_text="小种子的旅行").first.is_visible()
    with inside(nanjing):
        session = Session.objects.filter(venue__name="清凉门阅读空间").earliest("starts_at")
        assert Session.objects.filter(published_at__isnull=False).count() == made
    page = parent.open(f"/events/{session.code}/")
    assert "小种子的旅行" in page.locator("h1").inner_text()
    assert "10:00–10:45" in page.locator("main").inner_text()
    sideways = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert sideways == 0
    return session.code


def _her_calendar_reads_it(visit, code):
    parent = visit("nanjing.test", viewport=PHONE)
    parent.open("/events/")
    text = parent.page.evaluate("async () => await (await fetch('/events.ics')).text()")
    events = Calendar.from_ical(text).walk("VEVENT")
    assert len([event for event in events if event["UID"].startswith(f"{code}@")]) == 1
