"""Roles, doors, second factors and keepers' phones."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404
from django.test import RequestFactory

from kit import clock
from networks.models import Area, JournalLine, inside
from notifications.models import Message
from people import doors
from people.choices import Role, Verb
from people.models import Device, Grant
from people.queries.rights import rights_of
from people.steps.grants import end_role, give_role
from tests.browsers import browser, person, staff
from tests.people.conftest import relay

pytestmark = pytest.mark.django_db


@pytest.fixture
def librarian(nanjing):
    return staff(nanjing, "13900000001", Role.DISTRICT_LIBRARIAN, area="鼓楼区", name="周敏")


@pytest.fixture
def keeper(nanjing):
    return staff(nanjing, "13900000002", Role.KEEPER, area="鼓楼区", name="陈立")


def request_of(who):
    request = RequestFactory().get("/plan/")
    request.user, request.network = who, who.network
    return request


def area(name):
    return Area.objects.get(name=name)


def test_rights_cost_one_statement_however_many_grants(nanjing, librarian, django_assert_num_queries):
    with inside(nanjing):
        for name in ("玄武区", "江宁区"):
            with transaction.atomic():
                give_role(person=librarian, role=Role.KEEPER, area=area(name))
        with django_assert_num_queries(1):
            assert rights_of(librarian).may(Verb.CLAIM)
            assert rights_of(librarian).may(Verb.RUN_SESSIONS)


def test_a_door_asks_for_the_verb_in_the_area(nanjing, shenzhen, librarian):
    request = request_of(librarian)
    with inside(nanjing):
        assert doors.staff(request, Verb.CLAIM, area=area("鼓楼区")) == librarian
        with pytest.raises(PermissionDenied):
            doors.staff(request, Verb.CLAIM, area=area("江宁区"))
        with pytest.raises(PermissionDenied):
            doors.staff(request, Verb.PLAN)
    with inside(shenzhen):
        foreign = area("福田区")
    with inside(nanjing), pytest.raises(Http404):
        doors.staff(request, Verb.CLAIM, area=foreign)


def test_a_role_ends_and_is_given_again_with_lines_in_the_journal(nanjing, librarian, keeper):
    with inside(nanjing):
        grant = Grant.objects.get(person=keeper)
        with transaction.atomic():
            end_role(grant=grant, by=librarian, at=clock.now())
            end_role(grant=grant, by=librarian, at=clock.now())
        assert not rights_of(type(keeper).objects.get(pk=keeper.pk))
        with transaction.atomic():
            again = give_role(person=keeper, role=Role.KEEPER, area=area("鼓楼区"), by=librarian)
            assert give_role(person=keeper, role=Role.KEEPER, area=area("鼓楼区"), by=librarian) == again
        verbs = JournalLine.objects.filter(subject_id=keeper.pk, subject_kind="people.person").order_by("pk")
        assert list(verbs.values_list("verb", flat=True)) == [
            "people.role_given",
            "people.role_ended",
            "people.role_given",
        ]


def test_the_database_keeps_one_open_grant_of_a_role_per_area(nanjing, keeper):
    with inside(nanjing), pytest.raises(IntegrityError, match="one_open_grant"), transaction.atomic():
        Grant.objects.create(person=keeper, role=Role.KEEPER, area=area("鼓楼区"))


def test_a_role_is_not_given_across_networks(nanjing, shenzhen, keeper):
    with inside(shenzhen):
        foreign = area("福田区")
        with transaction.atomic(), pytest.raises(ValueError, match="own network"):
            give_role(person=keeper, role=Role.KEEPER, area=foreign)


def test_opening_a_network_enters_its_administrators(operator):
    from dataclasses import replace

    from networks.commands.open_network import open_network
    from tests import cast

    plan = replace(cast.SHENZHEN, administrators=(("郑海珊", "139 0000 0009"),))
    network = open_network(plan)
    open_network(plan)
    with inside(network):
        assert list(Grant.objects.values_list("person__name", "role", "area__kind")) == [
            ("郑海珊", "network_admin", "city")
        ]
    home = open_network(replace(cast.OPERATOR, administrators=(("高远", "13900000008"),)))
    with inside(home):
        assert Grant.objects.get().role == Role.OPERATOR


# --- Second factor -------------------------------------------------------------------------


def test_staff_without_a_second_factor_are_sent_to_set_one_up(librarian):
    client = browser(librarian, second_factor=False)
    answer = client.get("/plan/devices/")
    assert (answer.status_code, answer["Location"]) == (302, "/me/second-factor/needed/?next=%2Fplan%2Fdevices%2F")
    assert "设置验证器应用" in client.get(answer["Location"]).content.decode()


def test_staff_with_one_are_asked_for_it_once_a_session(librarian):
    from allauth.mfa.models import Authenticator

    Authenticator.objects.create(user=librarian, type=Authenticator.Type.WEBAUTHN, data={})
    client = browser(librarian, second_factor=False)
    assert client.get("/plan/devices/")["Location"] == "/me/confirm/code/?next=%2Fplan%2Fdevices%2F"
    assert browser(librarian).get("/plan/devices/").status_code == 200


def test_the_demo_asks_for_none(librarian, settings):
    settings.SECOND_FACTOR_NEEDED = False
    assert browser(librarian, second_factor=False).get("/plan/devices/").status_code == 200


def test_a_reader_has_no_way_into_staff_pages(nanjing):
    reader = person(nanjing, "13900000003")
    assert browser(reader).get("/plan/devices/").status_code == 403
    assert browser(reader).get("/plan/deliveries/").status_code == 403


def test_a_stranger_is_asked_to_sign_in(at_nanjing):
    assert at_nanjing.get("/plan/devices/")["Location"] == "/sign-in/?next=%2Fplan%2Fdevices%2F"


# --- Keepers' phones -----------------------------------------------------------------------


def test_a_keepers_phone_is_confirmed_once_by_the_district(nanjing, librarian, keeper, sign_in):
    phone = sign_in(nanjing, "13900000002")
    assert phone.get("/plan/deliveries/")["Location"].startswith("/me/this-device/")
    assert "需要确认一次" in phone.get("/me/this-device/").content.decode()
    assert phone.post("/me/this-device/").status_code == 302
    assert "已经请区馆确认" in phone.get("/me/this-device/").content.decode()
    relay(nanjing)
    with inside(nanjing):
        assert list(Message.objects.values_list("person__name", "kind")) == [("周敏", "people.device_asked")]
        device = Device.objects.get()

    desk = browser(librarian)
    page = desk.get("/plan/devices/").content.decode()
    assert ["陈立" in page, "鼓楼区" in page, "等待" in page] == [True] * 3
    assert desk.post(f"/plan/devices/{device.pk}/", {"answer": "confirm"})["Location"] == "/plan/devices/"

    # The keeper has no right to deliveries, but the phone is let through to the door.
    assert phone.get("/plan/deliveries/").status_code == 403
    assert phone.get("/me/this-device/")["Location"] == "/me/"
    relay(nanjing)
    with inside(nanjing):
        told = list(Message.objects.filter(person=keeper).values_list("kind", flat=True))
        lines = list(
            JournalLine.objects.filter(subject_kind="people.device").order_by("pk").values_list("verb", "actor_id")
        )
    assert told == ["people.device_answered"]
    assert lines == [("people.device_asked", keeper.pk), ("people.device_confirmed", librarian.pk)]
    assert "馆点页面" in phone.get("/me/inbox/").content.decode()


@pytest.mark.parametrize("answer", ["refuse", "revoke"])
def test_a_refused_or_revoked_phone_stays_out_and_may_ask_again(nanjing, librarian, keeper, sign_in, answer):
    words = {"refuse": "没有确认", "revoke": "已停用"}[answer]
    phone, desk = sign_in(nanjing, "13900000002"), browser(librarian)
    phone.post("/me/this-device/")
    with inside(nanjing):
        device = Device.objects.get()
    if answer == "revoke":
        desk.post(f"/plan/devices/{device.pk}/", {"answer": "confirm"})
    desk.post(f"/plan/devices/{device.pk}/", {"answer": answer})
    assert phone.get("/plan/deliveries/").status_code == 302
    assert words in phone.get("/me/this-device/").content.decode()
    phone.post("/me/this-device/")
    assert "已经请区馆确认" in phone.get("/me/this-device/").content.decode()


def test_a_confirmed_phone_is_good_for_ninety_days(nanjing, keeper):
    client = browser(keeper, second_factor=False, bound=True)
    assert client.get("/plan/deliveries/").status_code == 403
    with time_machine.travel(clock.now() + timedelta(days=89)):
        assert client.get("/plan/deliveries/").status_code == 403
    with time_machine.travel(clock.now() + timedelta(days=90, minutes=1)):
        again = browser(keeper, second_factor=False)
        again.cookies = client.cookies | again.cookies
        assert again.get("/plan/deliveries/").status_code == 302


def test_a_phone_is_answered_once(nanjing, librarian, keeper, sign_in):
    phone, desk = sign_in(nanjing, "13900000002"), browser(librarian)
    phone.post("/me/this-device/")
    with inside(nanjing):
        device = Device.objects.get()
    for answer in ("confirm", "refuse"):
        page = desk.post(f"/plan/devices/{device.pk}/", {"answer": answer}, follow=True)
    assert "已经答复过了" in page.content.decode()
    assert desk.post(f"/plan/devices/{device.pk}/", {"answer": "eat"}).status_code == 404


def test_another_districts_or_citys_librarian_does_not_see_the_phone(nanjing, shenzhen, librarian, keeper, sign_in):
    sign_in(nanjing, "13900000002").post("/me/this-device/")
    with inside(nanjing):
        device = Device.objects.get()
    neighbour = browser(staff(nanjing, "13900000004", Role.DISTRICT_LIBRARIAN, area="江宁区"))
    stranger = browser(staff(shenzhen, "13900000004", Role.NETWORK_ADMIN))
    for client in (neighbour, stranger):
        assert "陈立" not in client.get("/plan/devices/").content.decode()
        assert client.post(f"/plan/devices/{device.pk}/", {"answer": "confirm"}).status_code == 404


@pytest.mark.parametrize("how_many", [1, 4])
def test_the_list_of_phones_costs_the_same_for_many(nanjing, librarian, how_many, django_assert_num_queries):
    for number in range(how_many):
        browser(staff(nanjing, f"1390000010{number}", Role.KEEPER, area="鼓楼区"), bound=True)
    desk = browser(librarian)
    desk.get("/plan/devices/")
    with django_assert_num_queries(9):
        desk.get("/plan/devices/")
