"""Readers look for sessions with places left; a full one has the same button, for its waiting list."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from kit import clock
from networks.models import inside
from programmes.planning.models import Activity, Session
from programmes.signup.choices import Course, Way
from programmes.signup.models import Places, Terms
from tests.signup.signing import another, family, sign_up, story_hour

pytestmark = pytest.mark.django_db

CARD = re.compile(r'<article class="session".*?</article>', re.DOTALL)
CHIP = re.compile(r'<span class="chip" data-state="(?:open|few|free|waiting|full|cancelled)">([^<]+)</span>')
WAY = re.compile(r'<a class="session-way" href="([^"]+)" rel="nofollow">([^<]+)<')
FREE = re.compile(r'id="pill-free".*?pill-count numbers">(\d+)<', re.DOTALL)


def shown(network, path="/events/?when=coming"):
    answer = Client(HTTP_HOST=network.hosts.get(is_primary=True).host).get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def finds(network):
    """Whether the filter finds the only session, and whether it says so beforehand."""
    page = shown(network, "/events/?free=yes")
    return "没有同时符合的场次" not in page, FREE.findall(shown(network))[0] == "1"


@pytest.mark.parametrize(
    ("places", "terms", "is_free"),
    [
        (12, {}, True),
        (None, {}, True),
        (12, {"way": Way.FREE}, True),
        (12, {"way": Way.PHONE}, False),
        (12, {"opens_days": 1}, True),
        (12, {"closes_hours": 71}, True),
        (12, {"closes_hours": 72}, False),
        (12, {"is_closed": True}, False),
        (12, {"course": Course.WHOLE}, True),
    ],
)
def test_places_are_free_where_one_can_come(nanjing, places, terms, is_free):
    story_hour(nanjing, places=places, terms=terms)
    assert finds(nanjing) == (is_free, is_free)


def test_a_session_in_slots_is_given_out_by_telephone(nanjing):
    story_hour(nanjing, slot_minutes=20)
    assert finds(nanjing) == (False, False)


def test_where_nobody_said_how_families_come_nothing_is_promised(nanjing):
    story_hour(nanjing)
    with inside(nanjing):
        Terms.objects.all().delete()
    assert finds(nanjing) == (False, False)


def test_one_that_is_full_called_off_or_waited_for_is_not_free(nanjing):
    session = story_hour(nanjing, places=1)
    assert finds(nanjing) == (True, True)
    sign_up(nanjing, session, *family(nanjing))
    assert finds(nanjing) == (False, False)
    with inside(nanjing):
        Places.objects.update(taken=0, waiting=1)
    assert finds(nanjing) == (False, False)
    with inside(nanjing):
        Places.objects.update(waiting=0)
    assert finds(nanjing) == (True, True)
    with inside(nanjing):
        Session.objects.update(called_off_at=clock.now(), call_off_reason="停电。")
    assert finds(nanjing) == (False, False)


def button(network, path="/events/?when=coming"):
    """Of the only card: its chips, and its one button."""
    (card,) = CARD.findall(shown(network, path))
    return CHIP.findall(card), [(href, word) for href, word in WAY.findall(card)]


@pytest.mark.parametrize(
    ("terms", "chips", "word"),
    [
        ({}, ["候补"], "候补"),
        ({"waits": False}, ["已满"], ""),
        ({"course": Course.WHOLE}, ["已满"], ""),
        ({"closes_hours": 80}, ["报名已截止"], ""),
    ],
)
def test_the_same_button_says_that_one_can_wait(nanjing, terms, chips, word):
    session = story_hour(nanjing, places=1)
    sheet = f"/events/{session.code}/sign-up/"
    assert button(nanjing) == (["余 1"], [(sheet, "报名")])
    sign_up(nanjing, session, *family(nanjing))
    with inside(nanjing):
        Terms.objects.update(**terms)
    for path in ("/events/?when=coming", "/events/"):
        assert button(nanjing, path) == (chips, [(sheet, word)] if word else [])
    page = shown(nanjing, f"/events/{session.code}/")
    assert CHIP.findall(page) == chips
    buttons = re.findall(r'<p class="signup-go"><a class="button" href="([^"]+)">([^<]+)<', page)
    assert buttons == ([(sheet, "加入候补")] if word else [])


def test_there_is_no_button_where_there_is_nothing_to_press(nanjing):
    session = story_hour(nanjing, terms={"opens_days": 1})
    assert button(nanjing) == ([], [])
    with inside(nanjing):
        Terms.objects.update(opens_days=None, way=Way.FREE)
    assert button(nanjing) == (["无需报名"], [])
    with inside(nanjing):
        Terms.objects.update(way=Way.SIGN_UP)
        Session.objects.filter(pk=session.pk).update(called_off_at=clock.now(), call_off_reason="停电。")
    assert button(nanjing) == (["已取消"], [])


def test_the_filter_agrees_with_what_cards_say(nanjing, django_assert_num_queries):
    """Of many sessions, those with a word for places that are left; in as many statements as for one."""
    first = story_hour(nanjing, places=2)
    with inside(nanjing):
        activity = Activity.objects.get(pk=first.activity_id)
    shown(nanjing, "/events/?free=yes")
    for number in range(4):
        session = another(nanjing, activity, later=timedelta(days=4, hours=number))
        for _family in range(number % 3):
            sign_up(nanjing, session, *family(nanjing))
    cards = CARD.findall(shown(nanjing))
    with_places = [card for card in cards if re.search(r'data-state="(?:open|few|free)"', card)]
    assert CARD.findall(shown(nanjing, "/events/?free=yes")) == with_places
    assert FREE.findall(shown(nanjing)) == [str(len(with_places))]
    # One of them is the test's own, for the host.
    with django_assert_num_queries(12):
        shown(nanjing, "/events/?free=yes")
