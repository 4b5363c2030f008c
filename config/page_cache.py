"""Anonymous pages, kept in this process's memory: no statement, no template.

A generation number in the shared cache says when to forget; it is read at most once a second, so that is how old a
page may be. Whoever carries a session is never served from here, and nothing that sets a cookie is ever kept.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from kit import kept_pages
from kit.frame import LARGE

GetResponse = Callable[[HttpRequest], HttpResponse]
Key = tuple[str, str, bool, bool, str]

# Who carries one of these has something of her own on the page: her name, or what came of her last step.
OWN = {settings.SESSION_COOKIE_NAME, "messages"}
MOST_PAGES = 256
# The front page shows today's date: what is kept at midnight is gone a minute later.
SECONDS = 60.0
GLANCE = 1.0


@dataclass(frozen=True)
class Kept:
    body: bytes
    headers: tuple[tuple[str, str], ...]
    until: float

    def answer(self) -> HttpResponse:
        return HttpResponse(self.body, headers=dict(self.headers))


@dataclass
class Shelf:
    pages: OrderedDict[Key, Kept] = field(default_factory=OrderedDict)
    generation: int = 0
    looked_at: float = float("-inf")
    lock: threading.Lock = field(default_factory=threading.Lock)

    def find(self, key: Key, *, at: float) -> Kept | None:
        self._glance(at)
        with self.lock:
            kept = self.pages.get(key)
            return kept if kept and kept.until > at else None

    def put(self, key: Key, kept: Kept, *, made_in: int) -> None:
        """A page that was begun before something changed is not kept."""
        with self.lock:
            if made_in != self.generation:
                return
            self.pages[key] = kept
            self.pages.move_to_end(key)
            while len(self.pages) > MOST_PAGES:
                self.pages.popitem(last=False)

    def _glance(self, at: float) -> None:
        with self.lock:
            if at < self.looked_at + GLANCE:
                return
            self.looked_at = at
        now = kept_pages.generation()
        with self.lock:
            if now != self.generation:
                self.pages.clear()
                self.generation = now


def anonymous_pages(get_response: GetResponse) -> GetResponse:
    shelf = Shelf()

    def handle(request: HttpRequest) -> HttpResponse:
        key = _key(request)
        if key is None:
            return get_response(request)
        if kept := shelf.find(key, at=time.monotonic()):
            answer = kept.answer()
            return get_conditional_response(request, etag=answer.get("ETag"), response=answer) or answer
        made_in = shelf.generation
        response = get_response(request)
        if response.status_code == 200 and kept_pages.may_be_kept(response) and not response.cookies:
            headers = tuple((name, value) for name, value in response.items() if name != "Content-Length")
            shelf.put(key, Kept(response.content, headers, time.monotonic() + SECONDS), made_in=made_in)
        return response

    return handle


def _key(request: HttpRequest) -> Key | None:
    """None for whoever may see more than everybody does."""
    cookies = request.COOKIES
    if request.method != "GET" or request.META.get("QUERY_STRING") or OWN & cookies.keys():
        return None
    language = cookies.get(settings.LANGUAGE_COOKIE_NAME, "")
    if language and language not in dict(settings.LANGUAGES):
        return None
    is_large = cookies.get(settings.LARGE_TYPE_COOKIE_NAME) == LARGE
    return (request.META.get("HTTP_HOST", "").lower(), request.path, request.is_secure(), is_large, language)
