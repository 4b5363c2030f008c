"""The sheet on which a family signs up, by the door that it uses."""

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import time_machine

from kit import clock, kept_pages
from networks.models import inside
from people.choices import ConsentAnswer, MemberRole
from people.models import Child, Household, Member
from people.registers import CHILD_DATA
from programmes.planning.models import SafetyNotice, Session
from programmes.signup.choices import State, Way
from programmes.signup.models import Registration, Seat, Terms
from tests.browsers import browser, person
from tests.people import homes
from tests.people.family import child_form, words, young
from tests.signup.signing import another, family, sign_up, story_hour, taken

pytestmark = pytest.mark.django_db


@pytest.fixture
def mother(nanjing):
    return person(nanjing, "13800138010", name="王芳")


@pytest.fixture
def visit(mother):
    return browser(mother)


def sheet(client, session, status=200):
    answer = client.get(f"/events/{session.code}/sign-up/")
    assert answer.status_code == status, words(answer)
    return answer.content.decode()


def key_of(page: str) -> str:
    return re.findall(r'name="request_key" value="([^"]+)"', page)[0]


def ticked(page: str) -> list[str]:
    return re.findall(r'name="children" value="([^"]+)"[^>]* checked', page)


def disabled(page: str) -> list[str]:
    return re.findall(r'name="children" value="([^"]+)"[^>]* disabled', page)


def send(client, session, *, household="", children=(), adults=0, key=None, **more):
    code = household.code if household else ""
    data = {"household": code, "children": list(children), "adults": adults, "request_key": key or uuid4(), **more}
    return client.post(f"/events/{session.code}/sign-up/", data)


def new_child(number=1, **form):
    return {f"child{number}-{name}": value for name, value in child_form(**form).items()}


def made(network):
    with inside(network):
        return list(Registration.objects.order_by("pk"))


def codes(home):
    return [child.code for child in homes.children_of(home)]


class TestAFamilyThatIsKnown:
    def test_signs_up_in_two_taps(self, nanjing, mother, visit):
        session, home = story_hour(nanjing), homes.home(nanjing, mother)
        page = sheet(visit, session)
        assert ticked(page) == codes(home)
        answer = send(visit, session, household=home, children=codes(home), key=key_of(page))
        (row,) = made(nanjing)
        assert (answer.status_code, answer["Location"]) == (303, f"/me/sign-ups/{row.code}/")
        assert (row.by_id, row.counted, taken(nanjing, session)) == (mother.pk, 1, (1, 1))
        assert "已为您报名，保留1个名额。" in words(visit.get(answer["Location"]))

    def test_sent_twice_it_is_one_registration(self, nanjing, mother, visit):
        session, home = story_hour(nanjing), homes.home(nanjing, mother)
        key = key_of(sheet(visit, session))
        answers = [send(visit, session, household=home, children=codes(home), key=key) for _time in range(2)]
        assert {answer["Location"] for answer in answers} == {f"/me/sign-ups/{made(nanjing)[0].code}/"}
        assert (len(made(nanjing)), taken(nanjing, session)) == (1, (1, 1))

    def test_whoever_comes_back_is_led_to_what_she_has(self, nanjing, mother, visit):
        """The page from before with another key is told; opened anew it leads to the registration."""
        session, home = story_hour(nanjing), homes.home(nanjing, mother, children=2)
        row = sign_up(nanjing, session, home, mother)
        answer = send(visit, session, household=home, children=codes(home)[1:])
        assert (answer.status_code, len(made(nanjing))) == (422, 1)
        page = sheet(visit, session)
        assert (f'href="/me/sign-ups/{row.code}/"' in page, "确认报名" in page) == (True, False)

    def test_children_who_cannot_come_say_why(self, nanjing, mother, visit):
        session, home = story_hour(nanjing), homes.home(nanjing, mother, children=3)
        able, young_one, unagreed = homes.children_of(home)
        with inside(nanjing):
            Child.objects.filter(pk=young_one.pk).update(birth_month=clock.now().date().replace(day=1))
        homes.answered(home, CHILD_DATA, ConsentAnswer.REFUSED, mother, at=clock.now(), child=unagreed)
        page = sheet(visit, session)
        assert (ticked(page), sorted(disabled(page))) == ([able.code], sorted([young_one.code, unagreed.code]))
        assert ("不在年龄内" in page, "需监护人先同意" in page) == (True, True)
        assert f'href="/me/family/{home.code}/consents/{unagreed.code}/people.child_data/"' in page

    def test_of_two_places_and_three_children_it_keeps_what_was_chosen(self, nanjing, mother, visit):
        session, home = story_hour(nanjing, places=1), homes.home(nanjing, mother, children=2)
        answer = send(visit, session, household=home, children=codes(home), adults=1)
        page = answer.content.decode()
        assert (answer.status_code, sorted(ticked(page))) == (422, sorted(codes(home)))
        assert "只剩1个名额，您选了2个。" in words(answer)
        assert re.search(r'name="adults" value="1"[^>]* checked', page)

    def test_the_grown_up_alone_was_a_slip(self, nanjing, mother, visit):
        session, home = story_hour(nanjing), homes.home(nanjing, mother, children=2)
        answer = send(visit, session, household=home, adults=1)
        assert (answer.status_code, "还没有选择孩子。" in words(answer), made(nanjing)) == (422, True, [])

    def test_a_grown_up_comes_to_a_talk_without_children(self, nanjing, visit):
        session = story_hour(nanjing, from_months=None, to_months=None)
        answer = send(visit, session, adults=1)
        (row,) = made(nanjing)
        assert (answer.status_code, row.adults, row.counted) == (303, 1, 1)

    def test_two_households_are_asked_apart(self, nanjing, mother, visit):
        session = story_hour(nanjing)
        first, second = homes.home(nanjing, mother), homes.home(nanjing, mother, children=2)
        page = sheet(visit, session)
        assert page.count('name="request_key"') == 2
        send(visit, session, household=second, children=codes(second)[:1])
        assert [row.household_id for row in made(nanjing)] == [second.pk]
        assert ticked(sheet(visit, session)) == codes(first)

    def test_as_many_statements_for_one_child_as_for_four(self, nanjing, mother, visit, django_assert_num_queries):
        session, home = story_hour(nanjing), homes.home(nanjing, mother)
        sheet(visit, session)
        for more in (0, 3):
            with inside(nanjing):
                for number in range(more):
                    Child.objects.create(household=home, name=f"小{number}", birth_month=homes.date(2021, 5, 1))
            with django_assert_num_queries(STATEMENTS):
                sheet(visit, session)


STATEMENTS = 15


class TestAFirstVisit:
    def test_two_children_are_added_on_the_way(self, nanjing, mother, visit):
        session = story_hour(nanjing)
        key = key_of(sheet(visit, session))
        form = {**new_child(1, name="王小雨"), **new_child(2, name="王小宇"), "role": "guardian"}
        answer = send(visit, session, key=key, **form)
        assert answer.status_code == 303, words(answer)
        (row,) = made(nanjing)
        with inside(nanjing):
            seated = Seat.objects.filter(registration=row).values_list("child__name", flat=True)
            assert (sorted(seated), row.counted) == (["王小宇", "王小雨"], 2)
            assert Member.objects.get(person=mother).role == MemberRole.GUARDIAN
        again = send(visit, session, key=key, **form)
        assert again["Location"] == answer["Location"]
        with inside(nanjing):
            assert (Household.objects.count(), Child.objects.count()) == (1, 2)

    def test_a_page_from_before_the_family_began_adds_nobody_twice(self, nanjing, visit):
        session = story_hour(nanjing)
        other = another(nanjing, session.activity, later=timedelta(days=4))
        form = {**new_child(name="王小雨"), "role": "guardian"}
        assert send(visit, session, **form).status_code == 303
        assert send(visit, other, **form).status_code == 303
        with inside(nanjing):
            assert (Household.objects.count(), Child.objects.count(), len(made(nanjing))) == (1, 1, 2)

    def test_a_grandmother_declares_what_the_guardian_agreed_to(self, nanjing, visit):
        session = story_hour(nanjing)
        assert send(visit, session, **new_child(), role="carer").status_code == 303
        with inside(nanjing):
            assert Member.objects.get().role == MemberRole.CARER
            assert Child.objects.get().consents.get().given_as == MemberRole.CARER

    @pytest.mark.parametrize(
        ("change", "told"),
        [
            ({"child1-birth_month_1": ""}, "请选择出生年份和月份。"),
            ({"child1-name": ""}, "请填写孩子姓名"),
            ({"child1-consent_people_child_data": ""}, "未经同意"),
            ({"role": ""}, "请选择"),
        ],
    )
    def test_what_is_missing_is_said_beside_it_and_nothing_is_lost(self, nanjing, visit, change, told):
        session = story_hour(nanjing)
        answer = send(visit, session, **({**new_child(name="王小雨"), "role": "guardian"} | change))
        assert (answer.status_code, made(nanjing)) == (422, [])
        with inside(nanjing):
            assert Household.objects.count() == 0
        assert 'class="field-errors"' in answer.content.decode()
        if "child1-name" not in change:
            assert 'value="王小雨"' in answer.content.decode()

    def test_a_month_to_come_is_refused_and_the_other_child_stays(self, nanjing, visit):
        session, year = story_hour(nanjing), clock.now().year
        late = new_child(2, name="王小宇") | {"child2-birth_month_0": str(year), "child2-birth_month_1": "12"}
        with time_machine.travel(clock.now().replace(month=11, day=10)):
            session = another(nanjing, session.activity)
            late["child2-birth_month_0"] = str(clock.now().year)
            answer = send(visit, session, **new_child(1, name="王小雨"), **late, role="guardian")
        page = answer.content.decode()
        assert (answer.status_code, made(nanjing)) == (422, [])
        with inside(nanjing):
            (child,) = Child.objects.all()
        assert (ticked(page), 'value="王小宇"' in page) == ([child.code], True)

    def test_nobody_at_all_is_nobody(self, nanjing, visit):
        session = story_hour(nanjing)
        answer = send(visit, session)
        assert (answer.status_code, "请选择谁来参加。" in words(answer), made(nanjing)) == (422, True, [])
        with inside(nanjing):
            assert Household.objects.count() == 0

    def test_whoever_forgot_the_child_has_begun_nothing(self, nanjing, visit):
        answer = send(visit, story_hour(nanjing), adults=1)
        assert (answer.status_code, 'name="role"' in answer.content.decode()) == (422, True)
        with inside(nanjing):
            assert Household.objects.count() == 0

    def test_a_child_who_was_added_while_the_last_place_went_stays_and_is_ticked(self, nanjing, visit):
        session = story_hour(nanjing, places=1)
        father = person(nanjing, "13800138012")
        sign_up(nanjing, session, homes.home(nanjing, father), father)
        answer = send(visit, session, **new_child(name="王小雨"), role="guardian")
        with inside(nanjing):
            child = Child.objects.get(name="王小雨")
        assert (answer.status_code, ticked(answer.content.decode())) == (422, [child.code])
        assert "这场活动的名额已满" in words(answer)

    def test_a_child_of_another_age_is_added_and_not_registered(self, nanjing, visit):
        session = story_hour(nanjing)
        answer = send(visit, session, **new_child(name="王小雨", years=1), role="guardian")
        page = answer.content.decode()
        assert (answer.status_code, ticked(page), len(disabled(page))) == (422, [], 1)

    def test_of_two_of_the_same_name_it_asks_once(self, nanjing, mother, visit):
        session, home = story_hour(nanjing), homes.home(nanjing, mother)
        twin = new_child(name="小雨")
        answer = send(visit, session, household=home, **twin)
        assert (answer.status_code, 'name="child1-another" value="小雨"' in answer.content.decode()) == (422, True)
        assert send(visit, session, household=home, **twin, **{"child1-another": "小雨"}).status_code == 303


class TestWhoComesIn:
    def test_carers_register_and_a_young_person_alone(self, nanjing, mother):
        session = story_hour(nanjing, to_months=None)
        grandmother, boy = person(nanjing, "13800138011"), person(nanjing, "13800138013")
        home = homes.home(nanjing, mother, carer=grandmother, children=2)
        own = young(nanjing, home, boy)
        page = sheet(browser(boy), session)
        assert ("小雨" in page, ticked(page), "child1-name" in page) == (False, [own.code], False)
        sister = next(code for code in codes(home) if code != own.code)
        assert send(browser(boy), session, household=home, children=[sister]).status_code == 422
        assert send(browser(grandmother), session, household=home, children=[sister]).status_code == 303

    def test_nobody_signs_up_for_another_family(self, nanjing, visit):
        session, father = story_hour(nanjing), person(nanjing, "13800138012")
        theirs = homes.home(nanjing, father)
        assert send(visit, session, household=theirs, children=codes(theirs)).status_code == 404
        answer = send(visit, session, children=codes(theirs), adults=1)
        assert (answer.status_code, made(nanjing)) == (422, [])

    def test_strangers_drafts_and_other_cities_are_not_there(self, nanjing, shenzhen, visit, client):
        session = story_hour(nanjing)
        away = browser(person(shenzhen, "13800138010"))
        assert away.get(f"/events/{session.code}/sign-up/").status_code == 404
        assert send(away, session, adults=1).status_code == 404
        with inside(nanjing):
            Session.objects.update(published_at=None)
        assert visit.get(f"/events/{session.code}/sign-up/").status_code == 404
        client.defaults["HTTP_HOST"] = "nanjing.test"
        to_sign_in = client.get(f"/events/{session.code}/sign-up/")["Location"]
        assert to_sign_in == f"/sign-in/?next=%2Fevents%2F{session.code}%2Fsign-up%2F"

    def test_a_key_of_nobody_is_refused(self, nanjing, mother, visit):
        session, home = story_hour(nanjing), homes.home(nanjing, mother)
        assert send(visit, session, household=home, children=codes(home), key="x").status_code == 422
        theirs = UUID(int=1)
        father = person(nanjing, "13800138012")
        sign_up(nanjing, session, homes.home(nanjing, father), father, key=theirs)
        assert send(visit, session, household=home, children=codes(home), key=theirs).status_code == 422
        with inside(nanjing):
            assert Registration.objects.filter(by=mother).count() == 0


class TestWhenThereIsNoSignUp:
    @pytest.mark.parametrize(
        ("terms", "told"),
        [
            ({"opens_days": 1}, "请到时再来"),
            ({"closes_hours": 96}, "报名已截止"),
            ({"way": Way.FREE}, "不在这里报名"),
            ({"way": Way.PHONE}, "不在这里报名"),
        ],
    )
    def test_the_sheet_says_so_and_leads_on(self, nanjing, mother, visit, terms, told):
        session, home = story_hour(nanjing, terms=terms), homes.home(nanjing, mother)
        page = sheet(visit, session)
        assert ("确认报名" in page, f'href="/events/{session.code}/' in page) == (False, True)
        answer = send(visit, session, household=home, children=codes(home))
        assert (answer.status_code, made(nanjing)) == (422, [])
        said = re.search(r'signup-blocked-word">([^<]+)', page).group(1)
        assert said in answer.content.decode()

    def test_full_without_a_waiting_list_leads_to_other_times(self, nanjing, mother, visit):
        session, home = story_hour(nanjing, places=1, terms={"waits": False}), homes.home(nanjing, mother)
        father = person(nanjing, "13800138012")
        sign_up(nanjing, session, homes.home(nanjing, father), father)
        page = sheet(visit, session)
        assert "确认报名" not in page
        assert f'href="/events/{session.code}/#others"' in page
        assert send(visit, session, household=home, children=codes(home)).status_code == 422

    def test_who_was_too_late_is_told_shortly_and_can_wait_with_the_same_party(self, nanjing, mother, visit):
        session, home, key = story_hour(nanjing, places=1), homes.home(nanjing, mother), uuid4()
        sign_up(nanjing, session, *family(nanjing))
        late = send(visit, session, household=home, children=codes(home), adults=1, key=key)
        sent = dict(
            re.findall(r'<input type="hidden" name="(?!csrf|next)(\w+)" value="([^"]+)"', late.content.decode())
        )
        assert (late.status_code, len(made(nanjing))) == (422, 1)
        assert sent == {"household": home.code, "request_key": str(key), "children": codes(home)[0], "adults": "1"}
        assert 'name="waits" value="1"' in late.content.decode()
        assert visit.post(f"/events/{session.code}/sign-up/", {**sent, "waits": "1"}).status_code == 303
        assert [row.state for row in made(nanjing)] == [State.HOLDS, State.WAITS]

    def test_whoever_is_in_is_not_told_that_it_is_full(self, nanjing, mother, visit):
        session, home, key = story_hour(nanjing, places=1), homes.home(nanjing, mother), uuid4()
        row = sign_up(nanjing, session, home, mother, key=key)
        again = send(visit, session, household=home, children=codes(home), key=key)
        assert (again.status_code, again["Location"]) == (303, f"/me/sign-ups/{row.code}/")
        anew = send(visit, session, household=home, children=codes(home)).content.decode()
        assert f'href="/me/sign-ups/{row.code}/"' in anew

    def test_called_off_between_page_and_post(self, nanjing, mother, visit):
        session, home = story_hour(nanjing), homes.home(nanjing, mother)
        key = key_of(sheet(visit, session))
        with inside(nanjing):
            Session.objects.update(called_off_at=clock.now(), call_off_reason="停电")
        answer = send(visit, session, household=home, children=codes(home), key=key)
        assert (answer.status_code, made(nanjing), taken(nanjing, session)) == (422, [], (0, 0))

    def test_whoever_sits_in_it_still_finds_it_when_it_is_full(self, nanjing, mother, visit):
        session, home = story_hour(nanjing, places=1), homes.home(nanjing, mother)
        row = sign_up(nanjing, session, home, mother)
        assert f'href="/me/sign-ups/{row.code}/"' in sheet(visit, session)


class TestOnTheSessionsPage:
    def said(self, client, session):
        client.defaults["HTTP_HOST"] = "nanjing.test"
        page = client.get(f"/events/{session.code}/?{uuid4()}").content.decode()  # never a kept one
        found = re.findall(r'<p class="(?:event-sign-up|signup-left)".*?</p>', page, re.DOTALL)
        text = re.sub(r"\s+", " ", re.sub("<[^>]+>", "", " ".join(found))).strip()
        return text, f'href="/events/{session.code}/sign-up/"' in page

    @pytest.mark.parametrize(
        ("terms", "places", "told"),
        [
            ({}, 20, ("余 20 / 20", True)),
            ({}, None, ("不限名额", True)),
            ({"course": "chosen"}, 20, ("余 20 / 20 系列课：可以一次选好几天。", True)),
            ({"course": "whole"}, 20, ("余 20 / 20 系列课：整期一起报名。", True)),
            (
                {"approval": True, "most_sessions": 2},
                20,
                ("余 20 / 20 限次：每个家庭每月 2 场。 报名后由图书馆审核。", True),
            ),
            ({"way": Way.FREE}, 20, ("无需报名，直接前来", False)),
            ({"way": Way.PHONE}, 20, ("请到馆报名", False)),
            ({"closes_hours": 96}, 20, ("余 20 / 20 报名已截止", False)),
        ],
    )
    def test_it_says_how_one_takes_part(self, nanjing, client, terms, places, told):
        assert self.said(client, story_hour(nanjing, terms=terms, places=places)) == told

    def test_it_says_when_it_opens(self, nanjing, client):
        told, has_button = self.said(client, story_hour(nanjing, terms={"opens_days": 1}))
        assert (re.sub(r"\d+月\d+日", "某日", told), has_button) == ("余 20 / 20 某日 09:00 开始报名", False)

    def test_full_is_said(self, nanjing, client, mother):
        session = story_hour(nanjing, places=1)
        assert self.said(client, session) == ("余 1 / 1", True)
        sign_up(nanjing, session, homes.home(nanjing, mother), mother)
        assert self.said(client, session) == ("已满 共 1 个名额 · 暂无人候补", True)
        with inside(nanjing):
            Terms.objects.update(waits=False)
        kept_pages.forget()
        assert self.said(client, session) == ("已满 共 1 个名额", False)

    def test_by_telephone_with_the_number(self, nanjing, client):
        session = story_hour(nanjing, terms={"way": Way.PHONE}, phone="025-8888")
        assert self.said(client, session) == ("电话或到馆报名： 025-8888", False)

    def test_nothing_where_it_is_called_off_over_or_without_terms(self, nanjing, client):
        session = story_hour(nanjing)
        with time_machine.travel(session.ends_at + timedelta(minutes=1)):
            assert self.said(client, session) == ("", False)
        with inside(nanjing):
            Session.objects.update(called_off_at=clock.now(), call_off_reason="停电")
        assert self.said(client, session) == ("", False)
        with inside(nanjing):
            Session.objects.update(called_off_at=None, call_off_reason="")
            Terms.objects.all().delete()
        assert self.said(client, session) == ("20 个名额", False)

    def test_it_costs_no_statement_and_is_kept(self, nanjing, client, django_assert_max_num_queries):
        session = story_hour(nanjing)
        client.defaults["HTTP_HOST"] = "nanjing.test"
        client.get("/events/")
        with django_assert_max_num_queries(12):
            assert client.get(f"/events/{session.code}/").siji_keep is True


def test_who_meets_outside_accepts_the_notice(nanjing, mother, visit):
    session, home = story_hour(nanjing), homes.home(nanjing, mother)
    with inside(nanjing):
        notice = SafetyNotice.objects.create(title="户外活动须知", text="请穿好走的鞋。")
        Session.objects.update(safety_notice=notice)
    page = sheet(visit, session)
    assert ("请穿好走的鞋。" in page, f'name="accepts" value="{notice.pk}"' in page) == (True, True)
    answer = send(visit, session, household=home, children=codes(home))
    assert (answer.status_code, "户外活动须知" in answer.content.decode(), made(nanjing)) == (422, True, [])
    assert send(visit, session, household=home, children=codes(home), accepts=notice.pk).status_code == 303
    assert made(nanjing)[0].accepted_id == notice.pk
