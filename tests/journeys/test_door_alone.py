"""The door without a network, in a real browser: it fails in the middle, the tab is closed, the phone starts cold, and all of
it arrives once."""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from kit import clock
from networks.models import NetworkHost, inside
from people.choices import Role
from programmes.door.models import CheckIn, Scan
from programmes.signup.commands.changing import cancel
from tests.browsers import browser, staff
from tests.door.doors import opened
from tests.journeys.soundness import serious, sideways
from tests.signup.signing import family, sign_up, story_hour

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.journeys.urls")]
HOST = "nanjing.localhost"
READY = "() => document.querySelector('door-line[data-mode=up] [data-part=roster]')?.textContent === '名单已更新'"
KEPT = "await caches.match('/desk/alone/')"


@pytest.fixture
def door(nanjing, visit):
    """Two families; each call is another phone of the same keeper, standing at the door with its roster."""
    NetworkHost.objects.create(network=nanjing, host=HOST)
    keeper = staff(nanjing, "13800138003", Role.KEEPER, name="陈静")
    session = story_hour(nanjing)
    homes = [family(nanjing, children=2), family(nanjing)]
    rows = [sign_up(nanjing, session, *homes[0], children=2, adults=1), sign_up(nanjing, session, *homes[1])]
    session = opened(nanjing, session)
    cookies = browser(keeper, bound=True).cookies.items()

    def phone(**options):
        visitor = visit(HOST, **options)
        visitor.page.context.add_cookies(
            [{"name": name, "value": morsel.value, "domain": HOST, "path": "/"} for name, morsel in cookies]
        )
        page = visitor.open(f"/desk/{session.code}/")
        page.wait_for_function(READY)
        until(page, KEPT)
        return page

    return session, rows, homes, phone


def until(page, true):
    """What a page can only be asked for by waiting for its answer."""
    page.evaluate(f"async () => {{ while (!({true})) await new Promise((again) => setTimeout(again, 50)); }}")


def library_hour():
    """Of now, as a card begins to say it."""
    return f"{timezone.localtime(clock.now(), ZoneInfo('Asia/Shanghai')):%H}:"


def types(page, code):
    page.get_by_label("入场码").first.fill(code)
    page.keyboard.press("Enter")


def card(page, outcome):
    shown = page.locator(f"#answer[data-outcome={outcome}]")
    shown.wait_for()
    return shown.inner_text()


def mode(page):
    return re.sub(r"\s+", " ", page.inner_text("door-line")).strip()


def counts(page, here):
    """As soon as the roster is there."""
    page.locator("#door-count strong").get_by_text(here, exact=True).wait_for()


def arrived(page):
    page.locator("door-line[data-mode=up]").wait_for()
    until(page, "!(await (await import('/static/door/lines.js')).waiting()).length")


def online(page):
    """The worker hears later than its pages that there is a network."""
    (worker,) = page.context.service_workers
    worker.evaluate("""async () => {
        while (!(await fetch('/desk/ping/').then((answer) => answer.status < 500, () => false)))
            await new Promise((again) => setTimeout(again, 50));
    }""")


def here(nanjing, session):
    with inside(nanjing):
        return CheckIn.objects.filter(session=session, undone_at=None).count()


def test_the_door_goes_on_when_the_network_goes_and_brings_everything_back(nanjing, door):
    session, (first, second), _homes, phone = door
    page = phone()
    page.context.set_offline(True)
    types(page, f"http://{HOST}/t/{first.ticket}/")
    assert "离线核对" in card(page, "admitted")
    assert (serious(page), sideways(page)) == ([], 0)
    page.locator(".door-tick").last.click()
    page.get_by_text("已到 2/3 人").wait_for()
    types(page, first.ticket[-6:])
    assert "由陈*核对" in card(page, "already_here")
    types(page, "0" * 16)
    assert "查无此码" in card(page, "unknown")
    page.locator(f"#party-{second.code} button").click()
    card(page, "admitted")
    counts(page, "3/4")
    assert ("离线" in mode(page), "待上传 4" in mode(page)) == (True, True)
    assert here(nanjing, session) == 0

    page.context.set_offline(False)
    arrived(page)
    with inside(nanjing):
        scans = sorted(Scan.objects.values_list("outcome", "is_offline"))
        assert Scan.objects.filter(way="name").count() == 1
    assert scans == [("admitted", True), ("admitted", True), ("already_here", True), ("unknown", True)]
    assert here(nanjing, session) == 3


def test_a_closed_tab_and_a_cold_start_lose_nothing(nanjing, door):
    session, (first, second), _homes, phone = door
    # A phone that believes to be somewhere else tells the library's time all the same.
    page = phone(timezone_id="America/New_York")
    context, address = page.context, page.url
    context.set_offline(True)
    types(page, first.ticket)
    card(page, "admitted")
    types(page, first.ticket)
    assert library_hour() in card(page, "already_here")
    page.close()

    page = context.new_page()
    page.goto(address)
    page.locator("door-line[data-mode=down]").wait_for()
    counts(page, "3/4")
    page.locator("door-line").get_by_text("待上传 2").wait_for()
    assert (serious(page), sideways(page)) == ([], 0)
    types(page, second.ticket)
    card(page, "admitted")
    page.get_by_role("searchbox").fill("没有这个人")
    assert page.locator(".door-party-line:visible").count() == 0

    page.goto(f"{address}out/")
    page.get_by_text("这个页面要联网才能打开").wait_for()
    page.goto(address.removesuffix(f"{session.code}/"))
    assert page.get_by_text("这个页面要联网才能打开").is_hidden()
    assert page.locator(".desk-count").inner_text() == "已到 4/4"
    page.get_by_role("link", name="小种子").click()
    page.locator("door-line[data-mode=down]").wait_for()
    counts(page, "4/4")

    context.set_offline(False)
    arrived(page)
    assert here(nanjing, session) == 4
    page.get_by_role("button", name="回到完整页面").click()
    page.get_by_role("heading", name="小种子", level=1).wait_for()
    page.locator(".staff-head").wait_for()


def test_two_phones_that_let_in_one_party_say_so_afterwards(nanjing, door):
    session, (first, second), homes, phone = door
    pages = [phone(), phone()]
    opened(nanjing, session, starts_in=timedelta(days=3))
    with inside(nanjing):
        cancel(registration=second, by=homes[1][1], at=clock.now())
    opened(nanjing, session)
    for page in pages:
        page.context.set_offline(True)
        types(page, first.ticket)
        card(page, "admitted")
    types(pages[0], second.ticket)
    card(pages[0], "admitted")
    for page in pages:
        page.context.set_offline(False)
        arrived(page)
    pages[0].reload()
    told = pages[0].inner_text(".door-disputes")
    assert ("两台设备都放行了" in told, "取消之后放行了" in told, here(nanjing, session)) == (True, True, 3)
    assert (serious(pages[0]), sideways(pages[0])) == ([], 0)
    pages[0].get_by_role("button", name="已核实").click()
    pages[0].locator(".door-disputes").wait_for(state="detached")


def test_who_is_not_on_the_roster_is_let_in_on_trust(nanjing, door):
    session, _rows, _homes, phone = door
    page = phone()
    late = sign_up(nanjing, opened(nanjing, session, starts_in=timedelta(days=3)), *family(nanjing))
    opened(nanjing, session)
    page.context.set_offline(True)
    types(page, late.ticket)
    card(page, "unknown")
    page.get_by_role("button", name="先请进").click()
    card(page, "on_trust")
    page.context.set_offline(False)
    arrived(page)
    assert here(nanjing, session) == 1


def test_signing_out_wipes_the_roster_and_keeps_what_was_not_brought_back(nanjing, door):
    session, (first, _second), _homes, phone = door
    page = phone()
    page.context.set_offline(True)
    types(page, first.ticket)
    card(page, "admitted")
    page.context.clear_cookies()
    page.context.set_offline(False)
    page.locator("door-line[data-mode=out]").filter(has_text="未存名单").wait_for()
    pings = []
    page.on("request", lambda asked: pings.append(asked.url) if asked.url.endswith("/desk/ping/") else None)
    page.wait_for_timeout(2000)
    assert len(pings) < 5
    left = page.evaluate("""async () => (await import('/static/door/keeping.js')).keptSessions()""")
    lines = page.evaluate("""async () => (await (await import('/static/door/keeping.js')).keptLines()).length""")
    assert (left, lines, here(nanjing, session)) == ([], 1, 0)


def loses(page, *, and_goes=False):
    """The library hears what is scanned, and its answer never comes; with it the network may go. What the library answered."""
    lost = []

    def lose(route):
        asked = route.request
        at_home = asked.url.replace(HOST, "127.0.0.1")
        lost.append(route.fetch(url=at_home, headers={**asked.headers, "host": asked.url.split("/")[2]}).status)
        page.context.set_offline(and_goes)
        route.abort()

    page.route("**/scan/", lose)
    return lost


def test_an_answer_that_is_lost_on_its_way_counts_once(nanjing, door):
    session, (first, _second), _homes, phone = door
    page = phone()
    lost = loses(page)
    types(page, first.ticket)
    assert "离线核对" in card(page, "admitted")
    arrived(page)
    with inside(nanjing):
        told = list(Scan.objects.values_list("outcome", "is_offline"))
    assert (lost, told, here(nanjing, session)) == ([200], [("admitted", False)], 3)


def test_whoever_is_unticked_after_an_answer_was_lost_is_not_here(nanjing, door):
    """The library has let all three in, and does not hear of the scan again: of the tick it does."""
    session, (first, _second), _homes, phone = door
    page = phone()
    lost = loses(page, and_goes=True)
    types(page, first.ticket)
    assert "离线核对" in card(page, "admitted")
    assert (lost, here(nanjing, session)) == ([200], 3)
    page.locator(".door-tick").last.click()
    page.get_by_text("已到 2/3 人").wait_for()
    page.context.set_offline(False)
    arrived(page)
    assert here(nanjing, session) == 2


def test_two_seconds_without_an_answer_are_none(nanjing, door):
    _session, (first, _second), _homes, phone = door
    page = phone()
    held = []

    def hold(route):
        held.append(route)

    page.route("**/scan/", hold)
    types(page, first.ticket)
    assert "离线核对" in card(page, "admitted")
    for route in held:
        route.abort()


def test_a_full_device_says_so_and_brings_back_what_its_page_remembers(nanjing, door):
    session, (first, _second), _homes, phone = door
    page = phone()
    page.evaluate("""() => {
        IDBObjectStore.prototype.put = () => { throw new DOMException("", "QuotaExceededError"); };
        Storage.prototype.setItem = () => { throw new DOMException("", "QuotaExceededError"); };
    }""")
    page.context.set_offline(True)
    types(page, first.ticket)
    assert "这台设备存满了" in card(page, "admitted")
    page.context.set_offline(False)
    arrived(page)
    assert here(nanjing, session) == 3


def test_five_hundred_are_decided_in_no_time(nanjing, door):
    session, (first, _second), _homes, phone = door
    page = phone()
    took = page.evaluate(
        """async ([session, read]) => {
        const { Roster } = await import("/static/door/roster.js");
        const kept = await Roster.kept(session);
        const party = kept.parties[0];
        const more = Array.from({ length: 500 }, (_one, place) => ({ ...party, t: `t${place}`, c: `c${place}` }));
        const data = { ...kept, parties: [...more, party] };
        const roster = new Roster({ data, ahead: 0 });
        const began = performance.now();
        const { outcome } = await roster.answerTo(read);
        return [outcome, performance.now() - began];
    }""",
        [session.code, first.ticket],
    )
    assert took[0] == "admitted"
    assert took[1] < 50


def test_a_roster_goes_twelve_hours_after_its_door_has_closed_and_with_the_sign_in_page(nanjing, door):
    session, _rows, _homes, phone = door
    page = phone()
    told = page.evaluate("""async () => {
        const { keepRoster, keptRoster, keptSessions } = await import("/static/door/keeping.js");
        await keepRoster({ session: "past", parties: [], until: Date.now() - 1 }, 0);
        return [await keptSessions(), await keptRoster("past"), await keptSessions()];
    }""")
    assert told == [sorted([session.code, "past"]), None, [session.code]]
    page.context.clear_cookies()
    page.goto(page.url.split("/desk/")[0] + "/sign-in/")
    until(page, "!(await indexedDB.databases()).some((one) => one.name === 'private')")


def test_with_a_roster_and_a_network_the_library_answers_and_the_roster_names(nanjing, door):
    session, (first, _second), _homes, phone = door
    page, asked = phone(), []
    page.on(
        "request", lambda request: asked.append(request.url.rsplit("/", 2)[1]) if request.method == "POST" else None
    )
    types(page, first.ticket)
    told = card(page, "admitted")
    counts(page, "3/4")
    assert ("离线" in told, page.locator(".door-tick").count(), asked) == (False, 3, ["scan"])
    types(page, first.ticket)
    assert "由陈*核对" in card(page, "already_here")
    assert (asked, here(nanjing, session)) == (["scan", "ask"], 3)


def test_a_brother_comes_along_though_the_roster_has_answered(nanjing, door):
    session, (_first, second), _homes, phone = door
    page = phone()
    types(page, second.ticket)
    card(page, "admitted")
    page.get_by_role("button", name="还有人同来").click()
    page.get_by_role("button", name="再来一位家长").click()
    page.get_by_text("已到 2/2 人").wait_for()
    counts(page, "2/5")
    assert here(nanjing, session) == 2


def test_the_list_of_doors_brings_back_as_well(nanjing, door):
    session, (first, _second), _homes, phone = door
    page = phone()
    page.context.set_offline(True)
    types(page, first.ticket)
    card(page, "admitted")
    address = page.url.removesuffix(f"{session.code}/")
    page.goto(address)
    page.get_by_role("link", name="小种子").wait_for()
    page.get_by_text("还有 1 条离线记录没有上传").wait_for()
    with page.expect_response("**/upload/"):
        page.context.set_offline(False)
    page.locator("desk-left[hidden]").wait_for(state="attached")
    assert here(nanjing, session) == 3


def test_the_whole_list_of_doors_brings_back_as_well(nanjing, door):
    session, (first, _second), _homes, phone = door
    page = phone()
    page.context.set_offline(True)
    types(page, first.ticket)
    card(page, "admitted")
    address = page.url.removesuffix(f"{session.code}/")
    page.goto("about:blank")
    page.context.set_offline(False)
    online(page)
    with page.expect_response("**/upload/"):
        page.goto(address)
    page.locator("desk-left[hidden]").wait_for(state="attached")
    assert here(nanjing, session) == 3
