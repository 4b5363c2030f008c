"""How many registrations a second the whole service takes, beside the smallest honest transaction behind the same server."""

from collections.abc import Iterator, Sequence
from itertools import islice
from urllib.parse import urlencode

from bench.crowd import pressed
from bench.rates import floor_of, made_by, rate, refuse_odd, worked
from deploy.local.demo import Demo
from deploy.local.trouble import Trouble

ALONE, TOGETHER = 150, 32
MANY = 640
FLOOD, PLACES = 500, 50
AIM, ALL_ANSWERED = 0.35, 2.0
_TOKEN = "b" * 32


def measure_registrations(demo: Demo) -> list[str]:
    """Prints; what missed its aim comes back by name."""
    wide, narrow, small = (1_000_000, 1_000_000, PLACES)
    made = made_by(demo, "bench.families", ALONE + MANY + FLOOD, wide, narrow, small)
    families = iter(made["families"])
    first, second, full = made["sessions"]
    with floor_of(demo) as at:
        least = {many: rate(at, [b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"] * number, many) for many, number in _LOADS}
    rates = {}
    for (many, number), code in zip(_LOADS, (first, second), strict=True):
        before = worked(demo.port)
        rates[many] = rate(demo.port, _requests(demo.port, code, islice(families, number)), many)
        spent = (worked(demo.port) - before) / number * 1000
        print(f"{f'registrations, {many} at once':<40}{rates[many]}   {spent:.1f} ms of processor each")
        share = rates[many].each_second / least[many].each_second
        print(f"{'  smallest transaction, same server':<40}{least[many]}   that is {share:.0%} of it")
    share = rates[TOGETHER].each_second / least[TOGETHER].each_second
    return [
        *([f"registrations ({share:.0%} of the smallest transaction)"] if share < AIM else []),
        *_flood(demo.port, _requests(demo.port, full, islice(families, FLOOD))),
    ]


_LOADS = ((1, ALONE), (TOGETHER, MANY))


def _flood(at: int, requests: Sequence[bytes]) -> list[str]:
    """All press in the same moment; whoever is too late is told so, on a page."""
    said, seconds = pressed(at, requests, together=FLOOD)
    refuse_odd(said, {303, 422})
    placed = sum(one.status == 303 for one in said)
    last = max(one.seconds for one in said)
    line = f"{placed} got a place, the last answer after {last:.2f} s"
    print(f"{f'{FLOOD} at once for {PLACES} places':<40}{line}   ({FLOOD / seconds:.0f} a second)")
    if placed != PLACES:
        raise Trouble(f"{placed} families got one of {PLACES} places.")
    return [f"{FLOOD} at once"] if last > ALL_ANSWERED else []


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
