"""Scanning inside WeChat: who may, what signs a page, what is fetched when, and what WeChat's refusals say to whom."""

import hashlib
import logging
import socket
from datetime import timedelta

import pytest
from django.core.cache import cache
from hypothesis import given
from hypothesis import strategies as st

from kit import clock
from networks.models import JournalLine, inside
from people.choices import Role
from programmes.door.channels import wechat as channel
from programmes.door.channels.wechat import NoTicket, fetch_ticket
from programmes.door.engine.wechat import account_of, keep, standing_of
from programmes.door.listeners.wechat import renew_tickets
from programmes.door.rules.wechat import AGAIN_AFTER, RENEW_BEFORE, Account, Standing, is_due, signature
from tests.browsers import browser, staff
from tests.door.doors import party_at_the_door
from tests.door.wechat_server import APP_ID, SECRET, TICKET, WeChatServer

pytestmark = pytest.mark.django_db
IN_WECHAT = {"User-Agent": "Mozilla/5.0 (iPhone) MicroMessenger/8.0.50 Language/zh_CN"}
ACCOUNT = Account(APP_ID, SECRET)
SCRIPTS = "https://res.wx.qq.com"
OLD_HINT = "微信里不能用摄像头扫码，请用系统浏览器打开本页，或手动输入。"


@pytest.fixture
def wechat(settings):
    server = WeChatServer()
    settings.WECHAT_ENDPOINT, settings.WECHAT_SECRETS = server.start(), [f"nanjing:{SECRET}"]
    yield server
    server.stop()


@pytest.fixture
def configured(nanjing, wechat):
    nanjing.rules["wechat_app_id"] = APP_ID
    nanjing.save()
    return nanjing


def keeper_of(network):
    return browser(staff(network, "13800138003", Role.KEEPER, name="陈静"), bound=True)


def text(answer):
    return answer.content.decode()


def stands(network):
    """Something was said to it."""
    found = standing_of(network)
    assert found is not None
    return found


def scripts_of(answer):
    parts = answer["Content-Security-Policy"].split("; ")
    return sorted(
        word for part in parts if part.startswith("script-src ") for word in part.split()[1:] if "wasm" not in word
    )


# --- What signs a page ---------------------------------------------------------------------


def test_wechats_own_example_comes_out():
    assert (
        signature(
            ticket="sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg",
            nonce="Wm3WZYTPz0wzccnW",
            stamp=1414587457,
            url="http://mp.weixin.qq.com?params=value#what-follows-is-not-signed",
        )
        == "0f9de62fce790f9a083d5c99e95740ceb90c27ed"
    )


def test_the_page_inside_wechat_is_signed_for_its_own_address(configured):
    session, _row, _by = party_at_the_door(configured)
    renew_tickets()
    answer = keeper_of(configured).get(f"/desk/{session.code}/?q=%E9%9B%A8", headers=IN_WECHAT)
    found = answer.context["wechat"]
    url = f"http://nanjing.test/desk/{session.code}/?q=%E9%9B%A8"
    pairs = {"jsapi_ticket": TICKET, "noncestr": found.nonce, "timestamp": str(found.stamp), "url": url}
    words = "&".join(f"{name}={pairs[name]}" for name in sorted(pairs))
    signed = hashlib.sha1(words.encode(), usedforsecurity=False).hexdigest()
    assert (found.app_id, found.url, found.signature) == (APP_ID, url, signed)
    page = text(answer)
    assert ("用微信扫码" in page, TICKET in page, SECRET in page, "door/camera.js" in page) == (
        True,
        False,
        False,
        False,
    )


def test_the_script_of_wechat_is_let_in_on_that_page_alone(configured, shenzhen):
    session, row, _by = party_at_the_door(configured)
    elsewhere, _row, _by = party_at_the_door(shenzhen)
    renew_tickets()
    client, other = keeper_of(configured), keeper_of(shenzhen)
    door, own = f"/desk/{session.code}/", ["'self'"]
    told = {
        address: scripts_of(client.get(address, headers=IN_WECHAT))
        for address in (
            door,
            "/desk/",
            "/desk/alone/",
            f"{door}count/",
            f"/t/{row.ticket}/",
            "/me/",
            "/plan/today/",
            "/",
        )
    }
    assert told.pop(door) == ["'self'", SCRIPTS]
    assert set(map(tuple, told.values())) == {tuple(own)}
    assert scripts_of(client.get(door)) == own
    assert scripts_of(other.get(f"/desk/{elsewhere.code}/", headers=IN_WECHAT)) == own


@pytest.mark.parametrize("missing", ["app ID", "secret", "ticket", "ticket in time", "same account"])
def test_without_all_of_it_the_page_says_what_it_always_said(configured, wechat, settings, missing):
    session, _row, _by = party_at_the_door(configured)
    wechat.expires_in = 0 if missing == "ticket in time" else 7200
    if missing != "ticket":
        renew_tickets()
    if missing == "secret":
        settings.WECHAT_SECRETS = [f"shenzhen:{SECRET}"]
    if missing in ("app ID", "same account"):
        configured.rules["wechat_app_id"] = "" if missing == "app ID" else "wxanother"
        configured.save()
    answer = keeper_of(configured).get(f"/desk/{session.code}/", headers=IN_WECHAT)
    assert (answer.context["wechat"], OLD_HINT in text(answer), "door-wechat" in text(answer)) == (None, True, False)
    assert scripts_of(answer) == ["'self'"]


# --- What is fetched, and when -------------------------------------------------------------


def test_a_ticket_is_fetched_once_and_again_before_it_ends(configured, wechat):
    for _again in range(3):
        renew_tickets()
    assert wechat.asked == ["stable_token", "getticket"]
    now = stands(configured)
    assert (now.ticket, now.error, now.until - now.fetched_at) == (TICKET, "", timedelta(hours=2))
    wechat.expires_in = int(RENEW_BEFORE.total_seconds()) - 1
    cache.clear()
    renew_tickets()
    renew_tickets()
    assert wechat.asked == ["stable_token", "getticket"] * 3


def test_nothing_is_fetched_where_nothing_is_set_up(nanjing, shenzhen, wechat):
    renew_tickets()
    assert wechat.asked == []


def test_what_is_kept_cannot_be_read_in_the_cache_nor_in_another_network(configured, shenzhen):
    renew_tickets()
    sealed = cache.get(f"door.wechat.{configured.pk}")
    assert (TICKET in sealed, SECRET in sealed, SECRET in repr(account_of(configured))) == (False, False, False)
    assert TICKET not in repr(stands(configured))
    cache.set(f"door.wechat.{shenzhen.pk}", sealed)
    assert standing_of(shenzhen) is None


@pytest.mark.parametrize(
    ("path", "refusal"),
    [
        ("stable_token", (40125, "invalid appsecret rid: 1")),
        ("stable_token", (40164, "invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist")),
        ("stable_token", (-1, "system error")),
        ("getticket", (48001, "api unauthorized")),
    ],
)
def test_a_refusal_is_kept_and_asked_again_only_after_a_while(configured, wechat, caplog, path, refusal):
    error, detail = str(refusal[0]), "203.0.113.7" if refusal[0] == 40164 else ""
    wechat.refusals[path] = refusal
    with caplog.at_level(logging.WARNING):
        renew_tickets()
        asked = len(wechat.asked)
        renew_tickets()
    now = stands(configured)
    assert (now.error, now.detail, now.ticket, len(wechat.asked)) == (error, detail, "", asked)
    assert [record.getMessage() for record in caplog.records] == [f"wechat.no_ticket network=nanjing error={error}"]
    with inside(configured):
        keep(configured, Standing(APP_ID, clock.now() - AGAIN_AFTER, error=error))
    wechat.refusals.clear()
    renew_tickets()
    assert (stands(configured).ticket, stands(configured).error) == (TICKET, "")


def test_what_was_fetched_before_a_refusal_goes_on_until_its_end(configured, wechat):
    at = clock.now()
    keep(configured, Standing(APP_ID, at, ticket=TICKET, until=at + RENEW_BEFORE / 2, fetched_at=at))
    wechat.refusals["stable_token"] = (40125, "invalid appsecret")
    renew_tickets()
    now = stands(configured)
    assert (now.error, now.holds(ACCOUNT, at=at), now.holds(ACCOUNT, at=at + RENEW_BEFORE)) == ("40125", True, False)


@pytest.mark.parametrize("body", [b"<html>", b"[]", b'"x"', b"{}", b'{"access_token": 5, "expires_in": "x"}'])
def test_what_cannot_be_read_is_no_ticket(configured, wechat, body):
    wechat.bodies["stable_token"] = body
    with pytest.raises(NoTicket) as no:
        fetch_ticket(ACCOUNT)
    assert (no.value.code, no.value.detail) == ("unreadable", "")


def test_where_nobody_answers_in_time_the_others_wait_for_the_next_round(
    configured, shenzhen, wechat, settings, monkeypatch
):
    monkeypatch.setattr(channel, "TIMEOUT", 0.2)
    shenzhen.rules["wechat_app_id"] = APP_ID
    shenzhen.save()
    settings.WECHAT_SECRETS = [f"nanjing:{SECRET}", f"shenzhen:{SECRET}"]
    wechat.seconds = 0.6
    renew_tickets()
    assert (stands(configured).error, standing_of(shenzhen)) == ("silent", None)
    wechat.seconds = 0
    renew_tickets()
    assert (stands(configured).error, stands(shenzhen).ticket) == ("silent", TICKET)


def test_where_nothing_listens_it_is_silence(wechat, settings):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        settings.WECHAT_ENDPOINT = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        with pytest.raises(NoTicket) as no:
            fetch_ticket(ACCOUNT)
    assert no.value.code == "silent"


@given(minutes=st.lists(st.integers(min_value=1, max_value=40), max_size=60))
def test_whenever_it_is_looked_at_within_the_reserve_no_door_is_without(minutes):
    """Rounds never lie further apart than the reserve: then there is always a ticket that holds."""
    at = clock.now()
    kept = Standing(APP_ID, at, ticket=TICKET, until=at + timedelta(hours=2), fetched_at=at)
    for gap in minutes:
        at += min(timedelta(minutes=gap), RENEW_BEFORE - timedelta(seconds=1))
        assert kept.holds(ACCOUNT, at=at)
        if is_due(kept, ACCOUNT, at=at):
            kept = Standing(APP_ID, at, ticket=TICKET, until=at + timedelta(hours=2), fetched_at=at)


# --- Who is told ---------------------------------------------------------------------------


def test_an_administrator_reads_what_to_do(configured, wechat):
    admin = browser(staff(configured, "13800138009", Role.NETWORK_ADMIN, name="周宁"))
    assert "几分钟内会向微信获取" in text(admin.get("/plan/settings/wechat/"))
    wechat.refusals["stable_token"] = (40164, "invalid ip 203.0.113.7, not in whitelist")
    renew_tickets()
    page = text(admin.get("/plan/settings/wechat/"))
    assert ("IP 白名单" in page, "203.0.113.7" in page, "40164" in page, SECRET in page) == (True, True, True, False)
    assert "微信暂不允许签到台扫码" in text(admin.get("/plan/"))
    cache.clear()
    wechat.refusals.clear()
    renew_tickets()
    page = text(admin.get("/plan/settings/wechat/"))
    assert ("签到台可以在微信里扫码" in page, SECRET in page, TICKET in page) == (True, False, False)
    assert "微信暂不允许签到台扫码" not in text(admin.get("/plan/"))
    with inside(configured):
        assert not JournalLine.objects.filter(values__icontains=SECRET).exists()


def test_without_the_secret_or_the_app_id_the_page_says_which(nanjing, wechat, settings):
    admin = browser(staff(nanjing, "13800138009", Role.NETWORK_ADMIN, name="周宁"))
    assert "尚未配置" in text(admin.get("/plan/settings/wechat/"))
    assert "/plan/settings/wechat/" not in text(admin.get("/plan/"))
    nanjing.rules["wechat_app_id"] = APP_ID
    nanjing.save()
    settings.WECHAT_SECRETS = []
    assert "缺少密钥" in text(admin.get("/plan/settings/wechat/"))
