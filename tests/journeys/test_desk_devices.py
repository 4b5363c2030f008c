"""A tablet joins the desk by the code that a keeper shows it, lets a family in, and is told when it is revoked."""

import io
from datetime import timedelta

import pytest
import zxingcpp
from django.test import Client
from PIL import Image

from kit import clock
from networks.models import NetworkHost, inside
from people.choices import Role
from programmes.door.models import DeskDevice, Scan
from tests.browsers import browser, staff
from tests.door.desk_devices import joined
from tests.door.doors import opened
from tests.journeys.soundness import serious, sideways
from tests.signup.signing import family, sign_up, story_hour

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.journeys.urls")]
HOST = "nanjing.localhost"


@pytest.fixture
def evening(nanjing):
    NetworkHost.objects.create(network=nanjing, host=HOST)
    keeper = staff(nanjing, "13800138003", Role.KEEPER, name="陈静")
    session = story_hour(nanjing)
    row = sign_up(nanjing, session, *family(nanjing), adults=1)
    return opened(nanjing, session), row, keeper


def is_sound(page):
    assert (serious(page), sideways(page)) == ([], 0)


def signed_in(visitor, who):
    """A person, or the browser of a device."""
    cookies = (who if isinstance(who, Client) else browser(who, bound=True)).cookies.items()
    visitor.page.context.add_cookies(
        [{"name": name, "value": morsel.value, "domain": HOST, "path": "/"} for name, morsel in cookies]
    )
    return visitor


def code_on(page):
    """As the camera of the other device reads it."""
    drawn = Image.open(io.BytesIO(page.locator(".qr-code svg").screenshot()))
    (found,) = zxingcpp.read_barcodes(drawn)
    assert page.locator(".qr-code svg").bounding_box()["width"] >= 260
    return found.text


def ask(tablet, code):
    tablet.get_by_label("入场码或读者证号").press_sequentially(code, delay=90)
    tablet.keyboard.press("Enter")


def test_a_tablet_joins_scans_and_is_revoked(nanjing, evening, visit):
    session, row, keeper = evening
    hers = signed_in(visit(HOST), keeper).open("/desk/")
    hers.get_by_role("link", name="签到设备").click()
    is_sound(hers)
    hers.get_by_role("link", name="添加设备").first.click()
    hers.get_by_label("设备名称").fill("门口平板")
    is_sound(hers)
    hers.get_by_role("button", name="显示二维码").click()
    hers.get_by_text("等待加入").wait_for()
    is_sound(hers)

    visitor = visit(HOST, viewport={"width": 820, "height": 1180})
    tablet = visitor.page
    tablet.goto(code_on(hers))
    is_sound(tablet)
    assert "看到电话" in tablet.inner_text("main")
    tablet.get_by_role("button", name="确认加入").click()
    tablet.wait_for_url("**/desk/")
    is_sound(tablet)
    # The keeper's page notices by itself.
    hers.get_by_text("已加入", exact=True).wait_for()

    tablet.get_by_role("link", name="小种子").click()
    is_sound(tablet)
    links = tablet.eval_on_selector_all("a[href]", "all => all.map(one => new URL(one.href).pathname)")
    assert [link for link in links if not link.startswith("/desk/") and link != f"/desk/{session.code}/"] == []
    ask(tablet, row.ticket[-6:])
    tablet.locator("#answer[data-kind=good]").wait_for()
    is_sound(tablet)
    ask(tablet, row.ticket[-6:])
    tablet.get_by_text("由门口平板核对").wait_for()

    hers.goto(hers.url.rsplit("/desk/", 1)[0] + "/desk/devices/")
    hers.get_by_role("button", name="停用").first.click()
    hers.get_by_text("设备已停用").first.wait_for()
    ask(tablet, row.ticket[-6:])
    tablet.locator("#answer[data-outcome=device_ended]").wait_for()
    is_sound(tablet)
    tablet.reload()
    tablet.get_by_role("heading", name="这台设备已停用").wait_for()
    is_sound(tablet)
    with inside(nanjing):
        device = DeskDevice.objects.get()
        assert list(Scan.objects.order_by("pk").values_list("outcome", "by", "desk_device")) == [
            ("admitted", None, device.pk),
            ("already_here", None, device.pk),
        ]


@pytest.mark.parametrize("is_reopened", [False, True])
def test_a_device_whose_time_ended_without_a_network_brings_back_what_it_answered(nanjing, evening, visit, is_reopened):
    session, row, keeper = evening
    device, client = joined(nanjing, keeper)
    page = signed_in(visit(HOST), client).open(f"/desk/{session.code}/")
    page.locator("door-line [data-part=roster]").get_by_text("名单已更新").wait_for()
    page.context.set_offline(True)
    ask(page, row.ticket[-6:])
    page.locator("#answer[data-outcome=admitted]").get_by_text("离线核对").wait_for()
    with inside(nanjing):
        last = clock.now() - timedelta(minutes=1)
        DeskDevice.objects.filter(pk=device.pk).update(made_at=last - timedelta(hours=8), expires_at=last)
    page.context.set_offline(False)
    if is_reopened:
        page.goto(page.url.replace(f"{session.code}/", ""))
        page.get_by_role("heading", name="这台设备已停用").wait_for()
        is_sound(page)
    page.evaluate("""async () => {
        const { keptLines } = await import('/static/door/keeping.js');
        while ((await keptLines()).length) await new Promise((again) => setTimeout(again, 50));
    }""")
    with inside(nanjing):
        assert list(Scan.objects.values_list("outcome", "is_offline", "desk_device")) == [("admitted", True, device.pk)]


def test_a_volunteer_types_the_code_without_scripts(nanjing, evening, visit):
    _session, row, keeper = evening
    hers = signed_in(visit(HOST), keeper).open("/desk/devices/add/")
    hers.get_by_label("设备名称").fill("志愿者手机")
    hers.get_by_role("button", name="显示二维码").click()
    words = hers.inner_text(".qr-words")
    phone = visit(HOST, java_script_enabled=False).open("/desk/join/")
    phone.locator("[name=code]").fill(words.lower())
    phone.get_by_role("button", name="继续").click()
    phone.get_by_role("button", name="确认加入").click()
    phone.get_by_role("link", name="小种子").click()
    ask(phone, row.ticket[-6:])
    assert "欢迎入场" in phone.inner_text("#answer")
