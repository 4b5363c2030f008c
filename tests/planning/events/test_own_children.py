"""One press shows what suits one's own children, and nobody else ever sees for whom."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client

from networks.models import inside
from people.choices import MemberRole
from people.models import Child, Household, Member
from tests import browsers
from tests.planning import plans
from tests.planning.events.reading import HOST, SATURDAY, TITLE, WEDNESDAY, page, public

pytestmark = pytest.mark.django_db

PRESS = re.compile(r'id="pill-mine" href="([^"]+)"( aria-current="true")?.*?pill-count numbers">(\d+)<', re.DOTALL)


@pytest.fixture
def mother(nanjing):
    """Her children are four and ten."""
    person = browsers.person(nanjing, "13800138010", name="王芳")
    with inside(nanjing):
        household = Household.objects.create(made_at=WEDNESDAY)
        Member.objects.create(household=household, person=person, role=MemberRole.GUARDIAN, joined_at=WEDNESDAY)
        for name, born in (("小雨", date(2023, 2, 1)), ("小宇", date(2017, 4, 1))):
            Child.objects.create(household=household, name=name, birth_month=born, added_by=person, added_at=WEDNESDAY)
    return browsers.browser(person)


def titles(path, client=None):
    return [title for _code, title in TITLE.findall(page(path, client))]


def test_one_press_takes_the_ages_of_all_her_children(city, mother):
    talk = plans.activity("童谣", from_months=0, to_months=35)
    public(plans.session(SATURDAY + timedelta(hours=5), activity=talk))
    ((href, is_on, count),) = PRESS.findall(page("/events/?when=coming", mother))
    assert (href, is_on, count) == ("/events/?for=mine", "", "3")
    assert titles(href, mother) == ["下午的小种子", "小种子", "小种子"]
    ((back, is_on, count),) = PRESS.findall(page(href, mother))
    assert (back, bool(is_on), count) == ("/events/?when=coming", True, "3")


def test_an_age_and_her_children_replace_one_another(city, mother):
    shown = page("/events/?for=mine", mother)
    assert 'id="pill-age-4" href="/events/?age=4"' in shown
    assert PRESS.findall(page("/events/?age=4", mother))[0][0] == "/events/?for=mine"
    assert titles("/events/?age=70&for=mine", mother) == ["城墙今昔"]


@pytest.mark.parametrize("path", ["/events/week/?for=mine", "/events/month/?for=mine", "/events/past/?for=mine"])
def test_the_other_views_know_it_too(city, mother, path):
    ((_href, is_on, _count),) = PRESS.findall(page(path, mother))
    assert bool(is_on)


def test_who_is_not_signed_in_is_told_how_and_sees_all(city):
    shown = page("/events/?for=mine")
    assert "登录后，可以只看适合您孩子年龄的活动" in shown
    assert '<a href="/sign-in/?next=%2Fevents%2F%3Ffor%3Dmine">' in shown
    assert titles("/events/?for=mine") == titles("/events/?when=coming")
    assert PRESS.findall(shown) == []


def test_who_has_no_children_here_is_led_to_them(nanjing, city):
    client = browsers.browser(browsers.person(nanjing, "13800138011", name="李明"))
    assert '<a href="/me/family/">' in page("/events/?for=mine", client)
    assert PRESS.findall(page("/events/", client)) == []


def test_nothing_of_a_family_stands_in_addresses_or_in_what_is_kept(city, mother):
    stranger = Client(HTTP_HOST=HOST)
    for path in ("/events/", "/events/week/", "/events/month/", "/events/past/"):
        before = stranger.get(path).content
        hers = mother.get(path)
        assert (getattr(hers, "siji_keep", False), b"pill-mine" in hers.content) == (False, True)
        assert stranger.get(path).content == before
        assert b"pill-mine" not in before
    shown = page("/events/?for=mine", mother)
    assert re.findall(r"for=(?!mine)\w+|months|小雨|小宇", shown.split("finder-main")[1].split("<footer")[0]) == []


def test_a_calendar_is_never_narrowed_by_them(city, mother):
    assert (
        "for=mine"
        not in re.findall(r'<p class="subscribe-address"[^>]*>([^<]+)<', page("/events/?for=mine", mother))[0]
    )


def test_it_costs_one_statement_however_many_children(city, mother, nanjing, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    page("/events/?for=mine", mother)
    with CaptureQueriesContext(connection) as few:
        page("/events/?for=mine", mother)
    with inside(nanjing):
        household = Household.objects.get()
        for number in range(3):
            Child.objects.create(household=household, name=f"小{number}", birth_month=date(2020, 2 + number, 1))
    with django_assert_num_queries(len(few)):
        page("/events/?for=mine", mother)
