"""A device joins the desk: it opens the link, or somebody types the code; it is told what it will do, and says yes."""

from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kit import clock
from kit.ids import tidy_code
from kit.refusals import Refused
from people.rules.agents import is_wechat
from programmes.door.choices import DeskDeviceState
from programmes.door.commands import desk_devices as commands
from programmes.door.forms.desk_devices import JoinForm
from programmes.door.models import DeskDevice
from programmes.door.queries.desk_devices import of_code, state_of
from programmes.door.rules.desk_devices import join_code_gone
from programmes.door.views.guessing import WRONG_CODES, count_wrong, wait_if_wrong

# So that a device whose time is over can still be told so.
TOLD_FOR = timedelta(days=30)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """To be typed, where nothing can scan it."""
    form = JoinForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data["code"]
        if typed and _waiting(request, typed):
            return redirect("door:join-with", typed)
        form.refuse([join_code_gone()])
    return render(request, "door/join.html", {"form": form}, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, code: str) -> HttpResponse:
    """Opening the link uses nothing up: whatever previews links in a chat opens it too."""
    typed = tidy_code(code)
    row = _waiting(request, typed)
    if row is None:
        return _gone(request)
    if request.method != "POST":
        return render(request, "door/join_with.html", {"device": row, "in_wechat": _is_in_wechat(request)})
    try:
        joined, secret = commands.join(code=typed, at=clock.now())
    except Refused:
        return _gone(request)
    answer = redirect("door:desk")
    _remember(answer, secret, until=joined.expires_at)
    return answer


def _waiting(request: HttpRequest, typed: str) -> DeskDevice | None:
    """A code has 40 bits and ten minutes: who guesses waits, and keeps nobody else from joining."""
    wait_if_wrong(request, "join", WRONG_CODES)
    row = of_code(typed)
    if row is None or state_of(row, at=clock.now()) != DeskDeviceState.WAITS:
        count_wrong(request, "join", WRONG_CODES)
        return None
    return row


def _gone(request: HttpRequest) -> HttpResponse:
    page = {"form": JoinForm(), "gone": join_code_gone()}
    return render(request, "door/join.html", page, status=422 if request.method == "POST" else 404)


def _is_in_wechat(request: HttpRequest) -> bool:
    return is_wechat(request.headers.get("User-Agent", ""))


def _remember(answer: HttpResponse, secret: str, *, until: datetime) -> None:
    answer.set_cookie(
        settings.DESK_DEVICE_COOKIE_NAME,
        secret,
        expires=timezone.localtime(until + TOLD_FOR),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
