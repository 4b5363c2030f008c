"""Keepers' phones near their end: reminded, confirmed anew, revoked and brought back; closed behind whoever left."""

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction

from kit import clock
from networks.models import JournalLine, inside
from notifications.models import Message
from people.choices import Role
from people.listeners import close_doors_behind_leavers, remind_of_devices
from people.models import Device, Grant
from people.steps.grants import end_role
from tests.browsers import browser, staff
from tests.people.conftest import relay

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(nanjing):
    return staff(nanjing, "13900000061", Role.KEEPER, area="鼓楼区", name="陈静")


@pytest.fixture
def phone(keeper):
    return browser(keeper, second_factor=False, bound=True)


@pytest.fixture
def device(nanjing, phone):
    with inside(nanjing):
        return Device.objects.get()


@pytest.fixture
def librarian(nanjing):
    return staff(nanjing, "13900000062", Role.DISTRICT_LIBRARIAN, area="鼓楼区", name="周敏")


def answer(librarian, device, word):
    return browser(librarian).post(f"/plan/devices/{device.pk}/", {"answer": word}, follow=True).content.decode()


def verbs(network):
    with inside(network):
        rows = JournalLine.objects.filter(subject_kind="people.device").order_by("pk")
        return list(rows.values_list("verb", flat=True))


def test_a_keeper_is_reminded_once_two_weeks_before_the_end(nanjing, keeper, device):
    for days, told in ((75, 0), (77, 1), (78, 1), (89, 1)):
        with time_machine.travel(device.confirmed_at + timedelta(days=days)):
            remind_of_devices()
            relay(nanjing)
        with inside(nanjing):
            assert Message.objects.filter(person=keeper, kind="people.device_runs_out").count() == told, days


def test_the_district_confirms_anew_only_near_the_end(nanjing, librarian, device):
    assert "两周以上" in answer(librarian, device, "renew")
    with time_machine.travel(device.confirmed_at + timedelta(days=80)):
        assert "快到期" in browser(librarian).get("/plan/devices/").content.decode()
        assert "90 天" in answer(librarian, device, "renew")
        with inside(nanjing):
            assert Device.objects.get().confirmed_at > device.confirmed_at + timedelta(days=79)
    assert verbs(nanjing) == ["people.device_renewed"]


def test_a_slip_is_taken_back_for_half_an_hour(nanjing, librarian, device, phone):
    assert "撤销" in answer(librarian, device, "revoke")
    assert phone.get("/plan/").status_code == 302
    answer(librarian, device, "undo")
    assert phone.get("/plan/").status_code == 200
    answer(librarian, device, "revoke")
    with time_machine.travel(clock.now() + timedelta(hours=1)):
        assert "超过半小时" in answer(librarian, device, "undo")
    assert verbs(nanjing) == ["people.device_revoked", "people.device_revoking_undone", "people.device_revoked"]


def test_the_night_closes_doors_behind_whoever_left_on_a_day(nanjing, keeper, device):
    with inside(nanjing), transaction.atomic():
        end_role(grant=Grant.objects.get(person=keeper), by=None, at=clock.now() + timedelta(hours=6))
    close_doors_behind_leavers()
    with inside(nanjing):
        assert Device.objects.get().revoked_at is None
    with time_machine.travel(clock.now() + timedelta(hours=7)):
        close_doors_behind_leavers()
    with inside(nanjing):
        assert Device.objects.get().revoked_at is not None
    assert verbs(nanjing) == ["people.device_revoked"]
