"""What hangs at a venue: screens, printed codes, and whoever tends them."""

import io
from datetime import timedelta

import pypdfium2
import pytest
import time_machine
import zxingcpp
from django.test import Client

from kit import clock
from networks.models import JournalLine, Network, inside
from people.choices import Role
from programmes.door.choices import Way
from programmes.door.commands.self_check_in import make_printed_code
from programmes.door.models import PrintedCode, Scan, Screen
from tests.browsers import browser, staff
from tests.door.doors import here, opened, seats
from tests.door.here.scenes import (
    HOST,
    OF_ANY_PAGE,
    press,
    scan,
    screen_at,
    story_hour_beside,
    there,
    told,
)

pytestmark = pytest.mark.django_db


# --- The screen ----------------------------------------------------------------------------


def test_a_screen_shows_what_is_on_and_names_nobody(nanjing, party, mother, screen):
    session, row = party
    press(there(mother, nanjing, screen), row, seats(nanjing, row))
    page = told(Client(HTTP_HOST=HOST).get(f"/screen/{screen.secret}/"))
    assert (session.venue.name in page, "小种子" in page, "已到 3" in page) == (True, True, True)
    assert ("小雨" in page, "王芳" in page, row.ticket in page, screen.code in page) == (False, False, False, False)
    assert '<noscript><meta http-equiv="refresh"' in page


def test_a_screen_shows_no_code_where_no_door_is_open(nanjing, party, screen):
    with time_machine.travel(party[0].starts_at - timedelta(hours=3)):
        page = told(Client(HTTP_HOST=HOST).get(f"/screen/{screen.secret}/"))
    assert ("wall-qr" in page, "现在没有可以签到的活动" in page, "小种子" in page) == (False, True, True)


@pytest.mark.parametrize("how_many", [1, 4])
def test_a_screen_costs_the_same_for_many(nanjing, party, screen, how_many, django_assert_num_queries):
    for number in range(how_many - 1):
        opened(nanjing, story_hour_beside(nanjing, party[0]), starts_in=timedelta(minutes=20 + number))
    client = Client(HTTP_HOST=HOST)
    client.get(f"/screen/{screen.secret}/now/")
    with django_assert_num_queries(4 + OF_ANY_PAGE):
        client.get(f"/screen/{screen.secret}/now/")


# --- Staff ---------------------------------------------------------------------------------


def test_a_keeper_opens_a_screen_and_withdraws_it(nanjing, party, keeper):
    desk, venue = browser(keeper, bound=True), party[0].venue
    answer = desk.post("/desk/screens/", {"venue": venue.slug, "name": "入口"})
    with inside(nanjing):
        row = Screen.objects.get()
    assert answer.headers["Location"] == f"/desk/screens/{row.pk}/"
    assert f"/screen/{row.secret}/" in told(desk.get(f"/desk/screens/{row.pk}/"))
    assert venue.name in told(desk.get("/desk/screens/"))
    for _time in range(2):
        assert desk.post(f"/desk/screens/{row.pk}/withdraw/").status_code in {302, 404}
    with inside(nanjing):
        row.refresh_from_db()
        verbs = JournalLine.objects.filter(verb__startswith="door.").order_by("pk").values_list("verb", flat=True)
        assert (row.secret, list(verbs)) == (None, ["door.screen_made", "door.screen_withdrawn"])


@pytest.mark.parametrize("how_many", [1, 4])
def test_the_list_costs_the_same_for_many(nanjing, party, keeper, how_many, django_assert_num_queries):
    for _one in range(how_many):
        screen_at(nanjing, party[0], keeper)
    desk = browser(keeper, bound=True)
    desk.get("/desk/screens/")
    with django_assert_num_queries(7 + OF_ANY_PAGE):
        desk.get("/desk/screens/")


def test_a_keeper_of_another_district_finds_no_such_venue_and_screen(nanjing, party, screen):
    other = browser(staff(nanjing, "13800138004", Role.KEEPER, area="江宁区", name="唐越"), bound=True)
    assert other.post("/desk/screens/", {"venue": party[0].venue.slug}).status_code == 404
    assert other.get(f"/desk/screens/{screen.pk}/").status_code == 404
    assert party[0].venue.name not in told(other.get("/desk/screens/"))


# --- The printed code ----------------------------------------------------------------------


def test_a_printed_code_is_put_up_printed_and_read_back(nanjing, party, mother, keeper):
    session, row = party
    desk = browser(keeper, bound=True)
    desk.post("/desk/printed-codes/", {"venue": session.venue.slug})
    with inside(nanjing):
        code = PrintedCode.objects.get()
    # Where every venue has one there is none to choose.
    assert 'id="printed-venue"' not in told(desk.get("/desk/screens/"))
    answer = desk.post(f"/desk/printed-codes/{code.pk}/sheet/")
    (page,) = pypdfium2.PdfDocument(io.BytesIO(answer.content))
    said = "".join(page.get_textpage().get_text_range().split())
    assert (session.venue.name in said, "扫码签到" in said, "金陵图书馆" in said) == (True, True, True)
    (found,) = zxingcpp.read_barcodes(page.render(scale=2).to_pil().convert("RGB"))
    assert found.text == f"http://{HOST}/here/{code.code}/"
    client = browser(mother)
    assert client.get(f"/here/{code.code}/").headers["Location"] == "/here/"
    assert (press(client, row, seats(nanjing, row)).status_code, here(nanjing, session)) == (200, 3)
    with inside(nanjing):
        assert list(Scan.objects.values_list("way", "by")) == [(Way.PRINTED, mother.pk)]


def test_a_renewed_code_lets_old_sheets_die(nanjing, party, mother, keeper):
    session, row = party
    desk, client = browser(keeper, bound=True), browser(mother)
    desk.post("/desk/printed-codes/", {"venue": session.venue.slug})
    with inside(nanjing):
        old = PrintedCode.objects.get()
    client.get(f"/here/{old.code}/")
    desk.post("/desk/printed-codes/", {"venue": session.venue.slug})
    assert client.get(f"/here/{old.code}/").status_code == 404
    assert (press(client, row, seats(nanjing, row)).status_code, here(nanjing, session)) == (422, 0)
    with inside(nanjing):
        new = PrintedCode.objects.get(ended_at=None)
    assert client.get(f"/here/{new.code}/").status_code == 302
    desk.post(f"/desk/printed-codes/{new.pk}/take-down/")
    assert client.get(f"/here/{new.code}/").status_code == 404


def test_a_library_may_forbid_printed_codes(nanjing, party, mother, keeper, screen):
    with inside(nanjing):
        code = make_printed_code(venue=party[0].venue, by=keeper, at=clock.now())
    client = browser(mother)
    assert client.get(f"/here/{code.code}/").status_code == 302
    Network.objects.filter(pk=nanjing.pk).update(rules={"door_printed_codes": False})
    assert client.get(f"/here/{code.code}/").status_code == 404
    assert "请扫一扫门口的签到码" in told(client.get("/here/"))
    desk = browser(keeper, bound=True)
    desk.post("/desk/printed-codes/", {"venue": party[0].venue.slug})
    assert "本馆不使用张贴码" in told(desk.get("/desk/screens/"))
    with inside(nanjing):
        assert PrintedCode.objects.count() == 1
    assert scan(client, nanjing, screen).status_code == 302
