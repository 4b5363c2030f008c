"""签到屏: what a tablet at a venue shows. Nobody is signed in on it, and it names nobody."""

from math import ceil
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kit import clock
from people.doors import network_of
from programmes.door import doors
from programmes.door.models import Screen
from programmes.door.queries.self_check_in import code_of, on_here
from programmes.door.rules import rotating


@never_cache
@require_safe
def screen(request: HttpRequest, secret: str) -> HttpResponse:
    return _answer(request, secret, "door/screen.html")


@never_cache
@require_safe
def now(request: HttpRequest, secret: str) -> HttpResponse:
    """The part that changes; asked for when the code has had its time."""
    return _answer(request, secret, "door/_screen.html")


def _answer(request: HttpRequest, secret: str, template: str) -> HttpResponse:
    row = doors.screen_on_the_wall(secret)
    response = render(request, template, {"secret": secret, **_shown(request, row)})
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _shown(request: HttpRequest, row: Screen) -> dict[str, Any]:
    """A code only where a door is open. `left`: milliseconds until the next; `again`: seconds, for browsers without scripts."""
    at, network = clock.now(), network_of(request)
    on, left = on_here(row.venue, network.rules, at=at), rotating.left_of(at)
    address = ""
    if on.takes_families:
        code = code_of(row, rotating.number_of(at), network=network)
        address = request.build_absolute_uri(reverse("door:from-screen", args=[row.code, code]))
    return {
        "screen": row,
        "on": on,
        "address": address,
        "left": ceil(left * 1000),
        "again": ceil(left) + 1,
        "seconds": rotating.SECONDS,
    }
