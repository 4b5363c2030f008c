"""A week of sessions: seven days with their numbers, and what is on at one of them. Where readers begin."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Min, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kit import clock, kept_pages
from people.doors import is_signed_in, network_of
from programmes.planning.queries.faces import colours_of
from programmes.planning.queries.facets import Span, find, shown
from programmes.planning.queries.finder import Aim, aim_at, fitting, in_district, on_days, to_come
from programmes.planning.queries.month import Square, Told, days_of, told_of
from programmes.planning.rules.finding import Wish, read_day
from programmes.planning.rules.told import week_words
from programmes.planning.views.narrowing import Narrowing, own_ages, shared
from programmes.planning.views.open_day import below, chosen, lead, tabs
from programmes.planning.views.widening import instead
from venues.queries.today import midnight

A_WEEK = timedelta(days=7)
LAST = timedelta(days=6)


@require_safe
def week(request: HttpRequest) -> HttpResponse:
    network, at = network_of(request), clock.now()
    zone, today, wish = network.zone, clock.today(network.zone), Wish.read(request.GET)
    aim = aim_at(wish.changed(when=""), own_ages(request, today=today))
    asked = wish.day or read_day(request.GET.get("w", ""))
    span, told = _told(aim, asked or today, at=at, zone=zone)
    if asked is None and all(one.ends_at <= at for one in told):
        span, told = _told(aim, _next_day(aim, at=at, zone=zone), at=at, zone=zone)
    monday, found = span.first, find(aim, span)
    squares = days_of(told, (monday, monday + LAST), today=today, zone=zone, colours=colours_of(aim.brands, network))
    lead(squares, Narrowing("planning:week", aim))
    square = _first(squares, today=today) if asked is None else chosen(wish.day, squares, today=today)
    narrowing = Narrowing("planning:week", aim, _kept(wish.day, asked and monday))
    context = {
        **shared(narrowing, found, request),
        **below(found.shown, square, narrowing, network=network, at=at),
        **tabs(narrowing, "week", day=square.day, today=today),
        **_ways(aim, monday),
        "monday": monday,
        "sunday": monday + LAST,
        "which_week": week_words(monday, today),
        "year": "" if monday.year == today.year else _("%(year)s") % {"year": monday.year},
        "squares": squares,
        "wider": None if found.count else instead(narrowing, found, span, network=network),
        "today": today,
        "canonical": request.build_absolute_uri(reverse("planning:events")),
    }
    response = render(request, "planning/public/week.html", context)
    if not is_signed_in(request):
        kept_pages.keep(response)
    return response


def _told(aim: Aim, day: date, *, at: datetime, zone: ZoneInfo) -> tuple[Span, list[Told]]:
    """The week of that day: of today only what is still to come, of days that are over, what was on."""
    monday = day - timedelta(days=day.weekday())
    before_today = Q(ends_at__lte=midnight(at.astimezone(zone).date(), zone))
    time = on_days(monday, monday + LAST, zone=zone) & (to_come(at) | before_today)
    span = Span(time, monday, at, zone)
    return span, told_of(shown(aim, span))


def _next_day(aim: Aim, *, at: datetime, zone: ZoneInfo) -> date:
    """On which there is something to come; where there is nothing at all, today."""
    today = at.astimezone(zone).date()
    rows = in_district(fitting(aim, at=at), aim).filter(to_come(at))
    first = rows.aggregate(first=Min("starts_at"))["first"]
    return max(today, first.astimezone(zone).date()) if first else today


def _first(squares: Sequence[Square], *, today: date) -> Square:
    """Today, or where nothing is to come today, the next day with something."""
    coming = (square for square in squares if square.day >= today and square.count)
    return next(coming, None) or chosen(None, squares, today=today)


def _kept(day: date | None, monday: date | None) -> tuple[tuple[str, str], ...]:
    """A week that was not asked for follows what is wished for."""
    if day:
        return (("day", day.isoformat()),)
    return (("w", monday.isoformat()),) if monday else ()


def _ways(aim: Aim, monday: date) -> dict[str, Any]:
    def address(of: date) -> str:
        """Nothing where there is no page of that week."""
        if read_day(of.isoformat()) is None:
            return ""
        return Narrowing("planning:week", aim, kept=(("w", of.isoformat()),)).href()

    return {"week_before": address(monday - A_WEEK), "week_after": address(monday + A_WEEK)}
