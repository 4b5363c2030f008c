"""An activity's own questions: edited by planners, answered by families, kept and forgotten with the registration."""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kit import clock
from kit.refusals import Refused
from networks.models import inside
from people.commands.erasing import erase_child, erase_family
from people.queries.ownership import owner_of
from people.registers import holdings
from programmes.planning.commands.activities import copy_activity
from programmes.signup.choices import AGREED, QuestionKind
from programmes.signup.commands.changing import change_party
from programmes.signup.commands.registering import register
from programmes.signup.models import Answer, Question, Registration, Terms
from programmes.signup.rules.answers import against_answers, kept
from programmes.signup.steps.parties import Party
from tests.browsers import browser, person
from tests.people import homes
from tests.people.family import child_form
from tests.signup.asking import ask
from tests.signup.signing import sign_up, story_hour, taken

pytestmark = pytest.mark.django_db

RARE = "㛃䶮𬭎和小雨🎒"


@pytest.fixture
def mother(nanjing):
    return person(nanjing, "13800138010", name="王芳")


@pytest.fixture
def visit(mother):
    return browser(mother)


@pytest.fixture
def home(nanjing, mother):
    return homes.home(nanjing, mother, children=2)


@pytest.fixture
def camp(nanjing):
    return story_hour(nanjing)


@pytest.fixture
def asked(nanjing, camp):
    """Size of a shirt and allergies for each child, how they come for the family, and which bus if by bus."""
    with inside(nanjing):
        way = ask(camp, 1, QuestionKind.CHOICE, label="怎么来", choices=["自己来", "坐班车"], is_required=True)
        return {
            "way": way,
            "bus": ask(camp, 2, label="哪一站上车", is_required=True, condition=way, condition_value="坐班车"),
            "size": ask(
                camp, 3, QuestionKind.NUMBER, label="身高", per_child=True, is_required=True, least=80, most=160
            ),
            "note": ask(camp, 4, QuestionKind.LONG, label="想说的话"),
            "agrees": ask(camp, 5, QuestionKind.CONSENT, label="同意听从安排", is_required=True),
        }


def text(response):
    return " ".join(response.content.decode().split())


def answers_to(asked, children, **changed):
    said = {"way": "自己来", "size": "120", "agrees": "on", **changed}
    found = {}
    for name, value in said.items():
        for code in [child.code for child in children] if asked[name].per_child else [""]:
            found[f"q{asked[name].pk}" + (f"-{code}" if code else "")] = value
    return found


def send(visit, session, home, children, **more):
    data = {"household": home.code, "children": [child.code for child in children], "adults": 0, "request_key": uuid4()}
    return visit.post(f"/events/{session.code}/sign-up/", {**data, **more})


def given(network):
    with inside(network):
        rows = Answer.objects.order_by("question__place", "seat__child__pk").select_related("question", "seat__child")
        return [(row.question.label, row.seat.child.name if row.seat else "", row.value) for row in rows]


class TestAFamily:
    def test_answers_on_the_sheet_and_reads_it_again(self, nanjing, camp, asked, home, visit):
        page = text(visit.get(f"/events/{camp.code}/sign-up/"))
        assert ("关于小雨" in page, "仅当“怎么来”选“坐班车”时" in page) == (True, True)
        first, _second = children = homes.children_of(home)
        more = answers_to(asked, children, way="坐班车", bus="南门", note=RARE)
        more[f"q{asked['size'].pk}-{first.code}"] = "１０５"
        answer = send(visit, camp, home, children, **more)
        assert answer.status_code == 303, text(answer)
        assert given(nanjing) == [
            ("怎么来", "", "坐班车"),
            ("哪一站上车", "", "南门"),
            ("身高", "小雨", "105"),
            ("身高", "小宇", "120"),
            ("想说的话", "", RARE),
            ("同意听从安排", "", AGREED),
        ]
        mine = text(visit.get(answer["Location"]))
        assert (RARE in mine, "小雨 · 身高" in mine) == (True, True)

    def test_what_is_missing_or_wrong_is_said_at_its_place_and_nothing_is_lost(self, nanjing, camp, asked, home, visit):
        (first, second), long = homes.children_of(home), "字" * 10_000
        more = answers_to(asked, [first], way="坐班车", size="79", note=long)
        del more[f"q{asked['agrees'].pk}"]
        answer = send(visit, camp, home, [first], **more)
        page = answer.content.decode()
        wrong = set(re.findall(r'id="f\w+_(q[\d\w-]+)_error"', page))
        names = {f"q{asked[name].pk}" for name in ("bus", "note", "agrees")} | {f"q{asked['size'].pk}-{first.code}"}
        assert (answer.status_code, wrong) == (422, names)
        assert ("最多 2000 个字，您写了 10000 个字。" in page, long in page, 'value="79"' in page) == (True, True, True)
        assert (given(nanjing), taken(nanjing, camp)) == ([], (0, 0))
        assert f"q{asked['size'].pk}-{second.code}_error" not in page

    def test_nothing_but_children_sent_does_not_slip_past_the_questions(self, nanjing, camp, asked, home, visit):
        assert send(visit, camp, home, homes.children_of(home)[:1]).status_code == 422
        assert taken(nanjing, camp) == (0, 0)

    def test_a_child_added_on_the_way_is_asked_too(self, nanjing, camp, asked, mother, visit):
        more = {f"child1-{name}": value for name, value in child_form().items()}
        more |= answers_to(asked, []) | {f"q{asked['size'].pk}-child1": "abc", "role": "guardian"}
        data = {"household": "", "adults": 0, "request_key": uuid4(), **more}
        address = f"/events/{camp.code}/sign-up/"
        refused = visit.post(address, data)
        assert (refused.status_code, "请填一个整数" in text(refused)) == (422, True)
        assert visit.post(address, data | {f"q{asked['size'].pk}-child1": "99"}).status_code == 303
        assert [value for label, _name, value in given(nanjing) if label == "身高"] == ["99"]

    def test_answers_change_with_who_comes(self, nanjing, camp, asked, home, visit):
        _first, second = children = homes.children_of(home)
        made = send(visit, camp, home, children, **answers_to(asked, children, note="一起坐"))["Location"]
        page = visit.get(f"{made}change/").content.decode()
        assert (page.count('value="120"'), "一起坐" in page) == (2, True)
        more = answers_to(asked, [second], way="坐班车", bus="北门", size="130")
        with inside(nanjing):
            key = Registration.objects.get().request_key
        data = {"household": home.code, "children": [second.code], "adults": 0, "request_key": key, **more}
        assert visit.post(f"{made}change/", data).status_code == 303
        assert given(nanjing) == [
            ("怎么来", "", "坐班车"),
            ("哪一站上车", "", "北门"),
            ("身高", second.name, "130"),
            ("同意听从安排", "", AGREED),
        ]

    def test_a_question_changed_meanwhile_is_asked_again(self, nanjing, camp, asked, home, visit):
        children = homes.children_of(home)[:1]
        more = answers_to(asked, children, note="还在写")
        with inside(nanjing):
            old = asked["note"]
            Question.objects.filter(pk=old.pk).update(retired_at=clock.now())
            new = ask(camp, 4, QuestionKind.LONG, label="给老师的话", replaces=old)
        answer = send(visit, camp, home, children, **more)
        assert (answer.status_code, "刚刚改过" in text(answer), "还在写" in text(answer)) == (422, True, True)
        assert send(visit, camp, home, children, **more, **{f"q{new.pk}": "写好了"}).status_code == 303
        assert ("给老师的话", "", "写好了") in given(nanjing)


class TestThePlanner:
    @pytest.fixture
    def planner(self, nanjing_cast):
        return nanjing_cast.client("planner")

    def test_asks_orders_and_retires(self, nanjing, camp, planner):
        address = f"/plan/activities/{camp.activity_id}/sign-up/questions/"
        few = planner.post(address, {"label": "怎么来", "kind": "choice", "choices": "自己来"})
        assert (few.status_code, "至少两项" in text(few), "自己来" in text(few)) == (422, True, True)
        planner.post(address, {"label": "怎么来", "kind": "choice", "choices": "自己来\n坐班车\n"})
        with inside(nanjing):
            way = Question.objects.get()
        assert planner.post(address, {"label": "站名", "kind": "text", "when": f"{way.pk}|坐班车"}).status_code == 302
        planner.post(address, {"label": "人数", "kind": "number", "least": "1", "choices": "x"})
        with inside(nanjing):
            way, stop, number = Question.objects.order_by("place")
            assert (stop.condition_id, number.least, number.choices) == (way.pk, 1, [])
        up = planner.post(f"/plan/sign-up-questions/{stop.pk}/up/")
        assert (up.status_code, "排在它后面" in text(up)) == (422, True)
        gone = planner.post(f"/plan/sign-up-questions/{way.pk}/retire/")
        assert (gone.status_code, "只在这里选“坐班车”时才问" in text(gone)) == (422, True)
        planner.post(f"/plan/sign-up-questions/{number.pk}/up/")
        planner.post(f"/plan/sign-up-questions/{stop.pk}/retire/")
        page = text(planner.get(address))
        assert (page.index("怎么来") < page.index("人数"), "站名" in page) == (True, False)
        for one in (way, number):
            planner.post(f"/plan/sign-up-questions/{one.pk}/retire/")
        with inside(nanjing):
            assert not Terms.objects.get().asks

    def test_changes_words_in_place_until_somebody_has_answered(self, camp, asked, home, mother, planner):
        address = f"/plan/sign-up-questions/{asked['way'].pk}/"
        form = {"label": "怎样来", "kind": "choice", "choices": "自己来\n坐班车", "is_required": "on"}
        assert planner.post(address, form).status_code == 302
        children = homes.children_of(home)[:1]
        said = {(asked[name].pk, ""): value for name, value in (("way", "自己来"), ("agrees", AGREED))}
        said[asked["size"].pk, children[0].code] = "100"
        with inside(camp.network):
            assert (Question.objects.count(), Question.objects.get(pk=asked["way"].pk).label) == (5, "怎样来")
            party = Party((children[0].code,), 0, answers=said)
            register(household=home, session=camp, party=party, by=mother, request_key=uuid4(), at=clock.now())
        assert "已有家庭回答过" in text(planner.get(address))
        assert (
            planner.post(address, {**form, "label": "怎么过来", "choices": "自己来\n坐班车\n骑车"}).status_code == 302
        )
        with inside(camp.network):
            new = Question.objects.get(label="怎么过来")
            assert (new.replaces_id, Question.objects.get(pk=asked["bus"].pk).condition_id) == (asked["way"].pk, new.pk)
            assert Answer.objects.get(value="自己来").question.label == "怎样来"
        lost = planner.post(f"/plan/sign-up-questions/{new.pk}/", {**form, "choices": "自己来\n骑车"})
        assert (lost.status_code, "只在这里选“坐班车”时才问" in text(lost)) == (422, True)

    def test_takes_questions_along_to_a_copy(self, nanjing, camp, asked, nanjing_cast):
        with inside(nanjing):
            activity = camp.activity
            copy = copy_activity(
                activity=activity, programme=activity.programme, title="又一次", by=nanjing_cast["planner"]
            )
            rows = list(Question.objects.filter(terms__activity=copy).order_by("place"))
            assert [row.label for row in rows] == ["怎么来", "哪一站上车", "身高", "想说的话", "同意听从安排"]
            assert (rows[1].condition_id, Terms.objects.get(activity=copy).asks) == (rows[0].pk, True)

    def test_reads_answers_where_she_approves(self, camp, asked, home, visit, planner):
        with inside(camp.network):
            Terms.objects.update(approval=True)
        children = homes.children_of(home)[:1]
        send(visit, camp, home, children, **answers_to(asked, children, note=RARE))
        page = text(planner.get(f"/plan/sessions/{camp.code}/sign-ups/approval/"))
        assert ("小雨 · 身高" in page, RARE in page) == (True, True)
        with inside(camp.network):
            code = Registration.objects.get().code
        assert RARE in text(planner.get(f"/plan/sign-ups/{code}/"))


def test_what_hangs_on_an_answer_that_was_not_given_is_not_asked_and_not_kept(nanjing, camp, asked):
    rows = list(asked.values())
    said = {(asked["way"].pk, ""): "自己来", (asked["bus"].pk, ""): "南门", (asked["agrees"].pk, ""): AGREED}
    assert list(against_answers(rows, [], said)) == []
    assert (asked["bus"].pk, "") not in kept(rows, [], said)


def test_answers_go_with_the_child_and_with_the_family(camp, asked, home, mother, visit):
    first, _second = children = homes.children_of(home)
    send(visit, camp, home, children, **answers_to(asked, children, note="妈妈写的"))
    with inside(camp.network):
        sections = {section.name: section.rows for section in holdings["signup.registrations"].export(owner_of(mother))}
        assert ("小种子", "身高", "小雨", "120") in sections["answers"]
        erase_child(first, by=mother, at=clock.now())
        assert Answer.objects.filter(question=asked["size"]).count() == 1
        erase_family(home, by=mother, at=clock.now())
        assert not Answer.objects.exists()


def test_staff_who_were_told_nothing_write_nothing_down(nanjing, camp, asked, home, mother):
    """On the telephone; a change that says nothing of answers leaves them."""
    made = sign_up(nanjing, camp, home, mother)
    with inside(nanjing):
        codes = tuple(child.code for child in homes.children_of(home))
        change_party(registration=made, party=Party(codes), by=mother, at=clock.now())
        with pytest.raises(Refused):
            change_party(registration=made, party=Party(codes, answers={}), by=mother, at=clock.now())
    assert given(nanjing) == []


def test_questions_cost_three_statements_and_nothing_where_there_are_none(nanjing, camp, asked, home, mother):
    children = homes.children_of(home)[:1]
    sign_up(nanjing, camp, homes.home(nanjing, mother), mother)
    said = {
        (asked["way"].pk, ""): "自己来",
        (asked["agrees"].pk, ""): AGREED,
        (asked["size"].pk, children[0].code): "99",
    }
    party = Party((children[0].code,), 0, answers=said)
    with inside(nanjing), CaptureQueriesContext(connection) as found:
        register(household=home, session=camp, party=party, by=mother, request_key=uuid4(), at=clock.now())
    said_sql = [query["sql"] for query in found if "SAVEPOINT" not in query["sql"]]
    assert len(said_sql) <= 15, "\n".join(said_sql)
