"""A grandmother signs two children up on her first visit, finds it under her own pages, and cancels."""

import pytest

from networks.models import inside
from programmes.signup.models import Registration
from tests.browsers import browser, person
from tests.journeys.soundness import serious, sideways
from tests.people.family import a_month
from tests.signup.signing import story_hour, taken

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.journeys.urls")]


def signed_in(visit, who, **options):
    visitor = visit(**options)
    host = visitor.origin.split("//")[1].split(":")[0]
    visitor.page.context.add_cookies(
        [
            {"name": name, "value": morsel.value, "domain": host, "path": "/"}
            for name, morsel in browser(who).cookies.items()
        ]
    )
    return visitor


def sound(page, scripts):
    """axe is a script itself."""
    assert (page.url, serious(page) if scripts else [], sideways(page)) == (page.url, [], 0)


def type_child(page, number, name):
    year, month = a_month(4, 3)
    box = page.locator(".signup-slot").nth(number)
    box.get_by_label("孩子姓名").fill(name)
    box.get_by_label("出生年份").select_option(str(year))
    box.get_by_label("出生月份").select_option(str(month))
    box.get_by_role("checkbox").check()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_two_children_on_a_first_visit(nanjing, visit, scripts):
    session = story_hour(nanjing)
    visitor = signed_in(visit, person(nanjing, "13800138011", name="李桂英"), java_script_enabled=scripts)
    page = visitor.open(f"/events/{session.code}/")
    sound(page, scripts)
    page.get_by_role("link", name="立即报名").click()
    page.wait_for_url("**/sign-up/")
    sound(page, scripts)
    page.get_by_label("我是照护人").check()
    type_child(page, 0, "王小雨")
    page.get_by_text("再添加一个孩子").click()
    type_child(page, 1, "王小宇")
    page.get_by_label("1 位家长").check()
    page.get_by_role("button", name="确认报名").click()
    page.wait_for_url("**/me/sign-ups/*/")
    sound(page, scripts)
    told = page.inner_text("main")
    assert ("王小雨" in told, "王小宇" in told, "1 位家长" in told) == (True, True, True)
    assert taken(nanjing, session) == (2, 2)
    visitor.open("/me/").get_by_role("link", name="我的报名").click()
    page.wait_for_url("**/me/sign-ups/")
    sound(page, scripts)
    page.get_by_role("link", name="小种子").click()
    page.get_by_role("link", name="修改").click()
    sound(page, scripts)
    page.get_by_label("王小宇").uncheck()
    page.get_by_role("button", name="保存修改").click()
    page.wait_for_url("**/me/sign-ups/*/")
    assert taken(nanjing, session) == (1, 1)
    page.get_by_role("link", name="取消报名").click()
    sound(page, scripts)
    page.get_by_role("button", name="确定取消").click()
    page.wait_for_url("**/me/sign-ups/*/")
    with inside(nanjing):
        assert Registration.objects.get().ended_at is not None
    assert ("已取消" in page.inner_text("main"), taken(nanjing, session)) == (True, (0, 0))
    weights = visitor.fetched(f"/events/{session.code}/sign-up/")
    assert sum(weights.values()) <= 60 * 1024
