"""What the door shows on the pages of the rooms below."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client

from kit import clock
from networks.models import inside
from people.choices import Role
from programmes.door.commands.checking_in import untick
from tests.browsers import browser, staff
from tests.door.doors import party_at_the_door, scanned, seats

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(nanjing):
    return staff(nanjing, "13800138003", Role.KEEPER, name="陈静")


def test_a_ticket_says_when_its_party_came_and_without_names(nanjing, keeper):
    session, row, _by = party_at_the_door(nanjing, children=1, adults=1)
    client = Client(HTTP_HOST="nanjing.test")
    address = f"/t/{row.ticket}/"
    assert "您已签到" not in client.get(address).content.decode()
    scanned(nanjing, session, row, keeper)
    page = client.get(address).content.decode()
    assert ("您已签到" in page, "2 人已签到" in page, "小雨" in page) == (True, True, False)
    with inside(nanjing):
        for seat in seats(nanjing, row):
            untick(seat=seat, by=keeper, at=clock.now())
    assert "您已签到" not in client.get(address).content.decode()


def test_a_sessions_page_for_staff_says_how_many_are_here(nanjing, keeper):
    session, row, _by = party_at_the_door(nanjing, children=1, adults=1)
    scanned(nanjing, session, row, keeper)
    page = browser(keeper, bound=True).get(f"/plan/sessions/{session.code}/").content.decode()
    assert ("2 / 2" in page, f"/desk/{session.code}/" in page) == (True, True)


def test_todays_card_leads_to_the_door_and_counts_who_is_here(nanjing, keeper):
    """In the morning, so that ten minutes from now are today."""
    with time_machine.travel(datetime(2027, 3, 6, 9, tzinfo=ZoneInfo("Asia/Shanghai"))):
        session, row, _by = party_at_the_door(nanjing, children=1, adults=1)
        client = browser(keeper, bound=True)
        before = client.get("/plan/today/").content.decode()
        assert (f'href="/desk/{session.code}/"' in before, "已到 0 / 2" in before) == (True, True)
        scanned(nanjing, session, row, keeper)
        assert "已到 2 / 2" in client.get("/plan/today/").content.decode()
