"""What nearly everybody is told in the minute when sign-up opens: a page without a word of whoever reads it, so that a process
says it again for a moment as it is. What belongs to one family, its form, is put in last.
"""

import time
from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from kit import clock
from kit.frame import LARGE
from people.doors import network_of
from programmes.signup import doors
from programmes.signup.queries.standing import standing_in
from programmes.signup.rules.registering import full
from programmes.signup.views.at_once import SENT
from programmes.signup.views.facts import facts

# Stands in the page where the form's hidden fields belong.
_SENT_HERE = "<!-- sent -->"
MOST_PAGES = 64
Key = tuple[int, str, str, bool]


@dataclass
class _Said:
    pages: OrderedDict[Key, tuple[float, str]] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def find(self, key: Key) -> str | None:
        with self.lock:
            until, page = self.pages.get(key, (0.0, ""))
        return page if until > time.monotonic() else None

    def keep(self, key: Key, page: str) -> None:
        with self.lock:
            self.pages[key] = (time.monotonic() + settings.RUSH_SECONDS, page)
            self.pages.move_to_end(key)
            while len(self.pages) > MOST_PAGES:
                self.pages.popitem(last=False)


_said = _Said()


def no_room(request: HttpRequest, code: str) -> HttpResponse:
    """All that somebody needs who was too late: the same party can wait, or looks at the other times."""
    is_large = request.COOKIES.get(settings.LARGE_TYPE_COOKIE_NAME) == LARGE
    key = (network_of(request).pk, code, get_language() or "", is_large)
    page = _said.find(key)
    if page is None:
        page = _page(request, code)
        _said.keep(key, page)
    return HttpResponse(page.replace(_SENT_HERE, _sent(request)), status=422)


def _page(request: HttpRequest, code: str) -> str:
    session = doors.session_that_is_full(code)
    standing = standing_in(session)
    may_wait = standing is not None and standing.has_list(clock.now())
    page = {
        **facts(session),
        "no": full(0, 1, may_wait=may_wait),
        "standing": standing,
        "may_wait": may_wait,
        "sent_here": SafeString(_SENT_HERE),
    }
    return render_to_string("signup/no_room.html", page, _of_nobody(request))


def _of_nobody(request: HttpRequest) -> HttpRequest:
    """The same place, language and type, and nobody's session or messages."""
    plain = HttpRequest()
    plain.META = {
        name: request.META[name] for name in ("HTTP_HOST", "SERVER_NAME", "SERVER_PORT") if name in request.META
    }
    plain.path = plain.path_info = request.path
    large = settings.LARGE_TYPE_COOKIE_NAME
    plain.COOKIES = {large: request.COOKIES[large]} if large in request.COOKIES else {}
    plain.network = network_of(request)  # type: ignore[attr-defined]
    return plain


def _sent(request: HttpRequest) -> str:
    """What this family sent, to be sent once more."""
    fields = [(name, value) for name in SENT for value in request.POST.getlist(name)]
    hidden = format_html_join("", '<input type="hidden" name="{}" value="{}">', fields)
    token = format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request))
    return token + hidden
