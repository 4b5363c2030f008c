"""A mother on a phone: she withdraws an agreement, takes her data home, and erases it all. With scripts and without."""

import json
import zipfile
from datetime import timedelta

import pytest
from django.conf import settings

from kit import clock
from networks.engine.job_child import run_here
from networks.models import inside
from people.choices import ConsentAnswer
from people.models import Person
from people.registers import PHOTO
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.soundness import serious, sideways
from tests.people.homes import answered, home

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture
def family(nanjing, nanjing_cast):
    household = home(nanjing, nanjing_cast["reader"], carer=nanjing_cast["neighbour"], children=2)
    answered(household, PHOTO, ConsentAnswer.GIVEN, nanjing_cast["reader"], at=clock.now() - timedelta(seconds=1))
    return household


@pytest.fixture
def arrive(visit, nanjing_cast, family):
    def run(part="reader", **options):
        visitor = visit("nanjing.test", **options)
        name = settings.SESSION_COOKIE_NAME
        value = nanjing_cast.client(part).cookies[name].value
        visitor.page.context.add_cookies([{"name": name, "value": value, "url": visitor.origin}])
        return visitor

    return run


SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])


@SCRIPTS
def test_an_agreement_is_withdrawn_in_three_taps(arrive, scripts):
    page = arrive(java_script_enabled=scripts).open("/me/family/consents/")
    page.get_by_role("link", name="活动拍摄与宣传").click()
    page.get_by_text("从现在起，工作人员不再为宣传拍摄您家").wait_for()
    page.get_by_role("button", name="撤回同意").click()
    page.get_by_text("已撤回。您随时可以重新同意").wait_for()
    assert page.get_by_role("button", name="撤回同意").count() == 0
    page.get_by_label("同意", exact=True).check()
    page.get_by_role("button", name="保存答复").click()
    page.get_by_text("您的同意已记下").wait_for()


@SCRIPTS
def test_the_copy_is_asked_for_followed_and_taken_home(arrive, scripts, tmp_path):
    page = arrive(java_script_enabled=scripts).open("/me/privacy/")
    page.get_by_role("button", name="为我制作副本").click()
    page.get_by_text("正在排队").wait_for()
    assert run_here() == 1
    page.get_by_text("已备好").wait_for()
    with page.expect_download() as coming:
        page.get_by_role("link", name="下载文件").click()
    target = tmp_path / "copy.zip"
    coming.value.save_as(target)
    with zipfile.ZipFile(target) as book:
        assert [child["姓名"] for child in json.loads(book.read("data.json"))["children"]] == ["小雨", "小宇"]
        book.extractall(tmp_path)
    offline = page.context.new_page()
    offline.set_viewport_size(PHONE)
    offline.goto((tmp_path / "index.html").as_uri())
    assert (offline.locator("h1").inner_text(), sideways(offline)) == ("图书馆知道什么", 0)


@SCRIPTS
def test_all_is_erased_after_a_sentence_is_ticked(arrive, scripts, nanjing, nanjing_cast):
    page = arrive(java_script_enabled=scripts).open("/me/privacy/erase/")
    page.get_by_role("link", name="我的账户").click()
    page.get_by_role("button", name="永久删除").click()
    page.get_by_text("请勾选这句话").wait_for()
    page.get_by_label("我明白").check()
    page.get_by_role("button", name="永久删除").click()
    page.get_by_text("稍后有短信确认").wait_for()
    with inside(nanjing):
        assert Person.objects.get(pk=nanjing_cast["reader"].pk).erased_at is not None


PAGES = ("/me/family/consents/", "/me/privacy/", "/me/privacy/erase/", "/me/privacy/erase/account/")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious_stands_in_the_way_and_nothing_moves_sideways(arrive, family, scheme):
    visitor = arrive(color_scheme=scheme)
    paths = (*PAGES, f"/me/family/{family.code}/consents/family/people.photo/")
    found = {path: (serious(visitor.open(path)), sideways(visitor.page)) for path in paths}
    assert found == dict.fromkeys(paths, ([], 0))


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_the_register_is_readable(arrive, viewport):
    visitor = arrive("admin", viewport=viewport)
    paths = ("/plan/privacy/", "/plan/privacy/people.children/")
    found = {path: (serious(visitor.open(path)), sideways(visitor.page)) for path in paths}
    assert found == dict.fromkeys(paths, ([], 0))
