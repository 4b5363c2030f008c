"""SMS through a provider's signed calls: accepted, busy, refused, slow, down, and twice the same."""

import json
import socket

import pytest
from django.test import Client

from networks.models import Fact, inside
from networks.registers import NotNow
from notifications.channels.contract import Permanent, Temporary
from notifications.channels.sms import aliyun
from notifications.channels.sms.contract import Sms
from notifications.models import Delivery
from tests.notifications.sms_server import KEY_ID, SECRET, SmsServer
from tests.people.conftest import relay

SMS = Sms(
    "+8613800138000",
    "金陵图书馆",
    "SMS_1",
    {"title": "小种子 & 100%~㛃", "when": "5月\n16日" + "长" * 40},
    "…",
    "ref-1",
)


@pytest.fixture
def provider(settings):
    server = SmsServer()
    settings.SMS_PROVIDER, settings.ALIYUN_SMS_ENDPOINT = "aliyun", server.start()
    settings.ALIYUN_SMS_KEY_ID, settings.ALIYUN_SMS_KEY_SECRET = KEY_ID, SECRET
    yield server
    server.stop()


def test_a_signed_call_carries_template_and_fitted_values(provider):
    assert aliyun.send(SMS) == "9006195"
    (taken,) = provider.taken
    values = json.loads(taken.pop("TemplateParam"))
    assert values == {"title": "小种子 & 100%~㛃", "when": "5月 16日" + "长" * 28 + "…"}
    assert taken == {"PhoneNumbers": "13800138000", "SignName": "金陵图书馆", "TemplateCode": "SMS_1", "OutId": "ref-1"}
    assert provider.wrong == []


@pytest.mark.parametrize(
    ("status", "code", "error"),
    [
        (200, "isv.BUSINESS_LIMIT_CONTROL", Temporary),
        (200, "isv.AMOUNT_NOT_ENOUGH", Temporary),
        (400, "Throttling.User", Temporary),
        (404, "InvalidAccessKeyId.NotFound", Temporary),
        (500, "Whatever", Temporary),
        (502, "", Temporary),
        (200, "isv.MOBILE_NUMBER_ILLEGAL", Permanent),
        (200, "isv.SMS_TEMPLATE_ILLEGAL", Permanent),
    ],
)
def test_answers_mean_later_or_never_and_name_no_number(provider, status, code, error):
    provider.answers = [(status, code)]
    with pytest.raises(error, match=code or "502") as raised:
        aliyun.send(SMS)
    assert "138" not in str(raised.value)


def test_a_wrong_secret_is_found_by_the_other_side_and_waits_for_the_operator(provider, settings):
    settings.ALIYUN_SMS_KEY_SECRET = "another"
    with pytest.raises(Temporary, match="SignatureDoesNotMatch"):
        aliyun.send(SMS)
    assert len(provider.wrong) == 1


def test_a_slow_a_silent_and_a_lost_provider_mean_later(provider, settings, monkeypatch):
    monkeypatch.setattr(aliyun, "TIMEOUT", 0.2)
    provider.seconds = 0.5
    with pytest.raises(Temporary, match="TimeoutError"):
        aliyun.send(SMS)
    provider.seconds, provider.drops = 0, True
    with pytest.raises(Temporary, match="RemoteDisconnected"):
        aliyun.send(SMS)
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        settings.ALIYUN_SMS_ENDPOINT = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        with pytest.raises(Temporary, match="ConnectionRefusedError"):
            aliyun.send(SMS)


def test_without_a_template_nothing_is_asked(provider):
    with pytest.raises(Permanent, match="sms_templates"):
        aliyun.send(Sms("+8613800138000", "金图", "", {}, "…", "ref"))
    assert provider.taken == []


@pytest.mark.django_db
def test_a_code_cut_off_in_its_answer_is_sent_again_under_the_same_reference(provider, nanjing):
    """The provider knows no key for doing a thing once: it may send twice, and our row says that it was tried twice."""
    nanjing.rules = {"sms_templates": {"people.sign_in_code": "SMS_1234"}}
    nanjing.save(update_fields=["rules"])
    Client(HTTP_HOST="nanjing.test").post("/sign-in/", {"phone": "13800138000"})
    provider.drops = True
    with pytest.raises(NotNow):
        relay(nanjing)
    provider.drops = False
    with inside(nanjing):
        delivery = Delivery.objects.get()
        assert (delivery.state, delivery.attempts) == ("waiting", 1)
        Fact.objects.update(state="waiting", settled_at=None)
    relay(nanjing)
    with inside(nanjing):
        assert Delivery.objects.values_list("state", "attempts", "provider_id").get() == ("sent", 2, "9006195")
    assert [taken["OutId"] for taken in provider.taken] == [delivery.code] * 2
