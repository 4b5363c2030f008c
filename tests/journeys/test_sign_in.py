"""Signing in as people do it: on a phone, with the code read off another one."""

import re
import threading
import time
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.db import connection

from kit import clock
from networks.models import Fact, inside
from people.choices import Role
from people.models import LoginSession
from tests.browsers import staff
from tests.journeys.soundness import serious
from tests.people.conftest import relay

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.journeys.urls")]
NUMBER = "138 0013 8000"


@pytest.fixture(autouse=True)
def relaying(nanjing):
    """The relay's work beside the server, as in the demo."""
    cache.clear()
    over = threading.Event()

    def work():
        while not over.wait(0.05):
            with inside(nanjing):
                waits = Fact.objects.filter(state="waiting").exists()
            if waits:
                relay(nanjing)
        connection.close()

    worker = threading.Thread(target=work)
    worker.start()
    yield
    over.set()
    worker.join()


def code_on_the_phone(visit, after=""):
    """Reads /dev/phone/ as a person would, until a code stands there that was not there before."""
    phone = visit()
    for _ in range(40):
        page = phone.open("/dev/phone/")
        shown = page.locator(".big-code").all_inner_texts()
        if shown and shown[0] != after:
            phone.page.context.close()
            return shown[0]
        page.wait_for_timeout(150)
    raise AssertionError("no code came")


def ask(visitor, number=NUMBER):
    page = visitor.open("/sign-in/")
    page.get_by_label("手机号").fill(number)
    page.get_by_role("button", name="获取验证码").click()
    page.wait_for_url("**/sign-in/code/")
    return page


def type_code(page, code):
    page.get_by_label("验证码", exact=True).fill(code)
    page.get_by_role("button", name="登录", exact=True).click()


def sign_in(visit, visitor, number=NUMBER, after=""):
    page = ask(visitor, number)
    type_code(page, code_on_the_phone(visit, after))
    return page


def wrong(code):
    return f"{(int(code) + 1) % 1_000_000:06}"


def test_from_nothing_to_ones_own_pages(visit):
    me = visit()
    page = me.open("/sign-in/")
    assert serious(page) == []
    assert page.get_by_label("手机号").get_attribute("inputmode") == "tel"
    page = ask(me)
    field = page.get_by_label("验证码", exact=True)
    assert (field.get_attribute("autocomplete"), field.get_attribute("inputmode")) == ("one-time-code", "numeric")
    assert serious(page) == []
    again = page.get_by_role("button", name=re.compile("重新获取验证码"))
    assert (again.is_disabled(), "秒后" in again.inner_text()) == (True, True)
    type_code(page, code_on_the_phone(visit))
    page.wait_for_url("**/me/")
    assert "138****8000" in page.inner_text("main")
    assert serious(page) == []
    for path in ("/me/devices/", "/me/second-factor/", "/me/inbox/", "/me/name/", "/me/phone/"):
        assert serious(me.open(path)) == [], path


def test_without_scripts_and_with_full_width_digits(visit):
    me = visit(java_script_enabled=False)
    page = ask(me, "１３８ ００１３ ８０００")
    assert re.search(r"\d\d:\d\d:\d\d 起可以重新获取", page.inner_text("main"))
    wide = code_on_the_phone(visit).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    type_code(page, wide)
    page.wait_for_url("**/me/")
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_url("**/")
    assert me.open("/me/").url.endswith("/sign-in/?next=%2Fme%2F")


def test_a_wrong_code_five_times_then_a_new_one(visit, nanjing):
    me = visit()
    page = ask(me)
    code = code_on_the_phone(visit)
    for left in (4, 3, 2, 1):
        type_code(page, wrong(code))
        page.get_by_text(f"还可以再试 {left} 次").wait_for()
    assert serious(page) == []
    type_code(page, wrong(code))
    page.get_by_text("请重新获取").first.wait_for()
    type_code(page, code)
    page.get_by_text("已经输错五次").wait_for()
    assert serious(page) == []
    cache.clear()  # half a minute passes
    me.open("/sign-in/code/")
    page.get_by_role("button", name="重新获取验证码").click()
    type_code(page, code_on_the_phone(visit, after=code))
    page.wait_for_url("**/me/")


def test_a_code_that_ran_out(visit, nanjing, monkeypatch):
    me = visit()
    page = ask(me)
    code = code_on_the_phone(visit)
    late = clock.now() + timedelta(minutes=6)
    monkeypatch.setattr(clock, "now", lambda: late)
    type_code(page, code)
    page.get_by_text("已经过期").wait_for()
    assert serious(page) == []
    page.get_by_role("button", name="重新获取验证码").click()
    type_code(page, code_on_the_phone(visit, after=code))
    page.wait_for_url("**/me/")


def test_two_tabs_of_one_browser(visit):
    me = visit()
    first = ask(me)
    old = code_on_the_phone(visit)
    second = me.page.context.new_page()
    second.goto(f"{me.origin}/sign-in/")
    second.get_by_label("手机号").fill("139 0013 9000")
    second.get_by_role("button", name="获取验证码").click()
    second.wait_for_url("**/sign-in/code/")
    new = code_on_the_phone(visit, after=old)
    type_code(first, old)
    first.get_by_text("另一个页面里又获取了验证码").wait_for()
    assert "139****9000" in first.inner_text("main")
    type_code(first, new)
    first.wait_for_url("**/me/")
    type_code(second, new)
    second.wait_for_url("**/me/")


def test_a_keepers_phone_is_confirmed_by_the_district(visit, nanjing):
    staff(nanjing, "13800000003", Role.KEEPER, area="鼓楼区", name="陈静")
    staff(nanjing, "13800000002", Role.DISTRICT_LIBRARIAN, area="鼓楼区", name="周敏")
    keeper = visit()
    page = sign_in(visit, keeper, "13800000003")
    page.get_by_role("button", name="请区馆确认").wait_for()
    assert "这部手机需要确认一次" in page.inner_text("main")
    assert serious(page) == []
    page.get_by_role("button", name="请区馆确认").click()
    page.get_by_text("已经请区馆确认").wait_for()
    shown = code_on_the_phone(visit)

    librarian = visit()
    desk = sign_in(visit, librarian, "13800000002", after=shown)
    desk.wait_for_url("**/me/")
    set_up_app(librarian)
    desk = librarian.open("/plan/devices/")
    assert serious(desk) == []
    desk.get_by_role("row", name=re.compile("陈静")).get_by_role("button", name="确认", exact=True).click()
    desk.get_by_text("90 天内有效").first.wait_for()

    page.get_by_role("link", name="再看一次").click()
    page.wait_for_url("**/me/")
    assert "这部手机已确认" in page.inner_text("main")


def set_up_app(visitor):
    """Chosen from the page that staff are sent to, with the key that the page shows."""
    page = visitor.open("/plan/devices/")
    assert "工作人员还需一步" in page.inner_text("main")
    page.get_by_role("link", name="设置验证器应用").click()
    secret = re.search(r"[A-Z2-7]{32}", page.inner_text(".secret")).group()
    assert serious(page) == []
    page.get_by_label("验证码", exact=True).fill(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    page.get_by_role("button", name="启用").click()
    page.get_by_text("还剩 10 个备用码").wait_for()
    assert serious(page) == []
    return secret


def test_an_authenticator_app_is_set_up_and_asked_for(visit, nanjing):
    staff(nanjing, "13800000004", Role.EDITOR, name="苏文")
    editor = visit()
    sign_in(visit, editor, "13800000004").wait_for_url("**/me/")
    page = editor.open("/plan/devices/")
    secret = set_up_app(editor)
    shown = code_on_the_phone(visit)
    cache.clear()
    again = visit()
    page = sign_in(visit, again, "13800000004", after=shown)
    page.wait_for_url("**/sign-in/second-factor/")
    assert serious(page) == []
    page.get_by_label("验证码", exact=True).fill(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    page.get_by_role("button", name="继续").click()
    page.wait_for_url("**/me/")


def test_a_passkey_is_made_and_opens_the_account_alone(visit, chromium, live_server, nanjing, monkeypatch):
    """Passkeys want a safe context: a host under localhost is one."""
    from networks.models import NetworkHost

    NetworkHost.objects.create(network=nanjing, host="nanjing.localhost")
    me = visit("nanjing.localhost")
    wire = me.page.context.new_cdp_session(me.page)
    wire.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    wire.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {**options, "isUserVerified": True, "automaticPresenceSimulation": True}},
    )
    page = sign_in(visit, me)
    page.wait_for_url("**/me/")
    page = me.open("/me/second-factor/passkeys/new/")
    assert serious(page) == []
    assert page.get_by_label("只凭它登录，不用短信").is_checked()
    page.get_by_role("button", name="继续").click()
    page.wait_for_url("**/me/second-factor/codes/")
    assert "1 个通行密钥" in me.open("/me/second-factor/").inner_text("main")
    page.goto(f"{me.origin}/me/")
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_url(f"{me.origin}/")
    page = me.open("/sign-in/")
    page.get_by_role("button", name="用通行密钥登录").click()
    page.wait_for_url("**/me/")
    assert "138****8000" in page.inner_text("main")
    with inside(nanjing):
        assert LoginSession.objects.exists()
