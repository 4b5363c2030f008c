"""Somebody more at the door whom nobody named: counted where a place is free, and taken back where that was a mistake."""

from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit import clock
from kit.refusals import Refused
from networks.models import JournalLine, inside
from people.choices import Role
from programmes.door.choices import Way
from programmes.door.commands.checking_in import add, add_nameless, take_back, tick, untick
from programmes.door.models import CheckIn
from programmes.door.queries.attendance import Heads, attendance_of
from programmes.door.queries.parties import on_card
from programmes.signup.models import Places, Registration
from programmes.signup.queries.coming import Sight
from programmes.signup.queries.families import registrations
from tests.browsers import browser, staff
from tests.door.doors import asking, here, opened, party_at_the_door, scanned, seats
from tests.door.uploads import bring, line
from tests.signup.signing import family, sign_up, story_hour

pytestmark = pytest.mark.django_db
NOTHING = Sight(telephones=False, needs=False)


@pytest.fixture
def keeper(nanjing):
    return staff(nanjing, "13800138003", Role.KEEPER, name="陈静")


def one_more(keeper):
    return asking(keeper, way=Way.LIST)


def shown(network, row):
    """Words and ticks as the card has them, and what may be taken back."""
    with inside(network):
        party = on_card(registrations().get(pk=row.pk), sight=NOTHING)
        ticks = [(tick.name, tick.is_here) for tick in party.at_door.ticks]
        return ticks, [word for _seat, word in party.to_take_back]


def counts(network, row):
    with inside(network):
        row = Registration.objects.get(pk=row.pk)
        return row.counted, row.adults, Places.objects.get(session=row.session_id).taken


def test_a_child_without_a_name_takes_a_place_and_is_here(nanjing, keeper):
    session, row, _by = party_at_the_door(nanjing, children=1, adults=1)
    scanned(nanjing, session, row, keeper)
    with inside(nanjing):
        add_nameless(registration=row, asking=one_more(keeper))
    assert shown(nanjing, row) == ([("*雨", True), ("孩子", True), ("大人", True)], ["孩子"])
    assert (counts(nanjing, row), here(nanjing, session)) == ((2, 1, 2), 3)


def test_where_the_grown_up_has_not_come_the_child_has(nanjing, keeper):
    session, row, _by = party_at_the_door(nanjing, children=1, adults=1)
    scanned(nanjing, session, row, keeper)
    grown_up = seats(nanjing, row)[-1]
    with inside(nanjing):
        untick(seat=grown_up, by=keeper, at=clock.now())
        add_nameless(registration=row, asking=one_more(keeper))
        heads = attendance_of([session])[session.pk].checked_in
    assert shown(nanjing, row)[0] == [("*雨", True), ("孩子", True), ("大人", False)]
    assert heads == Heads(adults=0, children=2)


def test_sent_again_it_is_one_child(nanjing, keeper):
    session, row, _by = party_at_the_door(nanjing)
    scanned(nanjing, session, row, keeper)
    asked = one_more(keeper)
    with inside(nanjing):
        for _twice in range(2):
            add_nameless(registration=row, asking=asked)
    assert here(nanjing, session) == 3


def test_where_no_place_is_free_it_is_refused(nanjing, keeper):
    session = story_hour(nanjing, places=1)
    row = sign_up(nanjing, session, *family(nanjing))
    session = opened(nanjing, session)
    scanned(nanjing, session, row, keeper)
    with inside(nanjing), pytest.raises(Refused):
        add_nameless(registration=row, asking=one_more(keeper))
    assert (counts(nanjing, row)[2], here(nanjing, session)) == (1, 1)


def test_what_was_counted_by_mistake_is_taken_back_and_its_place_is_free(nanjing, keeper):
    session, row, _by = party_at_the_door(nanjing, children=1, adults=1)
    scanned(nanjing, session, row, keeper)
    before = counts(nanjing, row)
    with inside(nanjing):
        add(registration=row, child=None, asking=one_more(keeper))
        add_nameless(registration=row, asking=one_more(keeper))
    assert shown(nanjing, row)[1] == ["孩子", "大人"]
    for _each in range(2):
        with inside(nanjing):
            party = on_card(registrations().get(pk=row.pk), sight=NOTHING)
            seat = next(one for one in seats(nanjing, row) if one.pk == party.to_take_back[0][0])
            take_back(seat=seat, asking=one_more(keeper))
    assert (counts(nanjing, row), here(nanjing, session), shown(nanjing, row)[1]) == (before, 2, [])
    with inside(nanjing):
        assert JournalLine.objects.filter(verb="door.taken_back", actor_id=keeper.pk).count() == 2
        assert CheckIn.objects.filter(undone_by=keeper).count() == 2


def test_who_was_added_stays_so_when_an_earlier_scan_arrives_later(nanjing, keeper):
    """Of the same party, by a device that had no network."""
    session, row, _by = party_at_the_door(nanjing, children=1, adults=1)
    scanned(nanjing, session, row, keeper)
    with inside(nanjing):
        add_nameless(registration=row, asking=one_more(keeper))
    bring(browser(keeper, bound=True), session, line(row, minutes=5))
    assert shown(nanjing, row) == ([("*雨", True), ("孩子", True), ("大人", True)], ["孩子"])


def test_who_was_signed_up_is_not_taken_back(nanjing, keeper):
    session, row, _by = party_at_the_door(nanjing, children=1, adults=1)
    scanned(nanjing, session, row, keeper)
    client = browser(keeper, bound=True)
    for seat in seats(nanjing, row):
        address = f"/desk/{session.code}/seats/{seat.pk}/take-back/"
        page = client.post(address, {"client_id": uuid4()}, headers={"X-Card": "1"}).content.decode()
        assert ("只有现场加的人可以减掉" in page, here(nanjing, session)) == (True, 2)


def test_the_card_adds_and_takes_back(nanjing, keeper):
    session, row, _by = party_at_the_door(nanjing, children=1, adults=1)
    scanned(nanjing, session, row, keeper)
    client, address = browser(keeper, bound=True), f"/desk/{session.code}/sign-ups/{row.code}/add/"
    page = client.post(address, {"client_id": uuid4(), "nameless": "1"}, headers={"X-Card": "1"})
    assert ("已到 3/3 人" in page.content.decode(), "少一位孩子" in page.content.decode()) == (True, True)
    (seat, _word) = page.context["card"].party.to_take_back[0]
    again = client.post(
        f"/desk/{session.code}/seats/{seat}/take-back/", {"client_id": uuid4()}, headers={"X-Card": "1"}
    )
    assert ("已到 2/2 人" in again.content.decode(), here(nanjing, session)) == (True, 2)
    gone = client.post(f"/desk/{session.code}/seats/{seat}/take-back/", {"client_id": uuid4()})
    assert gone.status_code == 404


STEPS = st.lists(st.sampled_from(["child", "grown-up", "back", "untick", "tick"]), max_size=8)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_in_whatever_order_the_counts_stay_true(nanjing, keeper, party, steps):
    session, row = party
    point = transaction.savepoint()
    try:
        for step in steps:
            with inside(nanjing):
                go(step, nanjing, row, keeper)
        ticks, _back = shown(nanjing, row)
        counted, adults, taken = counts(nanjing, row)
        words = [word for word, _here in ticks]
        assert (words.count("大人"), len(words) - adults, taken) == (adults, counted, counted)
        assert adults + words.count("孩子") == 1 + max(0, len(words) - 2)
        assert sum(is_here for _word, is_here in ticks) == here(nanjing, session)
        with inside(nanjing):
            heads = attendance_of([session])[session.pk].checked_in
        assert (heads.adults, heads.all) == (ticks.count(("大人", True)), here(nanjing, session))
    finally:
        transaction.savepoint_rollback(point)


def go(step, network, row, keeper):
    last = seats(network, row)[-1]
    if step == "child":
        add_nameless(registration=row, asking=one_more(keeper))
    elif step == "grown-up":
        add(registration=row, child=None, asking=one_more(keeper))
    elif step == "untick":
        untick(seat=last, by=keeper, at=clock.now())
    elif step == "tick":
        tick(seat=last, asking=one_more(keeper))
    elif back := on_card(registrations().get(pk=row.pk), sight=NOTHING).to_take_back:
        take_back(seat=next(one for one in seats(network, row) if one.pk == back[-1][0]), asking=one_more(keeper))


@pytest.fixture
def party(nanjing, keeper):
    session, row, _by = party_at_the_door(nanjing, children=1, adults=1)
    scanned(nanjing, session, row, keeper)
    return session, row
