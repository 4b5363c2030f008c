"""Whoever keeps a door comes in: a person, or a joined device; a device whose time is over is told so."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kit import clock
from people.doors import to_sign_in
from programmes.door import doors
from programmes.door.commands.desk_devices import mark_seen
from programmes.door.models import DeskDevice
from programmes.door.rules.desk_devices import SEEN_EVERY

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

# A page that asked for a card alone is told by this that there is no use in asking again.
GONE = 410


def keepers_only(view: View[P]) -> View[P]:
    """A joined device, or somebody signed in; else to sign-in and back."""

    @wraps(view)
    def handle(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        keeper = doors.keeper_of(request)
        if keeper is None:
            return _ended(request, row) if (row := doors.joined_here(request)) else to_sign_in(request)
        if keeper.desk_device is not None:
            _see(keeper.desk_device)
        return view(request, *args, **kwargs)

    return handle


def bringers_only(view: View[P]) -> View[P]:
    """The same, and a device whose time has just ended."""

    @wraps(view)
    def handle(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if doors.bringer_of(request) is None:
            return _ended(request, row) if (row := doors.joined_here(request)) else to_sign_in(request)
        return view(request, *args, **kwargs)

    return handle


def show(request: HttpRequest, template: str, page: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """In the frame of staff, or of a device: that leads nowhere but to the desk."""
    keeper = doors.keeper(request)
    frame = "kit/staff.html" if keeper.desk_device is None else "door/device_frame.html"
    return render(request, template, {**page, "keeper": keeper, "page_frame": frame}, status=status)


def _ended(request: HttpRequest, row: DeskDevice) -> HttpResponse:
    if request.headers.get("X-Card"):
        return render(request, "door/_device_ended.html", {"device": row}, status=GONE)
    return render(request, "door/device_ended.html", {"device": row}, status=403)


def _see(row: DeskDevice) -> None:
    at = clock.now()
    if row.last_seen_at is None or row.last_seen_at <= at - SEEN_EVERY:
        mark_seen(desk_device=row, at=at)
