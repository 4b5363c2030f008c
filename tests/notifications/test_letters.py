"""A letter to many: asked about, told to each once in batches, withdrawn; and what the day's SMS allow."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import transaction

from kit import clock
from networks.engine.handing import drain
from networks.models import Fact, inside
from networks.steps.outbox import post
from notifications.messages import LETTER
from notifications.models import Delivery, Letter, Message, SmsCount
from notifications.registers import Recipient, kinds
from notifications.steps import letters as steps
from notifications.steps.telling import tell
from people.choices import Role
from tests.browsers import browser, person, staff
from tests.people import homes
from tests.people.conftest import relay
from tests.signup.signing import family, sign_up, story_hour

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 5, 16, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
TEXT = {"group": "coming", "title": "请带小剪刀", "body": "周六做纸灯笼。\n请带一把小剪刀。"}


@pytest.fixture
def planner(nanjing):
    return staff(nanjing, "13900000001", Role.PLANNER, name="林晓梅")


@pytest.fixture
def session(nanjing):
    return story_hour(nanjing)


def come(network, session, count):
    for number in range(count):
        home, who = family(network, name=f"家长{number}")
        sign_up(network, session, home, who)
    with inside(network):
        Fact.objects.all().delete()


def written(client, session, **changes):
    answer = client.post(f"/plan/letters/new/signup.session/{session.code}/", TEXT | changes)
    assert answer.status_code == 302
    return answer.url


def test_a_letter_asks_then_tells_each_family_once_and_shows_how_far_it_came(nanjing, planner, session, monkeypatch):
    monkeypatch.setattr(steps, "BATCH", 2)
    come(nanjing, session, 5)
    desk = browser(planner)
    page = written(desk, session)
    asked = desk.get(page).content.decode()
    assert ["发给 5 人？" in asked, "周六做纸灯笼。<br>请带一把小剪刀。" in asked] == [True, True]
    with inside(nanjing):
        assert (Message.objects.count(), Fact.objects.count()) == (0, 0)
    come(nanjing, session, 1)
    again = desk.post(page, {"people": "5"})
    assert (again.status_code, "现在会发给 6 人。" in again.content.decode()) == (422, True)
    for status in (302, 422):
        assert desk.post(page, {"people": "6"}).status_code == status
    relay(nanjing)
    assert "已通知 6 / 6 人" in desk.get(page).content.decode()
    with inside(nanjing), transaction.atomic():
        letter = Letter.objects.get()
        assert (letter.state, letter.told, Message.objects.count()) == ("sent", 6, 6)
        # A batch that is handed over once more tells nobody again.
        post(LETTER, payload={"letter": letter.pk}, dedupe_key="again")
    relay(nanjing)
    with inside(nanjing):
        assert Message.objects.count() == 6
        assert Message.objects.values("person").distinct().count() == 6
    assert (
        "发出了一封群发信"
        in browser(staff(nanjing, "13900000009", Role.NETWORK_ADMIN)).get("/plan/journal/").content.decode()
    )


def test_a_letter_is_withdrawn_while_it_waits(nanjing, planner, session):
    come(nanjing, session, 1)
    desk = browser(planner)
    page = written(desk, session)
    assert desk.post(f"{page}withdraw/").status_code == 302
    refused = desk.post(page, {"people": "1"})
    assert (refused.status_code, "这封信已被撤回" in refused.content.decode()) == (422, True)
    assert "已撤回" in desk.get("/plan/letters/").content.decode()
    empty = desk.get(written(desk, session, group="waiting")).content.decode()
    assert "目前没有可以发送的人" in empty


def test_an_sms_of_a_letter_is_counted_and_priced_before_it_goes(nanjing, planner, session):
    come(nanjing, session, 1)
    mother = person(nanjing, "13700137000")
    sign_up(nanjing, session, homes.home(nanjing, mother), mother)
    asked = browser(planner).get(written(browser(planner), session, by_sms="on")).content.decode()
    assert "其中 1 人同时收到短信：按 1 条计费，约 0.04 元" in asked


def test_the_days_sms_are_counted_and_beyond_them_only_what_cannot_wait_goes_out(nanjing, admin):
    nanjing.rules = {"sms_parts_a_day": 1, "sms_price": 50}
    nanjing.save(update_fields=["rules"])
    reader = person(nanjing, "13700137000")
    letter, needed = kinds["notifications.letter_by_sms"], kinds["people.staff_left"]
    with time_machine.travel(NOON, tick=False):
        with inside(nanjing), transaction.atomic():
            for key in "123":
                tell(letter, recipient=Recipient(reader, {"title": "一", "text": "二"}), dedupe_key=key)
            soon = Recipient(reader, {"title": "一", "text": "二"}, expires_at=NOON + timedelta(hours=2))
            tell(letter, recipient=soon, dedupe_key="4")
            tell(needed, recipient=Recipient(reader, {"day": "5月16日"}), dedupe_key="5")
        drain(at=clock.now())
        assert states(nanjing) == {"1": "sent", "2": "waiting", "3": "waiting", "4": "expired", "5": "sent"}
        with inside(nanjing):
            assert SmsCount.objects.order_by("kind").values_list("kind", "sent", "parts").first() == (letter.key, 1, 1)
            assert Message.objects.filter(kind="notifications.budget_used_up", person=admin).count() == 1
        page = browser(admin).get("/plan/spending/").content.decode()
        assert ["今天 2 / 1 条，约 0.10 元" in page, "群发信（加短信提醒）" in page] == [True, True]
    with time_machine.travel(NOON.replace(day=17, hour=8), tick=False):
        drain(at=clock.now())
        assert sorted(states(nanjing).values()) == ["expired", "sent", "sent", "sent", "waiting"]


def states(network):
    with inside(network):
        rows = Delivery.objects.values_list("dedupe_key", "state")
        return {key.rpartition(":")[2]: state for key, state in rows}
