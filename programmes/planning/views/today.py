"""/plan/today/: the day of whoever runs sessions, on a phone before anything else."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kit import clock
from kit.numbers import whole
from kit.tables import words_of
from kit.waiting import waiting
from people.doors import members_only, network_of
from people.queries.workplace import area_in_view
from programmes.planning import doors
from programmes.planning.queries.today import A_DAY, Place, PlaceToday, cards_of, named, today_of
from programmes.planning.registers import today_facts, today_ways

# Venues on a page; so few stand open from the start.
PLACES, OPEN = 24, 3
TOMORROW = 6


@require_safe
@members_only
def today(request: HttpRequest) -> HttpResponse:
    at = clock.now()
    paths = doors.running_paths(request)
    shown = today_of(paths, clock.today(network_of(request).zone), at=at)
    words = words_of(request.GET.get("q", ""))
    found = named(shown.places, words) if words else shown.places
    number = _page_number(request, len(found))
    page = {
        "shown": shown,
        "now_count": shown.now_count(at),
        "places": with_cards(request, found[number * PLACES : (number + 1) * PLACES], at=at),
        "found": len(found),
        "is_one": len(shown.places) == 1,
        "stands_open": len(found) <= OPEN,
        "words": words,
        "area": area_in_view(request),
        "tomorrow": shown.tomorrow[:TOMORROW],
        "more_tomorrow": max(0, len(shown.tomorrow) - TOMORROW),
        "tomorrow_page": f"{reverse('planning:day')}?{urlencode({'date': shown.day + A_DAY})}",
        "waits": waiting.for_request(request),
        **_pages(words, number, len(found)),
    }
    return render(request, "planning/today/today.html", page)


def with_cards(request: HttpRequest, places: Sequence[Place], *, at: datetime) -> list[PlaceToday]:
    """The rooms above are asked once for all that is shown."""
    rows = [row for place in places for row in place.sessions]
    facts, ways = today_facts.of(request, rows), today_ways.of(request, rows)
    return [cards_of(place, facts, ways, at=at) for place in places]


def _page_number(request: HttpRequest, found: int) -> int:
    """Counted from nought; nonsense is the first page, too far the last."""
    last = max(0, -(-found // PLACES) - 1)
    return min(last, max(0, (whole(request.GET.get("page", "")) or 1) - 1))


def _pages(words: str, number: int, found: int) -> dict[str, object]:
    def address(page: int) -> str:
        return f"?{urlencode({'q': words, 'page': page} if words else {'page': page})}"

    last = max(0, -(-found // PLACES) - 1)
    return {
        "page_first": number * PLACES + 1,
        "page_last": min(found, (number + 1) * PLACES),
        "is_paged": last > 0,
        "page_before": address(number) if number else "",
        "page_after": address(number + 2) if number < last else "",
    }
