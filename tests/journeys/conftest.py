"""A real Chromium in front of a real server: phones first, and nothing outside this machine."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # The cast's cities live on this machine; no other name is ever asked for.
    "--host-resolver-rules=MAP *.test 127.0.0.1, MAP *.localhost 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


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
        self.page.goto(f"{self.origin}{path}", wait_until="networkidle")
        return self.page


@pytest.fixture
def visit(chromium: Browser, live_server: Any) -> Iterator[Callable[..., Visitor]]:
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
