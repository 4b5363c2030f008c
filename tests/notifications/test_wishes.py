"""How people want to be told: switches, quiet hours, an SMS only for what was not read, and the button in an e-mail."""

import re
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from kit import clock
from networks.models import Fact, inside
from notifications.choices import Channel, Need
from notifications.models import Delivery, Message, Preference
from notifications.registers import MessageKind, Recipient, add_kind, kinds
from notifications.rules.wishes import Wishes, due_at, morning_after
from notifications.steps.telling import tell
from tests.browsers import browser
from tests.people.conftest import relay

SHANGHAI = ZoneInfo("Asia/Shanghai")
EVERYWHERE = (Channel.INBOX, Channel.SMS, Channel.EMAIL)
OFF = {"quiet_from": "21:30", "quiet_until": "08:00"}


def at(hour: int, minute: int = 0, *, day: int = 16) -> datetime:
    return datetime(2027, 5, day, hour, minute, tzinfo=SHANGHAI)


@pytest.fixture
def new_kind():
    made = []

    def add(key: str, **said) -> MessageKind:
        made.append(key)
        return add_kind(MessageKind(key, "none", "标题", "正文", EVERYWHERE, **said))

    yield add
    for key in made:
        del kinds[key]


def told(network, kind, who, *, key="1", **said):
    """What was written, as (channel, not before)."""
    with inside(network):
        with transaction.atomic():
            tell(kind, recipient=Recipient(who, **said), dedupe_key=key)
        return sorted(
            Delivery.objects.filter(kind=kind.key, dedupe_key__endswith=f":{key}").values_list("channel", "not_before")
        )


@pytest.mark.parametrize(
    ("now", "wishes", "morning"),
    [
        (at(21, 29), Wishes(), None),
        (at(21, 30), Wishes(), at(8, day=17)),
        (at(0, 0), Wishes(), at(8)),
        (at(7, 59), Wishes(), at(8)),
        (at(8, 0), Wishes(), None),
        (at(23, 0), Wishes(is_quiet=False), None),
        (at(13, 0), Wishes(quiet_from=time(12), quiet_until=time(14)), at(14)),
    ],
)
def test_a_night_ends_in_the_morning(now, wishes, morning):
    assert morning_after(now, wishes) == morning


@pytest.mark.parametrize(
    ("about", "expires_at", "is_urgent", "waits"),
    [
        (None, None, False, True),
        (None, None, True, False),
        (at(9, 59, day=17), None, False, False),
        (at(10, day=17), None, False, True),
        (None, at(8, day=17), False, False),
        (None, at(9, day=17), False, True),
    ],
)
def test_what_would_be_too_late_by_morning_goes_out_at_night(about, expires_at, is_urgent, waits):
    due = due_at(at(23), Wishes(), about=about, expires_at=expires_at, is_urgent=is_urgent)
    assert (due == at(8, day=17)) is waits
    assert due_at(at(12), Wishes(), about=about, expires_at=expires_at, is_urgent=is_urgent) is None


@pytest.mark.django_db
def test_at_night_the_inbox_is_told_and_the_rest_waits_in_the_outbox(nanjing, reader, new_kind):
    kind = new_kind("tests.calm")
    with time_machine.travel(at(22), tick=False):
        assert told(nanjing, kind, reader) == [("email", at(8, day=17)), ("sms", at(8, day=17))]
        assert told(nanjing, kind, reader, key="2", about=at(9, day=17)) == [("email", None), ("sms", None)]
        with inside(nanjing):
            assert Message.objects.count() == 2
            assert set(Fact.objects.values_list("due_at", flat=True)) == {at(22), at(8, day=17)}
        browser(reader).post("/me/messages/", {"suggestions": "on", "by_sms": "on", **OFF})
        assert told(nanjing, kind, reader, key="3") == [("sms", None)]


@pytest.mark.django_db
def test_switches_hold_for_all_but_what_is_necessary(nanjing, reader, new_kind):
    needs = {need: new_kind(f"tests.{need.value}", need=need) for need in Need}
    page = browser(reader).get("/me/messages/").content.decode()
    assert ["必要通知" in page, page.count("checked")] == [True, 4]
    assert browser(reader).post("/me/messages/", OFF).status_code == 302
    with time_machine.travel(at(12), tick=False):
        found = {need: [channel for channel, _ in told(nanjing, kind, reader)] for need, kind in needs.items()}
    assert found == {Need.NECESSARY: ["email", "sms"], Need.SERVICE: [], Need.SUGGESTION: []}
    with inside(nanjing):
        assert sorted(Message.objects.values_list("kind", flat=True)) == ["tests.necessary", "tests.service"]


@pytest.mark.django_db
def test_quiet_hours_need_a_length(nanjing, reader):
    page = browser(reader).post("/me/messages/", {"is_quiet": "on", "quiet_from": "08:00", "quiet_until": "08:00"})
    assert (page.status_code, "不能在同一时间开始和结束" in page.content.decode()) == (422, True)
    with inside(nanjing):
        assert Preference.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(("is_read", "state"), [(True, "unneeded"), (False, "sent")])
def test_an_sms_that_waits_is_needed_only_where_nothing_was_read(nanjing, reader, new_kind, is_read, state):
    kind = new_kind("tests.fallback", sms_after=timedelta(hours=1))
    with time_machine.travel(at(12), tick=False):
        assert ("sms", at(13)) in told(nanjing, kind, reader)
        if is_read:
            browser(reader).get("/me/inbox/")
    with time_machine.travel(at(13), tick=False), inside(nanjing):
        Fact.objects.exclude(lane__startswith="sms").delete()
        relay(nanjing)
        assert Delivery.objects.get(channel="sms").state == state


@pytest.mark.django_db
def test_an_email_is_switched_off_by_its_button_without_signing_in(nanjing, shenzhen, reader, new_kind, mail_server):
    mail_server.start()
    kind, needed = new_kind("tests.news", link="/me/inbox/"), new_kind("tests.needed", need=Need.NECESSARY)
    with inside(nanjing), transaction.atomic():
        for one in (kind, needed):
            tell(one, recipient=Recipient(reader), dedupe_key="1")
        Fact.objects.exclude(lane__startswith="email").delete()
    relay(nanjing)
    mail, plain = mail_server.taken
    assert (mail["List-Unsubscribe-Post"], plain["List-Unsubscribe"]) == ("List-Unsubscribe=One-Click", None)
    assert mail["From"].addresses[0].display_name == "金陵图书馆"
    (address,) = re.findall(r"^<https://nanjing\.test(/unsubscribe/[^>]+)>$", mail["List-Unsubscribe"].strip())
    for sort in ("plain", "html"):
        text = mail.get_body((sort,)).get_content()
        assert ["https://nanjing.test/me/inbox/" in text, address in text] == [True, True]
    html = mail.get_body(("html",)).get_content()
    assert ("查看详情" in html, re.findall(r'width="\d+"', html)) == (True, [])
    stranger = Client(HTTP_HOST="nanjing.test", enforce_csrf_checks=True)
    assert "不再接收邮件" in stranger.get(address).content.decode()
    with inside(nanjing):
        assert Preference.objects.count() == 0
    for _ in range(2):
        assert stranger.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    with inside(nanjing):
        assert Preference.objects.values_list("by_email", "by_sms").get() == (False, True)
    assert stranger.post(f"{address[:-2]}x/").status_code == 404
    assert Client(HTTP_HOST="shenzhen.test").post(address).status_code == 404
    with time_machine.travel(clock.now().astimezone(SHANGHAI).replace(hour=12), tick=False):
        assert [channel for channel, _ in told(nanjing, kind, reader, key="2")] == ["sms"]
