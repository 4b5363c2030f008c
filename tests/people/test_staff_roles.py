"""Roles are offered, accepted, declined, ended: who may do what, and what a mistyped number never tells."""

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.urls import reverse

from kit import clock
from kit.refusals import Refused
from networks.models import Area, JournalLine, inside
from networks.steps.areas import close, make_leaf
from notifications.models import Message, ShownMessage
from people.choices import Role
from people.commands import appointments as commands
from people.commands.leaving import leave
from people.models import Appointment, Device, Grant, Person
from people.queries.persons import never_verified
from people.queries.rights import rights_of
from people.registers import Handover, handovers
from people.rules import appointing
from tests.browsers import browser, person, staff
from tests.people.conftest import relay

pytestmark = pytest.mark.django_db

STRANGER = "13900005555"


@pytest.fixture
def leaf(nanjing):
    with inside(nanjing), transaction.atomic():
        return make_leaf(name="清凉门阅读空间", parent=Area.objects.get(name="鼓楼区"))


@pytest.fixture
def admin(nanjing):
    return staff(nanjing, "13900000091", Role.NETWORK_ADMIN, name="许文静")


@pytest.fixture
def librarian(nanjing):
    return staff(nanjing, "13900000092", Role.DISTRICT_LIBRARIAN, area="鼓楼区", name="周敏")


def invite(network, by, *, phone=STRANGER, name="钱小棠", role=Role.KEEPER, area="清凉门阅读空间", at=None):
    with inside(network):
        place = Area.objects.get(name=area)
        return commands.appoint(
            network=network, phone=phone, name=name, role=role, area=place, by=by, at=at or clock.now()
        )


def codes(no) -> tuple[str, ...]:
    return no.value.codes


# --- Inviting and answering ----------------------------------------------------------------


def test_an_invitation_goes_by_sms_and_becomes_a_role_when_accepted(nanjing, librarian, leaf, sign_in):
    desk = browser(librarian)
    form = {"name": "钱小棠", "phone": "139 0000 5555", "role": "keeper", "area": str(leaf.pk)}
    answer = desk.post("/plan/staff/invite/", form)
    assert answer.status_code == 302
    relay(nanjing)
    with inside(nanjing):
        text = ShownMessage.objects.get(channel="sms").text
        assert not Grant.objects.filter(role=Role.KEEPER).exists()
    for word in ("金陵图书馆", "清凉门阅读空间", "https://nanjing.test/me/appointments/", "谢绝"):
        assert word in text

    phone = sign_in(nanjing, STRANGER)
    assert "任用邀请" in phone.get("/me/").content.decode()
    page = phone.get("/me/appointments/").content.decode()
    assert ("馆点管理员" in page, "清凉门阅读空间" in page) == (True, True)
    with inside(nanjing):
        offer = Appointment.objects.get()
    assert phone.post(f"/me/appointments/{offer.pk}/", {"answer": "accept"})["Location"] == "/plan/"
    relay(nanjing)
    with inside(nanjing):
        grant = Grant.objects.select_related("person").get(role=Role.KEEPER)
        assert (grant.person.name, grant.area_id, grant.granted_by_id) == ("钱小棠", leaf.pk, librarian.pk)
        assert Message.objects.get(person=librarian).kind == "people.role_answered"
        verbs = set(JournalLine.objects.filter(verb__startswith="people.").values_list("verb", flat=True))
    assert {"people.role_offered", "people.role_given", "people.offer_accepted"} <= verbs


def test_signing_in_leads_to_an_open_invitation(nanjing, librarian, leaf):
    from tests.people.conftest import newest_code, token

    invite(nanjing, librarian)
    from django.test import Client

    client = Client(HTTP_HOST="nanjing.test")
    client.post("/sign-in/", {"phone": STRANGER})
    page = client.get("/sign-in/code/")
    answer = client.post("/sign-in/code/", {"code": newest_code(nanjing), "sent": token(page)})
    assert answer["Location"] == "/me/appointments/"


def test_a_stranger_declines_and_nothing_was_ever_given(nanjing, librarian, leaf, sign_in):
    offer = invite(nanjing, librarian)
    phone = sign_in(nanjing, STRANGER)
    assert phone.get("/plan/").status_code == 403
    assert phone.post(f"/me/appointments/{offer.pk}/", {"answer": "decline"})["Location"] == "/me/"
    with inside(nanjing):
        assert not Grant.objects.filter(role=Role.KEEPER).exists()
        assert Person.objects.get(pk=offer.person_id).name == ""
    assert phone.post(f"/me/appointments/{offer.pk}/", {"answer": "accept"}).status_code == 302
    with inside(nanjing):
        assert not Grant.objects.filter(role=Role.KEEPER).exists()
    assert "已谢绝" in browser(librarian).get("/plan/staff/?state=declined").content.decode()


def test_an_invitation_runs_out_is_sent_again_and_taken_back(nanjing, librarian, leaf, sign_in):
    offer = invite(nanjing, librarian)
    desk, address = browser(librarian), f"/plan/staff/invitations/{offer.pk}/"
    desk.post(address, {"do": "remind"})
    relay(nanjing)
    with inside(nanjing):
        assert ShownMessage.objects.filter(channel="sms").count() == 1  # not twice within ten minutes
    with time_machine.travel(clock.now() + timedelta(days=15)):
        desk = browser(librarian)
        assert "过期未答复" in desk.get("/plan/staff/?state=expired").content.decode()
        phone = sign_in(nanjing, STRANGER)
        assert "没有任用邀请" in phone.get("/me/appointments/").content.decode()
        desk.post(address, {"do": "remind"})
        assert "馆点管理员" in phone.get("/me/appointments/").content.decode()
        desk.post(address, {"do": "withdraw"})
        assert phone.post(f"/me/appointments/{offer.pk}/", {"answer": "accept"}).status_code == 404
        assert desk.post(address, {"do": "dance"}).status_code == 404
        invite(nanjing, librarian)


def test_whoever_was_invited_outlives_the_night(nanjing, librarian, leaf):
    offer = invite(nanjing, librarian, at=clock.now() - timedelta(days=3))
    with inside(nanjing):
        Person.objects.filter(pk=offer.person_id).update(joined_at=clock.now() - timedelta(days=3))
        assert not never_verified(before=clock.now() - timedelta(days=1)).exists()
        later = clock.now() + timedelta(days=20)
        assert list(never_verified(before=later)) == [offer.person]


def test_the_same_is_not_offered_twice(nanjing, librarian, leaf):
    invite(nanjing, librarian)
    with pytest.raises(Refused) as no:
        invite(nanjing, librarian)
    assert codes(no) == ("offered_already",)
    keeper = staff(nanjing, "13900000093", Role.KEEPER, area="清凉门阅读空间")
    with pytest.raises(Refused) as no:
        invite(nanjing, librarian, phone=keeper.phone)
    assert codes(no) == ("holds_it",)


def test_the_answer_does_not_tell_whether_the_number_was_known(nanjing, librarian, leaf):
    reader = person(nanjing, "13900006666", name="王芳")
    pages = []
    for phone in (STRANGER, reader.phone):
        desk = browser(librarian)
        answer = desk.post(
            "/plan/staff/invite/", {"name": "钱小棠", "phone": phone, "role": "keeper", "area": str(leaf.pk)}
        )
        page = desk.get(answer["Location"])
        pages.append(
            (answer.status_code, page.status_code, "王芳" in page.content.decode(), "最近使用" in page.content.decode())
        )
    assert pages[0] == pages[1] == (302, 200, False, False)


# --- Who may -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "gift", "refused"),
    [
        (Role.NETWORK_ADMIN, (Role.PLANNER, "南京市"), ()),
        (Role.NETWORK_ADMIN, (Role.NETWORK_ADMIN, "南京市"), ()),
        (Role.NETWORK_ADMIN, (Role.NETWORK_ADMIN, "鼓楼区"), ("whole_city_only",)),
        (Role.NETWORK_ADMIN, (Role.OPERATOR, "南京市"), ("not_yours_to_give",)),
        (Role.NETWORK_ADMIN, (Role.KEEPER, "南京市"), ("not_the_whole_city",)),
        (Role.PLANNER, (Role.KEEPER, "清凉门阅读空间"), ()),
        (Role.PLANNER, (Role.DISTRICT_LIBRARIAN, "鼓楼区"), ("not_yours_to_give",)),
        (Role.DISTRICT_LIBRARIAN, (Role.KEEPER, "清凉门阅读空间"), ()),
        (Role.DISTRICT_LIBRARIAN, (Role.KEEPER, "江宁区"), ("not_yours_to_give",)),
        (Role.DISTRICT_LIBRARIAN, (Role.DISTRICT_LIBRARIAN, "鼓楼区"), ("not_yours_to_give",)),
        (Role.KEEPER, (Role.KEEPER, "清凉门阅读空间"), ("not_yours_to_give",)),
        (Role.EDITOR, (Role.EDITOR, "南京市"), ("not_yours_to_give",)),
    ],
)
def test_nobody_gives_more_than_the_table_says(nanjing, leaf, who, gift, refused):
    role, area = gift
    place = {Role.DISTRICT_LIBRARIAN: "鼓楼区", Role.KEEPER: "清凉门阅读空间"}.get(who, "")
    by = staff(nanjing, "13900000094", who, area=place)
    with inside(nanjing):
        found = appointing.against_giving(rights_of(by), role=role, area=Area.objects.get(name=area))
        assert tuple(refusal.code for refusal in found) == refused


def test_nobody_is_appointed_to_a_closed_place(nanjing, librarian, leaf):
    offer = invite(nanjing, librarian)
    with inside(nanjing):
        with transaction.atomic():
            close(leaf, at=clock.now())
        with pytest.raises(Refused) as no:
            commands.accept(offer, person=offer.person, at=clock.now())
    assert codes(no) == ("area_closed",)


def test_a_district_ends_its_keepers_role_and_takes_it_back(nanjing, librarian, leaf):
    keeper = staff(nanjing, "13900000093", Role.KEEPER, area="清凉门阅读空间", name="陈静")
    with inside(nanjing):
        grant = Grant.objects.get(person=keeper)
    desk, address = browser(librarian), f"/plan/staff/roles/{grant.pk}/end/"
    desk.post(address)
    page = desk.get(f"/plan/staff/{keeper.pk}/").content.decode()
    assert ("撤销" in page, "目前没有任职" in page) == (True, True)
    with inside(nanjing):
        assert not rights_of(Person.objects.get(pk=keeper.pk))
    desk.post(address, {"undo": "1"})
    with inside(nanjing):
        assert Grant.objects.get(pk=grant.pk).ends_at is None
        assert rights_of(Person.objects.get(pk=keeper.pk))
    desk.post(address)
    with time_machine.travel(clock.now() + timedelta(hours=1)), inside(nanjing), pytest.raises(Refused) as no:
        commands.take_back_ending(grant, by=librarian, at=clock.now())
    assert codes(no) == ("too_late",)


def test_a_district_does_not_end_what_it_may_not_give(nanjing, librarian, leaf):
    colleague = staff(nanjing, "13900000095", Role.DISTRICT_LIBRARIAN, area="鼓楼区", name="方圆")
    with inside(nanjing):
        grant = Grant.objects.get(person=colleague)
    desk = browser(librarian)
    desk.post(f"/plan/staff/roles/{grant.pk}/end/")
    with inside(nanjing):
        assert Grant.objects.get(pk=grant.pk).ends_at is None


def test_the_last_administrator_stays(nanjing, admin):
    with inside(nanjing):
        grant = Grant.objects.get(person=admin)
        with pytest.raises(Refused) as no:
            commands.end(grant, by=admin, at=clock.now())
        assert codes(no) == ("last_admin",)
    second = staff(nanjing, "13900000096", Role.NETWORK_ADMIN)
    with inside(nanjing):
        commands.end(grant, by=second, at=clock.now())
        with pytest.raises(Refused) as no:
            commands.end(Grant.objects.get(person=second), by=second, at=clock.now())
        assert codes(no) == ("last_admin",)


# --- Leaving -------------------------------------------------------------------------------


def test_leaving_ends_roles_phones_and_sessions_and_invites_a_successor(nanjing, admin, leaf, sign_in):
    keeper = staff(nanjing, "13900000093", Role.KEEPER, area="清凉门阅读空间", name="陈静")
    browser(keeper, second_factor=False, bound=True)
    phone = sign_in(nanjing, "13900000093")
    assert phone.get("/me/").status_code == 200
    desk = browser(admin)
    page = desk.get(f"/plan/staff/{keeper.pk}/leave/").content.decode()
    assert "清凉门阅读空间" in page
    form = {"reason": "调岗", "successor_name": "钱小棠", "successor_phone": STRANGER}
    assert desk.post(f"/plan/staff/{keeper.pk}/leave/", form).status_code == 302
    assert phone.get("/me/")["Location"].startswith("/sign-in/")
    with inside(nanjing):
        assert not Device.objects.filter(person=keeper, confirmed_at__isnull=False, revoked_at=None).exists()
        offer = Appointment.objects.get()
        assert (offer.succeeds_id, offer.area_id, offer.name) == (keeper.pk, leaf.pk, "钱小棠")
        assert JournalLine.objects.get(verb="people.staff_left").reason == "调岗"
    relay(nanjing)
    with inside(nanjing):
        kinds = list(Message.objects.filter(person=keeper).values_list("kind", flat=True))
    assert kinds == ["people.staff_left"]


def test_a_successor_takes_over_what_upper_rooms_hand_on(nanjing, admin, leaf, monkeypatch):
    moved = []
    duty = Handover(
        "tests.duties",
        "值守",
        lambda _person, _paths: 3,
        lambda who, to, area, role: moved.append((who.pk, to.pk, area.pk, role)),
    )
    monkeypatch.setattr(handovers, "entries", {})
    handovers.add(duty)
    keeper = staff(nanjing, "13900000093", Role.KEEPER, area="清凉门阅读空间", name="陈静")
    assert "值守" in browser(admin).get(f"/plan/staff/{keeper.pk}/leave/").content.decode()
    with inside(nanjing):
        (offer,) = leave(
            keeper,
            network=nanjing,
            by=admin,
            at=clock.now(),
            ends_at=clock.now(),
            reason="调岗",
            successor_phone=STRANGER,
        )
        assert moved == []
        commands.accept(offer, person=offer.person, at=clock.now())
    assert moved == [(keeper.pk, offer.person_id, leaf.pk, "keeper")]


def test_leaving_on_a_day_keeps_the_role_until_its_end(nanjing, admin, leaf):
    keeper = staff(nanjing, "13900000093", Role.KEEPER, area="清凉门阅读空间", name="陈静")
    day = clock.today(nanjing.zone) + timedelta(days=3)
    browser(admin).post(f"/plan/staff/{keeper.pk}/leave/", {"reason": "退休", "day": day.isoformat()})
    with inside(nanjing):
        assert rights_of(Person.objects.get(pk=keeper.pk))
        with time_machine.travel(clock.now() + timedelta(days=4, hours=1)):
            assert not rights_of(Person.objects.get(pk=keeper.pk))


def test_a_district_lets_go_only_what_is_its_own(nanjing, librarian, leaf):
    keeper = staff(nanjing, "13900000093", Role.KEEPER, area="清凉门阅读空间", name="陈静")
    with inside(nanjing), transaction.atomic():
        from people.steps.grants import give_role

        give_role(person=keeper, role=Role.KEEPER, area=Area.objects.get(name="江宁区"))
    phone = browser(keeper, bound=True)
    assert "其他区域的 1 项角色" in browser(librarian).get(f"/plan/staff/{keeper.pk}/leave/").content.decode()
    browser(librarian).post(f"/plan/staff/{keeper.pk}/leave/", {"reason": "调岗"})
    with inside(nanjing):
        assert [held.path for held in rights_of(Person.objects.get(pk=keeper.pk)).held] == [
            Area.objects.get(name="江宁区").path
        ]
        assert Device.objects.get(person=keeper).revoked_at is None
    assert phone.get("/plan/").status_code == 200


def test_nobody_leaves_by_their_own_hand_or_is_their_own_successor(nanjing, admin, leaf):
    keeper = staff(nanjing, "13900000093", Role.KEEPER, area="清凉门阅读空间", name="陈静")
    desk = browser(admin)
    assert desk.post(f"/plan/staff/{admin.pk}/leave/", {"reason": "走"}).status_code == 422
    form = {"reason": "调岗", "successor_phone": "13900000093"}
    assert desk.post(f"/plan/staff/{keeper.pk}/leave/", form).status_code == 422
    with inside(nanjing):
        assert Grant.objects.get(person=keeper).ends_at is None


# --- The list ------------------------------------------------------------------------------


def test_the_list_is_found_filtered_and_searched(nanjing, admin, librarian, leaf):
    staff(nanjing, "13900000093", Role.KEEPER, area="清凉门阅读空间", name="陈静")
    invite(nanjing, librarian)
    desk = browser(admin)

    def names(query: str) -> list[str]:
        page = desk.get(f"/plan/staff/{query}")
        return sorted(str(line.cells[0][1].text) for line in page.context["table"].lines)

    assert names("") == ["周敏", "许文静", "钱小棠", "陈静"]
    assert names("?role=keeper") == ["钱小棠", "陈静"]
    assert names("?state=open") == ["钱小棠"]
    assert names("?state=holds&role=keeper") == ["陈静"]
    assert names("?q=0093") == ["陈静"]
    assert names("?q=陈") == ["陈静"]
    assert names("?q=nobody") == []
    found = desk.get("/plan/search/?q=陈静").content.decode()
    assert "清凉门阅读空间" in found


@pytest.mark.parametrize("many", [1, 4])
def test_the_list_costs_the_same_for_many(nanjing, admin, leaf, many, django_assert_num_queries):
    for number in range(many):
        staff(nanjing, f"1390000020{number}", Role.KEEPER, area="清凉门阅读空间", name=f"人{number}")
        invite(nanjing, admin, phone=f"1390000030{number}")
    desk = browser(admin)
    desk.get("/plan/staff/")
    with django_assert_num_queries(11):
        desk.get("/plan/staff/")


def test_the_page_of_a_person_is_reached_by_name(nanjing, admin):
    address = reverse("people:staff-person", args=[admin.pk])
    assert "许文静" in browser(admin).get(address).content.decode()
