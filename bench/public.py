"""How many public pages a second 32 readers get: kept ones and ones made anew, beside the same server saying “ok”."""

import re
from dataclasses import dataclass

from bench.browser import Browser
from bench.rates import Rate, floor_of, rate
from deploy.local.demo import Demo
from deploy.local.trouble import Trouble

HOST = "nanjing.localhost"
TOGETHER, WARM, COLD = 32, 4_000, 320
AIM_WARM, AIM_COLD = 0.40, 150


@dataclass(frozen=True)
class Public:
    """`link`: the page that is measured is the first of these that the path leads to."""

    name: str
    path: str
    link: str = ""


PAGES = (
    Public("front page", "/"),
    Public("sessions", "/events/"),
    Public("one session", "/events/", r"/events/(?!month/|week/|past/)[a-z0-9]+/"),
    Public("one venue", "/venues/nj028/"),
    Public("one story", "/stories/", r"/stories/[a-z0-9-]+/"),
)


def measure_public(demo: Demo) -> list[str]:
    """Prints; what missed its aim comes back by name."""
    browser = Browser(demo.port, HOST)
    with floor_of(demo, "bench.ok") as at:
        least = rate(at, [b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"] * WARM, TOGETHER, expected=200)
    print(f"{f'“ok” from the same server, {TOGETHER} at once':<40}{least}")
    return [late for page in PAGES for late in _measured(demo.port, _path(browser, page), page, least)]


def _measured(at: int, path: str, page: Public, least: Rate) -> list[str]:
    warm = rate(at, [_request(at, path)] * WARM, TOGETHER, expected=200)
    share = warm.each_second / least.each_second
    print(f"{f'{page.name}, kept':<40}{warm}   that is {share:.0%} of it")
    cold = rate(at, [_request(at, f"{path}?fresh={number}") for number in range(COLD)], TOGETHER, expected=200)
    print(f"{f'{page.name}, made anew':<40}{cold}")
    return [
        *([f"{page.name}, kept ({share:.0%} of “ok”)"] if share < AIM_WARM else []),
        *([f"{page.name}, made anew ({cold.each_second:.0f} a second)"] if cold.each_second < AIM_COLD else []),
    ]


def _path(browser: Browser, page: Public) -> str:
    if not page.link:
        return page.path
    found = re.search(page.link, browser.get(page.path).body.decode())
    if found is None:
        raise Trouble(f"{page.path} leads to no {page.name}.")
    return found[0]


def _request(at: int, path: str) -> bytes:
    head = f"GET {path} HTTP/1.1\r\nHost: {HOST}:{at}\r\nAccept-Encoding: gzip\r\nAccept-Language: zh-CN\r\n\r\n"
    return head.encode()
