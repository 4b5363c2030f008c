"""A ticket that was opened once is there without a network, as anybody with the code sees it."""

import pytest

from networks.models import NetworkHost
from tests.browsers import browser, person
from tests.journeys.soundness import serious, sideways
from tests.people import homes
from tests.signup.signing import sign_up, story_hour

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.journeys.urls")]

# Browsers keep pages for secure addresses only, and this machine's own.
HOST = "nanjing.localhost"


# The worker has the page in its hands, and has put this address away.
KEPT = """async (address) => {
    for (const until = Date.now() + 15000; Date.now() < until; ) {
        if (navigator.serviceWorker.controller && (await caches.match(address))) return;
        await new Promise((again) => setTimeout(again, 50));
    }
    throw new Error(`never kept: ${address}`);
}"""


def test_once_opened_it_is_there_without_a_network(nanjing, visit):
    NetworkHost.objects.create(network=nanjing, host=HOST)
    mother = person(nanjing, "13800138010", name="王芳")
    row = sign_up(nanjing, story_hour(nanjing), homes.home(nanjing, mother), mother, adults=1)
    visitor = visit(HOST)
    cookies = browser(mother).cookies.items()
    visitor.page.context.add_cookies(
        [{"name": name, "value": morsel.value, "domain": HOST, "path": "/"} for name, morsel in cookies]
    )
    page = visitor.open(f"/t/{row.ticket}/")
    assert ("小雨" in page.inner_text("main"), serious(page), sideways(page)) == (True, [], 0)
    page.evaluate(KEPT, page.evaluate("location.pathname"))
    page.evaluate(KEPT, page.evaluate("document.querySelector('link[href*=\"signup/ticket\"]').href"))
    page.context.set_offline(True)
    page.reload()
    told = page.inner_text("main")
    assert ("上次打开时的内容" in told, row.ticket[-6:-4] in told, "小雨" in told) == (True, True, False)
    code = page.locator(".ticket-qr svg").bounding_box()
    assert code["width"] > 240
    kept = page.evaluate("caches.open('tickets').then(kept => kept.keys()).then(all => all.map(one => one.url))")
    assert {url.split("/")[3] for url in kept} <= {"t", "static", "look"}
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        visitor.open("/me/sign-ups/")
