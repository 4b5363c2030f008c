"""The ticket: opened by its code alone, without names; read back from page, picture and calendar by others' programs."""

import io
import re
from datetime import timedelta

import icalendar
import pytest
import time_machine
import zxingcpp
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from kit import clock, lettering
from networks.models import inside
from programmes.planning.models import Session
from programmes.signup.choices import Ending, State
from programmes.signup.commands.changing import cancel_for
from programmes.signup.models import Registration
from programmes.signup.rules.tickets import is_ticket, new_ticket
from tests.browsers import browser, person
from tests.kit.test_ui_qr import drawn
from tests.people import homes
from tests.people.family import words
from tests.planning.test_feed_lines import cut_characters, loose_lines
from tests.signup.signing import another, sign_up, story_hour

pytestmark = pytest.mark.django_db

WECHAT = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 MicroMessenger/8.0.50"


@pytest.fixture
def mother(nanjing):
    return person(nanjing, "13800138010", name="王芳")


@pytest.fixture
def home(nanjing, mother):
    return homes.home(nanjing, mother, children=2)


@pytest.fixture
def row(nanjing, home, mother):
    return sign_up(nanjing, story_hour(nanjing), home, mother, children=2, adults=1)


def anybody(network, agent=""):
    return Client(HTTP_HOST=network.hosts.get(is_primary=True).host, headers={"User-Agent": agent})


def get(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status, words(answer)
    return answer.content.decode()


def scanned(page):
    """What somebody else's reader makes of the code on the page."""
    return [code.text for code in zxingcpp.read_barcodes(drawn(page))]


def set_state(network, row, **values):
    with inside(network):
        Registration.objects.filter(pk=row.pk).update(**values)


def test_whoever_has_the_code_sees_the_ticket_and_no_name(nanjing, row, mother):
    path = f"/t/{row.ticket}/"
    answer = anybody(nanjing).get(path)
    page = answer.content.decode()
    assert (answer.status_code, scanned(page)) == (200, [f"http://nanjing.test{path}"])
    assert ("2 个孩子 + 1 位家长" in page, "小种子" in page, "怎样参加" in page) == (True, True, True)
    assert re.findall("小雨|小宇|王芳", page) == []
    assert "".join(re.findall(r"<b>(\w+)</b></span>", page)) == row.ticket[-6:]
    assert (answer["Referrer-Policy"], answer["X-Robots-Tag"]) == ("no-referrer", "noindex, nofollow")
    assert ("private" in answer["Cache-Control"], "no-store" in answer["Cache-Control"]) == (True, True)
    own = get(browser(mother), path)
    assert ("小雨" in own, "小宇" in own, f"/me/sign-ups/{row.code}/" in own) == (True, True, True)
    assert "小雨" not in get(browser(person(nanjing, "13800138014")), path)


def test_the_way_to_it_is_on_every_page_of_the_registration(nanjing, row, mother):
    for path in ("/me/sign-ups/", f"/me/sign-ups/{row.code}/"):
        assert f'href="/t/{row.ticket}/"' in get(browser(mother), path)
    set_state(nanjing, row, state=State.WAITS, waits_from=clock.now())
    for path in ("/me/sign-ups/", f"/me/sign-ups/{row.code}/"):
        assert row.ticket not in get(browser(mother), path)


def test_typed_as_people_type_it_comes_to_the_same_address(nanjing, row):
    lower = f"{row.ticket[:4]}-{row.ticket[4:]}".lower().replace("0", "o").replace("1", "l")
    for end in ("", "calendar.ics"):
        answer = anybody(nanjing).get(f"/t/{lower}/{end}")
        assert (answer.status_code, answer["Location"]) == (302, f"/t/{row.ticket}/{end}")


def test_what_is_no_ticket_of_this_library_says_so(nanjing, shenzhen, row):
    code = row.ticket
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    assert (is_ticket(code, nanjing.code), is_ticket(code, shenzhen.code)) == (True, False)
    client = anybody(nanjing)
    with CaptureQueriesContext(connection) as asked:
        page = get(client, f"/t/{wrong}/", 404)
    # Of tickets nothing is asked.
    assert ("没有找到这个入场码" in page, [one for one in asked if "signup_" in one["sql"]]) == (True, [])
    assert "没有找到这个入场码" in get(client, f"/t/{new_ticket(nanjing.code)}/", 404)
    for end in ("", "calendar.ics"):
        assert anybody(shenzhen).get(f"/t/{code}/{end}").status_code == 404
    set_state(nanjing, row, household=None, forgotten_at=clock.now())
    get(client, f"/t/{code}/", 404)


NOT_YET = {
    State.WAITS: "候补中，还不是入场码",
    State.INVITED: "有名额了，请您确认",
    State.ASKED: "等待审核，还不是入场码",
}


@pytest.mark.parametrize("state", NOT_YET)
def test_who_holds_no_place_for_certain_has_no_code_to_show(nanjing, row, state):
    at = clock.now()
    waits = {} if state == State.ASKED else {"waits_from": at}
    until = {"invited_until": at + timedelta(hours=5)} if state == State.INVITED else {}
    set_state(nanjing, row, state=state, **waits, **until)
    page = get(anybody(nanjing), f"/t/{row.ticket}/")
    assert (NOT_YET[state] in page, scanned(page)) == (True, [])
    assert str(entry(nanjing, row)["STATUS"]) == "TENTATIVE"


def test_cancelled_called_off_and_over_open_no_door(nanjing, row, home, mother):
    second = sign_up(nanjing, another(nanjing, row.session.activity, later=timedelta(days=5)), home, mother)
    with inside(nanjing):
        Session.objects.filter(pk=row.session_id).update(called_off_at=clock.now(), call_off_reason="馆内停电")
        cancel_for(registration=second, reason="名额调整", by=mother, at=clock.now())
    client = anybody(nanjing)
    off, ended = (get(client, f"/t/{one.ticket}/") for one in (row, second))
    assert ("馆内停电" in off, scanned(off), "这次报名已取消" in ended, scanned(ended)) == (True, [], True, [])
    # Why is for the family.
    assert "名额调整" not in ended
    assert [str(entry(nanjing, one)["STATUS"]) for one in (row, second)] == ["CANCELLED", "CANCELLED"]
    with inside(nanjing):
        Session.objects.filter(pk=row.session_id).update(called_off_at=None, call_off_reason="")
    with time_machine.travel(clock.now() + timedelta(days=4)):
        over = get(client, f"/t/{row.ticket}/")
    assert ("本场已结束" in over or "已结束" in over, scanned(over)) == (True, [])


def test_moved_by_the_library_leads_to_the_new_ticket(nanjing, row, home, mother):
    new = sign_up(nanjing, another(nanjing, row.session.activity, later=timedelta(days=5)), home, mother)
    set_state(nanjing, row, ended_at=clock.now(), ending=Ending.MOVED)
    set_state(nanjing, new, follows=row)
    page = get(anybody(nanjing), f"/t/{row.ticket}/")
    assert (f'href="/t/{new.ticket}/"' in page, scanned(page)) == (True, [])


def test_a_session_at_another_time_says_so_on_the_ticket(nanjing, row):
    with inside(nanjing):
        session = Session.objects.get(pk=row.session_id)
        before = {"starts_at": (session.starts_at - timedelta(hours=2)).isoformat()}
        Session.objects.filter(pk=session.pk).update(moved_at=clock.now(), moved_from=before)
    page = get(anybody(nanjing), f"/t/{row.ticket}/")
    assert ("时间有变" in page or "新时间" in page, len(scanned(page))) == (True, 1)


# --- The calendar ---------------------------------------------------------------------------


def entry(network, row):
    answer = anybody(network).get(f"/t/{row.ticket}/calendar.ics")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert (loose_lines(answer.content), cut_characters(answer.content)) == ([b""], [])
    calendar = icalendar.Calendar.from_ical(answer.content)
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Asia/Shanghai"]
    (found,) = calendar.walk("VEVENT")
    return found


def test_the_calendar_has_time_place_and_an_alarm_and_no_name(nanjing, row):
    found = entry(nanjing, row)
    times = [at.replace(microsecond=0) for at in (row.session.starts_at, row.session.ends_at)]
    assert [found[name].dt for name in ("DTSTART", "DTEND")] == times
    assert (str(found["STATUS"]), str(found["URL"])) == ("CONFIRMED", f"http://nanjing.test/t/{row.ticket}/")
    assert ("2 个孩子 + 1 位家长" in found["DESCRIPTION"], "小雨" in found.to_ical().decode()) == (True, False)
    assert [alarm["TRIGGER"].dt for alarm in found.walk("VALARM")] == [timedelta(hours=-2)]
    before = found["SEQUENCE"]
    set_state(nanjing, row, ended_at=clock.now(), ending=Ending.BY_FAMILY)
    after = entry(nanjing, row)
    assert (after["UID"] == found["UID"], after["SEQUENCE"] > before, after.walk("VALARM")) == (True, True, [])


def test_wechat_is_offered_no_calendar(nanjing, row):
    path = f"/t/{row.ticket}/"
    assert ["calendar.ics" in get(anybody(nanjing, agent), path) for agent in ("", WECHAT)] == [True, False]


# --- The picture ----------------------------------------------------------------------------


def test_the_picture_is_small_and_reads_back(nanjing, row):
    answer = anybody(nanjing).get(f"/t/{row.ticket}/picture.png")
    assert (answer.status_code, answer["Content-Type"], len(answer.content) < 120 * 1024) == (200, "image/png", True)
    with Image.open(io.BytesIO(answer.content)) as picture:
        assert (picture.format, picture.width) == ("PNG", 900)
        found = zxingcpp.read_barcodes(picture.convert("RGB"))
    assert [code.text for code in found] == [f"http://nanjing.test/t/{row.ticket}/"]


def test_in_wechat_the_picture_stands_on_the_page_and_elsewhere_it_is_fetched(nanjing, row):
    path = f"/t/{row.ticket}/"
    pages = [get(anybody(nanjing, agent), path) for agent in ("", WECHAT)]
    assert [f'<img src="{path}picture.png"' in page for page in pages] == [False, True]
    assert [f'href="{path}picture.png" download' in page for page in pages] == [True, False]
    set_state(nanjing, row, state=State.WAITS, waits_from=clock.now())
    assert ("picture.png" in get(anybody(nanjing), path), anybody(nanjing).get(f"{path}picture.png").status_code) == (
        False,
        404,
    )


def test_without_chinese_letters_no_picture_is_offered(nanjing, row, monkeypatch):
    monkeypatch.setattr(lettering, "_FOLDERS", ())
    lettering._file.cache_clear()
    try:
        assert "picture.png" not in get(anybody(nanjing), f"/t/{row.ticket}/")
        assert anybody(nanjing).get(f"/t/{row.ticket}/picture.png").status_code == 404
    finally:
        lettering._file.cache_clear()
