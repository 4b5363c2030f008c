"""Sessions for calendars: of the whole library, of a filter, of a venue, and one alone."""

import hashlib
from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotFound
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kit import clock, kept_pages
from people.doors import network_of
from programmes.planning.queries.feeds import entries_of, entry_of
from programmes.planning.queries.finder import Aim, aim_at
from programmes.planning.rules.feeds import Entry, calendar
from programmes.planning.rules.finding import Wish, in_vain

KEEP_SECONDS = 300


@require_safe
def feed(request: HttpRequest) -> HttpResponseBase:
    """Where what it is narrowed by is unknown it is no feed: a calendar must not fill with the whole city."""
    aim = aim_at(Wish.read(request.GET).lasting)
    if in_vain(request.GET, aim.wish):
        words = _("There is no such calendar: a district, venue or other condition in this address is not known.")
        return HttpResponseNotFound(words, content_type="text/plain; charset=utf-8")
    return _of_many(request, aim)


@require_safe
def of_venue(request: HttpRequest, slug: str) -> HttpResponseBase:
    aim = aim_at(Wish(venue=slug))
    if aim.venue is None:
        raise Http404
    return _of_many(request, aim)


@require_safe
def of_event(request: HttpRequest, code: str) -> HttpResponseBase:
    entry = entry_of(code, network=network_of(request), url=_Address(request))
    if entry is None:
        raise Http404
    return _answer(request, [entry], name=entry.title, file=code)


class _Address:
    """Built once: a thousand sessions differ in their codes alone."""

    def __init__(self, request: HttpRequest) -> None:
        self.start, _, self.end = request.build_absolute_uri(reverse("planning:event", args=["CODE"])).partition("CODE")

    def __call__(self, code: str) -> str:
        return f"{self.start}{code}{self.end}"


def _of_many(request: HttpRequest, aim: Aim) -> HttpResponseBase:
    network = network_of(request)
    entries = entries_of(aim, network=network, at=clock.now(), url=_Address(request))
    where = aim.venue or aim.district
    names = [network.library_name, where.name if where else "", aim.brand.name if aim.brand else ""]
    return _answer(request, entries, name=" · ".join(name for name in names if name), file="events")


def _answer(request: HttpRequest, entries: Iterable[Entry], *, name: str, file: str) -> HttpResponseBase:
    """Whoever has it already is told so, without being sent it again."""
    network = network_of(request)
    body = calendar(entries, name=name, address=request.build_absolute_uri(), zone=network.zone)
    headers = {
        "ETag": f'"{hashlib.sha256(body).hexdigest()[:24]}"',
        "Cache-Control": f"public, max-age={KEEP_SECONDS}",
        "Content-Disposition": f'inline; filename="{file}.ics"',
    }
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)
    answer = get_conditional_response(request, etag=headers["ETag"], response=response) or response
    if answer is response:
        kept_pages.keep(response)
    return answer
