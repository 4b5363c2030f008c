"""How many registrations a second the whole service takes, beside the smallest honest transaction behind the same server."""

import json
import os
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from urllib.parse import urlencode

import psycopg

from bench import floor
from bench.crowd import Said, pressed
from deploy.local import ports
from deploy.local.children import ROOT
from deploy.local.demo import DATABASE, Demo, web_command
from deploy.local.postgres import OWNER, WEB
from deploy.local.trouble import Trouble

ALONE, TOGETHER = 150, 32
MANY = 640
FLOOD, PLACES = 500, 50
AIM, ALL_ANSWERED = 0.35, 2.0
_TOKEN = "b" * 32


@dataclass(frozen=True)
class Rate:
    each_second: float
    milliseconds: tuple[float, float, float]

    def __str__(self) -> str:
        middle, late, last = self.milliseconds
        return f"{self.each_second:8.0f} a second   p50 {middle:6.1f}   p95 {late:6.1f}   p99 {last:6.1f} ms"


def measure_registrations(demo: Demo) -> list[str]:
    """Prints; what missed its aim comes back by name."""
    wide, narrow, small = (1_000_000, 1_000_000, PLACES)
    made = _made(demo, ALONE + MANY + FLOOD, [wide, narrow, small])
    families = iter(made["families"])
    first, second, full = made["sessions"]
    with _floor(demo) as at:
        least = {many: _rate(at, [b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"] * number, many) for many, number in _LOADS}
    rates = {}
    for (many, number), code in zip(_LOADS, (first, second), strict=True):
        before = _worked(demo.port)
        rates[many] = _rate(demo.port, _requests(demo.port, code, islice(families, number)), many)
        spent = (_worked(demo.port) - before) / number * 1000
        print(f"{f'registrations, {many} at once':<40}{rates[many]}   {spent:.1f} ms of processor each")
        share = rates[many].each_second / least[many].each_second
        print(f"{'  smallest transaction, same server':<40}{least[many]}   that is {share:.0%} of it")
    share = rates[TOGETHER].each_second / least[TOGETHER].each_second
    return [
        *([f"registrations ({share:.0%} of the smallest transaction)"] if share < AIM else []),
        *_flood(demo.port, _requests(demo.port, full, islice(families, FLOOD))),
    ]


_LOADS = ((1, ALONE), (TOGETHER, MANY))


def _rate(at: int, requests: Sequence[bytes], together: int) -> Rate:
    said, seconds = pressed(at, requests, together=together)
    _refuse_odd(said, {303})
    spent = sorted(one.seconds * 1000 for one in said)
    cut = statistics.quantiles(spent, n=100)
    return Rate(len(said) / seconds, (cut[49], cut[94], cut[98]))


def _flood(at: int, requests: Sequence[bytes]) -> list[str]:
    """All press in the same moment; whoever is too late is told so, on a page."""
    said, seconds = pressed(at, requests, together=FLOOD)
    _refuse_odd(said, {303, 422})
    placed = sum(one.status == 303 for one in said)
    last = max(one.seconds for one in said)
    line = f"{placed} got a place, the last answer after {last:.2f} s"
    print(f"{f'{FLOOD} at once for {PLACES} places':<40}{line}   ({FLOOD / seconds:.0f} a second)")
    if placed != PLACES:
        raise Trouble(f"{placed} families got one of {PLACES} places.")
    return [f"{FLOOD} at once"] if last > ALL_ANSWERED else []


def _refuse_odd(said: Sequence[Said], expected: set[int]) -> None:
    odd = Counter(one.status for one in said if one.status not in expected)
    if odd:
        body = next(one.body for one in said if one.status in odd)
        raise Trouble(f"Answered {dict(odd)}: {body.decode(errors='replace')[:300]}")


# --- What is sent ---------------------------------------------------------------------------


def _requests(at: int, code: str, families: Iterator[dict[str, str]]) -> list[bytes]:
    return [_request(at, f"/events/{code}/sign-up/", family) for family in families]


def _request(at: int, path: str, family: dict[str, str]) -> bytes:
    sent = {
        "csrfmiddlewaretoken": _TOKEN,
        "household": family["household"],
        "request_key": family["key"],
        "children": family["child"],
        "adults": "0",
    }
    body = urlencode(sent).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: nanjing.localhost:{at}\r\nOrigin: http://nanjing.localhost:{at}\r\n"
        f"Cookie: {family['session_cookie']}; {family['csrf_cookie']}={_TOKEN}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _made(demo: Demo, families: int, places: Sequence[int]) -> dict[str, list]:  # type: ignore[type-arg]
    asked = [sys.executable, "-m", "bench.families", str(families), *map(str, places)]
    done = subprocess.run(asked, cwd=ROOT, env=demo.env("web"), capture_output=True, check=False)
    if done.returncode:
        raise Trouble(f"No families for the bench: {done.stderr.decode()[-600:]}")
    made: dict[str, list] = json.loads(done.stdout.splitlines()[-1])  # type: ignore[type-arg]
    return made


@contextmanager
def _floor(demo: Demo) -> Iterator[int]:
    with psycopg.connect(demo.cluster.url(OWNER, DATABASE), autocommit=True) as connection:
        connection.execute(floor.TABLES)
    at = ports.free_port()
    command = [*web_command(at)[:-1], "bench.floor:application"]
    server = subprocess.Popen(
        command, cwd=ROOT, env=os.environ | {"DATABASE_URL": demo.cluster.url(WEB, DATABASE), "PYTHONPATH": str(ROOT)}
    )
    try:
        over = time.monotonic() + 20
        while not ports.answers_here(at) and time.monotonic() < over:
            time.sleep(0.1)
        yield at
    finally:
        server.terminate()
        server.wait()


# --- What it cost ---------------------------------------------------------------------------


def _worked(at: int) -> float:
    """Seconds of processor that the web's processes have spent."""
    ticks = os.sysconf("SC_CLK_TCK")
    spent = 0
    for place in Path("/proc").glob("[0-9]*"):
        try:
            command = (place / "cmdline").read_bytes().split(b"\0")
            fields = (place / "stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if b"config.wsgi:application" in command and str(at).encode() in command:
            spent += int(fields[11]) + int(fields[12])
    return spent / ticks
