"""What the door shows on the pages of the rooms below."""

import pytest
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
