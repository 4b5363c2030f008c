"""The list of who comes: for whom, what it shows, that a look is noted, and that staff cancel for a family."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from kit import clock
from networks.models import JournalLine, inside
from people.messages import CHILD_READ
from people.models import Child, Household, Person
from programmes.planning.commands.sessions import call_off
from programmes.planning.models import Session
from programmes.planning.steps.sessions import publish_sessions
from programmes.signup.commands.changing import cancel
from programmes.signup.models import Registration, Terms
from tests.people import homes
from tests.planning import plans
from tests.signup.signing import SOON, family, sign_up, taken

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(nanjing, nanjing_cast):
    """In a room of the keeper's district."""
    with inside(nanjing):
        nanjing_cast["keeper"]
        room = plans.room()
        start = clock.now() + SOON
        activity = plans.activity(programme=plans.programme(year=start.year))
        Terms.objects.create(activity=activity)
        made = plans.session(start, activity=activity, room=room)
        with transaction.atomic():
            publish_sessions([made], by=None, at=clock.now())
        return Session.objects.get(pk=made.pk)


@pytest.fixture
def mother(nanjing_cast):
    return nanjing_cast["reader"]


@pytest.fixture
def home(nanjing, mother):
    return homes.home(nanjing, mother, children=2)


def page_of(browser, session):
    return browser.get(f"/plan/sessions/{session.code}/sign-ups/")


def text(response):
    return " ".join(response.content.decode().split())


def test_the_planner_sees_who_comes_and_whom_to_call(nanjing, nanjing_cast, session, home, mother):
    with inside(nanjing):
        Child.objects.filter(name="小雨").update(needs="对花生过敏")
    sign_up(nanjing, session, home, mother, children=2, adults=1)
    with inside(nanjing):
        Child.objects.filter(name="小雨").update(birth_month=date(session.starts_at.year - 8, 1, 1))
    page = text(page_of(nanjing_cast.client("planner"), session))
    for words in (
        "报名 1 组",
        "2 个名额 / 20",
        "2 个孩子，1 位大人",
        "小雨",
        "小宇",
        "8岁",
        "请留意",
        "对花生过敏",
        "138 0013 8010",
    ):
        assert words in page, words


def test_the_keeper_sees_who_comes_but_no_telephone(nanjing, nanjing_cast, session, home, mother):
    sign_up(nanjing, session, home, mother)
    page = text(page_of(nanjing_cast.client("keeper"), session))
    assert ("小雨" in page, "138 0013 8010" in page, "door-phone" in page) == (True, False, False)


@pytest.mark.parametrize("part", ["reader", "district", "editor", "coordinator", "admin"])
def test_to_others_it_is_not_there(nanjing_cast, session, part):
    assert page_of(nanjing_cast.client(part), session).status_code == 404


def test_each_look_leaves_a_line_for_each_child_once_in_an_hour(nanjing, nanjing_cast, session, home, mother):
    sign_up(nanjing, session, home, mother, children=2)
    browser = nanjing_cast.client("keeper")
    page_of(browser, session)
    page_of(browser, session)
    with inside(nanjing):
        lines = JournalLine.objects.filter(verb=CHILD_READ)
        assert [(line.actor_id, line.values) for line in lines] == [
            (nanjing_cast["keeper"].pk, {"where": "roster"})
        ] * 2
        assert {line.reason.endswith("报名名单") for line in lines} == {True}
    page_of(nanjing_cast.client("planner"), session)
    with inside(nanjing):
        assert JournalLine.objects.filter(verb=CHILD_READ).count() == 4


def test_staff_cancel_with_a_reason(nanjing, nanjing_cast, session, home, mother):
    made = sign_up(nanjing, session, home, mother)
    browser = nanjing_cast.client("keeper")
    told = browser.post(f"/plan/sign-ups/{made.code}/cancel/", {"reason": " "})
    assert (told.status_code, 'door-cancel" open' in text(told), taken(nanjing, session)) == (422, True, (1, 1))
    done = browser.post(f"/plan/sign-ups/{made.code}/cancel/", {"reason": "家长来电取消"})
    assert (done.status_code, done["Location"]) == (302, f"/plan/sessions/{session.code}/sign-ups/")
    page = text(page_of(browser, session))
    assert ("还没有人报名" in page, "家长来电取消" in page, taken(nanjing, session)) == (True, True, (0, 0))


def test_nobody_of_another_district_cancels(nanjing, nanjing_cast, session, home, mother):
    made = sign_up(nanjing, session, home, mother)
    for part in ("district", "reader", "other_district"):
        answer = nanjing_cast.client(part).post(f"/plan/sign-ups/{made.code}/cancel/", {"reason": "x"})
        assert answer.status_code == 404
    assert taken(nanjing, session) == (1, 1)


def test_the_session_shows_how_many_and_leads_to_the_list(nanjing, nanjing_cast, session, home, mother):
    address = f"/plan/sessions/{session.code}/sign-ups/"
    sign_up(nanjing, session, home, mother)
    page = text(nanjing_cast.client("planner").get(f"/plan/sessions/{session.code}/"))
    assert ("1 / 20" in page, address in page) == (True, True)
    page = text(nanjing_cast.client("district").get(f"/plan/sessions/{session.code}/"))
    assert ("1 / 20" in page, address in page) == (True, False)
    with inside(nanjing):
        Terms.objects.all().delete()
        Registration.objects.update(ended_at=clock.now(), ending="erased")
    page = text(nanjing_cast.client("planner").get(f"/plan/sessions/{session.code}/"))
    assert "1 / 20" in page


def test_of_a_session_called_off_the_list_stays(nanjing, nanjing_cast, session, home, mother):
    made = sign_up(nanjing, session, home, mother)
    other, father = family(nanjing)
    sign_up(nanjing, session, other, father)
    with inside(nanjing):
        cancel(registration=made, by=mother, at=clock.now())
        call_off(sessions=[session], reason="停电", by=nanjing_cast["planner"], at=clock.now())
    page = text(page_of(nanjing_cast.client("keeper"), session))
    assert ("报名 1 组" in page, "家庭取消" in page, "这场活动已取消" in page) == (True, True, True)


def test_the_list_takes_the_same_statements_for_one_and_for_four(nanjing, nanjing_cast, session):
    browser = nanjing_cast.client("planner")

    def asked():
        page_of(browser, session)
        with CaptureQueriesContext(connection) as found:
            page_of(browser, session)
        return len(found)

    sign_up(nanjing, session, *family(nanjing))
    one = asked()
    for _number in range(3):
        sign_up(nanjing, session, *family(nanjing, children=2), children=2)
    assert asked() == one
    with inside(nanjing):
        assert (Household.objects.count(), Person.objects.filter(name="王芳").count()) == (4, 4)
