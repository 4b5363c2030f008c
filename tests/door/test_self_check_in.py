"""Families check themselves in: at a screen whose code changes, or with a printed one."""

import io
from datetime import datetime, timedelta
from uuid import uuid4

import pypdfium2
import pytest
import time_machine
import zxingcpp
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit import clock
from networks.models import JournalLine, Network, inside
from people.choices import MemberRole, Role
from people.models import Child, Member
from programmes.door.choices import Way
from programmes.door.commands.checking_in import Asking, arrive, untick
from programmes.door.commands.self_check_in import make_printed_code, make_screen, withdraw_screen
from programmes.door.models import CheckIn, PrintedCode, Scan, Screen
from programmes.door.queries.self_check_in import code_of
from programmes.door.rules import rotating
from programmes.planning.models import Session
from programmes.signup.choices import State
from programmes.signup.models import Registration, Terms
from tests.browsers import browser, person, staff
from tests.door.doors import here, opened, scanned, seats
from tests.people import homes
from tests.planning import plans
from tests.signup.signing import another, family, sign_up, story_hour
from venues.models import Venue

pytestmark = pytest.mark.django_db
HOST = "nanjing.test"
# To find the library by its host, and to tell the connection whose rows are meant, and that nobody's are any more.
OF_ANY_PAGE = 3


@pytest.fixture(autouse=True)
def morning():
    """So that all that is meant for today lies in one day."""
    with time_machine.travel(datetime.fromisoformat("2027-03-06T09:00:00+08:00")):
        yield


@pytest.fixture
def keeper(nanjing):
    return staff(nanjing, "13800138003", Role.KEEPER, name="陈静")


@pytest.fixture
def mother(nanjing):
    return person(nanjing, "13800138010", name="王芳")


@pytest.fixture
def home(nanjing, mother):
    return homes.home(nanjing, mother, children=2)


@pytest.fixture
def party(nanjing, mother, home):
    """A session that begins in ten minutes; two children and their mother are signed up for it."""
    session = story_hour(nanjing)
    row = sign_up(nanjing, session, home, mother, children=2, adults=1)
    return at_venue(nanjing, opened(nanjing, session)), row


@pytest.fixture
def screen(nanjing, party, keeper):
    return screen_at(nanjing, party[0], keeper)


def at_venue(network, session, name="清凉门阅读空间"):
    """The same session, in a venue as a whole."""
    with inside(network):
        venue = Venue.objects.filter(name=name).first() or plans.room(venue=name).venue
        Session.objects.filter(pk=session.pk).update(place_kind="venue", venue=venue, area=venue.area)
        return Session.objects.select_related("activity", "area", "venue", "room").get(pk=session.pk)


def screen_at(network, session, by):
    with inside(network):
        return make_screen(venue=session.venue, name="入口", by=by, at=clock.now())


def shown(network, screen):
    with inside(network):
        return code_of(screen, rotating.number_of(clock.now()), network=network)


def scan(client, network, screen):
    """The reader's own scanner opens what the screen shows."""
    return client.get(f"/here/{screen.code}/{shown(network, screen)}/")


def there(who, network, screen):
    """A browser that is signed in, and scanned."""
    client = browser(who) if who is not None else Client(HTTP_HOST=HOST)
    assert scan(client, network, screen).headers["Location"] == "/here/"
    return client


def press(client, row, chosen, *, key=None, **more):
    data = {"client_id": key or uuid4(), "registration": row.code, "seat": [one.pk for one in chosen], **more}
    return client.post("/here/", data)


def told(answer):
    return answer.content.decode()


# --- The code ------------------------------------------------------------------------------


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


# --- Who comes -----------------------------------------------------------------------------


def test_she_is_recognised_ticks_who_is_there_and_is_in(nanjing, party, mother, screen):
    session, row = party
    client = there(mother, nanjing, screen)
    page = told(client.get("/here/"))
    assert ("小雨" in page, page.count(" checked")) == (True, 3)
    first, second, grown = seats(nanjing, row)
    answer = press(client, row, [first, grown])
    assert (answer.status_code, "已签到" in told(answer), here(nanjing, session)) == (200, True, 2)
    with inside(nanjing):
        assert list(Scan.objects.values_list("way", "outcome", "by")) == [(Way.SCREEN, "admitted", mother.pk)]
    # The brother comes a little later.
    assert (press(client, row, [second]).status_code, here(nanjing, session)) == (200, 3)


def test_pressed_twice_it_is_one_scan(nanjing, party, mother, screen):
    session, row = party
    client, key = there(mother, nanjing, screen), uuid4()
    for _time in range(2):
        assert press(client, row, seats(nanjing, row), key=key).status_code == 200
    with inside(nanjing):
        assert (Scan.objects.count(), here(nanjing, session)) == (1, 3)


def test_nobody_ticked_is_nobody_in(nanjing, party, mother, screen):
    session, row = party
    answer = press(there(mother, nanjing, screen), row, [])
    assert (answer.status_code, "还没有勾选" in told(answer), here(nanjing, session)) == (422, True, 0)


def test_the_other_grown_up_of_the_family_is_recognised_too(nanjing, party, home, screen):
    session, row = party
    grandmother = person(nanjing, "13800138011", name="李桂英")
    with inside(nanjing):
        Member.objects.create(household=home, person=grandmother, role=MemberRole.CARER)
    answer = press(there(grandmother, nanjing, screen), row, seats(nanjing, row))
    assert (answer.status_code, here(nanjing, session)) == (200, 3)


def test_a_young_person_answers_for_the_own_seat_alone(nanjing, party, home, screen):
    session, row = party
    young = person(nanjing, "13800138012", name="小雨")
    with inside(nanjing):
        Child.objects.filter(household=home, name="小雨").update(person=young)
    client = there(young, nanjing, screen)
    page = told(client.get("/here/"))
    assert (page.count(" checked"), "小宇" in page) == (1, False)
    press(client, row, seats(nanjing, row))
    assert here(nanjing, session) == 1


def test_strangers_find_nothing_of_the_family(nanjing, party, screen):
    session, row = party
    stranger = there(person(nanjing, "13800138019", name="赵强"), nanjing, screen)
    page = told(stranger.get("/here/"))
    assert ("没有报名" in page, "小雨" in page) == (True, False)
    assert press(stranger, row, seats(nanjing, row)).status_code == 404
    assert here(nanjing, session) == 0


def test_who_is_not_signed_in_goes_to_sign_in_and_back(nanjing, party, screen):
    page = told(there(None, nanjing, screen).get("/here/"))
    assert ('name="next" value="/here/"' in page, "小雨" in page) == (True, False)


def test_what_staff_took_back_stays_so(nanjing, party, mother, keeper, screen):
    session, row = party
    first, *others = seats(nanjing, row)
    client = there(mother, nanjing, screen)
    scanned(nanjing, session, row, keeper)
    with inside(nanjing):
        untick(seat=first, by=keeper, at=clock.now())
    assert "已由工作人员更正" in told(client.get("/here/"))
    press(client, row, [first, *others])
    assert here(nanjing, session) == 2


def test_what_she_came_by_is_told_at_the_desk_and_counted_apart(nanjing, party, mother, keeper, screen):
    session, row = party
    press(there(mother, nanjing, screen), row, seats(nanjing, row))
    desk = browser(keeper, bound=True)
    asked = {"client_id": uuid4(), "code": row.ticket}
    assert "自助签到" in told(desk.post(f"/desk/{session.code}/ask/", asked))
    assert "其中自助 3 人" in told(desk.get(f"/plan/sessions/{session.code}/"))


PRESSES = st.lists(
    st.one_of(
        st.tuples(st.just("herself"), st.sets(st.integers(0, 2), min_size=1)),
        st.tuples(st.just("desk"), st.just(frozenset())),
        st.tuples(st.just("untick"), st.sets(st.integers(0, 2), min_size=1, max_size=1)),
    ),
    max_size=8,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(presses=PRESSES)
def test_in_whatever_order_the_family_and_the_staff_press_each_seat_counts_once(
    nanjing, party, mother, *, keeper, presses
):
    session, row = party
    all_seats, is_here, is_back = seats(nanjing, row), set(), set()
    for who, chosen in presses:
        if who == "herself":
            came = {all_seats[number].pk for number in chosen}
            with inside(nanjing):
                asked = Asking(uuid4(), Way.SCREEN, mother, clock.now())
                arrive(registration=row_now(row), seats=came, asking=asked)
            is_here |= came - is_back
        elif who == "desk":
            scanned(nanjing, session, row, keeper)
            if not is_here:
                is_here, is_back = {seat.pk for seat in all_seats}, set()
        else:
            with inside(nanjing):
                for number in chosen & {n for n, seat in enumerate(all_seats) if seat.pk in is_here}:
                    untick(seat=all_seats[number], by=keeper, at=clock.now())
                    is_here.discard(all_seats[number].pk)
                    is_back.add(all_seats[number].pk)
    with inside(nanjing):
        live = list(CheckIn.objects.filter(session=session, undone_at=None).values_list("seat", flat=True))
        Scan.objects.all().delete()
    assert sorted(live) == sorted(is_here)


def row_now(row):
    return Registration.objects.select_related("session").get(pk=row.pk)


# --- With the ticket alone -----------------------------------------------------------------


@pytest.mark.parametrize("spell", [lambda code: code, lambda code: code[-6:], lambda code: code[-6:].lower()])
def test_who_has_no_account_types_the_ticket_and_reads_no_names(nanjing, party, screen, spell):
    session, row = party
    client, typed = there(None, nanjing, screen), spell(row.ticket)
    page = told(client.post("/here/", {"do": "ticket", "ticket": typed}))
    assert ("小雨" in page, page.count(" checked"), row.ticket in page) == (False, 3, len(typed) == 16)
    answer = press(client, row, seats(nanjing, row)[:1], ticket=typed)
    assert (answer.status_code, "小雨" in told(answer), here(nanjing, session)) == (200, False, 1)
    with inside(nanjing):
        assert list(Scan.objects.values_list("way", "by")) == [(Way.SCREEN, None)]


def test_wrong_tickets_and_reader_numbers_find_nobody_and_make_one_wait(nanjing, party, screen):
    client = there(None, nanjing, screen)
    for read in ["ABCDEF"] * 19 + ["J0012345"]:
        assert client.post("/here/", {"do": "ticket", "ticket": read}).status_code == 422
    assert client.post("/here/", {"do": "ticket", "ticket": party[1].ticket}).status_code == 429


def test_the_end_of_a_ticket_of_another_day_is_not_looked_for(nanjing, party, screen):
    with inside(nanjing):
        later = another(nanjing, party[0].activity, later=timedelta(days=9))
    row = sign_up(nanjing, later, *family(nanjing))
    client = there(None, nanjing, screen)
    assert client.post("/here/", {"do": "ticket", "ticket": row.ticket[-6:]}).status_code == 422
    assert "不是今天" in told(client.post("/here/", {"do": "ticket", "ticket": row.ticket}))


# --- Why not -------------------------------------------------------------------------------


def test_before_the_door_opens_it_says_from_when(nanjing, party, mother, screen):
    session, row = party
    with time_machine.travel(session.starts_at - timedelta(minutes=61)):
        client = there(mother, nanjing, screen)
        assert "还没到签到时间" in told(client.get("/here/"))
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


def story_hour_beside(network, session):
    with inside(network):
        return at_venue(network, another(network, session.activity, later=timedelta(days=4)))


def test_what_nobody_signs_up_for_needs_no_code(nanjing, party, screen):
    session, row = party
    with inside(nanjing):
        Registration.objects.filter(pk=row.pk).update(ended_at=clock.now(), ending="by_family")
        Terms.objects.filter(activity=session.activity).update(way="free")
    assert "wall-qr" not in told(Client(HTTP_HOST=HOST).get(f"/screen/{screen.secret}/"))
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


# --- The ticket's page ---------------------------------------------------------------------


def test_an_open_ticket_hears_that_its_party_is_in_by_one_statement(nanjing, party, keeper, django_assert_num_queries):
    session, row = party
    client, address = Client(HTTP_HOST=HOST), f"/t/{row.ticket}/here/"
    assert f'data-ask="{address}"' in told(client.get(f"/t/{row.ticket}/"))
    assert client.get(address).status_code == 204
    with django_assert_num_queries(1 + OF_ANY_PAGE):
        client.get(address)
    scanned(nanjing, session, row, keeper)
    answer = client.get(address)
    assert (answer.status_code, "您已签到" in told(answer), "小雨" in told(answer)) == (200, True, False)
    assert client.get(f"/t/{'0' * 16}/here/").status_code == 404


def test_a_ticket_says_what_comes_next_and_tells_no_ages(nanjing, party, mother, home, keeper):
    """To whoever has its address what is for the ages of that session; to the family what is for its children."""
    session, row = party
    with inside(nanjing):
        for title, months in (("给四岁", (36, 83)), ("给十岁", (108, 140)), ("给小雨", (60, 95))):
            activity = another_activity(session, title, *months)
            at_venue(nanjing, another(nanjing, activity, later=timedelta(days=6)))
    scanned(nanjing, session, row, keeper)
    with inside(nanjing):
        Child.objects.filter(household=home).update(
            birth_month=(clock.now() - timedelta(days=365 * 9.6)).date().replace(day=1)
        )
    anybody, family_page = (
        told(client.get(f"/t/{row.ticket}/")) for client in (Client(HTTP_HOST=HOST), browser(mother))
    )
    shown = [[title in page for title in ("给四岁", "给十岁", "给小雨")] for page in (anybody, family_page)]
    assert shown == [[True, False, True], [False, True, False]]


def another_activity(session, title, first, last):
    activity = plans.activity(title, from_months=first, to_months=last, programme=session.activity.programme)
    Terms.objects.create(activity=activity)
    return activity


def test_a_ticket_leads_to_self_check_in_where_one_is(nanjing, party, screen):
    _session, row = party
    address = f"/t/{row.ticket}/"
    assert "我们到了，去签到" not in told(Client(HTTP_HOST=HOST).get(address))
    assert "我们到了，去签到" in told(there(None, nanjing, screen).get(address))
