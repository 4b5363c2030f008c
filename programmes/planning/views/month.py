"""A month of sessions as a grid of days, and what is on that day."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kit import clock, kept_pages
from people.doors import is_signed_in, network_of
from programmes.planning.queries.faces import colours_of
from programmes.planning.queries.facets import Span, find
from programmes.planning.queries.finder import aim_at, on_days
from programmes.planning.queries.month import days_of, told_of
from programmes.planning.rules.finding import Wish, month_before, month_end, next_month, read_month
from programmes.planning.views.narrowing import Narrowing, own_ages, shared
from programmes.planning.views.open_day import below, chosen, lead, tabs
from programmes.planning.views.widening import instead


@require_safe
def month(request: HttpRequest) -> HttpResponse:
    network, at = network_of(request), clock.now()
    today, wish = clock.today(network.zone), Wish.read(request.GET)
    first = read_month(request.GET.get("m", "")) or wish.month or (wish.day or today).replace(day=1)
    aim = aim_at(wish.changed(when=""), own_ages(request, today=today))
    span = Span(on_days(first, month_end(first), zone=network.zone), first, at, network.zone)
    found = find(aim, span)
    colours = colours_of(aim.brands, network)
    told = told_of(found.shown)
    squares = days_of(told, (first, month_end(first)), today=today, zone=network.zone, colours=colours)
    narrowing = Narrowing("planning:month", aim, kept=(("m", f"{first:%Y-%m}"),))
    lead(squares, narrowing)
    square = chosen(wish.day, squares, today=today)
    context = {
        **shared(narrowing, found, request),
        **below(found.shown, square, narrowing, network=network, at=at),
        **tabs(narrowing, "month", day=square.day, today=today),
        **_ways(narrowing, first),
        "first": first,
        "wider": None if found.count else instead(narrowing, found, span, network=network),
        "weeks": [squares[place : place + 7] for place in range(0, len(squares), 7)],
        "canonical": request.build_absolute_uri(reverse("planning:month")),
    }
    response = render(request, "planning/public/month.html", context)
    if not is_signed_in(request):
        kept_pages.keep(response)
    return response


def _ways(narrowing: Narrowing, first: date) -> dict[str, Any]:
    def address(of: date) -> str:
        """Nothing where there is no page of that month."""
        if read_month(f"{of:%Y-%m}") is None:
            return ""
        return Narrowing("planning:month", narrowing.aim, kept=(("m", f"{of:%Y-%m}"),)).href()

    return {"month_before": address(month_before(first)), "month_after": address(next_month(first))}
