"""A family checks itself in: recognised, or by its ticket alone."""

from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit import clock
from networks.models import inside
from people.choices import MemberRole
from people.models import Child, Member
from programmes.door.choices import Way
from programmes.door.commands.checking_in import Asking, add_nameless, arrive, untick
from programmes.door.models import CheckIn, Scan
from programmes.signup.models import Registration
from tests.browsers import browser, person
from tests.door.doors import asking, here, scanned, seats
from tests.door.here.scenes import press, there, told
from tests.signup.signing import another, family, sign_up

pytestmark = pytest.mark.django_db


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


def test_who_was_added_at_the_door_is_called_what_they_are(nanjing, party, mother, keeper, screen):
    session, row = party
    scanned(nanjing, session, row, keeper)
    client = there(mother, nanjing, screen)
    before = [box.name for box in client.get("/here/").context["told"][0].party.boxes]
    with inside(nanjing):
        answer = add_nameless(registration=row, asking=asking(keeper, way=Way.LIST))
        child = answer.scan.check_ins.get().seat_id
    boxes = client.get("/here/").context["told"][0].party.boxes
    assert {box.seat: box.name for box in boxes}[child] == "孩子"
    assert sorted(box.name for box in boxes) == sorted([*before, "孩子"])


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
