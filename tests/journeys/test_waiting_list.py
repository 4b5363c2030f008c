"""A family waits for a full session; another cancels; the first is asked, says yes, and sees its ticket."""

import pytest

from tests.browsers import person
from tests.journeys.test_sign_up import signed_in, sound
from tests.people import homes
from tests.people.conftest import relay
from tests.signup.signing import sign_up, story_hour, taken

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.journeys.urls")]


def cancels(visitor, row, scripts):
    page = visitor.open(f"/me/sign-ups/{row.code}/")
    page.get_by_role("link", name="取消报名").click()
    sound(page, scripts)
    page.get_by_role("button", name="确定取消").click()
    page.wait_for_url("**/me/sign-ups/*/")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_who_waits_is_asked_says_yes_and_sees_the_ticket(nanjing, visit, scripts):
    session = story_hour(nanjing, places=1)
    holder, mother = person(nanjing, "13800138012", name="赵强"), person(nanjing, "13800138010", name="王芳")
    theirs = sign_up(nanjing, session, homes.home(nanjing, holder), holder)
    homes.home(nanjing, mother)

    visitor = signed_in(visit, mother, java_script_enabled=scripts)
    page = visitor.open("/events/")
    assert "候补" in page.locator(".session-chips").inner_text()
    sound(page, scripts)
    page.get_by_role("link", name="小种子", exact=True).click()
    page.get_by_role("link", name="加入候补").click()
    page.wait_for_url("**/sign-up/")
    sound(page, scripts)
    page.get_by_label("小雨").check()
    page.get_by_role("button", name="加入候补").click()
    page.wait_for_url("**/me/sign-ups/*/")
    sound(page, scripts)
    assert ("候补" in page.inner_text("main"), "入场码" in page.inner_text("main")) == (True, False)

    cancels(signed_in(visit, holder, java_script_enabled=scripts), theirs, scripts)
    relay(nanjing)
    visitor.open("/me/inbox/").get_by_role("link", name="您候补的活动有名额了").click()
    page.wait_for_url("**/me/sign-ups/*/")
    sound(page, scripts)
    page.get_by_role("button", name="确认参加").click()
    page.get_by_role("link", name="出示入场码").wait_for()
    sound(page, scripts)
    page.get_by_role("link", name="出示入场码").click()
    page.wait_for_url("**/t/*/")
    sound(page, scripts)
    assert ("小雨" in page.inner_text("main"), page.locator(".ticket-qr svg").count()) == (True, 1)
    assert taken(nanjing, session) == (1, 1)
