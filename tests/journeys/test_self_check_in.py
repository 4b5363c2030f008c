"""A tablet on the wall, a mother's phone that scans it, and the grandmother's phone with the ticket that turns by itself."""

import io

import pytest
import zxingcpp
from PIL import Image

from kit import clock
from networks.models import NetworkHost, inside
from people.choices import Role
from programmes.door.commands.self_check_in import make_screen
from programmes.door.models import CheckIn, Scan
from programmes.planning.models import Session
from tests.browsers import person, staff
from tests.door.doors import opened
from tests.journeys.conftest import DESK
from tests.journeys.soundness import serious, sideways
from tests.people import homes
from tests.people.conftest import relay
from tests.planning import plans
from tests.signup.signing import sign_up, story_hour

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.journeys.urls")]
HOST = "nanjing.localhost"
# How the tablet's clocks run on, and its network is away.
LATER = "(seconds) => { const now = Date.now; Date.now = () => now() + seconds * 1000; }"


@pytest.fixture
def wall(nanjing):
    NetworkHost.objects.create(network=nanjing, host=HOST)
    keeper = staff(nanjing, "13800138003", Role.KEEPER, name="陈静")
    mother = person(nanjing, "13800138010", name="王芳")
    session = story_hour(nanjing)
    row = sign_up(nanjing, session, homes.home(nanjing, mother, children=2), mother, children=2, adults=1)
    opened(nanjing, session)
    with inside(nanjing):
        venue = plans.room().venue
        Session.objects.filter(pk=session.pk).update(place_kind="venue", venue=venue, area=venue.area)
        return make_screen(venue=venue, name="", by=keeper, at=clock.now()), row, mother


def scanned_off(page):
    """What a phone reads off the screen, as it hangs there."""
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    (code,) = zxingcpp.read_barcodes(picture)
    return code.text


def code_on_the_phone(visit):
    return visit(HOST).open("/dev/phone/").locator(".big-code").first.inner_text()


def sound(page):
    assert (serious(page), sideways(page)) == ([], 0)


def test_a_family_scans_the_wall_signs_in_and_is_in(nanjing, visit, wall):
    screen, row, _mother = wall
    tablet = visit(HOST, viewport=DESK).open(f"/screen/{screen.secret}/")
    sound(tablet)
    # On a phone whose clock is a day behind.
    hers = visit(HOST)
    hers.page.add_init_script("const now = Date.now; Date.now = () => now() - 24 * 60 * 60 * 1000;")
    ticket = hers.open(f"/t/{row.ticket}/")
    ticket.get_by_text(row.ticket[-6:-4]).first.wait_for()

    phone = visit(HOST).page
    phone.goto(scanned_off(tablet))
    sound(phone)
    phone.get_by_role("button", name="登录并签到").click()
    phone.get_by_label("手机号").fill("13800138010")
    phone.get_by_role("button", name="获取验证码").click()
    phone.wait_for_url("**/sign-in/code/**")
    relay(nanjing)
    phone.get_by_label("验证码", exact=True).fill(code_on_the_phone(visit))
    phone.get_by_role("button", name="登录", exact=True).click()
    phone.wait_for_url("**/here/")
    sound(phone)
    phone.get_by_label("小宇").uncheck()
    phone.get_by_role("button", name="我们到了").click()
    phone.locator(".arrived").wait_for()
    assert "已签到" in phone.inner_text(".arrived")
    sound(phone)
    # The brother was only slower.
    phone.get_by_label("小宇").check()
    phone.get_by_role("button", name="补签到").click()
    phone.get_by_text("共 3 人").wait_for()

    ticket.locator(".arrived").wait_for(timeout=20_000)
    told = ticket.inner_text("main")
    assert ("您已签到" in told, "小雨" in told) == (True, False)
    sound(ticket)
    with inside(nanjing):
        assert list(Scan.objects.values_list("way", "outcome")) == [("screen", "admitted")] * 2
        assert CheckIn.objects.filter(undone_at=None).count() == 3


def test_a_tablet_without_a_network_shows_no_old_code_and_comes_back(visit, wall):
    screen, _row, _mother = wall
    tablet = visit(HOST, viewport=DESK).open(f"/screen/{screen.secret}/")
    before = scanned_off(tablet)
    tablet.context.set_offline(True)
    tablet.evaluate(LATER, 40)
    tablet.get_by_text("网络不通").wait_for()
    assert zxingcpp.read_barcodes(Image.open(io.BytesIO(tablet.screenshot())).convert("RGB")) == []
    sound(tablet)
    tablet.context.set_offline(False)
    tablet.locator(".wall-cover").wait_for(state="detached")
    assert scanned_off(tablet).rsplit("/", 2)[0] == before.rsplit("/", 2)[0]


@pytest.mark.parametrize("width", [390, 1920])
def test_a_tablet_without_scripts_comes_anew(visit, wall, width):
    screen, _row, _mother = wall
    size = {"width": width, "height": 844 if width == 390 else 1080}
    tablet = visit(HOST, viewport=size, java_script_enabled=False).open(f"/screen/{screen.secret}/")
    assert scanned_off(tablet).startswith("http://")
    assert 1 <= int(tablet.locator("noscript").inner_html().split('content="')[1].split('"')[0]) <= 31
    assert tablet.evaluate("document.documentElement.scrollHeight <= innerHeight + 1")
