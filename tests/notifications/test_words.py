"""A library's own words: looked at, kept, refused by name, taken back; what was told before keeps its words."""

from datetime import timedelta

import pytest
import time_machine

from kit import clock
from networks.models import JournalLine, inside
from notifications.models import OwnWords
from notifications.registers import kinds
from notifications.rules.words import fitted, parts, shown
from people import messages as facts
from tests.browsers import browser
from tests.notifications.test_deliveries import tell
from tests.people.conftest import relay

PAGE = "/plan/messages/people.second_factor_changed/"
OWN = {"title": "{library}：登录保护变了", "body": "{name}，您好：100% 不是您操作的，请马上打电话。"}


@pytest.mark.django_db
def test_own_words_count_from_now_on_and_the_inbox_keeps_what_was_said(nanjing, admin, reader):
    desk, before = browser(admin), clock.now() - timedelta(hours=1)
    with time_machine.travel(before, tick=False):
        tell(nanjing, reader, key="1")
        relay(nanjing)
    looked = desk.post(PAGE, OWN | {"preview": "1"}).content.decode()
    assert ["金陵图书馆：登录保护变了" in looked, "100% 不是" in looked] == [True, True]
    with inside(nanjing):
        assert OwnWords.objects.count() == 0
    assert desk.post(PAGE, OWN).status_code == 302
    tell(nanjing, reader, key="2")
    relay(nanjing)
    inbox = browser(reader).get("/me/inbox/").content.decode()
    assert [inbox.count("金陵图书馆：登录保护变了"), inbox.count("您的二次验证有变动")] == [1, 1]
    assert "王芳，您好：100% 不是您操作的" in inbox
    assert "自拟" in desk.get("/plan/messages/").content.decode()
    assert desk.post(f"{PAGE}standard/").status_code == 302
    tell(nanjing, reader, key="3")
    relay(nanjing)
    inbox = browser(reader).get("/me/inbox/").content.decode()
    assert [inbox.count("金陵图书馆：登录保护变了"), inbox.count("您的二次验证有变动")] == [1, 2]
    with inside(nanjing):
        lines = JournalLine.objects.filter(verb__startswith="notifications.words").order_by("pk")
        assert list(lines.values_list("verb", "values")) == [
            (f"notifications.words_{done}", {"kind": facts.SECOND_FACTOR_CHANGED}) for done in ("kept", "reset")
        ]


@pytest.mark.django_db
@pytest.mark.parametrize("button", [{}, {"preview": "1"}])
def test_places_that_are_unknown_or_missing_are_refused_by_name(nanjing, admin, button):
    page = browser(admin).post(
        "/plan/messages/people.role_offered/",
        {"title": "邀请 {names}", "body": "请您担任 {role}。", "sms": "{role}：{place}"} | button,
    )
    said = page.content.decode()
    assert page.status_code == 422
    assert ["没有{names}" in said, "看不到{place}" in said, "短信里会缺少{link}" in said] == [True] * 3
    with inside(nanjing):
        assert OwnWords.objects.count() == 0


@pytest.mark.django_db
def test_the_gallery_shows_every_kind_in_few_statements(nanjing, admin, django_assert_num_queries):
    desk = browser(admin)
    desk.get("/plan/messages/")
    with django_assert_num_queries(9):
        page = desk.get("/plan/messages/").content.decode()
    assert page.count('<li class="kind">') == len(kinds)


@pytest.mark.parametrize(("length", "billed"), [(70, 1), (71, 2), (134, 2), (135, 3)])
def test_carriers_bill_parts(length, billed):
    assert parts("字" * length) == billed


def test_texts_as_staff_and_providers_have_them():
    assert shown("%(code)s is 100%% yours") == "{code} is 100% yours"
    assert parts("㛃䶮" * 34 + "𬭎𬭎") == 2
    assert fitted("一\n二" + "字" * 40) == "一 二" + "字" * 31 + "…"
