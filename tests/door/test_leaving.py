"""Children are handed over to those who may fetch them, others leave by a scan, and whom nobody fetches is looked for."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from kit import clock
from kit.refusals import Refused
from networks.models import Fact, JournalLine, inside
from notifications.models import Delivery, Message
from people.choices import MemberRole, Role
from people.models import Child, Member
from people.registers.holdings import Owner, holdings
from programmes.door.choices import LeftHow
from programmes.door.commands.signing_out import close_doors, look_for_children, sign_out, take_back
from programmes.door.models import CheckIn, Leaving
from programmes.door.queries.leaving import here_in
from programmes.door.steps.signing_out import Out
from programmes.signup.commands.fetching import Other, Said, say_who_fetches
from programmes.signup.models import Seat, Terms
from programmes.signup.queries.families import registrations
from tests.browsers import browser, person, staff
from tests.door.desk_devices import joined
from tests.door.doors import opened, party_at_the_door, scanned, seats
from tests.people.conftest import relay
from tests.signup.signing import family, sign_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(nanjing):
    return staff(nanjing, "13800138003", Role.KEEPER, name="陈静")


@pytest.fixture
def planner(nanjing):
    return staff(nanjing, "13800138001", Role.PLANNER, name="林晓梅")


def came(network, keeper, *, children=2, hand_over=True, adults=0):
    """A party that is here; children stay without an adult unless said otherwise."""
    terms = {"hand_over": True, "alone_from": 5} if hand_over else {}
    session, row, by = party_at_the_door(network, children=children, adults=adults, terms=terms)
    scanned(network, session, row, keeper)
    return session, row, by


def out(how=LeftHow.SCAN, *, key=None, at=None, **who):
    now = at or clock.now()
    return Out(key or uuid4(), how, now, now, **who)


def signs(network, session, chosen, said, by=None):
    with inside(network):
        return sign_out(session=session, seats=chosen, out=said, by=by)


def still(network, session):
    with inside(network):
        return len(here_in(session))


def post(client, session, part, **sent):
    return client.post(f"/desk/{session.code}/out/{part}", {"client_id": uuid4(), **sent})


def text(answer):
    return answer.content.decode()


# --- Handing over --------------------------------------------------------------------------


def test_a_child_is_handed_to_a_grown_up_of_the_family(nanjing, keeper):
    session, row, by = came(nanjing, keeper)
    first, second = seats(nanjing, row)
    assert signs(nanjing, session, [first], out(LeftHow.FETCHED, person=by.pk), keeper) == 1
    assert signs(nanjing, session, [second], out(LeftHow.FETCHED, person=by.pk), keeper) == 1
    assert still(nanjing, session) == 0


def test_the_same_request_signs_out_once_and_who_left_cannot_leave_again(nanjing, keeper):
    session, row, by = came(nanjing, keeper)
    both, said = seats(nanjing, row), out(LeftHow.FETCHED, person=by.pk)
    assert [signs(nanjing, session, both, said) for _twice in range(2)] == [2, 0]
    with pytest.raises(Refused) as told:
        signs(nanjing, session, both, out(LeftHow.FETCHED, person=by.pk))
    assert told.value.codes == ("not_here",)


def test_taken_back_one_is_here_again_and_leaves_again(nanjing, keeper):
    session, row, by = came(nanjing, keeper, children=1)
    (seat,) = seats(nanjing, row)
    signs(nanjing, session, [seat], out(LeftHow.FETCHED, person=by.pk))
    with inside(nanjing):
        assert [take_back(seat=seat, by=keeper, at=clock.now()) for _twice in range(2)] == [True, False]
    assert still(nanjing, session) == 1
    assert signs(nanjing, session, [seat], out(LeftHow.FETCHED, person=by.pk)) == 1
    with inside(nanjing):
        assert (Leaving.objects.count(), Leaving.objects.filter(undone_at=None).count()) == (2, 1)
        assert JournalLine.objects.filter(verb="door.leaving_undone", actor_id=keeper.pk).count() == 1


def test_whoever_is_unticked_and_ticked_again_is_here_and_leaves_again(nanjing, keeper):
    """A brother was signed out in place of his sister, and somebody put it right at the door."""
    session, row, by = came(nanjing, keeper)
    client, (first, second) = browser(keeper, bound=True), seats(nanjing, row)
    signs(nanjing, session, [first], out(LeftHow.FETCHED, person=by.pk))
    for part in ("untick", "tick"):
        client.post(f"/desk/{session.code}/seats/{first.pk}/{part}/", {"client_id": uuid4()})
    with inside(nanjing):
        assert here_in(session) == {first.pk, second.pk}
        assert [row.undone_by for row in Leaving.objects.all()] == [keeper]
    assert signs(nanjing, session, [first], out(LeftHow.FETCHED, person=by.pk)) == 1


def test_somebody_else_is_written_down_and_journaled(nanjing, keeper):
    session, row, _by = came(nanjing, keeper, children=1)
    (seat,) = seats(nanjing, row)
    with pytest.raises(Refused) as told:
        signs(nanjing, session, [seat], out(LeftHow.OTHER), keeper)
    assert told.value.codes == ("who_is_it",)
    signs(nanjing, session, [seat], out(LeftHow.OTHER, note="姑姑，已电话核实"), keeper)
    with inside(nanjing):
        line = JournalLine.objects.get(verb="door.handed_to_other")
        assert (line.actor_id, line.values, line.changed) == (keeper.pk, {}, ["note"])


def test_only_whom_a_guardian_lets_goes_alone(nanjing, keeper):
    session, row, by = came(nanjing, keeper)
    first, second = seats(nanjing, row)
    with inside(nanjing):
        mine = registrations().get(pk=row.pk)
        said = Said((by.pk,), None, (first.child_id,))
        say_who_fetches(registration=mine, said=said, by=by, at=clock.now())
    with pytest.raises(Refused) as told:
        signs(nanjing, session, [first, second], out(LeftHow.ALONE))
    assert told.value.codes == ("not_alone",)
    assert signs(nanjing, session, [first], out(LeftHow.ALONE)) == 1


def test_where_children_are_handed_over_nobody_just_leaves(nanjing, keeper):
    session, row, _by = came(nanjing, keeper)
    with pytest.raises(Refused) as told:
        signs(nanjing, session, seats(nanjing, row), out())
    assert told.value.codes == ("by_whom",)


def test_who_has_not_come_cannot_leave(nanjing):
    session, row, by = party_at_the_door(nanjing, terms={"hand_over": True})
    with pytest.raises(Refused) as told:
        signs(nanjing, session, seats(nanjing, row), out(LeftHow.FETCHED, person=by.pk))
    assert told.value.codes == ("not_here",)


# --- By the clock --------------------------------------------------------------------------


def closed(network, session):
    return opened(network, session, starts_in=-timedelta(hours=2))


def test_at_closing_the_others_have_left_by_the_clock(nanjing, keeper):
    session, row, _by = came(nanjing, keeper, children=2, adults=1, hand_over=False)
    first, *_others = seats(nanjing, row)
    signs(nanjing, session, [first], out())
    late = closed(nanjing, session)
    with inside(nanjing):
        CheckIn.objects.update(at=late.starts_at)
        assert [close_doors(network=nanjing, at=clock.now()) for _twice in range(2)] == [2, 0]
        rows = Leaving.objects.filter(how=LeftHow.AUTOMATIC)
        assert set(rows.values_list("at", "by")) == {(late.ends_at, None)}


def test_where_nobody_signs_out_or_children_are_handed_over_the_clock_signs_nobody_out(nanjing, keeper):
    session, row, by = came(nanjing, keeper, hand_over=False)
    closed(nanjing, session)
    with inside(nanjing):
        assert close_doors(network=nanjing, at=clock.now()) == 0
        Terms.objects.update(hand_over=True)
    first, _second = seats(nanjing, row)
    signs(nanjing, session, [first], out(LeftHow.FETCHED, person=by.pk))
    with inside(nanjing):
        assert close_doors(network=nanjing, at=clock.now()) == 0
    assert still(nanjing, session) == 1


# --- Not fetched ---------------------------------------------------------------------------


def over(network, session, *, minutes):
    """It ended so many minutes ago."""
    lasts = session.ends_at - session.starts_at
    return opened(network, session, starts_in=-lasts - timedelta(minutes=minutes))


def look(network, times=1):
    with inside(network):
        for _time in range(times):
            look_for_children(network=network, at=clock.now())


def test_fifteen_minutes_after_the_end_each_family_becomes_a_fact_once(nanjing, keeper):
    session, _row, _by = came(nanjing, keeper)
    over(nanjing, session, minutes=14)
    look(nanjing)
    with inside(nanjing):
        assert Fact.objects.filter(kind="door.not_fetched").count() == 0
    over(nanjing, session, minutes=16)
    look(nanjing, times=3)
    with inside(nanjing):
        facts = Fact.objects.filter(kind="door.not_fetched")
        assert (facts.count(), facts.values("dedupe_key").distinct().count()) == (2, 1)


def test_guardians_and_keepers_are_told_by_the_real_outbox_once(nanjing, keeper):
    session, _row, by = came(nanjing, keeper, children=1)
    with inside(nanjing):
        Child.objects.update(name="小雨")
    over(nanjing, session, minutes=16)
    for _time in range(2):
        look(nanjing)
        relay(nanjing)
    with inside(nanjing):
        told = {(message.person_id, message.kind) for message in Message.objects.all()}
        assert {(by.pk, "door.please_fetch"), (keeper.pk, "door.not_fetched")} <= told
        assert Message.objects.filter(kind="door.please_fetch", person=by).count() == 1
        assert Message.objects.filter(kind="door.not_fetched", person=keeper).count() == 1


def test_of_two_siblings_a_guardian_hears_once_and_how_many_are_still_here(nanjing, keeper):
    session, row, by = came(nanjing, keeper, children=3)
    father = person(nanjing, "13800138055", name="李强")
    with inside(nanjing):
        Member.objects.create(household=row.household, person=father, role=MemberRole.GUARDIAN, joined_at=clock.now())
    signs(nanjing, session, seats(nanjing, row)[:1], out(LeftHow.FETCHED, person=by.pk))
    over(nanjing, session, minutes=16)
    for _time in range(2):
        look(nanjing)
        relay(nanjing)
    with inside(nanjing):
        sent = list(Delivery.objects.filter(kind="door.please_fetch").values_list("person", "channel"))
        (told,) = Message.objects.filter(kind="door.please_fetch", person=father)
        assert (sent, told.fields["who"]) == ([(father.pk, "sms")], "您家 2 个孩子")
        assert Message.objects.get(kind="door.not_fetched", person=keeper).fields["who"] == "同一家庭的 2 个孩子"


def test_who_is_signed_out_in_time_is_looked_for_no_more(nanjing, keeper):
    session, row, by = came(nanjing, keeper, children=1)
    over(nanjing, session, minutes=16)
    look(nanjing)
    signs(nanjing, session, seats(nanjing, row), out(LeftHow.FETCHED, person=by.pk))
    relay(nanjing)
    with inside(nanjing):
        assert Message.objects.filter(kind__startswith="door.").count() == 0


def test_a_child_whom_nobody_named_is_looked_for_and_a_grown_up_who_came_along_is_not(nanjing, keeper):
    """Such as of a family that called."""
    session, row, by = came(nanjing, keeper, children=2, adults=1)
    first, second, _grown_up = seats(nanjing, row)
    with inside(nanjing):
        Seat.objects.filter(pk=second.pk).update(child=None)
    signs(nanjing, session, [first], out(LeftHow.FETCHED, person=by.pk))
    over(nanjing, session, minutes=16)
    client = browser(keeper, bound=True)
    assert "还没有人接的孩子" in text(client.get("/plan/today/"))
    look(nanjing)
    relay(nanjing)
    with inside(nanjing):
        assert Message.objects.get(kind="door.not_fetched", person=keeper).fields["who"] == "一位孩子"
    signs(nanjing, session, [second], out(LeftHow.FETCHED, person=by.pk))
    assert "还没有人接的孩子" not in text(client.get("/plan/today/"))


def test_of_a_grown_up_alone_nobody_is_told(nanjing, keeper):
    session, row, by = came(nanjing, keeper, children=1, adults=1)
    signs(nanjing, session, seats(nanjing, row)[:1], out(LeftHow.FETCHED, person=by.pk))
    over(nanjing, session, minutes=16)
    look(nanjing)
    with inside(nanjing):
        assert Fact.objects.filter(kind="door.not_fetched").count() == 0


def test_what_waits_for_staff_counts_them_until_they_are_signed_out(nanjing, keeper):
    session, row, by = came(nanjing, keeper)
    over(nanjing, session, minutes=16)
    client = browser(keeper, bound=True)
    assert "还没有人接的孩子" in text(client.get("/plan/today/"))
    signs(nanjing, session, seats(nanjing, row), out(LeftHow.FETCHED, person=by.pk))
    assert "还没有人接的孩子" not in text(client.get("/plan/today/"))


# --- The page ------------------------------------------------------------------------------


def test_the_way_out_shows_masked_names_and_to_whom_may_see_them_the_last_digits(nanjing, keeper, planner):
    session, row, by = came(nanjing, keeper, children=1)
    with inside(nanjing):
        mine = registrations().get(pk=row.pk)
        said = Said((by.pk,), Other("赵敏", "邻居", "+8613800138055"), None)
        say_who_fetches(registration=mine, said=said, by=by, at=clock.now())
    pages = [
        text(client.get(f"/desk/{session.code}/out/")) for client in (browser(keeper, bound=True), browser(planner))
    ]
    assert [("赵*" in page, "赵敏" in page, "8055" in page, "13800138055" in page) for page in pages] == [
        (True, False, False, False),
        (True, False, True, False),
    ]


def test_one_tap_hands_the_party_over_and_it_can_be_taken_back(nanjing, keeper):
    session, row, by = came(nanjing, keeper)
    client, both = browser(keeper, bound=True), [seat.pk for seat in seats(nanjing, row)]
    page = text(post(client, session, "sign/", registration=row.code, seats=both, way=f"person {by.pk}"))
    assert ("2 人已离开" in page, still(nanjing, session)) == (True, 0)
    page = text(post(client, session, f"seats/{both[0]}/undo/"))
    assert ("还在场" in page, still(nanjing, session)) == (True, 1)


def test_a_scan_shows_the_party_where_children_are_handed_over(nanjing, keeper):
    session, row, _by = came(nanjing, keeper)
    page = text(post(browser(keeper, bound=True), session, "scan/", code=row.ticket))
    assert ("谁来接" in page, "请点当面来接的人" in page, "data-shown" in page) == (True, True, True)
    assert still(nanjing, session) == 2


def test_a_scan_signs_the_party_out_elsewhere(nanjing, keeper):
    session, row, _by = came(nanjing, keeper, children=1, adults=1, hand_over=False)
    client = browser(keeper, bound=True)
    assert "2 人已离开" in text(post(client, session, "scan/", code=row.ticket))
    again = text(post(client, session, "scan/", code=row.ticket))
    assert ("他们都不在场" in again, "没有签到，或已经离开" in again) == (True, True)
    unknown = text(post(client, session, "scan/", code="000000"))
    assert ("查无此码" in unknown, "请在本页名单里找姓名" in unknown) == (True, True)
    assert still(nanjing, session) == 0


def test_nobody_is_handed_to_whom_the_family_did_not_name(nanjing, keeper):
    session, row, _by = came(nanjing, keeper, children=1)
    _household, stranger = family(nanjing)
    client, (seat,) = browser(keeper, bound=True), seats(nanjing, row)
    answer = post(client, session, "sign/", registration=row.code, seats=[seat.pk], way=f"person {stranger.pk}")
    assert (answer.status_code, still(nanjing, session)) == (404, 1)
    answer = post(client, session, "sign/", registration=row.code, seats=[seat.pk], way="other")
    assert (answer.status_code, "请写明是谁来接" in text(answer)) == (422, True)
    assert post(client, session, "sign/", registration=row.code, way="magic").status_code == 400
    assert post(client, session, "scan/").status_code == 400


def test_the_way_out_asks_the_same_for_one_family_and_for_four(nanjing, keeper):
    session, _row, _by = came(nanjing, keeper, children=1)
    client, address = browser(keeper, bound=True), f"/desk/{session.code}/out/"
    numbers = []
    for more in (0, 3):
        far = opened(nanjing, session, starts_in=timedelta(days=3))
        rows = [sign_up(nanjing, far, *family(nanjing, children=2), children=2) for _one in range(more)]
        now = opened(nanjing, session)
        for row in rows:
            scanned(nanjing, now, row, keeper)
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        numbers.append(len(asked))
    assert numbers[0] == numbers[1]


def test_a_page_with_scripts_gets_the_answer_alone_and_asked_again_the_same(nanjing, keeper):
    session, row, _by = came(nanjing, keeper, children=1, adults=1, hand_over=False)
    client, sent = browser(keeper, bound=True), {"client_id": uuid4(), "code": row.ticket}
    said = [text(client.post(f"/desk/{session.code}/out/scan/", sent, headers={"X-Card": "1"})) for _twice in range(2)]
    assert [("2 人已离开" in one, "<html" in one, 'id="out-list"' in one) for one in said] == [(True, False, True)] * 2
    assert [re.findall(r'data-kind="(good|again|bad)"', one) for one in said] == [["good"], ["good"]]


def test_a_grown_up_who_came_along_is_no_child_that_is_still_here(nanjing, keeper):
    session, row, by = came(nanjing, keeper, children=1, adults=1)
    child = next(seat for seat in seats(nanjing, row) if seat.child_id is not None)
    client, address = browser(keeper, bound=True), f"/desk/{session.code}/out/"
    assert "在场 1" in text(client.get(address))
    page = text(post(client, session, "sign/", registration=row.code, seats=[child.pk], way=f"person {by.pk}"))
    assert ("在场 0" in page, "0 个孩子" in page, still(nanjing, session)) == (True, True, 1)


def test_a_joined_device_keeps_the_way_out_where_nobody_is_handed_over(nanjing, keeper):
    session, row, by = came(nanjing, keeper, children=1, hand_over=False)
    device, tablet = joined(nanjing, keeper)
    page = text(tablet.get(f"/desk/{session.code}/out/"))
    assert ("*" in page, f"/desk/{session.code}/out/scan/" in page) == (True, True)
    assert f"/desk/{session.code}/out/" in text(tablet.get(f"/desk/{session.code}/"))
    assert "1 人已离开" in text(post(tablet, session, "scan/", code=row.ticket))
    (seat,) = seats(nanjing, row)
    with inside(nanjing):
        assert Leaving.objects.get(seat=seat).by is None
    assert "还在场" in text(post(tablet, session, f"seats/{seat.pk}/undo/"))
    with inside(nanjing):
        line = JournalLine.objects.get(verb="door.leaving_undone")
        assert (line.actor_id, line.values) == (None, {"desk_device": device.pk})
    for way in ("other", "alone", f"person {by.pk}"):
        answer = post(tablet, session, "sign/", registration=row.code, seats=[seat.pk], way=way, note="姑姑")
        assert (answer.status_code, still(nanjing, session)) == (400, 1)


def test_a_joined_device_hands_no_child_over(nanjing, keeper):
    session, row, by = came(nanjing, keeper, children=1)
    _device, tablet = joined(nanjing, keeper)
    (seat,) = seats(nanjing, row)
    answers = (
        tablet.get(f"/desk/{session.code}/out/"),
        post(tablet, session, "scan/", code=row.ticket),
        post(tablet, session, "sign/", registration=row.code, seats=[seat.pk], way=f"person {by.pk}"),
        post(tablet, session, f"seats/{seat.pk}/undo/"),
    )
    assert ([one.status_code for one in answers], still(nanjing, session)) == ([404] * 4, 1)
    assert f"/desk/{session.code}/out/" not in text(tablet.get(f"/desk/{session.code}/"))


# --- What is kept --------------------------------------------------------------------------


def test_who_fetched_goes_and_that_somebody_left_stays(nanjing, keeper):
    session, row, by = came(nanjing, keeper, children=1)
    (seat,) = seats(nanjing, row)
    signs(nanjing, session, [seat], out(LeftHow.OTHER, note="姑姑", by=keeper.pk), keeper)
    kept = holdings["door.leavings"]
    with inside(nanjing):
        (section,) = kept.export(Owner(person=by, children=(seat.child,)))
        assert len(section.rows) == 1
        later = session.ends_at + timedelta(days=1)
        with transaction.atomic():
            assert kept.retention.purge(later, 10, later) == 1
        assert list(Leaving.objects.values_list("note", "by", "how")) == [("", None, "other")]
        assert kept.retention.due(later).count() == 0
