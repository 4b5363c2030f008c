"""Families for staff: found by something whole, opened for a reason, checked and mended, two records made one."""

from datetime import date, timedelta

import pytest
import time_machine

from kit import clock
from networks.models import JournalLine, inside
from notifications.models import Message
from people.choices import PairState, Role
from people.models import Child, ChildPair, Consent, Member, ReaderNumber
from people.queries.readings import readings_of
from people.registers import merges, reader_number_checks
from tests.browsers import browser, person, staff
from tests.people.conftest import relay
from tests.people.family import begin, child_form, children, homes, household, words, young

pytestmark = pytest.mark.django_db


@pytest.fixture
def mother(nanjing):
    return person(nanjing, "13800138010", name="王小芳")


@pytest.fixture
def librarian(nanjing):
    return staff(nanjing, "13800138002", Role.DISTRICT_LIBRARIAN, area="鼓楼区", name="周敏")


@pytest.fixture
def planner(nanjing):
    return staff(nanjing, "13800138001", Role.PLANNER, name="林晓梅")


@pytest.fixture
def home(nanjing, mother):
    return homes.home(nanjing, mother, children=2)


def lines(network, verb):
    with inside(network):
        return list(JournalLine.objects.filter(verb=verb).order_by("pk"))


def opened(who, code, *, why="desk", more=""):
    client = browser(who)
    assert client.post(f"/plan/families/{code}/", {"why": why, "more": more}).status_code == 302
    return client


def search(who, typed, year=""):
    return browser(who).post("/plan/families/", {"words": typed, "year": year}, follow=True)


# --- Searching -----------------------------------------------------------------------------


def test_without_a_search_nobody_is_shown(home, librarian):
    page = words(browser(librarian).get("/plan/families/"))
    assert ("小*" in page, "王*芳" in page) == (False, False)


SEARCHES = [
    ("13800138010", "", True),
    ("１３８ ００１３ ８０１０", "", True),
    ("1380013801", "", False),
    ("小雨", "", True),
    ("小 雨", "2021", True),
    ("小雨", "2020", False),
    ("小", "", False),
    ("王小芳", "", False),
    ("3201-0001", "", True),
    ("32010002", "", False),
]


@pytest.mark.parametrize("asked", SEARCHES)
def test_a_family_is_found_by_something_whole_and_shown_masked(nanjing, mother, home, planner, asked):
    typed, year, found = asked
    child = children(nanjing)[0]
    browser(mother).post(f"/me/family/{home.code}/children/{child.code}/reader-number/", {"number": "32010001"})
    page = words(search(planner, typed, year))
    assert ("小*" in page, "王*芳" in page, "138****8010" in page) == (found, found, found)
    assert ("小宇" in page, "王小芳" in page) == (False, False)


def test_an_adults_reader_number_finds_the_family(nanjing, mother, home, librarian):
    browser(mother).post("/me/reader-number/", {"number": "NJ 0012"})
    assert "王*芳" in words(search(librarian, "nj0012"))


@pytest.mark.parametrize(("typed", "status", "found"), [("13800138010", 200, True), ("小雨", 422, False)])
def test_a_district_finds_families_by_numbers_and_not_by_names(home, librarian, typed, status, found):
    answer = search(librarian, typed)
    page = words(answer)
    assert (answer.status_code, "王*芳" in page) == (status, found)
    assert ("只有全市工作人员" in page, "出生年份" in page) == (not found, False)


@pytest.mark.parametrize(("typed", "found"), [("小雨", True), ("张小雨", True), ("雨", False), ("张小", False)])
def test_a_name_is_found_without_the_family_name(nanjing, home, planner, typed, found):
    with inside(nanjing):
        Child.objects.filter(name="小雨").update(name="张小雨")
    assert ("张*雨" in words(search(planner, typed))) == found


def test_results_have_an_address_without_the_words_and_end_after_a_quarter_of_an_hour(
    nanjing, home, planner, librarian
):
    start = clock.now()
    with time_machine.travel(start):
        client = browser(planner)
        answer = client.post("/plan/families/", {"words": "13800138010"})
        back = answer["Location"]
        assert (answer.status_code, "138" in back) == (302, False)
        assert ["王*芳" in words(client.get(back)) for _ in range(2)] == [True, True]
        with inside(nanjing):
            assert "13800138010" not in str(dict(client.session.items()))
        assert "王*芳" not in words(browser(librarian).get(back))
    with time_machine.travel(start + timedelta(minutes=16)):
        page = words(client.get(back))
        assert ("王*芳" in page, "请重新查找" in page) == (False, True)


def test_nothing_typed_is_refused(librarian):
    assert search(librarian, "").status_code == 422


def test_whoever_guesses_on_and_on_is_stopped(home, librarian):
    client = browser(librarian)
    told = [client.post("/plan/families/", {"words": "13800138010"}).status_code for _ in range(61)]
    assert (set(told[:60]), told[60]) == ({302}, 429)


@pytest.mark.parametrize("count", [1, 4])
def test_a_search_takes_as_many_statements_for_four_families_as_for_one(
    nanjing, planner, count, django_assert_num_queries
):
    for number in range(count):
        homes.home(nanjing, person(nanjing, f"1380013802{number}"))
    client = browser(planner)
    back = client.post("/plan/families/", {"words": "小雨"})["Location"]
    with django_assert_num_queries(11):
        assert words(client.get(back)).count("138****802") == count


# --- Opening -------------------------------------------------------------------------------


def test_a_record_opens_for_a_reason_that_the_guardian_can_read(nanjing, home, librarian):
    client = browser(librarian)
    asked = words(client.get(f"/plan/families/{home.code}/"))
    assert ("为什么打开这份记录" in asked, "小雨" in asked) == (True, False)
    assert client.post(f"/plan/families/{home.code}/", {"why": "called", "more": "改名字"}).status_code == 302
    page = words(client.get(f"/plan/families/{home.code}/"))
    assert ("小雨" in page, "小宇" in page, "138****8010" in page) == (True, True, True)
    with inside(nanjing):
        seen = readings_of(children(nanjing))
    assert [(one.child.name, one.name, one.roles, one.reason) for one in seen] == [
        ("小宇", "周*", "鼓楼区 区馆馆员", "家长来电或留言：改名字"),
        ("小雨", "周*", "鼓楼区 区馆馆员", "家长来电或留言：改名字"),
    ]


def test_looking_again_leaves_no_line_and_after_a_quarter_of_an_hour_a_reason_is_asked_for(nanjing, home, librarian):
    start = clock.now()
    with time_machine.travel(start):
        client = opened(librarian, home.code)
        client.get(f"/plan/families/{home.code}/")
        client.get(f"/plan/families/{home.code}/")
    assert len(lines(nanjing, "people.child_read")) == 2
    with time_machine.travel(start + timedelta(minutes=16)):
        assert "为什么打开这份记录" in words(client.get(f"/plan/families/{home.code}/"))


@pytest.mark.parametrize("form", [{}, {"why": "because"}, {"why": "other"}])
def test_without_a_reason_it_stays_shut(nanjing, home, librarian, form):
    answer = browser(librarian).post(f"/plan/families/{home.code}/", form | {"more": ""})
    assert (answer.status_code, "小雨" in words(answer), lines(nanjing, "people.child_read")) == (422, False, [])


def test_a_family_without_children_leaves_a_line_of_its_own(nanjing, mother, librarian):
    opened(librarian, begin(browser(mother)))
    assert [line.reason for line in lines(nanjing, "people.family_read")] == ["家长在服务台"]


@pytest.mark.parametrize("count", [1, 4])
def test_a_record_takes_as_many_statements_for_four_children_as_for_one(
    nanjing, mother, librarian, count, django_assert_num_queries
):
    home = homes.home(nanjing, mother, children=count)
    client = opened(librarian, home.code)
    client.get(f"/plan/families/{home.code}/")
    with django_assert_num_queries(10):
        assert client.get(f"/plan/families/{home.code}/").status_code == 200


# --- Reader numbers ------------------------------------------------------------------------


def give(network, mother, home, number):
    code = children(network)[0].code
    return browser(mother).post(f"/me/family/{home.code}/children/{code}/reader-number/", {"number": number})


def kept(network):
    with inside(network):
        return list(ReaderNumber.objects.select_related("network", "checked_by").order_by("pk"))


def test_a_number_is_sealed_and_waits_to_be_checked(nanjing, mother, home):
    give(nanjing, mother, home, "３２０１ ０００１")
    (row,) = kept(nanjing)
    assert (row.number, row.checked_at, "32010001" in row.number_sealed) == ("32010001", None, False)
    assert "****0001·未核对" in words(
        browser(mother).get(f"/me/family/{home.code}/children/{children(nanjing)[0].code}/")
    )


def test_a_number_is_changed_and_taken_away(nanjing, mother, home):
    give(nanjing, mother, home, "32010001")
    give(nanjing, mother, home, "32010001")
    give(nanjing, mother, home, "32010002")
    assert [row.number for row in kept(nanjing)] == ["32010002"]
    give(nanjing, mother, home, "")
    assert kept(nanjing) == []
    assert [line.values for line in lines(nanjing, "people.reader_number_given")] == [{}, {}]


def test_a_number_that_cannot_be_is_refused(nanjing, mother, home):
    assert (give(nanjing, mother, home, "12").status_code, kept(nanjing)) == (422, [])


def test_staff_check_it_with_the_card_in_hand(nanjing, mother, home, librarian):
    give(nanjing, mother, home, "32010001")
    client, (row,) = opened(librarian, home.code), kept(nanjing)
    assert client.post(f"/plan/families/{home.code}/numbers/{row.pk}/").status_code == 302
    (row,) = kept(nanjing)
    assert (row.checked_at is not None, row.checked_by) == (True, librarian)
    assert "周敏" in words(client.get(f"/plan/families/{home.code}/"))


def test_a_number_checked_for_somebody_else_is_refused(nanjing, mother, home, librarian):
    neighbour = person(nanjing, "13800138077")
    other = homes.home(nanjing, neighbour)
    give(nanjing, mother, home, "32010001")
    browser(neighbour).post("/me/reader-number/", {"number": "32010001"})
    first, second = kept(nanjing)
    opened(librarian, home.code).post(f"/plan/families/{home.code}/numbers/{first.pk}/")
    answer = opened(librarian, other.code).post(f"/plan/families/{other.code}/numbers/{second.pk}/")
    assert (answer.status_code, "已核对为另一个人的" in words(answer)) == (422, True)
    assert kept(nanjing)[1].checked_at is None


@pytest.fixture
def system():
    """A library's own system that knows one number."""
    reader_number_checks.add(lambda _network, *, number, name: (number, name) == ("32010001", "小雨"))
    yield
    reader_number_checks.checks.pop()


@pytest.mark.usefixtures("system")
@pytest.mark.parametrize(("number", "checked"), [("32010001", True), ("32010002", False)])
def test_the_librarys_own_system_checks_at_once(nanjing, mother, home, number, checked):
    give(nanjing, mother, home, number)
    assert (kept(nanjing)[0].checked_at is not None) == checked


# --- Mending -------------------------------------------------------------------------------


def test_a_typing_error_is_corrected_with_a_reason(nanjing, home, planner):
    client, child = opened(planner, home.code), children(nanjing)[0]
    path = f"/plan/families/{home.code}/children/{child.code}/"
    form = {"name": "小语", "birth_month_0": "2021", "birth_month_1": "5", "reason": "看过户口簿"}
    assert client.post(path, form | {"reason": ""}).status_code == 422
    assert client.post(path, form)["Location"] == f"/plan/families/{home.code}/"
    child.refresh_from_db()
    (line,) = lines(nanjing, "people.child_mended")
    assert (child.name, line.changed, line.values, line.reason) == ("小语", ["name"], {}, "看过户口簿")


def test_a_record_that_is_shut_is_not_mended(nanjing, home, planner):
    path = f"/plan/families/{home.code}/children/{children(nanjing)[0].code}/"
    assert browser(planner).get(path)["Location"] == f"/plan/families/{home.code}/"


def test_staff_remove_a_member_whom_no_guardian_may_touch(nanjing, mother, home, planner):
    with inside(nanjing):
        other = Member.objects.create(household=home, person=person(nanjing, "13800138012"), role="guardian")
        first = Member.objects.get(person=mother)
    client = opened(planner, home.code)
    client.post(f"/plan/families/{home.code}/members/{first.pk}/", {"reason": ""})
    assert browser(mother).get(f"/me/family/{home.code}/").status_code == 200
    client.post(f"/plan/families/{home.code}/members/{first.pk}/", {"reason": "法院判决"})
    assert browser(mother).get(f"/me/family/{home.code}/").status_code == 404
    assert [line.reason for line in lines(nanjing, "people.member_dismissed")] == ["法院判决"]
    answer = client.post(f"/plan/families/{home.code}/members/{other.pk}/", {"reason": "也要走"})
    assert (answer.status_code, "唯一的监护人" in words(answer)) == (422, True)


# --- Two records of one child --------------------------------------------------------------


@pytest.fixture
def grandmother(nanjing):
    return person(nanjing, "13800138011", name="李桂英")


@pytest.fixture
def twice(nanjing, mother, grandmother):
    """Mother and grandmother each added the same child, and do not know it."""
    codes = []
    for who, role, more in ((mother, "guardian", {}), (grandmother, "carer", {"school": "清凉门幼儿园"})):
        client = browser(who)
        code = begin(client, role=role)
        client.post(f"/me/family/{code}/children/new/", child_form("王小雨", **more))
        codes.append(code)
    with inside(nanjing):
        pair = ChildPair.objects.get()
    return pair, *(household(nanjing, code) for code in codes)


def answered(who, pair, answer, **more):
    client = browser(who)
    client.post(f"/plan/families/pairs/{pair.pk}/", {"open": "yes"})
    return client.post(f"/plan/families/pairs/{pair.pk}/", {"answer": str(answer), "reason": "致电两家"} | more)


def member_of(network, home, who):
    with inside(network):
        return Member.objects.filter(household=home, person=who, left_at=None).first()


def test_the_newcomer_is_told_nothing(twice, grandmother):
    _pair, _hers, his = twice
    page = words(browser(grandmother).get(f"/me/family/{his.code}/"))
    assert ("重复" in page, "另一" in page) == (False, False)


def test_a_pair_waits_on_the_workplace_and_opens_with_a_line_for_each(nanjing, twice, planner):
    pair, *_homes = twice
    client = browser(planner)
    assert "疑似重复的孩子" in words(client.get("/plan/"))
    assert "王*雨" in words(client.get("/plan/families/pairs/"))
    assert "清凉门幼儿园" not in words(client.get(f"/plan/families/pairs/{pair.pk}/"))
    client.post(f"/plan/families/pairs/{pair.pk}/", {"open": "yes"})
    assert "清凉门幼儿园" in words(client.get(f"/plan/families/pairs/{pair.pk}/"))
    assert [line.values for line in lines(nanjing, "people.child_read")] == [{"where": "pair"}] * 2


def test_two_different_children_are_never_asked_about_again(nanjing, twice, planner, grandmother):
    pair, _first, second = twice
    assert answered(planner, pair, "different")["Location"] == "/plan/families/pairs/"
    child = children(nanjing)[1]
    path = f"/me/family/{second.code}/children/{child.code}/"
    for name in ("王小语", "王小雨"):
        browser(grandmother).post(path, child_form(name))
    with inside(nanjing):
        assert list(ChildPair.objects.values_list("state", "reason")) == [(PairState.DIFFERENT, "致电两家")]


def test_one_child_is_made_of_two_and_the_other_adults_stay_out(nanjing, twice, planner, mother, grandmother):
    pair, first, second = twice
    answered(planner, pair, pair.first_id)
    stays, gone = children(nanjing)
    assert (stays.name, stays.school, gone.merged_into_id) == ("王小雨", "清凉门幼儿园", stays.pk)
    assert (gone.name, gone.birth_month, gone.erased_at is not None) == ("", None, True)
    with inside(nanjing):
        assert list(Consent.objects.filter(child=gone).values_list("end", flat=True)) == ["erased"]
    assert member_of(nanjing, first, grandmother) is None
    assert "王小雨" not in words(browser(grandmother).get(f"/me/family/{second.code}/"))
    relay(nanjing)
    with inside(nanjing):
        told = list(
            Message.objects.filter(kind__startswith="people.child").order_by("pk").values_list("person", "kind")
        )
    assert told == [(mother.pk, "people.children_merged")]
    assert ["values" for line in lines(nanjing, "people.child_merged") if "王小雨" in str(line.values)] == []


def test_the_grandmother_is_brought_along_as_a_carer(nanjing, twice, planner, grandmother):
    pair, first, second = twice
    hers = member_of(nanjing, second, grandmother)
    answered(planner, pair, pair.first_id, **{f"bring_{hers.pk}": "carer"})
    there = member_of(nanjing, first, grandmother)
    assert (there.role, member_of(nanjing, second, grandmother)) == ("carer", None)
    assert household(nanjing, second.code).closed_at is not None
    assert browser(grandmother).get("/me/family/")["Location"] == f"/me/family/{first.code}/"


def test_guardians_of_the_record_that_goes_learn_only_that_it_is_kept_elsewhere(nanjing, twice, planner, mother):
    pair, *_homes = twice
    answered(planner, pair, pair.second_id)
    relay(nanjing)
    with inside(nanjing):
        told = Message.objects.filter(person=mother).values_list("kind", "fields")
        assert list(told) == [("people.child_kept_elsewhere", {})]


def test_a_pair_is_answered_once(nanjing, twice, planner):
    pair, *_homes = twice
    answered(planner, pair, "different")
    page = words(browser(planner).get(f"/plan/families/pairs/{pair.pk}/"))
    assert ("致电两家" in page, "保存结论" in page) == (True, False)


def test_where_one_of_the_two_was_erased_nothing_waits(nanjing, twice, planner):
    pair, *_homes = twice
    with inside(nanjing):
        Child.objects.filter(pk=pair.second_id).update(name="", school="", birth_month=None, erased_at=clock.now())
    client = browser(planner)
    assert "疑似重复的孩子" not in words(client.get("/plan/"))
    assert "王*雨" not in words(client.get("/plan/families/pairs/"))
    assert client.get(f"/plan/families/pairs/{pair.pk}/").status_code == 404


@pytest.mark.parametrize("form", [{"reason": ""}, {"answer": ""}, {"answer": "999999"}])
def test_an_answer_needs_a_reason_and_one_of_the_three(nanjing, twice, planner, form):
    pair, *_homes = twice
    more = {"answer": "different"} | form
    answer = answered(planner, pair, more.pop("answer"), **more)
    assert answer.status_code == 422
    with inside(nanjing):
        assert ChildPair.objects.get().state == PairState.OPEN


def test_two_own_logins_are_not_made_one(nanjing, twice, planner):
    pair, first, second = twice
    young(nanjing, first, person(nanjing, "13800138031"))
    young(nanjing, second, person(nanjing, "13800138032"))
    answer = answered(planner, pair, pair.first_id)
    assert (answer.status_code, "都开通了" in words(answer)) == (422, True)


def test_an_own_login_moves_along(nanjing, twice, planner):
    pair, _first, second = twice
    teen = person(nanjing, "13800138032")
    young(nanjing, second, teen)
    answered(planner, pair, pair.first_id)
    stays, gone = children(nanjing)
    assert (stays.person_id, gone.person_id) == (teen.pk, None)


def test_a_reader_number_moves_along(nanjing, twice, planner, grandmother):
    pair, _first, second = twice
    give_path = f"/me/family/{second.code}/children/{children(nanjing)[1].code}/reader-number/"
    browser(grandmother).post(give_path, {"number": "32010001"})
    answered(planner, pair, pair.first_id)
    assert [(row.number, row.child_id) for row in kept(nanjing)] == [("32010001", pair.first_id)]


def test_upper_rooms_move_their_rows_in_the_same_transaction(nanjing, twice, planner, monkeypatch):
    moved = []
    monkeypatch.setitem(merges.functions, "test", lambda kept, gone: moved.append((kept.pk, gone.pk)))
    pair, *_homes = twice
    answered(planner, pair, pair.second_id)
    assert moved == [(pair.second_id, pair.first_id)]


def test_whoever_was_to_be_compared_with_the_one_that_went_is_compared_with_the_one_that_stays(nanjing, twice, planner):
    pair, *_homes = twice
    third = browser(person(nanjing, "13800138041", name="外婆"))
    code = begin(third)
    third.post(f"/me/family/{code}/children/new/", child_form("王小雨"))
    answered(planner, pair, pair.first_id)
    with inside(nanjing):
        left = ChildPair.objects.filter(state=PairState.OPEN).values_list("first_id", "second_id")
        assert list(left) == [(pair.first_id, Child.objects.order_by("-pk").first().pk)]


@pytest.mark.parametrize("count", [1, 4])
def test_the_list_of_pairs_takes_as_many_statements_for_four_as_for_one(
    nanjing, planner, count, django_assert_num_queries
):
    with inside(nanjing):
        for _ in range(count):
            first, second = (
                Child.objects.create(
                    household=homes.home(nanjing, person(nanjing, f"138001380{number}"), children=0),
                    name="王小雨",
                    birth_month=date(2021, 5, 1),
                )
                for number in (51, 52)
            )
            ChildPair.objects.create(first=first, second=second)
    client = browser(planner)
    client.get("/plan/families/pairs/")
    with django_assert_num_queries(9):
        assert words(client.get("/plan/families/pairs/")).count("王*雨") == count
