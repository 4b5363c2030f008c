"""The door inside WeChat, with WeChat's own scanner. Only its script is stood in for: there is no WeChat here."""

import re

import pytest

from networks.models import NetworkHost, inside
from people.choices import Role
from programmes.door.listeners.wechat import renew_tickets
from programmes.door.models import CheckIn, Scan
from tests.browsers import browser, staff
from tests.door.doors import opened
from tests.door.wechat_server import APP_ID, SECRET, WeChatServer
from tests.journeys.soundness import serious, sideways
from tests.signup.signing import family, sign_up, story_hour

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.journeys.urls")]
HOST = "nanjing.localhost"
AGENT = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) MicroMessenger/8.0.50 NetType/WIFI Language/zh_CN"
SCRIPT = "https://res.wx.qq.com/open/js/jweixin-1.6.0.js"
OLD_HINT = re.compile("微信里不能用摄像头扫码，请用系统浏览器打开本页")
# What it is asked stays to be read. It says that it is ready after a refusal too, as WeChat's does.
WX = """window.asked = [];
window.wx = {
  ready(heard) { this.heard = heard; },
  error(refused) { this.refused = refused; },
  config(wish) {
    asked.push(wish);
    setTimeout(() => { if (%(refusal)s) this.refused({ errMsg: %(refusal)s }); this.heard(); }, 10);
  },
  scanQRCode({ success, fail, ...wish }) {
    asked.push(wish);
    if (%(denied)s) fail({ errMsg: %(denied)s }); else success({ resultStr: %(read)s, errMsg: "scanQRCode:ok" });
  },
};"""


def wx(read="", refusal="", denied=""):
    return WX % {"read": repr(read), "refusal": repr(refusal), "denied": repr(denied)}


@pytest.fixture
def wechat(settings):
    server = WeChatServer()
    settings.WECHAT_ENDPOINT, settings.WECHAT_SECRETS = server.start(), [f"nanjing:{SECRET}"]
    yield server
    server.stop()


@pytest.fixture
def evening(nanjing, wechat):
    nanjing.rules["wechat_app_id"] = APP_ID
    nanjing.save()
    NetworkHost.objects.create(network=nanjing, host=HOST)
    keeper = staff(nanjing, "13800138003", Role.KEEPER, name="陈静")
    session = story_hour(nanjing)
    row = sign_up(nanjing, session, *family(nanjing), adults=1)
    renew_tickets()
    return opened(nanjing, session), row, keeper


@pytest.fixture
def inside_wechat(visit, evening):
    """inside_wechat(script): the door in WeChat's browser; None: its script does not come."""
    session, _row, keeper = evening

    def arrive(script, **options):
        visitor = visit(HOST, user_agent=AGENT, service_workers="block", **options)
        cookies = browser(keeper, bound=True).cookies.items()
        visitor.page.context.add_cookies(
            [{"name": name, "value": morsel.value, "domain": HOST, "path": "/"} for name, morsel in cookies]
        )
        visitor.page.route(
            SCRIPT,
            lambda route: (
                route.abort() if script is None else route.fulfill(body=script, content_type="text/javascript")
            ),
        )
        return visitor.open(f"/desk/{session.code}/")

    return arrive


def scan(page):
    page.get_by_role("button", name="用微信扫码").click()


def test_what_wechat_reads_lets_the_family_in(nanjing, evening, inside_wechat):
    session, row, _keeper = evening
    page = inside_wechat(wx(f"http://{HOST}/t/{row.ticket}/"))
    page.get_by_role("button", name="用微信扫码").wait_for()
    assert (serious(page), sideways(page), page.get_by_text(OLD_HINT).is_visible()) == ([], 0, False)
    scan(page)
    page.locator("#answer[data-kind=good]").wait_for()
    wish, scanned = page.evaluate("asked")
    assert (wish["appId"], wish["jsApiList"], wish["debug"]) == (APP_ID, ["scanQRCode"], False)
    assert (re.fullmatch("[0-9a-f]{40}", wish["signature"]) is not None, type(wish["timestamp"])) == (True, int)
    assert scanned == {"needResult": 1, "scanType": ["qrCode", "barCode"]}
    page.wait_for_timeout(600)
    with inside(nanjing):
        assert list(Scan.objects.values_list("way", "outcome")) == [("camera", "admitted")]
        assert CheckIn.objects.filter(session=session).count() == 2


def test_of_bars_only_what_they_hold_is_asked_for(evening, inside_wechat):
    _session, row, _keeper = evening
    page = inside_wechat(wx(f"CODE_128,{row.ticket}"))
    scan(page)
    page.locator("#answer[data-kind=good]").wait_for()


@pytest.mark.parametrize(
    ("refusal", "words"),
    [
        ("config:invalid url domain", "JS接口安全域名"),
        ("config:invalid signature", "微信没有通过本页的验证"),
        ("config:fail", "微信没有允许本页扫码"),
    ],
)
def test_when_wechat_refuses_the_page_says_why_and_shows_the_way_out(evening, inside_wechat, refusal, words):
    _session, row, _keeper = evening
    page = inside_wechat(wx(refusal=refusal))
    page.get_by_text(words).wait_for()
    page.wait_for_timeout(100)
    assert page.get_by_role("button", name="用微信扫码").is_hidden()
    assert (page.get_by_text(OLD_HINT).is_visible(), serious(page), sideways(page)) == (True, [], 0)
    page.locator("#code").fill(row.ticket[-6:])
    page.keyboard.press("Enter")
    page.locator("#answer[data-kind=good]").wait_for()


def test_a_camera_that_is_not_allowed_is_said_too(inside_wechat):
    page = inside_wechat(wx(denied="scanQRCode:permission denied"))
    scan(page)
    page.get_by_text("微信没有允许本页扫码").wait_for()
    assert page.get_by_text(OLD_HINT).is_visible()


def test_a_script_that_does_not_come_leaves_the_way_out(inside_wechat):
    page = inside_wechat(None)
    page.get_by_text("微信扫码组件没有加载成功").wait_for()
    assert page.get_by_text(OLD_HINT).is_visible()


def test_without_javascript_the_page_says_what_it_always_said(inside_wechat):
    page = inside_wechat(wx(), java_script_enabled=False)
    assert page.get_by_text(OLD_HINT).is_visible()
    assert page.get_by_role("button", name="用微信扫码").is_hidden()
