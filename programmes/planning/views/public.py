"""Sessions for readers: the list by coming days."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kit import clock, kept_pages
from people.doors import is_signed_in, network_of
from programmes.planning.queries.cards import Card, Cards, faces_of, lines_of
from programmes.planning.queries.faces import SessionFace, by_days, colours_of
from programmes.planning.queries.finder import aim_at, find, first_day, fitting, in_time
from programmes.planning.rules.cards import folded
from programmes.planning.rules.finding import Wish
from programmes.planning.views.narrowing import Narrowing, is_choosing, shared

SIZE = 30
# Exhibitions and the like that began earlier: so many above the first day.
MOST_RUNNING = 24


@require_safe
def events(request: HttpRequest) -> HttpResponse:
    network, at = network_of(request), clock.now()
    today, aim = clock.today(network.zone), aim_at(Wish.read(request.GET))
    rows = in_time(fitting(aim), aim.wish, at=at, zone=network.zone)
    found = find(aim, rows, first=first_day(aim.wish, today=today), zone=network.zone)
    page = Paginator(Cards(found.rows), SIZE).get_page(request.GET.get("page"))
    running = folded(lines_of(found.running))[:MOST_RUNNING] if page.number == 1 and found.going_on else ()

    narrowing, colours = Narrowing("planning:events", aim), colours_of(aim.brands, network)

    def faces(of: Iterable[Card]) -> list[SessionFace]:
        address = narrowing.card_address
        return faces_of(of, at=at, colours=colours, districts=aim.areas, address=address)

    feed = request.build_absolute_uri(narrowing.feed)
    context = {
        **shared(narrowing, found, is_choosing=is_choosing(request)),
        **_ways(narrowing, page),
        "page": page,
        "running": faces(running),
        "days": by_days(faces(page.object_list), today=today),
        "whens": narrowing.whens(),
        "month_page": Narrowing("planning:month", aim).href(when=""),
        "asks_day": True,
        "feed": feed,
        "webcal": f"webcal{feed[feed.index(':') :]}",
        "canonical": request.build_absolute_uri(reverse("planning:events")),
    }
    response = render(request, "planning/public/list.html", context)
    if not is_signed_in(request):
        kept_pages.keep(response)
    return response


def _ways(narrowing: Narrowing, page: Any) -> dict[str, str]:
    """From page to page, and out of a list in which nothing stands."""
    wish = narrowing.wish
    has_time = bool(wish.when or wish.day or wish.month)
    return {
        "before": page_address(narrowing, page.previous_page_number()) if page.has_previous() else "",
        "after": page_address(narrowing, page.next_page_number()) if page.has_next() else "",
        "without_place": narrowing.href(district=None, venue="") if wish.district is not None or wish.venue else "",
        "without_time": narrowing.href(when="") if has_time else "",
        "without_words": narrowing.href(words="") if wish.words else "",
    }


def page_address(narrowing: Narrowing, number: int) -> str:
    address = narrowing.href()
    return f"{address}{'&' if '?' in address else '?'}page={number}"
