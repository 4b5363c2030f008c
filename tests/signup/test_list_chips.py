"""How sign-up stands, in a word, wherever sessions are listed for readers."""

import re
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client

from kit import clock
from networks.models import inside
from programmes.planning.commands.sessions import call_off
from programmes.planning.models import Session
from programmes.planning.steps.sessions import publish_sessions
from programmes.signup.choices import Course, Way
from programmes.signup.commands.changing import cancel
from programmes.signup.models import Terms
from tests.planning import plans
from tests.signup.signing import another, family, sign_up, story_hour, wait

pytestmark = pytest.mark.django_db

CARD = re.compile(r'<article class="session".*?</article>', re.DOTALL)
CHIP = re.compile(r'<span class="chip" data-state="(?!age)(\w+)">([^<]+)</span>')
DAY = timedelta(days=1)


def shown(network, path="/events/?when=coming"):
    answer = Client(HTTP_HOST=network.hosts.get(is_primary=True).host).get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def chips(network, path="/events/?when=coming"):
    """Of each card, in the order of the page."""
    return [CHIP.findall(card) for card in CARD.findall(shown(network, path))]


def full_hour(network, **terms):
    session = story_hour(network, places=1, terms=terms)
    row = sign_up(network, session, *family(network))
    return session, row


@pytest.mark.parametrize(
    ("places", "terms", "said"),
    [
        (12, {}, [("open", "余 12")]),
        (3, {}, [("few", "余 3")]),
        (None, {}, []),
        (12, {"way": Way.FREE}, [("free", "无需报名")]),
        (12, {"way": Way.PHONE}, []),
        (12, {"opens_days": 1}, []),
        (12, {"closes_hours": 96}, [("full", "报名已截止")]),
    ],
)
def test_a_card_says_what_is_left_before_anybody_came(nanjing, places, terms, said):
    story_hour(nanjing, places=places, terms=terms)
    assert chips(nanjing) == [said]


def test_where_nobody_said_how_families_come_nothing_is_said(nanjing):
    story_hour(nanjing)
    with inside(nanjing):
        Terms.objects.all().delete()
    assert chips(nanjing) == [[]]


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ({}, ("waiting", "候补")),
        ({"waits": False}, ("full", "已满")),
        ({"course": Course.WHOLE}, ("full", "已满")),
    ],
)
def test_a_full_one_says_whether_one_can_wait(nanjing, terms, said):
    full_hour(nanjing)
    with inside(nanjing):
        Terms.objects.update(**terms)
    assert chips(nanjing) == [[said]]


def test_what_changes_is_seen_at_once(nanjing):
    session, row = full_hour(nanjing)
    assert chips(nanjing) == [[("waiting", "候补")]]
    with inside(nanjing):
        cancel(registration=row, by=row.by, at=clock.now())
    assert chips(nanjing) == [[("few", "余 1")]]
    with inside(nanjing):
        call_off(sessions=[session], reason="停电。", by=row.by, at=clock.now())
    assert chips(nanjing) == [[("cancelled", "已取消")]]


def test_a_place_kept_for_somebody_invited_is_not_offered_to_others(nanjing):
    session, row = full_hour(nanjing)
    wait(nanjing, session, *family(nanjing))
    with inside(nanjing):
        cancel(registration=row, by=row.by, at=clock.now())
    assert chips(nanjing) == [[("waiting", "候补")]]


def test_the_month_and_the_venue_say_the_same(nanjing):
    session, _row = full_hour(nanjing)
    with inside(nanjing):
        room = plans.room()
        Session.objects.filter(pk=session.pk).update(
            room=room, venue=room.venue, area=room.venue.area, place_kind="room"
        )
        slug, day = room.venue.slug, session.starts_at.astimezone(nanjing.zone).date()
    for path in (f"/venues/{slug}/", f"/events/month/?day={day}"):
        assert chips(nanjing, path) == [[("waiting", "候补")]]


@pytest.fixture
def everywhere(nanjing):
    """One activity at one time in five places; the first is full."""
    first = story_hour(nanjing, places=1)
    with inside(nanjing):
        rooms = [plans.room(venue=f"第{number}书房") for number in range(5)]
        rows = [plans.session(first.starts_at + DAY, activity=first.activity, room=room) for room in rooms]
        with transaction.atomic():
            publish_sessions(rows, by=None, at=clock.now())
        full = Session.objects.get(pk=rows[0].pk)
    sign_up(nanjing, full, *family(nanjing))


@pytest.mark.usefixtures("everywhere")
def test_a_card_of_many_places_marks_those_where_one_finds_none(nanjing):
    card = next(card for card in CARD.findall(shown(nanjing)) if "data-fold" in card)
    places = re.findall(r"<li><a [^>]+>([^<]+)</a>(.*?)</li>", card, re.DOTALL)
    marked = [("第0书房", [("waiting", "候补")]), *((f"第{number}书房", []) for number in range(1, 5))]
    assert [(name, CHIP.findall(rest)) for name, rest in places] == marked


@pytest.mark.usefixtures("everywhere")
def test_as_many_statements_for_one_as_for_many(nanjing, django_assert_num_queries):
    shown(nanjing)
    with inside(nanjing):
        activity = Terms.objects.get().activity
    for more in (0, 4):
        for number in range(more):
            sign_up(nanjing, another(nanjing, activity, later=(4 + number) * DAY), *family(nanjing))
        assert shown(nanjing).count('data-state="waiting"') == 1 + more
        with django_assert_num_queries(13):
            shown(nanjing)


@pytest.mark.usefixtures("everywhere")
@pytest.mark.parametrize(
    "path", ["/events/?when=coming", "/events/?fresh=1", "/events/month/?fresh=1", "/events/past/?fresh=1"]
)
def test_twelve_statements_are_enough_for_all_at_once(nanjing, path, django_assert_max_num_queries):
    """With what has been going on, a card of many places and full ones among them."""
    with inside(nanjing):
        show = Terms.objects.get().activity
        for days in (4, 5):
            start = clock.now() - timedelta(days=days)
            row = plans.session(start, activity=show, ends_at=start + timedelta(days=9))
            with transaction.atomic():
                publish_sessions([row], by=None, at=clock.now())
    shown(nanjing, path)
    # One more is the test's own, for the host.
    with django_assert_max_num_queries(13):
        shown(nanjing, path)
