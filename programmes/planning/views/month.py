"""A month of sessions as a grid of days, and what is on that day."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kit import clock, kept_pages
from people.doors import is_signed_in, network_of
from programmes.planning.queries.cards import faces_of, lines_of
from programmes.planning.queries.faces import colours_of
from programmes.planning.queries.finder import aim_at, find, fitting, in_district, new_first, on_days
from programmes.planning.queries.month import Square, weeks_of
from programmes.planning.rules.cards import folded
from programmes.planning.rules.finding import Wish, month_before, month_end, next_month, read_month
from programmes.planning.rules.told import near_words
from programmes.planning.views.narrowing import Narrowing, is_choosing, shared

# So many of a day are shown below the grid; all of them have a list of their own.
MOST = 30


@require_safe
def month(request: HttpRequest) -> HttpResponse:
    network, at = network_of(request), clock.now()
    today, wish = clock.today(network.zone), Wish.read(request.GET)
    first = read_month(request.GET.get("m", "")) or wish.month or (wish.day or today).replace(day=1)
    aim = aim_at(wish.changed(when=""))
    rows = on_days(fitting(aim), first, month_end(first), zone=network.zone)
    found = find(aim, rows, first=first, zone=network.zone)
    here = in_district(rows, aim)
    colours = colours_of(aim.brands, network)
    weeks = weeks_of(here, first, today=today, zone=network.zone, colours=colours)
    chosen = _chosen(wish.day, weeks, today=today)
    of_day = new_first(on_days(here, chosen.day, chosen.day, zone=network.zone), chosen.day, network.zone)
    cards = folded(lines_of(of_day))
    narrowing = Narrowing("planning:month", aim, kept=(("m", f"{first:%Y-%m}"),))
    for square in (square for week in weeks for square in week):
        square.href = narrowing.href(day=square.day)
    context = {
        **shared(narrowing, found, is_choosing=is_choosing(request)),
        **_ways(narrowing, first),
        "first": first,
        "weeks": weeks,
        "open_day": chosen,
        "near": near_words(chosen.day, today),
        "faces": faces_of(cards[:MOST], at=at, colours=colours, districts=aim.areas, address=narrowing.card_address),
        "has_more": len(cards) > MOST,
        "all_of_day": Narrowing("planning:events", aim).href(day=chosen.day),
        "canonical": request.build_absolute_uri(reverse("planning:month")),
        "feed": request.build_absolute_uri(narrowing.feed),
    }
    response = render(request, "planning/public/month.html", context)
    if not is_signed_in(request):
        kept_pages.keep(response)
    return response


def _chosen(day: date | None, weeks: list[list[Square]], *, today: date) -> Square:
    """The day that was asked for, else today, else the first on which there is something."""
    squares = [square for week in weeks for square in week if not square.is_other]
    known = {square.day: square for square in squares}
    if found := known.get(day or today) or known.get(today):
        return found
    return next((square for square in squares if square.count), squares[0])


def _ways(narrowing: Narrowing, first: date) -> dict[str, Any]:
    def address(of: date) -> str:
        """Nothing where there is no page of that month."""
        if read_month(f"{of:%Y-%m}") is None:
            return ""
        return Narrowing("planning:month", narrowing.aim, kept=(("m", f"{of:%Y-%m}"),)).href()

    return {
        "month_before": address(month_before(first)),
        "month_after": address(next_month(first)),
        "list_page": Narrowing("planning:events", narrowing.aim).href(),
        "month_list": Narrowing("planning:events", narrowing.aim).href(month=first),
    }
