"""At most so many sessions of an activity: for each family or each child, in a week, a month, a season."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kit import clock
from kit.refusals import Refused
from networks.models import JournalLine, inside
from programmes.planning.models import Session
from programmes.signup.choices import CapOf, CapPeriod
from programmes.signup.commands.changing import cancel, change_party
from programmes.signup.commands.registering import register
from programmes.signup.models import Registration, Seat, Terms
from programmes.signup.rules.caps import period_of
from programmes.signup.steps.parties import Party
from tests.browsers import browser, person
from tests.people import homes
from tests.signup.signing import another, family, party, sign_up, story_hour, taken, wait

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_tuesday(nanjing):
    """The sessions of this file lie in March, in one week or another."""
    with time_machine.travel(clock.now().replace(year=2027, month=3, day=2, hour=2), tick=False):
        yield


def no(network, session, home, **values):
    with pytest.raises(Refused) as found:
        sign_up(network, session, *home, **values)
    (refusal,) = found.value.refusals
    return refusal


def days(network, first, *later):
    """Further sessions of the same activity, so many days from now."""
    return [another(network, first.activity, later=timedelta(days=count)) for count in later]


@pytest.mark.parametrize(
    ("period", "same", "other"),
    [
        (CapPeriod.WEEK, (date(2027, 3, 1), date(2027, 3, 7)), date(2027, 3, 8)),
        (CapPeriod.WEEK, (date(2026, 12, 28), date(2027, 1, 3)), date(2027, 1, 4)),
        (CapPeriod.MONTH, (date(2027, 3, 1), date(2027, 3, 31)), date(2028, 3, 1)),
        (CapPeriod.SEASON, (date(2026, 12, 1), date(2027, 2, 28)), date(2027, 12, 1)),
        (CapPeriod.YEAR, (date(2027, 1, 1), date(2027, 12, 31)), date(2026, 12, 31)),
        (CapPeriod.EVER, (date(2026, 1, 1), date(2027, 12, 31)), None),
    ],
)
def test_days_of_one_period(period, same, other):
    first, last = (period_of(period, day) for day in same)
    assert first == last
    assert other is None or period_of(period, other) != first


def test_a_family_comes_so_often_in_a_month(nanjing):
    first = story_hour(nanjing, terms={"most_sessions": 2})
    second, third, in_april = days(nanjing, first, 9, 16, 40)
    home = family(nanjing, children=2)
    one = sign_up(nanjing, first, *home)
    sign_up(nanjing, second, *home, children=2)
    refusal = no(nanjing, third, home)
    assert (refusal.code, str(refusal.text)) == (
        "cap_reached",
        "这项活动一个月内最多报名 2 场。您的家庭已报名：3月5日、3月11日。",
    )
    assert taken(nanjing, third) == (0, 0)
    sign_up(nanjing, in_april, *home)
    with inside(nanjing):
        cancel(registration=one, by=home[1], at=clock.now())
    sign_up(nanjing, third, *home)
    sign_up(nanjing, third, *family(nanjing))


def test_what_was_called_off_does_not_count_and_changing_stays_possible(nanjing):
    first = story_hour(nanjing, terms={"most_sessions": 1})
    (second,) = days(nanjing, first, 9)
    household, mother = home = family(nanjing, children=2)
    made = sign_up(nanjing, first, *home)
    with inside(nanjing):
        change_party(registration=made, party=party(household, children=2), by=mother, at=clock.now())
    assert no(nanjing, second, home).code == "cap_reached"
    with inside(nanjing):
        Session.objects.filter(pk=first.pk).update(called_off_at=clock.now(), call_off_reason="停电")
    sign_up(nanjing, second, *home)


def test_counted_for_each_child_a_sibling_may_still_come(nanjing):
    first = story_hour(nanjing, terms={"most_sessions": 1, "cap_of": "child", "cap_period": "ever"})
    (second,) = days(nanjing, first, 40)
    household, mother = home = family(nanjing, children=2)
    sign_up(nanjing, first, *home)
    elder, younger = homes.children_of(household)
    refusal = no(nanjing, second, home, children=2)
    assert (refusal.code, refusal.field, elder.name in str(refusal.text)) == ("cap_reached", "children", True)
    with inside(nanjing):
        made = register(
            household=household,
            session=second,
            party=Party((younger.code,)),
            by=mother,
            request_key=uuid4(),
            at=clock.now(),
        )
        with pytest.raises(Refused) as found:
            change_party(registration=made, party=Party((elder.code,)), by=mother, at=clock.now())
    assert found.value.codes == ("cap_reached",)


def test_the_sheet_says_it_before_anybody_types(nanjing):
    mother = person(nanjing, "13800138010")
    household, visit = homes.home(nanjing, mother, children=2), browser(mother)
    first = story_hour(nanjing, terms={"most_sessions": 1, "cap_of": "child"})
    (second,) = days(nanjing, first, 9)
    made = sign_up(nanjing, first, household, mother)
    page = visit.get(f"/events/{second.code}/sign-up/").content.decode()
    assert ("已达到次数上限" in page, page.count("data-off")) == (True, 1)
    # Whoever is in it may stay in it.
    assert "data-off" not in visit.get(f"/me/sign-ups/{made.code}/change/").content.decode()
    with inside(nanjing):
        Terms.objects.update(cap_of="family")
    page = visit.get(f"/events/{second.code}/sign-up/").content.decode()
    assert ("您的家庭已报名：3月5日" in page, "确认报名" in page) == (True, False)


def test_a_limit_costs_three_statements_more(nanjing):
    session = story_hour(nanjing, terms={"most_sessions": 2})
    sign_up(nanjing, session, *family(nanjing))
    household, mother = family(nanjing)
    chosen = party(household)
    with inside(nanjing), CaptureQueriesContext(connection) as asked:
        register(household=household, session=session, party=chosen, by=mother, request_key=uuid4(), at=clock.now())
    said = [query["sql"] for query in asked if "SAVEPOINT" not in query["sql"]]
    assert len(said) <= 15, "\n".join(said)


class TestStaff:
    """They may pass a limit, which the page says, with a reason, which the journal keeps; never without noticing."""

    @pytest.fixture
    def first(self, nanjing):
        return story_hour(nanjing, places=1, terms={"most_sessions": 1})

    @pytest.fixture
    def second(self, nanjing, first):
        (session,) = days(nanjing, first, 9)
        return session

    @pytest.fixture
    def home(self, nanjing, nanjing_cast):
        mother = nanjing_cast["reader"]
        return homes.home(nanjing, mother, children=2), mother

    def lines(self, network, row):
        with inside(network):
            found = JournalLine.objects.filter(verb="signup.limit_passed", subject_id=row.pk)
            return list(found.values_list("reason", flat=True))

    @pytest.mark.parametrize("of", CapOf)
    def test_on_the_telephone(self, nanjing_cast, first, second, home, of):
        nanjing = first.network
        sign_up(nanjing, first, *home)
        with inside(nanjing):
            Terms.objects.update(cap_of=of)
        browser, address = nanjing_cast.client("planner"), f"/plan/sessions/{second.code}/sign-ups/add/"
        page = browser.post(address, {"phone": "13800138010", "find": "1"}).content.decode()
        who = {CapOf.FAMILY: "这个家庭", CapOf.CHILD: "小雨"}[of]
        (child, _other) = homes.children_of(home[0])
        said = f"{who}已报名：3月5日"
        assert (said in page, f'value="{child.code}"' in page) == (True, True)
        sent = {"request_key": uuid4(), "phone": "+8613800138010", "source": "phone", "nameless": 0, "adults": 0}
        refused = browser.post(address, {**sent, "children": child.code})
        errors = refused.content.decode().split('id="id_reason_error"')[1].split("</ul>")[0]
        assert (refused.status_code, said in errors, taken(nanjing, second)) == (422, True, (0, 0))
        assert browser.post(address, {**sent, "children": child.code, "reason": "替补讲解员"}).status_code == 302
        assert taken(nanjing, second) == (1, 1)

    @pytest.mark.parametrize("of", CapOf)
    def test_whom_they_let_past_it_may_change_all_else(self, nanjing_cast, first, second, home, of):
        """Also past the number of children; whoever joins is counted as ever."""
        nanjing, (household, mother) = first.network, home
        small, big = homes.children_of(household)
        with inside(nanjing):
            Terms.objects.update(cap_of=of, most_sessions=None)
            Session.objects.filter(pk=second.pk).update(capacity=5)
        sign_up(nanjing, first, household, mother)
        made = sign_up(nanjing, second, household, mother)
        with inside(nanjing):
            Terms.objects.update(most_sessions=1)
        browser, address = nanjing_cast.client("reader"), f"/me/sign-ups/{made.code}/change/"
        assert f'value="{small.code}"' in browser.get(address).content.decode()
        sent = {"household": household.code, "request_key": made.request_key, "children": small.code, "adults": 1}
        assert browser.post(address, sent).status_code == 303
        with inside(nanjing):
            made.refresh_from_db()
            assert made.adults == 1
            assert set(Seat.objects.filter(registration=made, ended_at=None).values_list("child", flat=True)) == {
                small.pk,
                None,
            }
            Terms.objects.update(most_children=1)
            change_party(registration=made, party=Party((big.code,), 1), by=mother, at=clock.now())
            with pytest.raises(Refused, match="too_many_children"):
                change_party(registration=made, party=Party((small.code, big.code), 1), by=mother, at=clock.now())

    def test_moving_to_another_session(self, nanjing, nanjing_cast, first, second, home):
        (in_may,) = days(nanjing, first, 80)
        sign_up(nanjing, second, *home)
        made = sign_up(nanjing, in_may, *home)
        browser, address = nanjing_cast.client("planner"), f"/plan/sign-ups/{made.code}/move/"
        sent = {"session": first.code, "reason": "应您的要求改期"}
        refused = browser.post(address, sent).content.decode()
        assert ("这个家庭已报名：3月11日" in refused, 'name="passing"' in refused) == (True, True)
        assert taken(nanjing, first) == (0, 0)
        assert browser.post(address, {**sent, "passing": "原场次停办"}).status_code == 302
        with inside(nanjing):
            assert self.lines(nanjing, Registration.objects.get(follows=made)) == ["原场次停办"]

    def test_moving_within_the_limit_asks_nothing(self, nanjing, nanjing_cast, first, second, home):
        made = sign_up(nanjing, first, *home)
        browser = nanjing_cast.client("planner")
        assert 'name="passing"' not in browser.get(f"/plan/sign-ups/{made.code}/").content.decode()
        sent = {"session": second.code, "reason": "应您的要求改期"}
        assert browser.post(f"/plan/sign-ups/{made.code}/move/", sent).status_code == 302
        with inside(nanjing):
            assert self.lines(nanjing, Registration.objects.get(follows=made)) == []

    def test_moving_up_the_waiting_list(self, nanjing, nanjing_cast, first, second, home):
        """The limit was set once the family was in both."""
        with inside(nanjing):
            Terms.objects.update(most_sessions=None)
        sign_up(nanjing, first, *family(nanjing))
        waits = wait(nanjing, first, *home)
        sign_up(nanjing, second, *home)
        with inside(nanjing):
            Terms.objects.update(most_sessions=1)
        browser, address = nanjing_cast.client("planner"), f"/plan/sign-ups/{waits.code}/"
        page = browser.get(address).content.decode()
        assert ("超过次数限制" in page, "请一并写明原因" in page) == (True, True)
        assert browser.post(f"{address}up/", {"reason": "上次停电没看成"}).status_code == 302
        assert self.lines(nanjing, waits) == ["上次停电没看成"]

    def test_approving(self, nanjing, nanjing_cast, first, second, home):
        with inside(nanjing):
            Terms.objects.update(most_sessions=None, approval=True)
        sign_up(nanjing, second, *home)
        past, other = sign_up(nanjing, first, *home), wait(nanjing, first, *family(nanjing, name="李明"))
        with inside(nanjing):
            Terms.objects.update(most_sessions=1)
        browser, address = nanjing_cast.client("planner"), f"/plan/sessions/{first.code}/sign-ups/approval/"
        page = browser.get(address).content.decode()
        assert (page.count("超过次数限制</span>"), "这个家庭已报名：3月11日" in page) == (1, True)
        sent = {"registrations": [past.code, other.code], "do": "approve"}
        refused = browser.post(address, sent)
        assert (refused.status_code, "勾选的家庭中有 1 个超过" in refused.content.decode()) == (422, True)
        assert browser.post(address, {**sent, "passing": "名额有余"}).status_code == 302
        assert (self.lines(nanjing, past), self.lines(nanjing, other)) == (["名额有余"], [])

    @pytest.mark.parametrize("of", CapOf)
    def test_those_who_wait_for_a_yes_take_the_same_statements_for_one_and_for_four(self, nanjing, nanjing_cast, of):
        session = story_hour(nanjing, terms={"most_sessions": 1, "cap_of": of, "approval": True})
        browser, counts = nanjing_cast.client("planner"), []
        for number in range(4):
            sign_up(nanjing, session, *family(nanjing, name=f"王{number}", children=2), children=2)
            if number in {0, 3}:
                browser.get(f"/plan/sessions/{session.code}/sign-ups/approval/")
                with CaptureQueriesContext(connection) as caught:
                    browser.get(f"/plan/sessions/{session.code}/sign-ups/approval/")
                counts.append(len(caught))
        assert counts[0] == counts[1]
