"""From a fact to an inbox, an SMS and an e-mail; a mail server that is down, refuses, comes back."""

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.test import Client, RequestFactory

from deploy.local.mailbox import Folder
from kit import clock
from networks.models import Fact, inside
from networks.registers import HandedFact, NotNow
from networks.registers import listeners as registered
from networks.steps.outbox import post
from notifications import listeners
from notifications.channels import sending
from notifications.channels.contract import Temporary
from notifications.channels.sms import channel
from notifications.choices import Channel, DeliveryState
from notifications.commands import deliveries as commands
from notifications.models import Delivery, Message, ShownMessage
from notifications.queries.mailbox import mails
from notifications.registers import MessageKind, add_kind, kinds
from notifications.views import deliveries as phone_page
from people import messages as facts
from people.choices import Role
from people.listeners import purge as retention_clock
from tests.browsers import browser, person, staff
from tests.people.conftest import relay

pytestmark = pytest.mark.django_db


def tell(network, who, *, key="1", kind=facts.SECOND_FACTOR_CHANGED):
    with inside(network), transaction.atomic():
        post(kind, payload={"person": who.pk, "change": "totp_activated"}, dedupe_key=key)


def one_delivery(network):
    """The one, with its fact handed over by hand instead of by the relay."""
    with inside(network):
        for fact in Fact.objects.filter(is_outside=False, state="waiting"):
            relay_one(network, fact)
        Fact.objects.all().delete()
        return Delivery.objects.select_related("network").get()


def relay_one(network, fact):
    with transaction.atomic():
        Fact.objects.filter(pk=fact.pk).update(state="done", settled_at=fact.due_at)
        registered[fact.listener].function(
            HandedFact(fact.pk, fact.kind, fact.payload, network, fact.lane, fact.dedupe_key, fact.posted_at, 1)
        )


def state_of(network):
    with inside(network):
        return Delivery.objects.values_list("state", "attempts", "last_error").get()


def send(network, delivery):
    with inside(network):
        sending.send(delivery.pk, at=clock.now())


def test_a_fact_becomes_a_line_in_the_inbox_and_a_mail_once(nanjing, reader, mail_server):
    mail_server.start()
    tell(nanjing, reader)
    tell(nanjing, reader)
    relay(nanjing)
    with inside(nanjing):
        assert Message.objects.get().person_id == reader.pk
        delivery = Delivery.objects.get()
    assert (delivery.state, delivery.channel, delivery.attempts) == (DeliveryState.SENT, Channel.EMAIL, 1)
    (mail,) = mail_server.taken
    assert (mail["To"], mail["Subject"], mail["X-Siji-Network"]) == (
        "wangfang@example.com",
        "您的二次验证有变动",
        "nanjing",
    )
    assert mail["Message-ID"] == delivery.provider_id
    assert "不是您本人" in mail.get_body(("plain",)).get_content()


def test_a_mail_server_that_is_down_is_tried_again_with_the_same_message_id(nanjing, reader, mail_server):
    tell(nanjing, reader)
    delivery = one_delivery(nanjing)
    for _ in range(2):
        with pytest.raises(Temporary):
            send(nanjing, delivery)
    assert state_of(nanjing) == ("waiting", 2, "The mail server does not answer (ConnectionRefusedError).")
    mail_server.answer = "451 later"
    mail_server.start()
    with pytest.raises(Temporary, match="451"):
        send(nanjing, delivery)
    mail_server.answer = "250 kept"
    send(nanjing, delivery)
    # The relay died after the server had taken it: the second one is known again by its id.
    send(nanjing, delivery)
    assert state_of(nanjing) == ("sent", 4, "")
    assert [mail["Message-ID"] for mail in mail_server.taken] == [f"<{delivery.code}@localhost.localdomain>"]


def test_a_crash_between_sending_and_noting_repeats_the_same_message_id(nanjing, reader, mail_server):
    mail_server.start()
    tell(nanjing, reader)
    delivery = one_delivery(nanjing)
    send(nanjing, delivery)
    with inside(nanjing):
        Delivery.objects.update(state=DeliveryState.WAITING, settled_at=None)
    send(nanjing, delivery)
    assert len({mail["Message-ID"] for mail in mail_server.taken}) == 1


@pytest.mark.parametrize("answer", ["550 no such mailbox", "554 no"])
def test_a_refusal_for_good_is_shown_to_staff_who_send_it_again(nanjing, reader, admin, mail_server, answer):
    mail_server.answer = answer
    mail_server.start()
    tell(nanjing, reader)
    relay(nanjing)
    assert state_of(nanjing) == ("failed", 1, f"The mail server refused it ({answer[:3]}).")
    desk = browser(admin)
    page = desk.get("/plan/deliveries/").content.decode()
    assert ["您的二次验证有变动" in page, "138****8000" in page, "wangfang" in page] == [True, True, False]
    mail_server.answer = "250 kept"
    with inside(nanjing):
        delivery = Delivery.objects.get()
    assert desk.post(f"/plan/deliveries/{delivery.pk}/again/").status_code == 302
    relay(nanjing)
    assert state_of(nanjing) == ("sent", 2, "")
    told = desk.post(f"/plan/deliveries/{delivery.pk}/again/", follow=True).content.decode()
    assert "已经发出" in told
    assert "消息都已送达" in told


def test_another_citys_delivery_is_not_there(nanjing, shenzhen, reader, mail_server):
    mail_server.answer = "550 no"
    mail_server.start()
    tell(nanjing, reader)
    relay(nanjing)
    with inside(nanjing):
        delivery = Delivery.objects.get()
    stranger = browser(staff(shenzhen, "13900000009", Role.NETWORK_ADMIN))
    assert stranger.post(f"/plan/deliveries/{delivery.pk}/again/").status_code == 404
    assert "二次验证有变动" not in stranger.get("/plan/deliveries/").content.decode()


def test_the_relay_hears_not_now_from_a_passing_fault(nanjing, reader, mail_server):
    tell(nanjing, reader)
    delivery = one_delivery(nanjing)

    class Handed:
        payload = {"delivery": delivery.pk}

    with inside(nanjing), pytest.raises(NotNow, match="does not answer"):
        listeners.deliver(Handed())


def test_somebody_without_an_address_gets_the_inbox_alone(nanjing):
    tell(nanjing, person(nanjing, "13700137000"))
    relay(nanjing)
    with inside(nanjing):
        assert (Message.objects.count(), Delivery.objects.count()) == (1, 0)


def test_a_fact_about_somebody_who_is_gone_tells_nobody(nanjing, reader):
    tell(nanjing, reader)
    with inside(nanjing):
        type(reader).objects.filter(pk=reader.pk).delete()
    relay(nanjing)
    with inside(nanjing):
        assert (Message.objects.count(), Delivery.objects.count()) == (0, 0)


def test_an_inbox_shows_the_newest_first_and_what_is_new(nanjing, reader):
    tell(nanjing, reader)
    relay(nanjing)
    client = browser(reader)
    assert '<span class="me-count">1</span>' in client.get("/me/").content.decode()
    first, second = (client.get("/me/inbox/").content.decode() for _ in range(2))
    assert ("您的二次验证有变动" in first, ">新<" in first, ">新<" in second) == (True, True, False)
    assert '<span class="me-count">' not in client.get("/me/").content.decode()
    assert "还没有消息" in browser(person(nanjing, "13700137000")).get("/me/inbox/").content.decode()


@pytest.mark.parametrize("how_many", [1, 4])
def test_an_inbox_costs_the_same_for_many(nanjing, reader, how_many, django_assert_num_queries):
    for number in range(how_many):
        tell(nanjing, reader, key=str(number))
    relay(nanjing)
    client = browser(reader)
    client.get("/me/inbox/")
    with django_assert_num_queries(9):
        client.get("/me/inbox/")


@pytest.mark.parametrize("how_many", [1, 4])
def test_the_list_of_deliveries_costs_the_same_for_many(nanjing, admin, how_many, django_assert_num_queries):
    with inside(nanjing):
        for number in range(how_many):
            who = person(nanjing, f"1370013700{number}")
            Delivery.objects.create(
                person=who,
                kind="people.sign_in_code",
                channel="sms",
                content_sealed="",
                dedupe_key=str(number),
                state="failed",
                settled_at=clock.now(),
                attempts=1,
            )
    desk = browser(admin)
    desk.get("/plan/deliveries/")
    with django_assert_num_queries(10):
        assert desk.get("/plan/deliveries/").content.decode().count('<tr role="row">') == how_many + 1


def test_without_a_provider_an_sms_fails_and_says_why(nanjing, settings):
    settings.SMS_PROVIDER = ""
    Client(HTTP_HOST="nanjing.test").post("/sign-in/", {"phone": "13800138000"})
    relay(nanjing)
    assert state_of(nanjing) == ("failed", 1, "No SMS provider is set (SMS_PROVIDER).")


def test_a_code_that_ran_out_is_never_sent_not_even_again(nanjing, settings, admin):
    settings.SMS_PROVIDER = ""
    Client(HTTP_HOST="nanjing.test").post("/sign-in/", {"phone": "13800138000"})
    relay(nanjing)
    settings.SMS_PROVIDER = "demo"
    with inside(nanjing):
        delivery = Delivery.objects.get()
    with time_machine.travel(clock.now() + timedelta(minutes=6)):
        told = browser(admin).post(f"/plan/deliveries/{delivery.pk}/again/", follow=True).content.decode()
        assert "已经过时" in told
        with inside(nanjing):
            Delivery.objects.update(state=DeliveryState.WAITING, settled_at=None)
        send(nanjing, delivery)
        assert state_of(nanjing)[0] == "expired"
    with inside(nanjing):
        assert ShownMessage.objects.count() == 0


def test_the_sms_names_the_library_and_the_approved_template(nanjing, monkeypatch, settings):
    given = []
    monkeypatch.setattr(channel, "PROVIDERS", {"wire": lambda sms: given.append(sms) or "id-1"})
    settings.SMS_PROVIDER = "wire"
    nanjing.rules = {"sms_templates": {"people.sign_in_code": "SMS_1234"}, "sms_signature": "金图"}
    nanjing.save(update_fields=["rules"])
    Client(HTTP_HOST="nanjing.test").post("/sign-in/", {"phone": "13800138000"})
    relay(nanjing)
    (sms,) = given
    assert (sms.to, sms.signature, sms.template) == ("+8613800138000", "金图", "SMS_1234")
    assert set(sms.variables) == {"code", "minutes"}
    with inside(nanjing):
        assert Delivery.objects.get().provider_id == "id-1"


def test_codes_are_gone_after_a_day_and_the_rest_after_half_a_year(nanjing, reader, mail_server):
    mail_server.start()
    Client(HTTP_HOST="nanjing.test").post("/sign-in/", {"phone": "13800138000"})
    tell(nanjing, reader)
    relay(nanjing)
    left = []
    for days in (0, 2, 181):
        with time_machine.travel(clock.now() + timedelta(days=days)):
            listeners.purge()
            retention_clock()
        with inside(nanjing):
            left.append(sorted(Delivery.objects.values_list("channel", flat=True)))
    assert left == [["email", "sms"], ["email"], []]


def test_two_rooms_cannot_share_the_name_of_a_kind():
    kind = kinds["people.sign_in_code"]
    assert add_kind(kind) is kind
    with pytest.raises(ValueError, match="sign_in_code"):
        add_kind(MessageKind(key=kind.key, fact="x", title="x", body="x", channels=()))


def test_the_demos_phone_shows_the_code_large(nanjing, rf):
    Client(HTTP_HOST="nanjing.test").post("/sign-in/", {"phone": "13800138000"})
    relay(nanjing)
    request = rf.get("/dev/phone/")
    request.network = nanjing
    with inside(nanjing):
        page = phone_page.phone(request).content.decode()
        code = ShownMessage.objects.get().code
    assert f'<p class="big-code">{code}</p>' in page
    assert 'http-equiv="refresh"' in page
    assert Client(HTTP_HOST="nanjing.test").get("/dev/phone/").status_code == 404


def test_the_demos_phone_shows_mails_of_its_own_city(nanjing, shenzhen, rf, settings, tmp_path):
    for number, code in enumerate(("nanjing", "shenzhen")):
        (tmp_path / f"17000000000{number:02}-1-1.eml").write_bytes(
            f"From: a@b\r\nTo: c@d\r\nSubject: Hello {code}\r\nX-Siji-Network: {code}\r\n\r\nText\r\n".encode()
        )
    found = mails(tmp_path, network_code="nanjing", most=5)
    assert [(mail.subject, mail.to, mail.text.strip()) for mail in found] == [("Hello nanjing", "c@d", "Text")]


def test_a_mail_of_the_demo_goes_through_its_mailbox_to_its_phone(nanjing, reader, settings, mail_server, tmp_path):
    settings.VAR_DIR = tmp_path
    (tmp_path / "mail").mkdir()
    mail_server.handle_DATA = Folder(tmp_path / "mail").handle_DATA
    mail_server.start()
    tell(nanjing, reader)
    relay(nanjing)
    request = RequestFactory().get("/dev/phone/")
    request.network = nanjing
    with inside(nanjing):
        page = phone_page.phone(request).content.decode()
    assert ["您的二次验证有变动" in page, "wangfang@example.com" in page, "不是您本人" in page] == [True] * 3


def test_a_command_marks_messages_read_for_one_person_only(nanjing, reader):
    other = person(nanjing, "13700137000")
    for who in (reader, other):
        tell(nanjing, who, key=str(who.pk))
    relay(nanjing)
    with inside(nanjing):
        commands.mark_read(person=reader, at=clock.now())
        assert list(Message.objects.filter(read_at=None).values_list("person_id", flat=True)) == [other.pk]
