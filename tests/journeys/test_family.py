"""A family on the phone, with and without scripts: the mother adds two children, the grandmother joins by the link."""

import threading

import pytest
from django.core.cache import cache
from django.db import connection

from networks.models import Fact, inside
from tests.browsers import browser, person
from tests.journeys.soundness import serious
from tests.people.conftest import relay
from tests.people.family import a_month

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.journeys.urls")]
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


@pytest.fixture(autouse=True)
def relaying(nanjing):
    """The relay's work beside the server, as in the demo."""
    cache.clear()
    over = threading.Event()

    def work():
        while not over.wait(0.1):
            with inside(nanjing):
                waits = Fact.objects.filter(state="waiting").exists()
            if waits:
                relay(nanjing)
        connection.close()

    worker = threading.Thread(target=work)
    worker.start()
    yield
    over.set()
    worker.join()


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.fixture
def arrive(visit):
    """arrive(who, scripts): a visitor who is signed in already."""

    def come(who, *, scripts=True, **options):
        visitor = visit(java_script_enabled=scripts, **options)
        host = visitor.origin.split("//")[1].split(":")[0]
        cookies = browser(who).cookies.items()
        visitor.page.context.add_cookies(
            [{"name": name, "value": morsel.value, "domain": host, "path": "/"} for name, morsel in cookies]
        )
        return visitor

    return come


def add_child(page, name, *, years):
    year, month = a_month(years, 3)
    page.get_by_label("孩子姓名").fill(name)
    page.get_by_label("出生年份").select_option(str(year))
    page.get_by_label("出生月份").select_option(str(month))
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="添加", exact=True).click()
    page.get_by_text(f"{name} 已登记到您的家庭").wait_for()


def add_family(mother):
    """The mother's page, with two children on it."""
    page = mother.open("/me/")
    page.get_by_role("link", name="家庭").first.click()
    page.wait_for_url("**/me/family/new/")
    assert "家里已有人登记过孩子" in page.inner_text("main")
    page.get_by_label("我是监护人").check()
    page.get_by_label("您是孩子的").select_option("mother")
    page.get_by_role("button", name="下一步").click()
    page.wait_for_url("**/children/new/")
    add_child(page, "王小雨", years=4)
    page.get_by_role("link", name="再添加一个孩子").click()
    add_child(page, "王小宇", years=2)
    return page


@SCRIPTS
def test_a_mother_adds_two_children_and_the_grandmother_sees_them(nanjing, arrive, visit, scripts):
    mother = arrive(person(nanjing, "13800138010", name="王芳"), scripts=scripts)
    page = add_family(mother)
    assert page.locator(".child-card").count() == 2
    page.get_by_role("link", name="邀请家人").click()
    page.get_by_role("button", name="生成照护人链接").click()
    link = page.locator(".link-text a").get_attribute("href")
    assert page.get_by_role("button", name="复制链接").is_visible() == scripts

    stranger = visit(java_script_enabled=scripts)
    stranger.page.goto(link)
    told = stranger.page.inner_text("main")
    assert ("王女士邀请您加入家庭" in told, "王小雨" in told) == (True, False)
    stranger.page.get_by_role("button", name="登录并加入").click()
    stranger.page.wait_for_url("**/sign-in/?next=**")

    grandmother = arrive(person(nanjing, "13800138011"), scripts=scripts)
    page = grandmother.page
    page.goto(link)
    page.get_by_label("您是孩子的").select_option("mothers_parent")
    page.get_by_label("您的姓名").fill("李桂英")
    page.get_by_role("button", name="加入", exact=True).click()
    page.wait_for_url("**/me/family/*/")
    assert page.locator(".child-card h3").all_inner_texts() == ["王小雨", "王小宇"]
    assert page.get_by_role("link", name="邀请家人").count() == 0

    third = arrive(person(nanjing, "13800138099", name="路人"), scripts=scripts)
    third.page.goto(link)
    assert "这个链接已经用过了" in third.page.inner_text("main")


def test_pages_of_a_family_are_sound_in_every_dress(nanjing, arrive):
    who = person(nanjing, "13800138010", name="王芳")
    page = add_family(arrive(who))
    home = page.url
    child = page.locator(".child-card a").first.get_attribute("href")
    member = page.locator(".me-list a").first.get_attribute("href")
    origin = home.split("/me/")[0]
    visitor = arrive(who, color_scheme="dark")
    visitor.open("/").get_by_role("button", name="关怀版").click()
    for address in (
        home,
        f"{origin}{child}",
        f"{origin}{member}",
        f"{home}invite/",
        f"{home}leave/",
        f"{home}district/",
    ):
        for one in (page, visitor.page):
            one.goto(address)
            assert (address, serious(one), fits(one)) == (address, [], True)
    page.goto(f"{home}invite/")
    page.get_by_role("button", name="生成监护人链接").click()
    assert serious(page) == []


def test_the_link_is_copied_by_one_press(nanjing, arrive):
    mother = arrive(person(nanjing, "13800138010", name="王芳"))
    page = add_family(mother)
    page.get_by_role("link", name="邀请家人").click()
    page.get_by_role("button", name="生成照护人链接").click()
    page.get_by_role("button", name="复制链接").click()
    page.get_by_text("已复制").wait_for()
