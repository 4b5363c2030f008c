"""The table of family rights, cell by cell and through the pages. A verb without a page here names who asks for it."""

import pytest

from networks.models import inside
from people.choices import FamilyVerb, MemberRole
from people.models import Member
from people.rules.family_rights import FAMILY_RIGHTS
from tests.browsers import browser, person
from tests.people.family import child_form, homes, young

pytestmark = pytest.mark.django_db
V, R = FamilyVerb, MemberRole

# The decision, once more and by itself: a change of the table is a change here.
MAY = {
    V.SEE_CHILDREN: {R.GUARDIAN, R.CARER, R.YOUNG},
    V.ADD_CHILD: {R.GUARDIAN, R.CARER},
    V.CHANGE_CHILD: {R.GUARDIAN, R.CARER},
    V.REMOVE_CHILD: {R.GUARDIAN},
    V.GIVE_READER_NUMBER: {R.GUARDIAN, R.CARER},
    V.REGISTER: {R.GUARDIAN, R.CARER, R.YOUNG},
    V.SEE_CONSENTS: {R.GUARDIAN, R.CARER, R.YOUNG},
    V.ANSWER_CONSENTS: {R.GUARDIAN},
    V.WITHDRAW_CONSENTS: {R.GUARDIAN},
    V.DECLARE_CONSENTS: {R.CARER},
    V.SEE_MEMBERS: {R.GUARDIAN, R.CARER},
    V.INVITE_CARER: {R.GUARDIAN},
    V.INVITE_GUARDIAN: {R.GUARDIAN, R.CARER},
    V.CHANGE_ROLE: {R.GUARDIAN},
    V.REMOVE_MEMBER: {R.GUARDIAN},
    V.LEAVE: {R.GUARDIAN, R.CARER},
    V.SEE_READINGS: {R.GUARDIAN, R.YOUNG},
    V.EXPORT: {R.GUARDIAN},
    V.ERASE: {R.GUARDIAN},
    V.OPEN_YOUNG_LOGIN: {R.GUARDIAN},
    V.END_YOUNG_LOGIN: {R.GUARDIAN, R.YOUNG},
    V.CHOOSE_DISTRICT: {R.GUARDIAN, R.CARER},
}
# How each verb is asked for: method, address, form, and what somebody with the right is answered.
ASKED = {
    V.SEE_CHILDREN: ("get", "/me/family/{code}/", {}, 200),
    V.ADD_CHILD: ("post", "/me/family/{code}/children/new/", child_form("新来的"), 302),
    V.CHANGE_CHILD: ("get", "/me/family/{code}/children/{child}/", {}, 200),
    V.REMOVE_CHILD: ("get", "/me/family/{code}/children/{child}/erase/", {}, 200),
    V.ERASE: ("get", "/me/family/{code}/erase/", {}, 200),
    V.ANSWER_CONSENTS: (
        "post",
        "/me/family/{code}/consents/{child}/people.child_data/",
        {"consent_people_child_data": "on"},
        302,
    ),
    V.GIVE_READER_NUMBER: ("post", "/me/family/{code}/children/{child}/reader-number/", {"number": "A1234"}, 302),
    V.INVITE_CARER: ("post", "/me/family/{code}/invite/", {"role": "carer"}, 302),
    V.CHANGE_ROLE: ("post", "/me/family/{code}/members/{other}/role/", {"role": "guardian"}, 302),
    V.REMOVE_MEMBER: ("post", "/me/family/{code}/members/{other}/remove/", {}, 302),
    V.LEAVE: ("get", "/me/family/{code}/leave/", {}, 200),
    V.OPEN_YOUNG_LOGIN: ("get", "/me/family/{code}/children/{child}/login/", {}, 200),
    V.END_YOUNG_LOGIN: ("post", "/me/family/{code}/children/{child}/login/end/", {}, 302),
    V.CHOOSE_DISTRICT: ("get", "/me/family/{code}/district/", {}, 200),
}


def test_the_table_is_the_decision():
    assert {verb: {role for role in R if verb in FAMILY_RIGHTS[role]} for verb in V} == MAY


@pytest.fixture
def family(nanjing):
    mother = person(nanjing, "13800138010", name="王芳")
    carer = person(nanjing, "13800138011", name="李桂英")
    other = person(nanjing, "13800138012", name="王建国")
    teen = person(nanjing, "13800138015")
    home = homes.home(nanjing, mother, carer=carer, children=1)
    child = young(nanjing, home, teen)
    with inside(nanjing):
        extra = Member.objects.create(household=home, person=other, role=R.CARER)
    who = {R.GUARDIAN: mother, R.CARER: carer, R.YOUNG: teen}
    return who, {"code": home.code, "child": child.code, "other": extra.pk}


@pytest.mark.parametrize("verb", list(ASKED))
@pytest.mark.parametrize("role", list(R))
def test_each_cell_through_its_page(family, verb, role):
    who, names = family
    method, address, form, right = ASKED[verb]
    answer = getattr(browser(who[role]), method)(address.format(**names), form)
    assert answer.status_code == (right if role in MAY[verb] else 403)


@pytest.mark.parametrize("verb", list(ASKED))
def test_to_a_stranger_the_household_is_not_there(family, verb, nanjing):
    _who, names = family
    method, address, form, _right = ASKED[verb]
    stranger = browser(person(nanjing, "13800138099"))
    assert getattr(stranger, method)(address.format(**names), form).status_code == 404


@pytest.mark.parametrize(("role", "shown"), [(R.GUARDIAN, True), (R.CARER, True), (R.YOUNG, False)])
def test_members_are_seen_by_adults_only(family, role, shown):
    who, names = family
    page = browser(who[role]).get(f"/me/family/{names['code']}/").content.decode()
    assert ("王建国" in page) == shown


@pytest.mark.parametrize("guardian_is_there", [True, False])
def test_a_carer_invites_a_guardian_only_where_there_is_none(nanjing, guardian_is_there):
    carer = person(nanjing, "13800138011", name="李桂英")
    home = homes.home(nanjing, person(nanjing, "13800138010"), carer=carer)
    if not guardian_is_there:
        with inside(nanjing):
            home.members.filter(role=R.GUARDIAN).delete()
    answer = browser(carer).post(f"/me/family/{home.code}/invite/", {"role": "guardian"})
    assert answer.status_code == (422 if guardian_is_there else 302)


@pytest.mark.parametrize("guardian_is_there", [True, False])
@pytest.mark.parametrize("address", ["/me/family/{code}/erase/", "/me/family/{code}/children/{child}/erase/"])
def test_a_carer_erases_only_while_there_is_no_guardian(nanjing, guardian_is_there, address):
    carer = person(nanjing, "13800138011", name="李桂英")
    home = homes.home(nanjing, person(nanjing, "13800138010"), carer=carer, children=1)
    with inside(nanjing):
        child = home.children.get()
        if not guardian_is_there:
            home.members.filter(role=R.GUARDIAN).delete()
    answer = browser(carer).get(address.format(code=home.code, child=child.code))
    assert answer.status_code == (403 if guardian_is_there else 200)


def test_a_young_person_sees_no_brothers_and_sisters(nanjing):
    mother, teen = person(nanjing, "13800138010"), person(nanjing, "13800138015")
    home = homes.home(nanjing, mother, children=2)
    young(nanjing, home, teen)
    page = browser(teen).get(f"/me/family/{home.code}/").content.decode()
    assert ("小宇" in page, "小雨" in page) == (True, False)
