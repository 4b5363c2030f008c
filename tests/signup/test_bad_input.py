"""What families really send: a month too early, a minute too late, from another tab, too much of it, in rare characters."""

import io
from datetime import timedelta

import pypdfium2
import pytest
import time_machine
from openpyxl import load_workbook

from kit import clock
from networks.models import Area, Export, inside
from people.models import Child
from programmes.planning.models import Session
from programmes.signup.choices import Ending, State
from programmes.signup.commands.changing import cancel
from programmes.signup.models import Registration, Terms
from tests.browsers import browser, person
from tests.people import homes
from tests.people.family import words
from tests.signup.signing import another, family, sign_up, story_hour, taken, wait
from tests.signup.test_sheet import codes, key_of, made, new_child, send, sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def mother(nanjing):
    return person(nanjing, "13800138010", name="王芳")


@pytest.fixture
def home(nanjing, mother):
    return homes.home(nanjing, mother)


@pytest.fixture
def visit(mother):
    return browser(mother)


# --- Too early, too late -------------------------------------------------------------------


def test_a_day_decides_whether_a_child_is_old_enough(nanjing, home, visit):
    """On the last day of a month it is a month too young, on the next day it is not."""
    at = clock.now().astimezone(nanjing.zone)
    first = (at.replace(day=1, hour=10, minute=0) + timedelta(days=70)).replace(day=1)
    young = story_hour(nanjing)
    able = another(nanjing, young.activity)
    with inside(nanjing):
        for session, starts_at in ((young, first - timedelta(days=1)), (able, first)):
            ends_at = starts_at + timedelta(hours=1)
            times = {"starts_at": starts_at, "ends_at": ends_at, "occupies": (starts_at, ends_at)}
            Session.objects.filter(pk=session.pk).update(**times)
        Child.objects.update(birth_month=first.date().replace(year=first.year - 3))
    late = send(visit, young, household=home, children=codes(home))
    assert (late.status_code, "不在年龄内" in words(late), made(nanjing)) == (422, True, [])
    assert send(visit, able, household=home, children=codes(home)).status_code == 303
    assert (taken(nanjing, young), taken(nanjing, able)) == ((0, 0), (1, 1))


def test_the_time_runs_out_between_the_page_and_the_button(nanjing, home, visit):
    session = story_hour(nanjing, terms={"closes_hours": 24})
    key = key_of(sheet(visit, session))
    with time_machine.travel(session.starts_at - timedelta(hours=24)):
        answer = send(visit, session, household=home, children=codes(home), key=key)
    assert (answer.status_code, "报名已截止" in words(answer)) == (422, True)
    assert f'href="/events/{session.code}/#others"' in answer.content.decode()
    assert (made(nanjing), taken(nanjing, session)) == ([], (0, 0))


def test_called_off_while_a_first_visit_was_being_typed_it_says_so(nanjing, visit):
    session = story_hour(nanjing)
    key = key_of(sheet(visit, session))
    with inside(nanjing):
        Session.objects.update(called_off_at=clock.now(), call_off_reason="停电")
    answer = send(visit, session, key=key, **new_child(name="王小雨"), role="guardian")
    assert (answer.status_code, "已取消" in words(answer), made(nanjing)) == (422, True, [])


def test_the_way_to_come_was_changed_while_the_page_was_open(nanjing, home, visit):
    session = story_hour(nanjing)
    key = key_of(sheet(visit, session))
    with inside(nanjing):
        Terms.objects.all().delete()
    answer = send(visit, session, household=home, children=codes(home), key=key)
    assert (answer.status_code, "确认报名" in answer.content.decode(), made(nanjing)) == (422, False, [])


# --- Two tabs ------------------------------------------------------------------------------


@pytest.fixture
def invited(nanjing, home, mother):
    session = story_hour(nanjing, places=1)
    holder = sign_up(nanjing, session, *family(nanjing))
    row = wait(nanjing, session, home, mother)
    with inside(nanjing):
        cancel(registration=holder, by=holder.by, at=clock.now())
        return Registration.objects.get(pk=row.pk)


def says(visit, row, answer):
    return visit.post(f"/me/sign-ups/{row.code}/answer/", {"answer": answer})


def stands(row):
    with inside(row.network):
        found = Registration.objects.get(pk=row.pk)
        return found.ending or found.state


def test_an_invitation_that_was_left_open_too_long(nanjing, invited, visit):
    assert 'value="accept"' in visit.get(f"/me/sign-ups/{invited.code}/").content.decode()
    with time_machine.travel(invited.invited_until):
        late = says(visit, invited, "accept")
    assert (late.status_code, "已过确认时间" in words(late)) == (422, True)
    assert stands(invited) == State.INVITED


@pytest.mark.parametrize(
    ("answers", "end"),
    [
        (("accept", "accept"), (303, State.HOLDS, 1)),
        (("accept", "decline"), (422, State.HOLDS, 1)),
        (("decline", "accept"), (422, Ending.DECLINED, 0)),
        (("decline", "decline"), (303, Ending.DECLINED, 0)),
    ],
)
def test_the_same_invitation_in_two_tabs(nanjing, invited, visit, answers, end):
    assert says(visit, invited, answers[0]).status_code == 303
    again = says(visit, invited, answers[1])
    assert (again.status_code, stands(invited), taken(nanjing, invited.session)[0]) == end
    if again.status_code == 422:
        page = again.content.decode()
        assert ('value="accept"' in page, 'data-kind="bad"' in page) == (False, True)


def test_an_answer_that_is_neither_changes_nothing(invited, visit):
    assert (says(visit, invited, "maybe").status_code, stands(invited)) == (200, State.INVITED)


# --- Too much ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sent",
    [
        {"adults": "99999999999999999999"},
        {"adults": "-1"},
        {"adults": "一"},
        {"request_key": "x" * 10_000},
        {"children": ["x" * 10_000] * 50},
        {"days": ["x" * 10_000] * 50},
        {"waits": "x" * 10_000},
        {"accepts": "\x00"},
        {"children": ["\x00"]},
    ],
    ids=lambda sent: f"{next(iter(sent))}={next(iter(sent.values()))!s:.12}",
)
def test_what_no_page_sends_is_refused_and_breaks_nothing(nanjing, home, visit, sent):
    session = story_hour(nanjing)
    answer = visit.post(
        f"/events/{session.code}/sign-up/",
        {"household": home.code, "children": codes(home), "adults": "0", "request_key": "", **sent},
    )
    assert (answer.status_code, made(nanjing), taken(nanjing, session)) == (422, [], (0, 0))


@pytest.mark.parametrize("name", ["字" * 10_000, "王\x00小雨", " \u3000 ", "\u200b\u200b"])
def test_a_name_that_is_none_is_said_beside_it(nanjing, visit, name):
    session = story_hour(nanjing)
    answer = send(visit, session, **new_child(name=name), role="guardian")
    assert (answer.status_code, 'class="field-errors"' in answer.content.decode()) == (422, True)
    with inside(nanjing):
        assert Child.objects.count() == 0


# --- Rare characters -----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["欧阳㛃䶮𬭎", "小虎🐯"])
def test_a_rare_name_stays_whole_from_the_sheet_to_the_door(nanjing, nanjing_cast, mother, visit, name):
    session = story_hour(nanjing)
    with inside(nanjing):
        Session.objects.update(area=Area.objects.get(name="鼓楼区"))
    signed = send(visit, session, **new_child(name=name), role="guardian")
    (row,) = made(nanjing)
    shown = [signed["Location"], f"/t/{row.ticket}/", "/me/sign-ups/", f"{signed['Location']}change/"]
    assert [path for path in shown if name not in visit.get(path).content.decode()] == []
    planner = nanjing_cast.client("planner")
    listed = planner.get(f"/plan/sessions/{session.code}/sign-ups/", {"q": name}).content.decode()
    assert name in listed.partition("<table")[2]
    drawn = planner.post(f"/plan/sessions/{session.code}/sign-ups/door-list/").content
    said = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(io.BytesIO(drawn)))
    assert name in "".join(said.split())
    asked = {"list": "signup.list", "query": f"session={session.code}", "purpose": "保险登记", "days": "7"}
    nanjing_cast.client("district").post("/plan/exports/new/", asked)
    with inside(nanjing), Export.objects.get().file.open() as file:
        assert name in [row[0] for row in load_workbook(file).active.values]
