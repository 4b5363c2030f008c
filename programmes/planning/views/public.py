"""Sessions for readers: the list by coming days, and a single day by its hours."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kit import clock
from people.doors import network_of
from programmes.planning.queries.cards import Cards, faces_of
from programmes.planning.queries.faces import by_days, colours_of
from programmes.planning.queries.facets import Span, find
from programmes.planning.queries.finder import Aim, aim_at, between, first_day, time_of, to_come
from programmes.planning.rules.finding import WHENS, Wish, is_asked, read_day, when_days
from programmes.planning.views.narrowing import Narrowing, own_ages, shared
from programmes.planning.views.open_day import tabs
from programmes.planning.views.week import week
from programmes.planning.views.widening import wider

SIZE = 30
# Exhibitions and the like that began earlier: so many above the first day.
MOST_RUNNING = 24


@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """Where nothing is asked for, readers begin with the week."""
    return _listing(request) if is_asked(request.GET) else week(request)


def _listing(request: HttpRequest) -> HttpResponse:
    network, at = network_of(request), clock.now()
    today = clock.today(network.zone)
    aim = aim_at(Wish.read(request.GET), own_ages(request, today=today))
    span = _span(aim, today=today, at=at, zone=network.zone)
    found = find(aim, span)
    cards = Cards(found.rows, running=found.running if found.going_on else None)
    page = Paginator(cards, SIZE).get_page(request.GET.get("page"))
    narrowing, listed = Narrowing("planning:events", aim), list(page.object_list)
    running = cards.running[:MOST_RUNNING]
    faces = faces_of(
        [*running, *listed],
        at=at,
        colours=colours_of(aim.brands, network),
        districts=aim.areas,
        address=narrowing.card_address,
    )
    context = {
        **shared(narrowing, found, request),
        **tabs(narrowing, "day" if aim.wish.day else "list", day=aim.wish.day, today=today),
        **pager_ways(narrowing, page),
        **_days_beside(narrowing),
        "page": page,
        "running": faces[: len(running)],
        "days": by_days(faces[len(running) :], today=today),
        "whens": narrowing.whens(found),
        "wider": None if found.count else wider(narrowing, found, span, network=network),
        "asks_day": True,
        "canonical": request.build_absolute_uri(reverse("planning:events")),
    }
    return render(request, "planning/public/list.html", context)


def _span(aim: Aim, *, today: date, at: datetime, zone: ZoneInfo) -> Span:
    """Beside the time that is chosen, those that can be, and all that is to come."""
    others = {when: between(*when_days(when, today), at=at, zone=zone) for when in WHENS}
    first = first_day(aim.wish, today=today)
    return Span(time_of(aim.wish, at=at, zone=zone), first, at, zone, reach=to_come(at), others=others)


def pager_ways(narrowing: Narrowing, page: Any) -> dict[str, str]:
    return {
        "before": page_address(narrowing, page.previous_page_number()) if page.has_previous() else "",
        "after": page_address(narrowing, page.next_page_number()) if page.has_next() else "",
    }


def page_address(narrowing: Narrowing, number: int) -> str:
    address = narrowing.href()
    return f"{address}{'&' if '?' in address else '?'}page={number}"


def _days_beside(narrowing: Narrowing) -> dict[str, str]:
    """Of a single day, the one before and the one after; nothing where there is no page of it."""
    day = narrowing.wish.day

    def address(of: date | None) -> str:
        return narrowing.href(day=of) if of and read_day(of.isoformat()) else ""

    beside = timedelta(days=1)
    return {"day_before": address(day and day - beside), "day_after": address(day and day + beside)}
