"""The list of who comes: for whom, what it shows, that a look is noted, and that staff cancel for a family."""

import re
from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from kit import clock
from networks.models import Export, JournalLine, inside
from people.messages import CHILD_READ
from people.models import Child, Household, Person
from programmes.planning.commands.sessions import call_off
from programmes.planning.models import Session
from programmes.planning.steps.sessions import publish_sessions
from programmes.signup.choices import State
from programmes.signup.commands.changing import cancel, cancel_for
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


def page_of(browser, session, query=""):
    return browser.get(f"/plan/sessions/{session.code}/sign-ups/?{query}")


def numbers(response):
    found = re.findall(r"<dd>(.*?)</dd>", text(response).split("signup-numbers")[1].split("</dl>")[0])
    return [re.sub(r"<[^>]+>", "", one) for one in found]


def text(response):
    return " ".join(response.content.decode().split())


def test_the_planner_sees_who_comes_and_whom_to_call(nanjing, nanjing_cast, session, home, mother):
    with inside(nanjing):
        Child.objects.filter(name="小雨").update(needs="对花生过敏")
    made = sign_up(nanjing, session, home, mother, children=2, adults=1)
    with inside(nanjing):
        Child.objects.filter(name="小雨").update(birth_month=date(session.starts_at.year - 8, 1, 1))
    browser = nanjing_cast.client("planner")
    for page in (text(page_of(browser, session)), text(browser.get(f"/plan/sign-ups/{made.code}/"))):
        for words in ("2 个孩子，1 位大人", "小雨", "小宇", "8岁", "对花生过敏", "138 0013 8010"):
            assert words in page, words
    assert numbers(page_of(browser, session)) == ["2 / 20", "2", "1"]


def test_keeper_and_district_see_what_their_work_asks_for(nanjing, nanjing_cast, session, home, mother):
    """The keeper what a child needs and no telephone; the district the telephone, and needs only in the family's record."""
    with inside(nanjing):
        Child.objects.filter(name="小雨").update(needs="对花生过敏")
    sign_up(nanjing, session, home, mother)
    for part, seen in (("keeper", (True, True, False)), ("district", (True, False, True))):
        page = text(page_of(nanjing_cast.client(part), session))
        assert ("小雨" in page, "对花生过敏" in page, "138 0013 8010" in page) == seen, part


@pytest.mark.parametrize("part", ["reader", "other_district", "editor", "coordinator", "admin"])
def test_to_others_it_is_not_there(nanjing, nanjing_cast, session, part):
    made = sign_up(nanjing, session, *family(nanjing))
    browser = nanjing_cast.client(part)
    assert page_of(browser, session).status_code == 404
    assert browser.get(f"/plan/sign-ups/{made.code}/").status_code == 404


def test_the_list_is_narrowed_by_its_address(nanjing, nanjing_cast, session, home, mother):
    noted = sign_up(nanjing, session, home, mother)
    others = [sign_up(nanjing, session, *family(nanjing, name=name)) for name in ("李明", "张伟", "陈静")]
    with inside(nanjing):
        Registration.objects.filter(pk=others[0].pk).update(state=State.ASKED)
        Registration.objects.filter(pk=others[1].pk).update(state=State.WAITS, waits_from=clock.now())
        cancel_for(registration=others[2], reason="家长来电", by=nanjing_cast["planner"], at=clock.now())
    browser = nanjing_cast.client("keeper")
    browser.post(f"/plan/sign-ups/{noted.code}/note/", {"note": "爷爷来接"})
    found = {
        query: sorted(
            set(re.findall(r"/plan/sign-ups/([a-z0-9]+)/", page_of(browser, session, query).content.decode()))
        )
        for query in (
            "",
            "state=coming",
            "state=asked",
            "state=waiting",
            "state=ended",
            "with=note",
            "with=needs",
            "q=李明",
        )
    }
    codes = [noted.code, *(row.code for row in others)]
    assert found == {
        "": sorted(codes[:3]),
        "state=coming": [codes[0]],
        "state=asked": [codes[1]],
        "state=waiting": [codes[2]],
        "state=ended": [codes[3]],
        "with=note": [codes[0]],
        "with=needs": [],
        "q=李明": [codes[1]],
    }
    page = text(page_of(browser, session, "state=ended"))
    assert ("图书馆取消" in page, "家长来电" in page) == (True, True)


def test_a_note_is_kept_taken_away_and_not_in_the_journal(nanjing, nanjing_cast, session, home, mother):
    made = sign_up(nanjing, session, home, mother)
    browser, address = nanjing_cast.client("keeper"), f"/plan/sign-ups/{made.code}/note/"
    assert browser.post(address, {"note": "坐轮椅，留靠门的位子"})["Location"] == f"/plan/sign-ups/{made.code}/"
    assert "坐轮椅，留靠门的位子" in text(page_of(browser, session))
    assert browser.post(address, {"note": "x" * 201}).status_code == 422
    with inside(nanjing):
        line = JournalLine.objects.get(verb="signup.registration_noted")
        assert (line.actor_id, line.changed, line.values) == (nanjing_cast["keeper"].pk, ["note"], {})
    browser.post(address, {"note": ""})
    with inside(nanjing):
        assert Registration.objects.get().note == ""


def test_the_list_is_taken_out_with_a_purpose_and_telephones_for_those_who_see_them(
    nanjing, nanjing_cast, session, home, mother
):
    sign_up(nanjing, session, home, mother, adults=1)
    sign_up(nanjing, session, *family(nanjing, name="李明"))
    browser = nanjing_cast.client("district")
    asked = {"list": "signup.list", "query": f"session={session.code}&q=小雨", "purpose": "保险登记", "days": "7"}
    assert f"session={session.code}" in text(page_of(browser, session))
    assert browser.post("/plan/exports/new/", asked)["Location"] == "/plan/exports/"
    with inside(nanjing):
        kept = Export.objects.get()
        with kept.file.open() as file:
            rows = list(load_workbook(file).active.values)
    assert "保险登记" in rows[0][0]
    assert [row[:7] for row in rows[2:]] == [
        ("小雨", rows[2][1], "王芳", "138 0013 8010", 1, 1, 1),
        ("小雨", rows[3][1], "李明", None, 1, 0, 1),
    ]
    for part, answer in (("keeper", 403), ("other_district", 404)):
        assert nanjing_cast.client(part).post("/plan/exports/new/", asked).status_code == answer, part


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
    assert (told.status_code, 'signup-more" open' in text(told), taken(nanjing, session)) == (422, True, (1, 1))
    done = browser.post(f"/plan/sign-ups/{made.code}/cancel/", {"reason": "家长来电取消"})
    assert (done.status_code, done["Location"]) == (302, f"/plan/sessions/{session.code}/sign-ups/")
    assert "还没有人报名" in text(page_of(browser, session))
    assert ("家长来电取消" in text(page_of(browser, session, "state=ended")), taken(nanjing, session)) == (True, (0, 0))


def test_nobody_of_another_district_cancels(nanjing, nanjing_cast, session, home, mother):
    made = sign_up(nanjing, session, home, mother)
    for part in ("reader", "other_district"):
        answer = nanjing_cast.client(part).post(f"/plan/sign-ups/{made.code}/cancel/", {"reason": "x"})
        assert answer.status_code == 404
    assert taken(nanjing, session) == (1, 1)


def test_the_session_shows_how_many_and_leads_to_the_list(nanjing, nanjing_cast, session, home, mother):
    address = f"/plan/sessions/{session.code}/sign-ups/"
    sign_up(nanjing, session, home, mother)
    page = text(nanjing_cast.client("planner").get(f"/plan/sessions/{session.code}/"))
    assert ("1 / 20" in page, address in page) == (True, True)
    page = text(nanjing_cast.client("coordinator").get(f"/plan/sessions/{session.code}/"))
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
    browser = nanjing_cast.client("keeper")
    assert ("这场活动已取消" in text(page_of(browser, session)), numbers(page_of(browser, session))) == (
        True,
        ["1 / 20", "1", "0"],
    )
    assert "家庭取消" in text(page_of(browser, session, "state=ended"))


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
