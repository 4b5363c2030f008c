"""Two phones count one exhibition: taps add up, the network goes and comes back, a page is loaded again, and nothing is lost."""

import pytest

from networks.models import NetworkHost, inside
from people.choices import Role
from programmes.door.models import Headcount, Tally
from programmes.signup.choices import Way
from tests.browsers import browser, staff
from tests.door.doors import opened
from tests.journeys.soundness import serious, sideways
from tests.signup.signing import story_hour

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.journeys.urls")]
HOST = "nanjing.localhost"


@pytest.fixture
def show(nanjing, visit):
    """An exhibition that nobody signs up for, and a phone at it for each call."""
    NetworkHost.objects.create(network=nanjing, host=HOST)
    session = opened(nanjing, story_hour(nanjing, terms={"way": Way.FREE}))
    people = iter(
        [staff(nanjing, f"1380013800{number}", Role.KEEPER, name=name) for number, name in ((3, "陈静"), (4, "李敏"))]
    )

    def phone(**options):
        visitor = visit(HOST, **options)
        cookies = browser(next(people), bound=True).cookies.items()
        visitor.page.context.add_cookies(
            [{"name": name, "value": morsel.value, "domain": HOST, "path": "/"} for name, morsel in cookies]
        )
        visitor.open("/desk/").get_by_role("link", name="小种子").click()
        visitor.page.wait_for_url(f"**/desk/{session.code}/count/")
        return visitor.page

    return session, phone


def press(page, name, times=1):
    for _time in range(times):
        page.get_by_role("button", name=name).click()


def shows(page, children, adults):
    page.wait_for_function(
        "([children, adults]) => document.querySelector('[data-number=children]').textContent.trim() === children"
        " && document.querySelector('[data-number=adults]').textContent.trim() === adults",
        arg=[str(children), str(adults)],
        timeout=12_000,
    )


def test_two_phones_count_and_a_lost_network_loses_nothing(nanjing, show):
    session, phone = show
    first, second = phone(), phone()
    assert (serious(first), sideways(first)) == ([], 0)
    press(first, "儿童加 1", 3)
    press(second, "大人加 1", 2)
    press(second, "大人减 1")
    for page in (first, second):
        shows(page, 3, 1)
    second.context.set_offline(True)
    press(second, "儿童加 1", 2)
    second.get_by_text("网络不通").wait_for()
    shows(second, 5, 1)
    assert (serious(second), sideways(second)) == ([], 0)
    kept = second.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('siji-count:')).length")
    assert kept == 2
    second.context.set_offline(False)
    second.reload()
    for page in (first, second):
        shows(page, 5, 1)
    second.get_by_text("已全部计入").wait_for()
    with inside(nanjing):
        row = Headcount.objects.get(session=session)
        assert (row.children, row.adults, Tally.objects.count()) == (5, 1, 8)
    first.get_by_text("陈* 3").wait_for()


def test_after_a_reload_without_a_network_it_counts_on(nanjing, show):
    session, phone = show
    page = phone()
    press(page, "儿童加 1", 2)
    page.get_by_text("已全部计入").wait_for()
    page.evaluate(
        "async () => { while (!(await caches.match('/desk/alone/'))) await new Promise((again) => setTimeout(again, 50)); }"
    )
    page.context.set_offline(True)
    press(page, "大人加 1")
    page.reload()
    page.locator("[data-heads]").get_by_text("小种子").wait_for()
    press(page, "儿童加 1")
    page.get_by_text("网络不通").wait_for()
    shows(page, 3, 1)
    assert (serious(page), sideways(page)) == ([], 0)
    page.context.set_offline(False)
    page.get_by_text("已全部计入").wait_for()
    shows(page, 3, 1)
    with inside(nanjing):
        row = Headcount.objects.get(session=session)
        assert (row.children, row.adults, Tally.objects.count()) == (3, 1, 4)


def test_the_list_of_doors_brings_taps_back_as_well(nanjing, show):
    session, phone = show
    page = phone()
    page.context.set_offline(True)
    press(page, "儿童加 1", 2)
    page.get_by_text("网络不通").wait_for()
    address = page.url.removesuffix(f"{session.code}/count/")
    page.goto("about:blank")
    page.context.set_offline(False)
    with page.expect_response("**/count/tap/"):
        page.goto(address)
    page.locator("desk-left[hidden]").wait_for(state="attached")
    with inside(nanjing):
        assert Headcount.objects.get(session=session).children == 2


def test_without_scripts_each_press_is_a_form_and_a_paper_list_is_added(nanjing, show):
    session, phone = show
    page = phone(java_script_enabled=False)
    press(page, "儿童加 1", 2)
    press(page, "大人减 1")
    page.get_by_text("没有可减的人数").wait_for()
    page.get_by_text("补录纸质名单").click()
    page.locator("#list_adults").fill("37")
    page.locator("#list_children").fill("50")
    page.locator("#list_note").fill("纸质签到表")
    page.get_by_role("button", name="计入人次").click()
    page.get_by_text("已计入人次").wait_for()
    with inside(nanjing):
        row = Headcount.objects.get(session=session)
        assert (row.children, row.adults) == (52, 37)
