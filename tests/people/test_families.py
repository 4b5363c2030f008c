"""A household as its people use it: begin, add children, invite, join, change, leave."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client

from kit import clock
from networks.models import Area, JournalLine, Network, inside
from notifications.models import Message
from people.choices import ConsentAnswer, MemberRole
from people.models import Child, Consent, Household, JoinLink, Member
from people.registers import CHILD_DATA
from tests.browsers import browser, person
from tests.people.conftest import relay
from tests.people.family import begin, child_form, children, homes, household, invite, links, words

pytestmark = pytest.mark.django_db


def later(**span):
    return time_machine.travel(clock.now() + timedelta(**span))


def journal(network, verb):
    with inside(network):
        return list(JournalLine.objects.filter(verb=verb).order_by("pk"))


def inbox(network, who):
    relay(network)
    with inside(network):
        return list(Message.objects.filter(person=who).order_by("pk").values_list("kind", flat=True))


@pytest.fixture
def mother(nanjing):
    return person(nanjing, "13800138010", name="王芳")


@pytest.fixture
def grandmother(nanjing):
    return person(nanjing, "13800138011")


# --- Beginning -----------------------------------------------------------------------------


def test_the_first_visit_leads_to_one_question_and_the_line_for_newcomers(mother):
    me = browser(mother)
    assert me.get("/me/family/")["Location"] == "/me/family/new/"
    page = words(me.get("/me/family/new/"))
    assert "家里已有人登记过孩子？请对方转发加入链接，不用重复填写。" in page


def test_a_household_begins_with_a_role_and_goes_on_to_the_child(nanjing, mother):
    me = browser(mother)
    code = begin(me, relation="mother")
    assert me.get("/me/family/")["Location"] == f"/me/family/{code}/"
    with inside(nanjing):
        member = Member.objects.get()
    assert (member.role, member.relation, member.person_id) == ("guardian", "mother", mother.pk)


def test_pressed_twice_it_begins_once(nanjing, mother):
    me = browser(mother)
    assert begin(me) == begin(me)
    with inside(nanjing):
        assert (Household.objects.count(), Member.objects.count()) == (1, 1)


def test_whoever_has_no_name_gives_one(nanjing, grandmother):
    me = browser(grandmother)
    assert me.post("/me/family/new/", {"role": "guardian"}).status_code == 422
    begin(me, name=" 李　桂英 ")
    grandmother.refresh_from_db()
    assert grandmother.name == "李桂英"


def test_without_a_role_nothing_begins(nanjing, mother):
    answer = browser(mother).post("/me/family/new/", {"role": ""})
    assert (answer.status_code, "请选择一项" in words(answer)) == (422, True)
    with inside(nanjing):
        assert Household.objects.count() == 0


def test_where_only_guardians_begin_a_carer_is_told_so(nanjing, mother):
    nanjing.rules = {"carers_may_begin": False}
    nanjing.save(update_fields=["rules"])
    answer = browser(mother).post("/me/family/new/", {"role": "carer"})
    assert (answer.status_code, "本馆须由监护人先登记" in words(answer)) == (422, True)


def test_a_grandmother_with_two_daughters_has_two_families(nanjing, mother, grandmother):
    first = homes.home(nanjing, mother, carer=grandmother)
    me = browser(grandmother)
    code = begin(me, role="carer", name="李桂英")
    page = words(me.get(f"/me/family/{code}/"))
    assert "小雨的家李桂英的家" in page
    assert "<h1>小雨的家</h1>" in me.get(f"/me/family/{first.code}/").content.decode()
    page = me.get(f"/me/family/consents/?family={code}").content.decode()
    assert (f'<h2 id="{first.code}">小雨的家</h2>' in page, f'href="/me/family/{code}/"' in page) == (True, True)
    assert "李桂英的家" in words(me.get(f"/me/family/{code}/leave/"))


def test_nobody_is_in_more_than_five(nanjing, mother):
    for _ in range(5):
        homes.home(nanjing, mother)
    answer = browser(mother).post("/me/family/new/", {"role": "guardian"})
    assert (answer.status_code, "五个家庭" in words(answer)) == (422, True)


# --- Children ------------------------------------------------------------------------------


def test_a_child_is_added_with_the_consent_in_one_go(nanjing, mother):
    me = browser(mother)
    code = begin(me)
    answer = me.post(f"/me/family/{code}/children/new/", child_form("王 小雨", school="清凉门幼儿园"))
    assert answer["Location"] == f"/me/family/{code}/"
    (child,) = children(nanjing)
    with inside(nanjing):
        consent = Consent.objects.get()
    assert (child.name, child.birth_month.day, child.school) == ("王小雨", 1, "清凉门幼儿园")
    assert (consent.purpose, consent.answer, consent.child_id, consent.given_as, consent.expires_at) == (
        CHILD_DATA.key,
        ConsentAnswer.GIVEN,
        child.pk,
        "guardian",
        None,
    )
    page = words(me.get(f"/me/family/{code}/"))
    assert ("王小雨" in page, "4岁3个月" in page) == (True, True)
    (line,) = journal(nanjing, "people.child_added")
    assert (line.changed, line.values) == (["birth_month", "name", "school"], {})


def test_without_the_consent_nothing_of_the_child_is_kept(nanjing, mother):
    me = browser(mother)
    code = begin(me)
    form = {name: value for name, value in child_form().items() if not name.startswith("consent")}
    assert me.post(f"/me/family/{code}/children/new/", form).status_code == 422
    assert children(nanjing) == []
    assert journal(nanjing, "people.child_added") == []


def test_a_carer_declares_for_thirty_days_and_is_asked_to_invite_a_guardian(nanjing, grandmother):
    me = browser(grandmother)
    code = begin(me, role="carer", name="李桂英")
    me.post(f"/me/family/{code}/children/new/", child_form())
    with inside(nanjing):
        consent = Consent.objects.get()
    assert (consent.given_as, consent.expires_at - consent.given_at) == ("carer", timedelta(days=30))
    assert "还缺一位监护人" in words(me.get(f"/me/family/{code}/"))


def next_month():
    today = clock.today(ZoneInfo("Asia/Shanghai")).replace(day=28) + timedelta(days=7)
    return {"birth_month_0": str(today.year), "birth_month_1": str(today.month)}


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"name": ""}, "请填写孩子的姓名"),
        ({"name": "　"}, "请填写孩子的姓名"),
        ({"name": "长" * 41}, "40"),
        ({"birth_month_0": ""}, "请选择年份和月份"),
        ({"birth_month_1": "13"}, "请选择年份和月份"),
        ({"birth_month_0": "abc"}, "请选择年份和月份"),
        ({"birth_month_0": "1990"}, "请选择年份和月份"),
        (child_form(years=18, months=0), "年满18岁"),
    ],
)
def test_a_child_that_cannot_be(nanjing, mother, form, told):
    me = browser(mother)
    code = begin(me)
    answer = me.post(f"/me/family/{code}/children/new/", child_form() | form)
    assert (answer.status_code, told in words(answer)) == (422, True)
    assert children(nanjing) == []


def test_a_month_that_has_not_come(nanjing, mother):
    me = browser(mother)
    code = begin(me)
    answer = me.post(f"/me/family/{code}/children/new/", child_form() | next_month())
    assert (answer.status_code, children(nanjing)) == (422, [])


def test_the_same_child_twice_in_a_family(nanjing, mother):
    me = browser(mother)
    code = begin(me)
    me.post(f"/me/family/{code}/children/new/", child_form())
    answer = me.post(f"/me/family/{code}/children/new/", child_form())
    assert (answer.status_code, "已经在您的家庭里了" in words(answer), len(children(nanjing))) == (422, True, 1)


def test_a_family_has_room_for_twelve(nanjing, mother):
    home = homes.home(nanjing, mother, children=0)
    with inside(nanjing):
        for number in range(12):
            Child.objects.create(household=home, name=f"孩子{number}", birth_month=date(2020, 1, 1))
    answer = browser(mother).post(f"/me/family/{home.code}/children/new/", child_form())
    assert (answer.status_code, len(children(nanjing))) == (422, 12)


def test_a_childs_details_are_mended(nanjing, mother):
    home = homes.home(nanjing, mother)
    (child,) = children(nanjing)
    me = browser(mother)
    path = f"/me/family/{home.code}/children/{child.code}/"
    form = {"name": "王小语", "birth_month_0": "2021", "birth_month_1": "6", "needs": "用轮椅"}
    assert me.post(path, form)["Location"] == f"/me/family/{home.code}/"
    child.refresh_from_db()
    assert (child.name, child.birth_month, child.needs) == ("王小语", date(2021, 6, 1), "用轮椅")
    (line,) = journal(nanjing, "people.child_changed")
    assert (line.changed, line.values) == (["birth_month", "name", "needs"], {})
    me.post(path, form)
    assert len(journal(nanjing, "people.child_changed")) == 1


@pytest.mark.parametrize("gone", [{"name": "", "birth_month": None, "erased_at": clock.now()}])
def test_an_erased_child_is_not_there(nanjing, mother, gone):
    home = homes.home(nanjing, mother)
    (child,) = children(nanjing)
    with inside(nanjing):
        Child.objects.filter(pk=child.pk).update(**gone)
    assert browser(mother).get(f"/me/family/{home.code}/children/{child.code}/").status_code == 404


@pytest.mark.parametrize("count", [1, 4])
def test_the_households_page_takes_as_many_statements_for_four_children_as_for_one(
    nanjing, mother, grandmother, count, django_assert_num_queries
):
    home = homes.home(nanjing, mother, carer=grandmother, children=count)
    me = browser(mother)
    me.get(f"/me/family/{home.code}/")
    with django_assert_num_queries(14):
        assert me.get(f"/me/family/{home.code}/").status_code == 200


# --- Links ---------------------------------------------------------------------------------


def test_a_grandmother_joins_by_the_link_and_sees_the_children(nanjing, mother, grandmother):
    home = homes.home(nanjing, mother)
    me, she = browser(mother), browser(grandmother)
    path = invite(me, home.code)
    landing = words(she.get(path))
    assert ("王*邀请您加入家庭" in landing, "小雨" in landing) == (True, False)
    answer = she.post(path, {"answer": "yes", "name": "李桂英", "relation": "mothers_parent"})
    assert answer["Location"] == f"/me/family/{home.code}/"
    assert "小雨" in words(she.get(f"/me/family/{home.code}/"))
    with inside(nanjing):
        member = Member.objects.get(person=grandmother)
    assert (member.role, member.relation, member.invited_by_id) == ("carer", "mothers_parent", mother.pk)
    assert inbox(nanjing, mother) == ["people.member_joined"]
    assert she.get(path)["Location"] == f"/me/family/{home.code}/"


def test_a_mother_is_called_by_her_family_name(nanjing, mother):
    me = browser(mother)
    code = begin(me, relation="mother")
    assert "王女士邀请您加入家庭" in words(Client(HTTP_HOST="nanjing.test").get(invite(me, code)))


def test_whoever_is_not_signed_in_is_brought_back(nanjing, mother):
    home = homes.home(nanjing, mother)
    path = invite(browser(mother), home.code)
    page = Client(HTTP_HOST="nanjing.test").get(path)
    assert (page.status_code, f'name="next" value="{path}"' in page.content.decode()) == (200, True)


def test_declining_changes_nothing(nanjing, mother, grandmother):
    home = homes.home(nanjing, mother)
    path = invite(browser(mother), home.code)
    she = browser(grandmother)
    assert "不加入" in words(she.get(path))
    assert she.post(path, {"answer": "no"})["Location"] == "/me/"
    assert "您没有加入" in words(she.get("/me/"))
    with inside(nanjing):
        assert (Member.objects.count(), JoinLink.objects.get().used_at) == (1, None)


def closed(network, path, who, told):
    """Refused to somebody signed in and to whoever is not, with the reason and nothing written."""
    with inside(network):
        before = Member.objects.count()
    she, nobody = browser(who), Client(HTTP_HOST="nanjing.test")
    for answer in (she.get(path), she.post(path, {"answer": "yes", "name": "某人"}), nobody.get(path)):
        assert (answer.status_code, told in words(answer)) == (410, True)
    with inside(network):
        assert Member.objects.count() == before


def test_a_stranger_with_an_old_link(nanjing, mother, grandmother):
    path = invite(browser(mother), homes.home(nanjing, mother).code)
    with later(hours=73):
        closed(nanjing, path, grandmother, "已过三天有效期")


def test_a_stranger_with_a_used_link(nanjing, mother, grandmother):
    path = invite(browser(mother), homes.home(nanjing, mother).code)
    browser(grandmother).post(path, {"answer": "yes", "name": "李桂英"})
    closed(nanjing, path, person(nanjing, "13800138099", name="路人"), "已经用过了")


def test_a_stranger_with_a_withdrawn_link(nanjing, mother, grandmother):
    home, me = homes.home(nanjing, mother), browser(mother)
    path = invite(me, home.code)
    ((link, _secret),) = links(nanjing)
    me.post(f"/me/family/{home.code}/invite/{link.pk}/withdraw/")
    closed(nanjing, path, grandmother, "已被撤回")


def test_a_link_that_is_used_or_anothers_is_not_withdrawn_in_words_only(nanjing, mother, grandmother):
    home, me = homes.home(nanjing, mother), browser(mother)
    path = invite(me, home.code)
    ((link, _secret),) = links(nanjing)
    browser(grandmother).post(path, {"answer": "yes", "name": "李桂英"})
    answer = me.post(f"/me/family/{home.code}/invite/{link.pk}/withdraw/")
    assert (answer.status_code, "已经有人用这个链接加入了" in words(answer)) == (422, True)
    other = homes.home(nanjing, person(nanjing, "13800138077"))
    answer = me.post(f"/me/family/{home.code}/invite/{link.pk + 1}/withdraw/")
    assert (answer.status_code, "没有您可以撤回的这个链接" in words(answer)) == (422, True)
    assert other.code != home.code


def test_what_a_carer_may_not_do_says_who_may(nanjing, mother, grandmother):
    home, she = homes.home(nanjing, mother, carer=grandmother), browser(grandmother)
    answer = she.get(f"/me/family/{home.code}/erase/")
    if answer.status_code == 302:
        answer = she.get(f"/me/family/{home.code}/members/{member_id(nanjing, mother)}/")
    assert (answer.status_code, "请家里的监护人办理" in words(answer)) == (403, True)
    assert f'href="/me/family/{home.code}/"' in answer.content.decode()


def test_a_carer_is_not_told_that_she_decides_everything(nanjing, grandmother):
    she = browser(grandmother)
    code = begin(she, role="carer", name="李桂英")
    page = words(she.get(f"/me/family/{code}/invite/"))
    assert ("和您一样" in page, "您仍是照护人" in page) == (False, True)


def test_a_new_link_for_a_role_withdraws_the_one_before(nanjing, mother, grandmother):
    home, me = homes.home(nanjing, mother), browser(mother)
    first = invite(me, home.code)
    invite(me, home.code, "guardian")
    me.post(f"/me/family/{home.code}/invite/", {"role": "carer"})
    assert [link.revoked_at is None for link, _secret in links(nanjing)] == [False, True, True]
    closed(nanjing, first, grandmother, "已被撤回")


def test_a_link_that_lost_a_letter(nanjing, mother):
    path = invite(browser(mother), homes.home(nanjing, mother).code)
    for client in (Client(HTTP_HOST="nanjing.test"), browser(mother)):
        answer = client.get(f"{path[:-2]}/")
        assert (answer.status_code, "没有找到这个链接" in words(answer)) == (404, True)


def test_ones_own_link_is_not_for_oneself(nanjing, mother):
    me = browser(mother)
    path = invite(me, homes.home(nanjing, mother).code)
    answer = me.get(path)
    assert (answer.status_code, "您自己生成的链接" in words(answer)) == (422, True)


def test_a_member_has_nothing_to_join(nanjing, mother, grandmother):
    path = invite(browser(mother), homes.home(nanjing, mother, carer=grandmother).code, "guardian")
    answer = browser(grandmother).post(path, {"answer": "yes"})
    assert (answer.status_code, "已经在这个家庭里了" in words(answer)) == (422, True)
    with inside(nanjing):
        assert Member.objects.get(person=grandmother).role == "carer"


def test_a_link_of_one_city_is_nothing_in_another(nanjing, shenzhen, mother):
    path = invite(browser(mother), homes.home(nanjing, mother).code)
    assert Client(HTTP_HOST="shenzhen.test").get(path).status_code == 404


def test_what_is_kept_of_a_link_opens_nothing(nanjing, mother):
    path = invite(browser(mother), homes.home(nanjing, mother).code)
    secret = path.split("/")[3]
    with inside(nanjing):
        link = JoinLink.objects.get()
    assert secret not in link.secret_sealed
    assert secret.encode() not in bytes(link.secret_hash)
    lines = journal(nanjing, "people.join_link_made")
    assert [(line.changed, line.values) for line in lines] == [(["role"], {"role": ["carer"]})]


def test_a_guardian_who_joins_is_shown_what_was_declared(nanjing, grandmother, mother):
    she, me = browser(grandmother), browser(mother)
    code = begin(she, role="carer", name="李桂英")
    she.post(f"/me/family/{code}/children/new/", child_form())
    me.post(invite(she, code, "guardian"), {"answer": "yes"})
    assert "请确认照护人代为说明的授权" in words(me.get(f"/me/family/{code}/"))


# --- Members -------------------------------------------------------------------------------


def member_id(network, who):
    with inside(network):
        return Member.objects.get(person=who, left_at=None).pk


def test_a_guardian_removes_a_carer_at_once_and_all_are_told(nanjing, mother, grandmother):
    father = person(nanjing, "13800138012", name="王建国")
    home = homes.home(nanjing, mother, carer=grandmother)
    browser(father).post(invite(browser(mother), home.code, "guardian"), {"answer": "yes"})
    path = f"/me/family/{home.code}/members/{member_id(nanjing, grandmother)}/"
    assert browser(mother).post(f"{path}remove/")["Location"] == f"/me/family/{home.code}/"
    assert browser(grandmother).get(f"/me/family/{home.code}/").status_code == 404
    assert inbox(nanjing, grandmother) == ["people.you_were_removed"]
    assert inbox(nanjing, father) == ["people.member_removed"]
    assert browser(mother).post(f"{path}remove/").status_code == 404


def test_a_carer_becomes_a_guardian_and_is_told(nanjing, mother, grandmother):
    home = homes.home(nanjing, mother, carer=grandmother)
    path = f"/me/family/{home.code}/members/{member_id(nanjing, grandmother)}/"
    assert browser(mother).get(path).status_code == 200
    browser(mother).post(f"{path}role/", {"role": "guardian"})
    with inside(nanjing):
        assert Member.objects.get(person=grandmother).role == MemberRole.GUARDIAN
    assert inbox(nanjing, grandmother) == ["people.your_part_changed"]
    (line,) = journal(nanjing, "people.member_changed")
    assert line.values == {"role": ["carer", "guardian"]}


@pytest.mark.parametrize("way", ["remove/", "role/"])
def test_whoever_came_later_touches_no_guardian_who_was_there(nanjing, mother, way):
    intruder = person(nanjing, "13800138066", name="不速之客")
    home = homes.home(nanjing, mother)
    browser(intruder).post(invite(browser(mother), home.code, "guardian"), {"answer": "yes"})
    path = f"/me/family/{home.code}/members/{member_id(nanjing, mother)}/{way}"
    answer = browser(intruder).post(path, {"role": "carer"})
    assert (answer.status_code, "比您先加入" in words(answer)) == (422, True)
    path = f"/me/family/{home.code}/members/{member_id(nanjing, intruder)}/remove/"
    assert browser(mother).post(path).status_code == 302


def test_an_unknown_role_is_not_there(nanjing, mother, grandmother):
    home = homes.home(nanjing, mother, carer=grandmother)
    path = f"/me/family/{home.code}/members/{member_id(nanjing, grandmother)}/role/"
    assert browser(mother).post(path, {"role": "young"}).status_code == 404


def test_the_only_guardian_cannot_become_a_carer(nanjing, mother):
    home = homes.home(nanjing, mother)
    page = browser(mother).get(f"/me/family/{home.code}/members/{member_id(nanjing, mother)}/")
    assert ("唯一的监护人" in words(page), "改为照护人" in words(page)) == (True, False)
    assert f'href="/me/family/{home.code}/invite/"' in page.content.decode()
    path = f"/me/family/{home.code}/members/{member_id(nanjing, mother)}/role/"
    answer = browser(mother).post(path, {"role": "carer"})
    assert (answer.status_code, "唯一的监护人" in words(answer)) == (422, True)


# --- Leaving -------------------------------------------------------------------------------


def test_the_last_guardian_cannot_leave_while_there_are_children(nanjing, mother, grandmother):
    home = homes.home(nanjing, mother, carer=grandmother)
    before = browser(mother).get(f"/me/family/{home.code}/leave/")
    assert (before.status_code, f'href="/me/family/{home.code}/erase/"' in before.content.decode()) == (200, True)
    assert "先删除孩子的信息" in words(before)
    answer = browser(mother).post(f"/me/family/{home.code}/leave/")
    assert (answer.status_code, "唯一的监护人" in words(answer), "邀请另一位监护人" in words(answer)) == (
        422,
        True,
        True,
    )
    assert browser(mother).get(f"/me/family/{home.code}/").status_code == 200


def test_of_two_guardians_one_may_leave_and_the_other_is_told(nanjing, mother):
    father = person(nanjing, "13800138012", name="王建国")
    home = homes.home(nanjing, mother)
    browser(father).post(invite(browser(mother), home.code, "guardian"), {"answer": "yes"})
    assert browser(father).post(f"/me/family/{home.code}/leave/")["Location"] == "/me/"
    assert browser(father).get(f"/me/family/{home.code}/").status_code == 404
    assert inbox(nanjing, mother) == ["people.member_joined", "people.member_left"]


def test_what_somebody_forwarded_before_leaving_brings_nobody_in(nanjing, mother, grandmother):
    father = person(nanjing, "13800138012", name="王建国")
    home = homes.home(nanjing, mother)
    browser(father).post(invite(browser(mother), home.code, "guardian"), {"answer": "yes"})
    path = invite(browser(father), home.code)
    browser(father).post(f"/me/family/{home.code}/leave/")
    closed(nanjing, path, grandmother, "已被撤回")


def test_what_a_guardian_forwarded_brings_nobody_in_once_they_are_a_carer(nanjing, mother, grandmother):
    father = person(nanjing, "13800138012", name="王建国")
    home = homes.home(nanjing, mother)
    browser(father).post(invite(browser(mother), home.code, "guardian"), {"answer": "yes"})
    path = invite(browser(father), home.code, "guardian")
    role = f"/me/family/{home.code}/members/{member_id(nanjing, father)}/role/"
    assert browser(mother).post(role, {"role": "carer"}).status_code == 302
    closed(nanjing, path, grandmother, "已被撤回")


def test_the_only_carer_cannot_leave_children_behind(nanjing, grandmother):
    me = browser(grandmother)
    code = begin(me, role="carer", name="李桂英")
    me.post(f"/me/family/{code}/children/new/", child_form())
    answer = me.post(f"/me/family/{code}/leave/")
    assert (answer.status_code, "唯一的大人" in words(answer)) == (422, True)


def test_the_last_adult_of_a_family_without_children_closes_it(nanjing, mother):
    me = browser(mother)
    code = begin(me)
    me.post(f"/me/family/{code}/leave/")
    assert household(nanjing, code).closed_at is not None
    assert me.get("/me/family/")["Location"] == "/me/family/new/"


# --- District ------------------------------------------------------------------------------


def test_a_family_chooses_a_district_or_none(nanjing: Network, mother):
    home, me = homes.home(nanjing, mother), browser(mother)
    with inside(nanjing):
        area = Area.objects.get(name="鼓楼区")
    me.post(f"/me/family/{home.code}/district/", {"district": area.pk})
    assert household(nanjing, home.code).district_id == area.pk
    assert me.post(f"/me/family/{home.code}/district/", {"district": "999999"}).status_code == 422
    me.post(f"/me/family/{home.code}/district/", {"district": ""})
    assert household(nanjing, home.code).district_id is None
