"""A real Chromium in front of a real server: phones first, and nothing outside this machine."""

import gzip
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Request, sync_playwright

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A camera that shows a moving picture of its own.
    "--use-fake-device-for-media-stream",
    # The cast's cities live on this machine; no other name is ever asked for.
    "--host-resolver-rules=MAP *.test 127.0.0.1, MAP *.localhost 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
# Of HTML, style and scripts, for any page.
BUDGET = 60 * 1024


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    # Playwright keeps an event loop in this thread; Django's database calls beside it are ours and ordinary.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as started:
        yield started
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
    yield browser
    browser.close()


@dataclass
class Visitor:
    """Somebody with a browser at one city's address."""

    page: Page
    origin: str

    def open(self, path: str) -> Page:
        """Until it stands there with its pictures, and its scripts ran."""
        self.page.goto(f"{self.origin}{path}", wait_until="load")
        return self.page

    def fetched(self, path: str) -> dict[str, int]:
        """What a page brings with it: address and weight as it travels, since the proxy packs what is text. Bodies are
        read when all is there: never inside a listener."""
        finished: list[Request] = []

        def keep(request: Request) -> None:
            finished.append(request)

        self.page.on("requestfinished", keep)
        self.open(path)
        self.page.wait_for_load_state("networkidle")
        self.page.remove_listener("requestfinished", keep)
        answers = {request.url: request.response() for request in finished}
        return {url: len(gzip.compress(answer.body())) for url, answer in answers.items() if answer}


class Asked:
    """What the pages of a context have asked for, and not been answered yet."""

    def __init__(self, context: BrowserContext) -> None:
        self._context = context
        self._open: set[Request] = set()
        context.on("request", self._begins)
        for event in ("requestfinished", "requestfailed"):
            context.on(event, self._ends)

    def _begins(self, request: Request) -> None:
        self._open.add(request)

    def _ends(self, request: Request) -> None:
        self._open.discard(request)

    def let_it_end(self) -> None:
        """A page that asks by itself is answered before its city is taken away, or the server finds half of it."""
        for _moment in range(60):
            if not self._open or not self._context.pages:
                return
            self._context.pages[0].wait_for_timeout(50)


@pytest.fixture
def visit(chromium: Browser, live_server: Any) -> Iterator[Callable[..., Visitor]]:
    """visit("nanjing.test", viewport=…, java_script_enabled=…): a visitor with a fresh browser of her own."""
    contexts: dict[BrowserContext, Asked] = {}
    port = live_server.url.rsplit(":", 1)[1]

    def arrive(host: str = "nanjing.test", **options: Any) -> Visitor:
        context = chromium.new_context(**{"viewport": PHONE, "locale": "zh-CN", "reduced_motion": "reduce"} | options)
        contexts[context] = Asked(context)
        return Visitor(context.new_page(), f"http://{host}:{port}")

    yield arrive
    for context, asked in contexts.items():
        asked.let_it_end()
        context.close()
