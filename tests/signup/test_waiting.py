"""The waiting list: joining it on the sheet, being invited, answering, and what staff do for a family that waits."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from kit import clock
from kit.refusals import Refused
from networks.models import JournalLine, inside
from people.commands.erasing import erase_child, erase_family
from programmes.planning.commands.sessions import call_off, change_session, restore
from programmes.planning.models import Session
from programmes.planning.rules.changes import SessionChange
from programmes.signup.choices import Ending, State
from programmes.signup.commands.changing import cancel, change_party
from programmes.signup.commands.waiting import accept, decline, move_up
from programmes.signup.listeners.waiting import tend_waiting_lists
from programmes.signup.models import Places, Registration, Terms
from programmes.signup.queries.waiting import families_before
from tests.browsers import browser, person
from tests.people import homes
from tests.people.family import words
from tests.signup.signing import family, party, sign_up, story_hour, wait

pytestmark = pytest.mark.django_db


def now(row):
    """As it stands by now: how it ended, or its state."""
    with inside(row.network):
        found = Registration.objects.get(pk=row.pk)
        return found.ending or found.state


def counts(network, session):
    with inside(network):
        kept = Places.objects.get(pk=session.pk)
        return kept.taken, kept.waiting


def cancels(row):
    with inside(row.network):
        return cancel(registration=row, by=row.by, at=clock.now())


def later(network, row):
    """What the service does by itself once the time of an invitation is over."""
    with inside(network):
        until = Registration.objects.get(pk=row.pk).invited_until
    with time_machine.travel(until):
        tend_waiting_lists()


@pytest.fixture
def full(nanjing):
    """One place, and whoever has it."""
    session = story_hour(nanjing, places=1)
    return session, sign_up(nanjing, session, *family(nanjing))


def test_whoever_agrees_waits_and_the_same_page_waits_once(nanjing, full):
    session, _holder = full
    household, mother = family(nanjing)
    key = uuid4()
    first, again = (wait(nanjing, session, household, mother, key=key) for _time in range(2))
    assert (first.pk, first.state, counts(nanjing, session)) == (again.pk, State.WAITS, (1, 1))
    with pytest.raises(Refused) as no:
        sign_up(nanjing, session, *family(nanjing))
    assert str(no.value.refusals[0]) == "这场活动的名额已满。您可以加入候补。"
    with pytest.raises(Refused) as no:
        wait(nanjing, session, *family(nanjing, children=2), children=2)
    assert str(no.value.refusals[0].way_on) == "请看看其他场次。"


def test_the_oldest_that_fits_is_invited_and_why_not_the_one_before_is_written(nanjing):
    session = story_hour(nanjing, places=3)
    two, one = (
        sign_up(nanjing, session, *family(nanjing, children=2), children=2),
        sign_up(nanjing, session, *family(nanjing)),
    )
    big = wait(nanjing, session, *family(nanjing, children=3), children=3)
    small, third = wait(nanjing, session, *family(nanjing)), wait(nanjing, session, *family(nanjing))
    with inside(nanjing):
        assert list(families_before([big, small, third]).values()) == [0, 1, 2]
    cancels(one)
    assert [now(row) for row in (big, small, third)] == ["waits", "invited", "waits"]
    with inside(nanjing):
        big.refresh_from_db()
        assert (big.passed_free, JournalLine.objects.filter(verb="signup.passed_over", subject_id=big.pk).count()) == (
            1,
            1,
        )
    cancels(two)
    assert [now(row) for row in (big, third)] == ["waits", "invited"]
    # One place is left that nobody in line fits into: a newcomer may have it, and two may not.
    assert counts(nanjing, session) == (2, 1)
    assert sign_up(nanjing, session, *family(nanjing)).state == State.HOLDS
    with inside(nanjing):
        change_party(registration=big, party=party(big.household, children=1), by=big.by, at=clock.now())
        assert decline(registration=small, by=small.by, at=clock.now()).ending == Ending.DECLINED
    assert (now(big), counts(nanjing, session)) == ("invited", (3, 0))


def test_an_answer_is_given_once_and_in_time(nanjing, full):
    session, holder = full
    first, second = wait(nanjing, session, *family(nanjing)), wait(nanjing, session, *family(nanjing))

    def codes(function, row):
        with inside(nanjing), pytest.raises(Refused) as no:
            function(registration=row, by=row.by, at=clock.now())
        return no.value.codes

    assert codes(accept, first) == ("not_invited",)
    cancels(holder)
    later(nanjing, first)
    assert ([now(row) for row in (first, second)], codes(accept, first)) == (["expired", "invited"], ("expired",))
    with inside(nanjing):
        answered = [accept(registration=second, by=second.by, at=clock.now()) for _time in range(2)]
    assert ([row.state for row in answered], counts(nanjing, session)) == ([State.HOLDS] * 2, (1, 0))
    assert codes(decline, second) == ("accepted_already",)


def test_more_places_an_earlier_time_and_a_session_called_off(nanjing, nanjing_cast, full):
    session, _holder = full
    planner, row = nanjing_cast["planner"], wait(nanjing, session, *family(nanjing))
    tomorrow = clock.now() + timedelta(days=1)

    def change(**values):
        change_session(change=SessionChange(session, **values), by=planner, at=clock.now(), anyway=True)
        tend_waiting_lists()
        row.refresh_from_db()
        return row.state, counts(nanjing, session)

    with inside(nanjing):
        Terms.objects.update(answer_hours=72)
        assert change(own={"capacity": 2}) == ("invited", (2, 0))
        assert row.invited_until > tomorrow
        assert (change(starts_at=tomorrow), row.invited_until < tomorrow) == (("invited", (2, 0)), True)
        call_off(sessions=[session], reason="停电", by=planner, at=clock.now())
        tend_waiting_lists()
        assert (now(row), counts(nanjing, session)) == ("waits", (1, 1))
        restore(session=session, by=planner, at=clock.now())
        tend_waiting_lists()
    assert (now(row), counts(nanjing, session)) == ("invited", (2, 0))


def test_too_near_the_list_closes_and_whoever_comes_gets_the_place(nanjing, full):
    session, holder = full
    row = wait(nanjing, session, *family(nanjing))
    with inside(nanjing):
        Terms.objects.update(cancel_hours=0)
    with time_machine.travel(session.starts_at - timedelta(minutes=31)):
        tend_waiting_lists()
        assert now(row) == "no_turn"
        with pytest.raises(Refused) as no:
            wait(nanjing, session, *family(nanjing))
        assert str(no.value.refusals[0].way_on) == "请看看其他场次。"
        cancels(holder)
        assert sign_up(nanjing, session, *family(nanjing)).state == State.HOLDS


def test_families_that_go_leave_the_line_and_smaller_ones_fit(nanjing, full):
    session, _holder = full
    with inside(nanjing):
        Session.objects.filter(pk=session.pk).update(capacity=2)
        Places.objects.update(capacity=2)
    sign_up(nanjing, session, *family(nanjing))
    (home, mother), (other, father) = family(nanjing, children=2), family(nanjing)
    pair, single = wait(nanjing, session, home, mother, children=2), wait(nanjing, session, other, father)
    with inside(nanjing):
        erase_family(other, by=father, at=clock.now())
        assert (now(single), counts(nanjing, session)) == ("erased", (2, 1))
        Places.objects.update(capacity=3)
        erase_child(homes.children_of(home)[0], by=mother, at=clock.now())
    assert (now(pair), counts(nanjing, session)) == ("invited", (3, 0))


def test_moved_up_with_a_reason(nanjing, nanjing_cast, full):
    session, holder = full
    first, second = wait(nanjing, session, *family(nanjing)), wait(nanjing, session, *family(nanjing))
    with inside(nanjing):
        for row, reason, code in ((second, " ", "reason_needed"), (holder, "远道而来", "waits_no_more")):
            with pytest.raises(Refused) as no:
                move_up(registration=row, reason=reason, by=nanjing_cast["planner"], at=clock.now())
            assert no.value.codes == (code,)
        move_up(registration=second, reason="远道而来", by=nanjing_cast["planner"], at=clock.now())
        assert JournalLine.objects.get(verb="signup.moved_up").reason == "远道而来"
    cancels(holder)
    assert (now(first), now(second)) == ("waits", "invited")


class TestOnPages:
    @pytest.fixture
    def mother(self, nanjing):
        return person(nanjing, "13800138010", name="王芳")

    def test_from_the_full_session_to_the_place(self, nanjing, mother, full):
        session, holder = full
        visit, home = browser(mother), homes.home(nanjing, mother)
        assert "加入候补" in words(visit.get(f"/events/{session.code}/"))
        sheet = words(visit.get(f"/events/{session.code}/sign-up/"))
        assert ("加入候补" in sheet, "确认报名" in sheet) == (True, False)
        data = {"household": home.code, "children": [child.code for child in homes.children_of(home)], "adults": 0}
        answer = visit.post(f"/events/{session.code}/sign-up/", {**data, "request_key": uuid4(), "waits": "1"})
        where = answer["Location"]
        page = words(visit.get(where))
        assert ("已加入候补" in page, "您排在第一位" in page, "退出候补" in page) == (True, True, True)
        assert "您排在第一位" in words(visit.get("/me/sign-ups/"))
        cancels(holder)
        page = words(visit.get(where))
        assert ("您候补的活动有名额了" in page, "确认参加" in page) == (True, True)
        assert "待您确认" in words(visit.get("/me/sign-ups/"))
        answers = [visit.post(f"{where}answer/", {"answer": "accept"}) for _tab in range(2)]
        assert [one.status_code for one in answers] == [303, 303]
        late = visit.post(f"{where}answer/", {"answer": "decline"})
        assert (late.status_code, "您家已经确认参加。" in words(late)) == (422, True)

    def test_of_too_few_places_a_family_may_wait_together(self, nanjing, mother):
        session, home = story_hour(nanjing, places=2), homes.home(nanjing, mother, children=2)
        sign_up(nanjing, session, *family(nanjing))
        visit = browser(mother)
        data = {"household": home.code, "children": [child.code for child in homes.children_of(home)], "adults": 0}
        answer = visit.post(f"/events/{session.code}/sign-up/", {**data, "request_key": uuid4()})
        assert (answer.status_code, "一起加入候补" in words(answer)) == (422, True)
        answer = visit.post(f"/events/{session.code}/sign-up/", {**data, "request_key": uuid4(), "waits": "1"})
        assert (answer.status_code, counts(nanjing, session)) == (303, (1, 1))

    def test_staff_see_the_line_and_answer_for_a_family(self, nanjing, nanjing_cast, full):
        session, holder = full
        row = wait(nanjing, session, *family(nanjing))
        planner = nanjing_cast.client("planner")
        page = words(planner.get(f"/plan/sign-ups/{row.code}/"))
        assert ("候补次序" in page, "移出候补名单" in page) == (True, True)
        assert planner.post(f"/plan/sign-ups/{row.code}/up/", {"reason": ""}).status_code == 422
        assert planner.post(f"/plan/sign-ups/{row.code}/up/", {"reason": "远道而来"}).status_code == 302
        assert planner.post(f"/plan/sign-ups/{row.code}/accept/").status_code == 422
        cancels(holder)
        assert "代为确认参加" in words(planner.get(f"/plan/sign-ups/{row.code}/"))
        assert planner.post(f"/plan/sign-ups/{row.code}/accept/").status_code == 302
        assert now(row) == "holds"
