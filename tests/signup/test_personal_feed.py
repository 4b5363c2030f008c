"""A secret address for the own calendar: made, renewed, withdrawn; read back by another reader, without a session."""

import re
from datetime import timedelta

import icalendar
import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client

from kit import clock
from networks.models import inside
from people.registers.holdings import Owner
from programmes.planning.models import Session
from programmes.signup.choices import State
from programmes.signup.commands.changing import cancel
from programmes.signup.models import PersonalFeed, Registration
from programmes.signup.steps.feed_holdings import FEEDS
from tests.browsers import browser, person
from tests.people import homes
from tests.planning.test_feed_lines import cut_characters, loose_lines
from tests.signup.signing import another, sign_up, story_hour

pytestmark = pytest.mark.django_db

SETTINGS = "/me/sign-ups/calendar/"


@pytest.fixture
def mother(nanjing):
    return person(nanjing, "13800138010", name="王芳")


@pytest.fixture
def home(nanjing, mother):
    return homes.home(nanjing, mother, children=2)


def address_of(client):
    found = re.search(r"http://nanjing\.test(/feeds/\w{26}\.ics)<", client.get(SETTINGS).content.decode())
    return found[1] if found else None


def make(client):
    answer = client.post(SETTINGS, {"do": "make"})
    assert (answer.status_code, answer["Location"]) == (302, SETTINGS)
    return address_of(client)


def ask(path, host="nanjing.test", **headers):
    """As a calendar does: no session."""
    return Client(HTTP_HOST=host).get(path, headers=headers)


def events(path):
    answer = ask(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert (loose_lines(answer.content), cut_characters(answer.content)) == ([b""], [])
    return icalendar.Calendar.from_ical(answer.content).walk("VEVENT")


def said(path):
    return [(str(event["STATUS"]), str(event["SUMMARY"])) for event in events(path)]


def test_all_that_the_family_is_signed_up_for_without_names(nanjing, home, mother):
    session = story_hour(nanjing)
    later, last, gone = (another(nanjing, session.activity, later=timedelta(days=day)) for day in (5, 6, 1))
    rows = [sign_up(nanjing, one, home, mother, children=2, adults=1) for one in (session, later, last, gone)]
    path = make(browser(mother))
    with inside(nanjing):
        waits = {"state": State.WAITS, "waits_from": clock.now()}
        Registration.objects.filter(pk=rows[1].pk).update(**waits)
        cancel(registration=rows[2], by=mother, at=clock.now())
        Session.objects.filter(pk=gone.pk).update(called_off_at=clock.now(), call_off_reason="馆内停电")
    told = [("CANCELLED", "已取消：小种子"), ("CONFIRMED", "小种子"), ("TENTATIVE", "候补：小种子")]
    assert said(path) == [*told, ("CANCELLED", "已取消报名：小种子")]
    found = events(path)
    assert [str(event["URL"]) for event in found][1] == f"http://nanjing.test/t/{rows[0].ticket}/"
    assert len({event["UID"] for event in found}) == 4
    body = ask(path).content.decode().replace("\r\n ", "")
    assert ("2 个孩子 + 1 位家长" in body, re.findall("小雨|小宇|王芳", body)) == (True, [])
    with time_machine.travel(clock.now() + timedelta(days=40)):
        assert said(path) == []


def test_who_has_it_already_is_told_so(nanjing, home, mother):
    path = make(browser(mother))
    answer = ask(path)
    assert "private" in answer["Cache-Control"]
    assert ask(path, **{"If-None-Match": answer["ETag"]}).status_code == 304
    sign_up(nanjing, story_hour(nanjing), home, mother)
    assert ask(path, **{"If-None-Match": answer["ETag"]}).status_code == 200


def test_a_renewed_or_withdrawn_address_opens_nothing(nanjing, shenzhen, home, mother):
    client = browser(mother)
    assert address_of(client) is None
    first = make(client)
    assert client.post(SETTINGS, {"do": "renew"}).status_code == 302
    second = address_of(client)
    assert (first != second, ask(first).status_code, ask(second).status_code) == (True, 404, 200)
    assert ask(second, host=shenzhen.hosts.get(is_primary=True).host).status_code == 404
    for _twice in range(2):
        assert client.post(SETTINGS, {"do": "withdraw"}).status_code == 302
    assert (address_of(client), ask(second).status_code) == (None, 404)


def test_somebody_has_one_live_address_and_it_goes_with_her(nanjing, mother):
    path = make(browser(mother))
    with inside(nanjing):
        with pytest.raises(IntegrityError, match="somebody_has_one_live_calendar_feed"), transaction.atomic():
            PersonalFeed.objects.create(person=mother, secret_hash=b"another", secret_sealed="x")
        assert FEEDS.erase(Owner(person=mother), clock.now()) == 1
    assert ask(path).status_code == 404


def test_old_addresses_are_forgotten(nanjing, mother):
    client = browser(mother)
    make(client)
    make(client)
    with inside(nanjing):
        assert FEEDS.retention.purge(clock.now() + timedelta(seconds=1), 10, clock.now()) == 1
        assert PersonalFeed.objects.get().revoked_at is None


def test_a_calendar_that_asks_all_the_time_has_to_wait(nanjing, mother):
    path = make(browser(mother))
    assert [ask(path).status_code for _ in range(61)] == [200] * 60 + [429]


def test_as_many_statements_for_one_as_for_four(nanjing, home, mother, django_assert_num_queries):
    session = story_hour(nanjing)
    sign_up(nanjing, session, home, mother)
    path = make(browser(mother))
    ask(path)
    for more in (0, 3):
        for day in range(more):
            sign_up(nanjing, another(nanjing, session.activity, later=timedelta(days=6 + day)), home, mother)
        with django_assert_num_queries(STATEMENTS):
            ask(path)


# The limit among them.
STATEMENTS = 14
