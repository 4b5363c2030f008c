"""A mother signs her child up, says who fetches, and the keeper hands the child over by one tap."""

import pytest

from networks.models import NetworkHost, inside
from people.choices import Role
from programmes.door.models import Leaving
from programmes.signup.models import Fetcher, Registration
from tests.browsers import browser, staff
from tests.door.doors import opened, scanned
from tests.journeys.soundness import serious, sideways
from tests.signup.signing import family, story_hour

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.journeys.urls")]
HOST = "nanjing.localhost"


@pytest.fixture
def as_whom(nanjing, visit):
    NetworkHost.objects.create(network=nanjing, host=HOST)

    def arrive(who, path, **options):
        visitor = visit(HOST)
        cookies = browser(who, **options).cookies.items()
        visitor.page.context.add_cookies(
            [{"name": name, "value": morsel.value, "domain": HOST, "path": "/"} for name, morsel in cookies]
        )
        return visitor.open(path)

    return arrive


def sound(page):
    assert (serious(page), sideways(page)) == ([], 0)


def test_a_child_is_signed_up_and_handed_over(nanjing, as_whom):
    keeper = staff(nanjing, "13800138003", Role.KEEPER, name="陈静")
    session = story_hour(nanjing, terms={"hand_over": True})
    _household, mother = family(nanjing)
    page = as_whom(mother, f"/events/{session.code}/")
    page.get_by_text("本活动家长不陪同").wait_for()
    page.get_by_role("link", name="立即报名").click()
    page.get_by_text("报名后请填写接送人").wait_for()
    page.locator('input[name="adults"][value="0"]').check(force=True)
    page.get_by_role("button", name="确认报名").click()
    page.wait_for_url("**/fetch/")
    sound(page)
    page.get_by_text("由别人来接").click()
    page.get_by_label("姓名").fill("赵敏")
    page.get_by_label("与孩子的关系").fill("邻居")
    page.get_by_label("手机号").fill("138 0013 8055")
    page.get_by_label("对方已同意登记为接送人").check()
    page.get_by_role("button", name="保存").click()
    page.get_by_text("赵敏").wait_for()
    sound(page)
    with inside(nanjing):
        row = Registration.objects.get()
        assert Fetcher.objects.filter(registration=row).count() == 2

    session = opened(nanjing, session)
    scanned(nanjing, session, row, keeper)
    desk = as_whom(keeper, f"/desk/{session.code}/out/", bound=True)
    sound(desk)
    desk.locator("#code").fill(row.ticket[-6:])
    desk.keyboard.press("Enter")
    desk.get_by_text("谁来接？").wait_for()
    sound(desk)
    desk.evaluate("window.stayed = true")
    desk.get_by_role("button", name="赵* 邻居").click()
    desk.get_by_text("1 人已离开").wait_for()
    with inside(nanjing):
        assert Leaving.objects.get().fetcher.name == "赵敏"
    desk.get_by_role("button", name="撤回").click()
    desk.get_by_text("已撤回，还在场").wait_for()
    sound(desk)
    # In place all the time; and the next scan goes into the field, wherever the last tap went.
    assert desk.evaluate("window.stayed") is True
    desk.keyboard.type(row.ticket)
    desk.keyboard.press("Enter")
    desk.get_by_text("谁来接？").wait_for()
    assert desk.locator(".out-party[data-shown]").is_hidden()
