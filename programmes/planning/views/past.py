"""What was on, by years and months."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from kit import clock, kept_pages
from kit.finder import Pill
from people.doors import is_signed_in, network_of
from programmes.planning.queries.cards import Cards, faces_of
from programmes.planning.queries.faces import by_days, colours_of
from programmes.planning.queries.facets import Span, find
from programmes.planning.queries.finder import aim_at
from programmes.planning.queries.past import Month, begun_in, months_of, over
from programmes.planning.rules.finding import Wish
from programmes.planning.views.narrowing import Narrowing, own_ages, shared
from programmes.planning.views.open_day import tabs
from programmes.planning.views.public import SIZE, pager_ways


@require_safe
def past(request: HttpRequest) -> HttpResponse:
    network, at = network_of(request), clock.now()
    today = clock.today(network.zone)
    asked = Wish.read(request.GET)
    aim = aim_at(asked.changed(when="", free=False), own_ages(request, today=today))
    months = months_of(aim, at=at, zone=network.zone)
    first = asked.month or (months[0].first if months else today.replace(day=1))
    time = over(at) & begun_in(first, zone=network.zone)
    found = find(aim, Span(time, first, at, network.zone))
    page = Paginator(Cards(found.rows), SIZE).get_page(request.GET.get("page"))
    narrowing = Narrowing("planning:past", aim, kept=(("month", f"{first:%Y-%m}"),) if asked.month else ())
    faces = faces_of(
        page.object_list,
        at=at,
        colours=colours_of(aim.brands, network),
        districts=aim.areas,
        address=narrowing.card_address,
    )
    context = {
        **shared(narrowing, found, request),
        **tabs(narrowing, "past", day=None, today=today),
        **pager_ways(narrowing, page),
        "page": page,
        "days": by_days(faces, today=today),
        "first": first,
        "years": _years(narrowing, months, first),
        "months": _months(narrowing, months, first),
        "coming": Narrowing("planning:events", aim).href(),
        "canonical": request.build_absolute_uri(reverse("planning:past")),
    }
    response = render(request, "planning/public/past.html", context)
    if not is_signed_in(request):
        kept_pages.keep(response)
    return response


def _years(narrowing: Narrowing, months: Sequence[Month], first: date) -> list[Pill]:
    """Each leads to its last month with something."""
    found: dict[int, tuple[date, int]] = {}
    for one in months:
        last, count = found.get(one.first.year, (one.first, 0))
        found[one.first.year] = (last, count + one.count)
    return [
        Pill(f"year-{year}", _("%(year)s") % {"year": year}, _of(narrowing, last), "", year == first.year, count)
        for year, (last, count) in found.items()
    ]


def _months(narrowing: Narrowing, months: Sequence[Month], first: date) -> list[Pill]:
    """Of that year, as the year goes."""
    here = [one for one in reversed(months) if one.first.year == first.year]
    return [
        Pill(
            f"month-{one.first.month}",
            date_format(one.first, pgettext("format of a month", "F")),
            _of(narrowing, one.first),
            is_on=one.first == first,
            count=one.count,
        )
        for one in here
    ]


def _of(narrowing: Narrowing, first: date) -> str:
    kept: tuple[tuple[str, Any], ...] = (("month", f"{first:%Y-%m}"),)
    return Narrowing("planning:past", narrowing.aim, kept).href()
