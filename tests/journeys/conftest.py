"""A real Chromium in front of a real server: phones first, and nothing outside this machine."""

import gzip
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from threading import Condition
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
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
# Seconds, for what the server is still at when a test is over.
PATIENCE = 5
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
    """How many requests the server has not answered yet."""

    def __init__(self) -> None:
        self._open, self._changed = 0, Condition()

    def begun(self, **_signal: Any) -> None:
        self._count(1)

    def ended(self, **_signal: Any) -> None:
        self._count(-1)

    def wait(self) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._open <= 0, timeout=PATIENCE)

    def _count(self, step: int) -> None:
        with self._changed:
            self._open += step
            self._changed.notify_all()


@pytest.fixture
def asked(live_server: Any) -> Iterator[Asked]:
    """A page that is closed asks no more, but the server may still write what it was asked for: before its rows go, it is waited for."""
    told = Asked()
    request_started.connect(told.begun)
    request_finished.connect(told.ended)
    yield told
    told.wait()
    request_started.disconnect(told.begun)
    request_finished.disconnect(told.ended)


@pytest.fixture
def visit(chromium: Browser, live_server: Any, asked: Asked) -> Iterator[Callable[..., Visitor]]:
    """visit("nanjing.test", viewport=…, java_script_enabled=…): a visitor with a fresh browser of her own."""
    contexts: list[BrowserContext] = []
    port = live_server.url.rsplit(":", 1)[1]

    def arrive(host: str = "nanjing.test", **options: Any) -> Visitor:
        context = chromium.new_context(**{"viewport": PHONE, "locale": "zh-CN", "reduced_motion": "reduce"} | options)
        contexts.append(context)
        return Visitor(context.new_page(), f"http://{host}:{port}")

    yield arrive
    for context in contexts:
        context.close()
