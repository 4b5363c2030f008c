"""The code on a screen changes, and is good where and when it is shown."""

from datetime import datetime

import pytest
import time_machine
from django.test import Client

from kit import clock
from networks.models import inside
from programmes.door.commands.self_check_in import withdraw_screen
from programmes.door.models import CheckIn, Scan
from tests.browsers import browser
from tests.door.doors import here, seats
from tests.door.here.scenes import HOST, press, scan, screen_at, shown, there, told

pytestmark = pytest.mark.django_db


def test_a_code_counts_for_its_thirty_seconds_and_the_next(nanjing, screen):
    with time_machine.travel(datetime.fromisoformat("2027-03-06T09:59:40+08:00"), tick=False) as time:
        code, answers = shown(nanjing, screen), []
        for moment in ("09:59:29", "09:59:30", "09:59:59", "10:00:00", "10:00:29", "10:00:30", "10:05:00"):
            time.move_to(datetime.fromisoformat(f"2027-03-06T{moment}+08:00"))
            answers.append(Client(HTTP_HOST=HOST).get(f"/here/{screen.code}/{code}/").status_code)
    assert answers == [404, 302, 302, 302, 302, 404, 404]


def test_the_code_of_another_screen_or_library_is_of_no_use(nanjing, shenzhen, party, keeper, screen):
    other, code = screen_at(nanjing, party[0], keeper), shown(nanjing, screen)
    tried = [(HOST, other.code), ("shenzhen.test", screen.code), (HOST, "ABC123"), (HOST, screen.code)]
    answers = [Client(HTTP_HOST=host).get(f"/here/{one}/{code}/") for host, one in tried]
    assert [answer.status_code for answer in answers] == [404, 404, 404, 302]
    # Nobody learns whether there is such a screen.
    pages = [told(answers[number]).replace(tried[number][1], "") for number in (0, 2)]
    assert pages[0] == pages[1]


def test_a_screen_that_was_withdrawn_shows_and_opens_nothing(nanjing, party, mother, keeper, screen):
    session, row = party
    client, address = there(mother, nanjing, screen), f"/screen/{screen.secret}/"
    assert Client(HTTP_HOST=HOST).get(address).status_code == 200
    with inside(nanjing):
        withdraw_screen(screen=screen, by=keeper, at=clock.now())
    assert Client(HTTP_HOST=HOST).get(address).status_code == 404
    assert scan(Client(HTTP_HOST=HOST), nanjing, screen).status_code == 404
    assert press(client, row, seats(nanjing, row)).status_code == 422
    assert here(nanjing, session) == 0


def test_one_who_guesses_waits_and_then_the_right_code_is_of_no_use_to_him(nanjing, screen):
    client = Client(HTTP_HOST=HOST)
    assert {client.get(f"/here/{screen.code}/AAAA{n:02}/").status_code for n in range(60)} == {404}
    assert scan(client, nanjing, screen).status_code == 429
    assert scan(Client(HTTP_HOST=HOST, REMOTE_ADDR="192.0.2.7"), nanjing, screen).status_code == 302


def test_opening_what_was_scanned_changes_nothing(nanjing, party, screen):
    """WeChat opens a link before the reader does."""
    client = Client(HTTP_HOST=HOST)
    assert client.head(f"/here/{screen.code}/{shown(nanjing, screen)}/").status_code == 302
    assert (scan(client, nanjing, screen).status_code, client.head("/here/").status_code) == (302, 200)
    with inside(nanjing):
        assert (Scan.objects.count(), CheckIn.objects.count()) == (0, 0)


def test_without_a_scan_the_page_says_to_scan(nanjing, party, mother):
    _session, row = party
    client = browser(mother)
    assert "请扫一扫门口的签到码" in told(client.get("/here/"))
    assert press(client, row, seats(nanjing, row)).status_code == 422
    client.cookies["p8000-here"] = "1:screen:1:1"
    assert "请扫一扫门口的签到码" in told(client.get("/here/"))
