"""How many families a second a door lets in, beside one conditional update behind the same server; and what devices bring back."""

import json
import random
import time
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from bench.crowd import pressed
from bench.rates import floor_of, made_by, rate, refuse_odd, worked
from deploy.local.demo import Demo
from deploy.local.trouble import Trouble

LOADS = ((1, 200), (8, 320), (32, 960))
# A queue at the door, of eight devices; and the card that the library writes itself.
QUEUE, WITHIN, AIM = 8, 30.0, 0.40
CARDS = 160
# Families of one door, as the largest that the design thinks of.
ROOM = 500
BROUGHT, AT_ONCE = 2000, 50
_TOKEN = "b" * 32


def measure_arriving(demo: Demo) -> list[str]:
    """Prints; what missed its aim comes back by name."""
    families = sum(number for _many, number in LOADS) + CARDS
    doors = -(-families // ROOM) + BROUGHT // ROOM
    made = made_by(demo, "bench.arrivals", ROOM, doors)
    tickets = iter([(door["session"], ticket) for door in made["doors"] for ticket in door["tickets"]])
    least = {}
    with floor_of(demo, "bench.one_update") as at:
        for many, number in LOADS:
            least[many] = rate(at, [b"GET /one/ HTTP/1.1\r\nHost: x\r\n\r\n"] * number * 2, many, expected=200)
    late, shares = [], {}
    for many, number in LOADS:
        before = worked(demo.port)
        let_in = rate(demo.port, _scans(demo.port, made, islice(tickets, number)), many, expected=200)
        spent = (worked(demo.port) - before) / number * 1000
        shares[many] = let_in.each_second / least[many].each_second
        print(f"{f'check-ins, {many} at once':<40}{let_in}   {spent:.1f} ms of processor each")
        print(f"{'  one conditional update, same server':<40}{least[many]}   that is {shares[many]:.0%} of it")
        if many == QUEUE and let_in.milliseconds[0] > WITHIN:
            late.append(f"check-ins ({let_in.milliseconds[0]:.0f} ms)")
    cards = rate(demo.port, _scans(demo.port, made, islice(tickets, CARDS), part="ask"), QUEUE, expected=200)
    print(f"{f'  with the card of the library, {QUEUE} at once':<40}{cards}")
    _bring_back(demo.port, made)
    return [*late, *([f"check-ins ({shares[32]:.0%} of one update)"] if shares[32] < AIM else [])]


def _bring_back(at: int, made: dict[str, Any]) -> None:
    """Two devices let in the same 2,000 families without a network, and both bring that back, shuffled."""
    now, sent = int(time.time() * 1000), []
    for _device in "ab":
        for door in made["doors"][-BROUGHT // ROOM :]:
            lines = [_line(ticket, now - 200 * place) for place, ticket in enumerate(door["tickets"])]
            random.shuffle(lines)
            parts = [lines[start : start + AT_ONCE] for start in range(0, ROOM, AT_ONCE)]
            sent += [_upload(at, made, door["session"], part, now) for part in parts]
    said, seconds = pressed(at, sent, together=2)
    refuse_odd(said, {200})
    taken = sum(len(json.loads(one.body)["taken"]) for one in said)
    if taken != 2 * BROUGHT:
        raise Trouble(f"{taken} of {2 * BROUGHT} lines were taken.")
    print(
        f"{f'{BROUGHT} let in by two devices, brought back':<40}{taken / seconds:8.0f} a second   {seconds:.1f} s in all"
    )


def _line(ticket: str, at: int) -> dict[str, Any]:
    told = {"kind": "scan", "outcome": "on_trust", "way": "camera", "code": ticket, "ahead": 0}
    return {**told, "client_id": str(uuid4()), "at": at}


def _upload(at: int, made: dict[str, Any], session: str, lines: Sequence[dict[str, Any]], now: int) -> bytes:
    body = json.dumps({"sent": now, "lines": lines}).encode()
    return _request(at, made, f"/desk/{session}/upload/", body, "application/json")


def _scans(at: int, made: dict[str, Any], tickets: Iterable[tuple[str, str]], *, part: str = "scan") -> list[bytes]:
    return [
        _request(
            at,
            made,
            f"/desk/{session}/{part}/",
            urlencode({"client_id": str(uuid4()), "code": ticket, "way": "camera"}).encode(),
            "application/x-www-form-urlencoded",
        )
        for session, ticket in tickets
    ]


def _request(at: int, made: dict[str, Any], path: str, body: bytes, kind: str) -> bytes:
    head = (
        f"POST {path} HTTP/1.1\r\nHost: nanjing.localhost:{at}\r\nOrigin: http://nanjing.localhost:{at}\r\n"
        f"Cookie: {made['session_cookie']}; {made['csrf_cookie']}={_TOKEN}\r\nX-CSRFToken: {_TOKEN}\r\nX-Card: 1\r\n"
        f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
