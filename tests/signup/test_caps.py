"""At most so many sessions of an activity: for each family or each child, in a week, a month, a season."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kit import clock
from kit.refusals import Refused
from networks.models import inside
from programmes.planning.models import Session
from programmes.signup.choices import CapPeriod
from programmes.signup.commands.changing import cancel, change_party
from programmes.signup.commands.registering import register
from programmes.signup.models import Terms
from programmes.signup.rules.caps import period_of
from programmes.signup.steps.parties import Party
from tests.browsers import browser, person
from tests.people import homes
from tests.signup.signing import another, family, party, sign_up, story_hour, taken

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
