"""A sensitive question: answers are for those who run or plan the session, on every way out; the rest of the staff learn nothing."""

import io
import re
from dataclasses import replace
from uuid import uuid4

import pypdfium2
import pytest
from openpyxl import load_workbook

from kit import clock
from networks.models import Export, inside
from programmes.planning.commands.activities import copy_activity
from programmes.planning.models import Session
from programmes.signup.choices import AGREED, QuestionKind, State
from programmes.signup.commands.questions import FIELDS, change_question
from programmes.signup.commands.registering import register
from programmes.signup.models import Question, Registration, Terms
from tests.people import homes
from tests.signup.asking import ask
from tests.signup.signing import party, story_hour

pytestmark = pytest.mark.django_db

# Of the staff who receive the families of a session, whether each may see what a child needs.
STAFF = (("planner", True), ("keeper", True), ("district", False))


@pytest.fixture
def session(nanjing, nanjing_cast):
    """In the keeper's district."""
    made = story_hour(nanjing)
    with inside(nanjing):
        Session.objects.filter(pk=made.pk).update(area=nanjing_cast["keeper"].grants.get().area_id)
        return Session.objects.get(pk=made.pk)


@pytest.fixture
def asked(nanjing, session):
    with inside(nanjing):
        allergic = ask(session, 1, QuestionKind.CONSENT, label="对食物过敏", per_child=True, is_guarded=True)
        more = {"condition": allergic, "condition_value": AGREED, "per_child": True}
        what = ask(session, 2, label="对什么过敏", is_required=True, is_guarded=True, **more)
        shirt = ask(session, 3, label="衣服尺码")
        return allergic, what, shirt


@pytest.fixture
def made(nanjing, nanjing_cast, session, asked):
    allergic, what, shirt = asked
    mother = nanjing_cast["reader"]
    household = homes.home(nanjing, mother)
    (child,) = homes.children_of(household)
    said = {(allergic.pk, child.code): AGREED, (what.pk, child.code): "花生", (shirt.pk, ""): "小号"}
    with inside(nanjing):
        chosen = replace(party(household), answers=said)
        return register(
            household=household, session=session, party=chosen, by=mother, request_key=uuid4(), at=clock.now()
        )


@pytest.fixture(params=STAFF, ids=[part for part, _sees in STAFF])
def who(request, nanjing_cast):
    """A browser of theirs, and whether they may see it."""
    part, sees = request.param
    return nanjing_cast.client(part), sees


def text(response):
    return " ".join(response.content.decode().split())


class TestStaff:
    def test_read_it_on_the_familys_page_or_that_there_is_something(self, made, who):
        browser, sees = who
        page = text(browser.get(f"/plan/sign-ups/{made.code}/"))
        found = ("花生" in page, "对什么过敏" in page, "小号" in page, "另有回答只给" in page)
        assert found == (sees, sees, True, not sees)

    def test_read_it_where_they_approve(self, nanjing, session, made, who):
        browser, sees = who
        with inside(nanjing):
            Registration.objects.filter(pk=made.pk).update(state=State.ASKED)
        page = text(browser.get(f"/plan/sessions/{session.code}/sign-ups/approval/"))
        assert ("花生" in page, "小号" in page) == (sees, True)

    def test_find_it_on_the_door_list(self, session, made, who):
        """There stands only what one needs to know on the day."""
        browser, sees = who
        answer = browser.post(f"/plan/sessions/{session.code}/sign-ups/door-list/")
        book = pypdfium2.PdfDocument(io.BytesIO(answer.content))
        said = "".join("".join(page.get_textpage().get_text_range().split()) for page in book)
        assert ("对什么过敏：花生" in said, "小雨" in said, "小号" in said) == (sees, True, False)

    def test_do_not_learn_by_what_is_still_open(self, nanjing, made, who):
        browser, sees = who
        with inside(nanjing):
            made.answers.filter(question__label="对什么过敏").delete()
        page = text(browser.get(f"/plan/sign-ups/{made.code}/"))
        assert ("尚未回答" in page, "对什么过敏" in page) == (sees, sees)


@pytest.mark.parametrize("who", [STAFF[0], STAFF[2]], ids=["planner", "district"], indirect=True)
def test_it_is_taken_out_by_those_who_may_see_it(nanjing, session, made, who):
    """The keeper takes nothing out at all."""
    browser, sees = who
    asked = {"list": "signup.list", "query": f"session={session.code}", "purpose": "保险登记", "days": "7"}
    browser.post("/plan/exports/new/", asked)
    with inside(nanjing):
        kept = Export.objects.get()
        with kept.file.open() as file:
            _about, heads, row = load_workbook(file).active.values
    told = dict(zip(heads[10:], row[10:], strict=True))
    of_child = {"对食物过敏": "小雨：已同意", "对什么过敏": "小雨：花生"}
    assert told == ({**of_child, "衣服尺码": "小号"} if sees else {"衣服尺码": "小号"})


class TestFamilies:
    def test_read_below_the_question_who_reads_it_and_what_they_said(self, nanjing_cast, session, made):
        browser = nanjing_cast.client("reader")
        page = browser.get(f"/me/sign-ups/{made.code}/change/").content.decode()
        helps = re.findall(r'<p class="field-help" id="f\w+_q\d+-?\w*_helptext">(.*?)</p>', page, re.DOTALL)
        assert ["只有需要了解的工作人员能看到。" in one for one in helps] == [True, True]
        mine = text(browser.get(f"/me/sign-ups/{made.code}/"))
        assert ("花生" in mine, "小号" in mine) == (True, True)


class TestPlanners:
    def form(self, question, **more):
        kept = {"label": question.label, "kind": question.kind, "per_child": "on", "is_guarded": "on"}
        when = f"{question.condition_id}|{question.condition_value}" if question.condition_id else ""
        sent = {**kept, "when": when, **more}
        return {name: value for name, value in sent.items() if value is not None}

    def test_what_hangs_on_it_is_for_few_as_well(self, nanjing, nanjing_cast, asked):
        allergic, what, _shirt = asked
        browser = nanjing_cast.client("planner")
        refused = browser.post(f"/plan/sign-up-questions/{what.pk}/", self.form(what, is_guarded=None))
        assert (refused.status_code, "所以这个也要这样设" in text(refused)) == (422, True)
        with inside(nanjing):
            Question.objects.update(is_guarded=False)
        refused = browser.post(f"/plan/sign-up-questions/{allergic.pk}/", self.form(allergic))
        assert (refused.status_code, "没有限定查看的人" in text(refused)) == (422, True)
        assert browser.post(f"/plan/sign-up-questions/{what.pk}/", self.form(what)).status_code == 302
        assert browser.post(f"/plan/sign-up-questions/{allergic.pk}/", self.form(allergic)).status_code == 302
        with inside(nanjing):
            assert list(Question.objects.order_by("place").values_list("is_guarded", flat=True)) == [True, True, False]

    def test_once_it_is_for_few_so_is_what_was_answered_before(self, nanjing, nanjing_cast, session, asked, made):
        """Each version is answered; and a question that is opened again opens nothing that was answered."""
        planner, changes = nanjing_cast["planner"], ({"label": "尺码"}, {"is_guarded": True}, {"is_guarded": False})
        with inside(nanjing):
            for change, value in zip(changes, ("中号", "大号", "特大号"), strict=True):
                row = Question.objects.get(place=3, retired_at=None)
                values = {name: getattr(row, name) for name in FIELDS} | change
                new = change_question(question=row, values=values, by=planner, at=clock.now())
                made.answers.create(question=new, value=value)
            versions = Question.objects.filter(place=3).order_by("pk").values_list("is_guarded", flat=True)
            assert list(versions) == [True, True, True, False]
        page = text(nanjing_cast.client("district").get(f"/plan/sign-ups/{made.code}/"))
        assert ([one in page for one in ("小号", "中号", "特大号")], "另有回答只给" in page) == (
            [False, False, True],
            True,
        )

    def test_a_copy_of_the_activity_keeps_it(self, nanjing, nanjing_cast, session, asked):
        with inside(nanjing):
            home = session.activity
            copy = copy_activity(
                activity=home, programme=home.programme, title="小种子（二）", by=nanjing_cast["planner"]
            )
            kept = Question.objects.filter(terms=Terms.objects.get(activity=copy)).order_by("place")
            assert list(kept.values_list("is_guarded", flat=True)) == [True, True, False]
