"""The camera at the door, as it is on iPhones and desktops: Chromium on Linux reads no codes by itself either.

Its camera is a file with a real picture of a real ticket. Where npm is missing there is no reader to test, and the tests say so.
"""

import pytest
from django.conf import settings

from networks.models import NetworkHost, inside
from people.choices import Role
from people.models import Child, ReaderNumber
from people.queries.reader_numbers import index_of_number
from programmes.door.models import CheckIn, Scan
from tests.browsers import browser, staff
from tests.door.desk_devices import joined
from tests.door.doors import opened
from tests.journeys import pictures
from tests.journeys.conftest import ARGUMENTS, CHROMIUM, PHONE
from tests.journeys.soundness import serious, sideways
from tests.journeys.test_door import DETECTOR
from tests.signup.signing import family, sign_up, story_hour

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.journeys.urls")]
HOST = "nanjing.localhost"
# From the first picture to the card: under a second on a quiet machine, which this may not be.
PATIENCE = 4_000
# When the camera showed its first picture, and when the answer stood there.
CLOCK = """window.clock = {};
document.addEventListener("playing", () => { clock.seen ??= performance.now(); }, true);
new MutationObserver(() => {
  if (document.querySelector("#answer[data-kind=good]")) clock.said ??= performance.now();
}).observe(document, { childList: true, subtree: true });"""
needs_reader = pytest.mark.skipif(
    not settings.HAS_CODE_READER, reason="npm is missing: there is no code reader to test"
)


@pytest.fixture
def evening(nanjing):
    NetworkHost.objects.create(network=nanjing, host=HOST)
    keeper = staff(nanjing, "13800138003", Role.KEEPER, name="陈静")
    session = story_hour(nanjing)
    row = sign_up(nanjing, session, *family(nanjing), adults=1)
    return opened(nanjing, session), row, keeper


@pytest.fixture
def look(playwright, live_server, evening):
    """look(film, client=…): a phone whose camera shows the film, at the door; what it fetched is kept."""
    session, _row, keeper = evening
    started = []

    def arrive(film, client=None, script=CLOCK):
        held = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=[*ARGUMENTS, "--use-fake-ui-for-media-stream", f"--use-file-for-fake-video-capture={film}"],
        )
        started.append(held)
        context = held.new_context(
            viewport=PHONE,
            locale="zh-CN",
            reduced_motion="reduce",
            permissions=["camera"],
            # It keeps the reader for when there is no network; here the page's own way to it is told.
            service_workers="block",
        )
        cookies = (client or browser(keeper, bound=True)).cookies.items()
        context.add_cookies(
            [{"name": name, "value": morsel.value, "domain": HOST, "path": "/"} for name, morsel in cookies]
        )
        page = context.new_page()
        page.fetched = []
        page.on("request", lambda request: page.fetched.append(request.url))
        page.add_init_script(script)
        page.goto(f"http://{HOST}:{live_server.url.rsplit(':', 1)[1]}/desk/{session.code}/")
        return page

    yield arrive
    for held in started:
        held.close()


def start(page):
    page.get_by_role("button", name="用摄像头扫码").click()


def from_npm(page):
    return [address.rsplit("/", 1)[1] for address in page.fetched if "/static/npm/" in address]


@needs_reader
def test_a_ticket_held_before_the_camera_is_a_green_card_within_a_second(tmp_path, evening, look, nanjing):
    session, row, _keeper = evening
    page = look(pictures.of_ticket(tmp_path, f"http://{HOST}/t/{row.ticket}/"))
    assert from_npm(page) == []
    start(page)
    page.locator("#answer[data-kind=good]").wait_for()
    took = page.evaluate("clock.said - clock.seen")
    print(f"From the camera's first picture to the card: {took:.0f} ms")  # noqa: T201 - worth reading, whatever it is
    assert took < PATIENCE
    assert (serious(page), sideways(page)) == ([], 0)
    page.wait_for_timeout(600)
    with inside(nanjing):
        assert list(Scan.objects.values_list("way", "outcome")) == [("camera", "admitted")]
        assert CheckIn.objects.filter(session=session).count() == 2
    assert sorted(from_npm(page)) == ["ponyfill.js", "zxing-exported.js", "zxing_reader.wasm"]
    page.get_by_role("button", name="关闭摄像头").click()
    assert page.evaluate("document.querySelector('video').srcObject.getTracks().map(track => track.readyState)") == [
        "ended"
    ]
    page.get_by_role("button", name="用摄像头扫码").wait_for()
    assert page.locator("#code").is_visible()


@needs_reader
def test_the_bars_of_a_reader_card_are_read_too(tmp_path, evening, look, nanjing):
    with inside(nanjing):
        ReaderNumber.objects.create(
            child=Child.objects.get(),
            number_sealed="",
            number_index=index_of_number("NJ20261234", network=nanjing),
        )
    page = look(pictures.of_card(tmp_path, "NJ20261234"))
    start(page)
    page.locator("#answer[data-kind=good]").wait_for()
    with inside(nanjing):
        assert list(Scan.objects.values_list("way", "outcome")) == [("reader_number", "admitted")]


@needs_reader
def test_a_joined_device_scans_as_well(tmp_path, evening, look, nanjing):
    _session, row, keeper = evening
    device, tablet = joined(nanjing, keeper)
    page = look(pictures.of_ticket(tmp_path, f"http://{HOST}/t/{row.ticket}/"), client=tablet)
    start(page)
    page.locator("#answer[data-kind=good]").wait_for()
    assert (serious(page), "*雨" in page.inner_text("#answer")) == ([], True)
    with inside(nanjing):
        assert list(Scan.objects.values_list("way", "by", "desk_device")) == [("camera", None, device.pk)]


def test_where_the_browser_reads_by_itself_nothing_is_fetched_for_it(tmp_path, evening, look):
    _session, row, _keeper = evening
    page = look(pictures.of_a_wall(tmp_path), script=f"({DETECTOR})('{row.ticket}')")
    start(page)
    page.locator("#answer[data-kind=good]").wait_for()
    assert from_npm(page) == []


def test_without_a_reader_the_page_says_so_and_typing_works(tmp_path, evening, look, settings):
    _session, row, _keeper = evening
    settings.HAS_CODE_READER = False
    page = look(pictures.of_a_wall(tmp_path))
    page.get_by_text("这个浏览器不能识别二维码").wait_for()
    assert page.get_by_role("button", name="用摄像头扫码").count() == 0
    assert (serious(page), sideways(page)) == ([], 0)
    page.locator("#code").fill(row.ticket[-6:])
    page.keyboard.press("Enter")
    page.locator("#answer[data-kind=good]").wait_for()


@needs_reader
def test_a_reader_that_does_not_load_says_so_and_can_be_asked_again(tmp_path, evening, look):
    _session, row, _keeper = evening
    page = look(pictures.of_ticket(tmp_path, row.ticket))
    page.route("**/zxing_reader.wasm", lambda route: route.abort())
    start(page)
    page.get_by_text("识别组件没有加载成功").wait_for()
    page.unroute("**/zxing_reader.wasm")
    start(page)
    page.locator("#answer[data-kind=good]").wait_for()
