"""Why a family cannot check itself in, said so that it knows where to go."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from kit import clock
from networks.models import inside
from programmes.door.models import Scan
from programmes.planning.models import Session
from programmes.signup.choices import State
from programmes.signup.models import Registration, Terms
from tests.browsers import person
from tests.door.doors import here, opened, seats
from tests.door.here.scenes import HOST, OF_ANY_PAGE, at_venue, press, screen_at, story_hour_beside, there, told
from tests.signup.signing import another, sign_up

pytestmark = pytest.mark.django_db


def test_before_the_door_opens_it_says_from_when(nanjing, party, mother, screen):
    session, row = party
    with time_machine.travel(session.starts_at - timedelta(minutes=61)):
        client = there(mother, nanjing, screen)
        assert "还没到时间" in told(client.get("/here/"))
        assert press(client, row, seats(nanjing, row)).status_code == 422
    with time_machine.travel(session.starts_at - timedelta(minutes=59)):
        assert press(there(mother, nanjing, screen), row, seats(nanjing, row)).status_code == 200


def test_a_door_that_closes_while_she_signs_in_was_open_when_she_scanned(nanjing, party, mother, screen):
    session, row = party
    closes = session.ends_at + timedelta(minutes=30)
    with time_machine.travel(closes - timedelta(minutes=1), tick=False) as time:
        client = there(mother, nanjing, screen)
        scanned_at = clock.now()
        time.move_to(closes + timedelta(minutes=5))
        assert press(client, row, seats(nanjing, row)).status_code == 200
        assert "签到已结束" not in told(client.get("/here/"))
    with inside(nanjing):
        assert Scan.objects.get().at == scanned_at.replace(microsecond=0)


def test_after_the_door_has_closed_it_is_over(nanjing, party, mother, screen):
    session, row = party
    with time_machine.travel(session.ends_at + timedelta(minutes=31)):
        client = there(mother, nanjing, screen)
        assert "签到已结束" in told(client.get("/here/"))
        assert (press(client, row, seats(nanjing, row)).status_code, here(nanjing, session)) == (422, 0)


def test_ten_minutes_after_the_scan_she_scans_again(nanjing, party, mother, screen):
    session, row = party
    client = there(mother, nanjing, screen)
    with time_machine.travel(clock.now() + timedelta(minutes=10, seconds=2)):
        assert press(client, row, seats(nanjing, row)).status_code == 422
    assert here(nanjing, session) == 0


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"state": State.ASKED}, "尚未审核通过"),
        ({"state": State.WAITS, "waits_from": "now"}, "还在候补"),
        ({"ended_at": "now", "ending": "by_family"}, "报名已取消"),
    ],
)
def test_who_has_no_place_is_told_so(nanjing, party, mother, *, screen, change, word):
    (session, row), at = party, clock.now()
    with inside(nanjing):
        Registration.objects.filter(pk=row.pk).update(**{k: at if v == "now" else v for k, v in change.items()})
    client = there(mother, nanjing, screen)
    assert word in told(client.get("/here/"))
    assert (press(client, row, seats(nanjing, row)).status_code, here(nanjing, session)) == (422, 0)


def test_what_was_called_off_says_why(nanjing, party, mother, screen):
    with inside(nanjing):
        Session.objects.filter(pk=party[0].pk).update(called_off_at=clock.now(), call_off_reason="台风")
    page = told(there(mother, nanjing, screen).get("/here/"))
    assert ("活动已取消" in page, "台风" in page) == (True, True)


def test_a_session_elsewhere_or_on_another_day_is_named(nanjing, party, mother, keeper):
    session, row = party
    with inside(nanjing):
        elsewhere = another(nanjing, session.activity, later=timedelta(days=5))
    other = screen_at(nanjing, at_venue(nanjing, elsewhere, "小红山阅读空间"), keeper)
    with time_machine.travel(session.starts_at, tick=False):
        page = told(there(mother, nanjing, other).get("/here/"))
        assert ("不是这一场" in page, session.venue.name in page) == (True, True)
        # Nobody checks in there from here, whatever the browser sends.
        answer = press(there(mother, nanjing, other), row, seats(nanjing, row))
        assert (answer.status_code, here(nanjing, session)) == (422, 0)
    with time_machine.travel(session.starts_at - timedelta(days=2), tick=False):
        assert "不是今天" in told(there(mother, nanjing, other).get("/here/"))


def test_who_is_not_signed_up_is_led_to_where_places_are_free(nanjing, party, screen):
    session, _row = party
    client = there(person(nanjing, "13800138019", name="赵强"), nanjing, screen)
    assert f'href="/events/{session.code}/"' in told(client.get("/here/"))


def test_two_sessions_of_one_family_stand_side_by_side(nanjing, party, mother, home, screen):
    session, row = party
    beside = story_hour_beside(nanjing, session)
    sign_up(nanjing, beside, home, mother, children=2)
    beside = opened(nanjing, beside, starts_in=timedelta(minutes=12))
    client = there(mother, nanjing, screen)
    assert told(client.get("/here/")).count("我们到了") == 2
    press(client, row, seats(nanjing, row))
    assert (here(nanjing, session), here(nanjing, beside)) == (3, 0)


def test_what_nobody_signs_up_for_needs_no_code(nanjing, party, screen):
    session, row = party
    with inside(nanjing):
        Registration.objects.filter(pk=row.pk).update(ended_at=clock.now(), ending="by_family")
        Terms.objects.filter(activity=session.activity).update(way="free")
    wall = told(Client(HTTP_HOST=HOST).get(f"/screen/{screen.secret}/"))
    assert ("wall-qr" in wall, "无需报名，直接参加就好" in wall) == (False, True)
    assert "直接参加就好" in told(there(None, nanjing, screen).get("/here/"))


@pytest.mark.parametrize("how_many", [1, 4])
def test_the_page_costs_the_same_for_many(nanjing, party, mother, home, *, screen, how_many, django_assert_num_queries):
    for number in range(how_many - 1):
        beside = story_hour_beside(nanjing, party[0])
        sign_up(nanjing, beside, home, mother, children=2)
        opened(nanjing, beside, starts_in=timedelta(minutes=20 + number))
    client = there(mother, nanjing, screen)
    client.get("/here/")
    with django_assert_num_queries(11 + OF_ANY_PAGE):
        client.get("/here/")
