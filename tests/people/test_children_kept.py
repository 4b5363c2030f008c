"""What a family may write about a child: months that can be, one child once, nothing without an agreement."""

from datetime import date, timedelta

import pytest

from kit import clock
from networks.models import inside
from people.models import Child, Consent, ReaderNumber
from people.registers import CHILD_DATA
from people.rules.retention import goes_on
from tests.browsers import browser, person
from tests.people import homes
from tests.people.family import a_month, child_form, children, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def mother(nanjing):
    return person(nanjing, "13800138010", name="王芳")


@pytest.fixture
def grandmother(nanjing):
    return person(nanjing, "13800138011", name="李桂英")


@pytest.fixture
def home(nanjing, mother, grandmother):
    return homes.home(nanjing, mother, carer=grandmother)


def child_path(network, home, more=""):
    return f"/me/family/{home.code}/children/{children(network)[0].code}/{more}"


def month_form(year, month):
    return {"name": "小雨", "birth_month_0": str(year), "birth_month_1": str(month)}


# --- Months --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("month", "told"), [((1990, 3), "请选择年份和月份"), (a_month(18), "年满18岁"), ((2021, 13), "请选择年份和月份")]
)
def test_a_child_does_not_become_an_adult_by_another_month(nanjing, mother, home, month, told):
    answer = browser(mother).post(child_path(nanjing, home), month_form(*month))
    assert (answer.status_code, told in words(answer)) == (422, True)
    assert children(nanjing)[0].birth_month == date(2021, 5, 1)


def test_who_came_of_age_keeps_the_month(nanjing, mother, home):
    with inside(nanjing):
        Child.objects.update(birth_month=date(2004, 3, 1))
    me = browser(mother)
    assert '<option value="2004" selected>' in me.get(child_path(nanjing, home)).content.decode()
    assert me.post(child_path(nanjing, home), month_form(2004, 3) | {"school": "南京大学"}).status_code == 302
    assert me.post(child_path(nanjing, home), month_form(2004, 4)).status_code == 422
    (child,) = children(nanjing)
    assert (child.birth_month, child.school) == (date(2004, 3, 1), "南京大学")


# --- The same name -------------------------------------------------------------------------


def test_a_second_child_of_the_same_name_is_asked_about_once(nanjing, mother, home):
    me, path = browser(mother), f"/me/family/{home.code}/children/new/"
    answer = me.post(path, child_form("小雨"))
    assert (answer.status_code, "家里已有同名的小雨（2021年5月生），是同一个孩子吗？" in words(answer)) == (422, True)
    assert 'name="another" value="小雨"' in answer.content.decode()
    assert me.post(path, child_form("小雨", another="小宇")).status_code == 422
    assert me.post(path, child_form("小雨", another="小雨")).status_code == 302
    assert [child.name for child in children(nanjing)] == ["小雨", "小雨"]


def test_a_guardian_finds_the_way_to_erase_a_child_on_its_page(nanjing, mother, grandmother, home):
    path = child_path(nanjing, home)
    assert f'href="{path}erase/"' in browser(mother).get(path).content.decode()
    assert "删除这个孩子的信息" in words(browser(mother).get(path))
    assert "删除这个孩子的信息" not in words(browser(grandmother).get(path))


# --- Two of one name, and cards ------------------------------------------------------------


def test_a_card_is_one_readers(nanjing, mother, home):
    me = browser(mother)
    assert me.post("/me/reader-number/", {"number": "3201 0000 3456"}).status_code == 302
    assert "****3456" in words(me.get("/me/"))
    answer = me.post(child_path(nanjing, home, "reader-number/"), {"number": "320100003456"})
    assert (answer.status_code, "已经登记在王芳名下" in words(answer)) == (422, True)
    me.post(child_path(nanjing, home, "reader-number/"), {"number": "320100009999"})
    answer = me.post("/me/reader-number/", {"number": "320100009999"})
    assert (answer.status_code, "已经登记在小雨名下" in words(answer)) == (422, True)
    assert me.post("/me/reader-number/", {"number": "320100003456"}).status_code == 302


def test_what_was_typed_wrongly_is_no_old_number_and_taking_it_away_is_said(nanjing, mother, home):
    me = browser(mother)
    me.post("/me/reader-number/", {"number": "32010001"})
    assert "尚未核对" in words(me.get("/me/reader-number/"))
    assert "尚未核对" not in words(me.post("/me/reader-number/", {"number": "12"}))
    me.post("/me/reader-number/", {"number": ""})
    assert "读者证号已移除" in words(me.get("/me/"))


# --- Without an agreement ------------------------------------------------------------------


def consent_path(network, home):
    return f"/me/family/{home.code}/consents/{children(network)[0].code}/{CHILD_DATA.key}/"


@pytest.fixture
def withdrawn(nanjing, mother, home):
    """In words, the day on which the child goes."""
    day = goes_on(clock.now(), days=30, zone=nanjing.zone)
    page = words(browser(mother).get(consent_path(nanjing, home)))
    assert f"如果今天撤回，孩子的信息将在{day.year}年{day.month}月{day.day}日删除" in page
    browser(mother).post(consent_path(nanjing, home), {"withdraw": "yes"})
    return f"{day.month}月{day.day}日"


def test_what_was_withdrawn_is_seen_on_the_card_the_page_and_the_consent(nanjing, mother, grandmother, home, withdrawn):
    for who in (mother, grandmother):
        client = browser(who)
        assert f"已撤回同意，{withdrawn}删除；可重新同意" in words(client.get(f"/me/family/{home.code}/"))
        page = client.get(child_path(nanjing, home))
        assert f"孩子的信息将在{withdrawn}删除" in words(page)
        assert consent_path(nanjing, home) in page.content.decode()
        assert f"{withdrawn}删除；在此之前监护人可以重新同意" in words(client.get(consent_path(nanjing, home)))


def test_nothing_more_is_kept_until_a_guardian_agrees_again(nanjing, mother, home, withdrawn):
    me = browser(mother)
    with inside(nanjing):
        Child.objects.update(birth_month=date(clock.now().year - 15, 5, 1), school="清凉门小学")
    same = month_form(clock.now().year - 15, 5)
    asked = [
        (child_path(nanjing, home), same | {"school": "鼓楼小学"}),
        (child_path(nanjing, home, "reader-number/"), {"number": "32010001"}),
        (child_path(nanjing, home, "login/"), {"phone": "13800138033", "consent_people_own_login": "given"}),
    ]
    for path, form in asked:
        answer = me.post(path, form)
        assert (answer.status_code, "请先重新同意" in words(answer)) == (422, True)
        assert consent_path(nanjing, home) in answer.content.decode()
    with inside(nanjing):
        assert (ReaderNumber.objects.count(), Child.objects.get().school) == (0, "清凉门小学")
    assert me.post(child_path(nanjing, home), same).status_code == 302, "less may be kept at any time"
    me.post(consent_path(nanjing, home), {"consent_people_child_data": "on", "consent_people_child_data_shown": "1"})
    assert [me.post(path, form).status_code for path, form in asked] == [302, 302, 302]
    assert "删除；可重新同意" not in words(me.get(f"/me/family/{home.code}/"))


def test_what_a_carer_declared_and_nobody_confirmed_has_run_out(nanjing, mother, home):
    with inside(nanjing):
        Consent.objects.update(given_as="carer", expires_at=clock.now() + timedelta(seconds=1))
        Consent.objects.update(given_at=clock.now() - timedelta(days=30), expires_at=clock.now())
    assert "同意已到期" in words(browser(mother).get(f"/me/family/{home.code}/"))
