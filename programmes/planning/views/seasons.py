"""Seasons: the list, the page of a year, and what changes them."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kit import clock
from kit.refusals import Refused
from kit.toasts import Undo, toast
from people.choices import Verb
from people.doors import may_anywhere, member, network_of, staff_only
from programmes.planning import doors
from programmes.planning.commands import seasons as commands
from programmes.planning.forms.seasons import SeasonForm, offered, said_of
from programmes.planning.models import Season
from programmes.planning.queries import seasons as queries
from programmes.planning.queries.money import money_of_season
from programmes.planning.queries.season_page import page_of


@require_http_methods(["GET", "HEAD"])
@staff_only(Verb.SEE_PLAN)
def seasons(request: HttpRequest) -> HttpResponse:
    today = clock.today(network_of(request).zone)
    counts = queries.counts_by_season()
    rows = [(row, *counts.get(row.pk, (0, 0))) for row in queries.seasons()]
    page = {
        "seasons": rows,
        "today": today,
        "current": queries.current_season(today),
        "may_change": may_anywhere(Verb.PLAN)(request),
    }
    return render(request, "planning/seasons/list.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Verb.PLAN)
def add(request: HttpRequest) -> HttpResponse:
    today = clock.today(network_of(request).zone)
    form = SeasonForm(request.POST if request.method == "POST" else None, initial=offered(_year(request, today)))
    if form.is_bound and form.is_valid():
        try:
            season = commands.add_season(values=form.values(), phases=form.phases(), by=member(request), at=clock.now())
        except Refused as no:
            form.refuse(no.refusals)
        else:
            toast(request, _("The season %(year)s is open for planning.") % {"year": season.year})
            return redirect("planning:season", season.year)
    return _form_page(request, None, form)


def _year(request: HttpRequest, today: date) -> int:
    """As asked for, else the first after the last season, and never one that is over."""
    typed = request.GET.get("year", "")
    if typed.isascii() and typed.isdigit() and len(typed) == 4:
        return int(typed)
    years = list(Season.objects.order_by("-year").values_list("year", flat=True)[:1])
    coming = today.year if today.month < 10 else today.year + 1
    return max(years[0] + 1, today.year) if years else coming


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Verb.PLAN)
def change(request: HttpRequest, year: int) -> HttpResponse:
    season = doors.season_of_year(year)
    initial = said_of(season, queries.phases_of(season))
    form = SeasonForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            row = commands.change_season(season=season, values=form.values(), phases=form.phases(), by=member(request))
        except Refused as no:
            form.refuse(no.refusals)
        else:
            toast(request, _("The season is saved."))
            return redirect("planning:season", row.year)
    return _form_page(request, season, form)


def _form_page(request: HttpRequest, season: Season | None, form: SeasonForm) -> HttpResponse:
    page = {"season": season, "form": form}
    return render(request, "planning/seasons/form.html", page, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD"])
@staff_only(Verb.SEE_PLAN)
def season(request: HttpRequest, year: int) -> HttpResponse:
    return _page(request, doors.season_of_year(year))


def _page(request: HttpRequest, season: Season, refused: Refused | None = None) -> HttpResponse:
    network = network_of(request)
    page: dict[str, Any] = {
        "season": season,
        "page": page_of(season, network, today=clock.today(network.zone)),
        "today": clock.today(network.zone),
        "money": money_of_season(season),
        "refusals": refused.refusals if refused else (),
        "may_change": may_anywhere(Verb.PLAN)(request),
    }
    return render(request, "planning/seasons/season.html", page, status=422 if refused else 200)


@require_POST
@staff_only(Verb.PLAN)
def close(request: HttpRequest, year: int) -> HttpResponse:
    season = doors.season_of_year(year)
    try:
        commands.close_season(season=season, by=member(request), at=clock.now())
    except Refused as no:
        return _page(request, season, no)
    undo = Undo(reverse("planning:season-reopen", args=[season.year]))
    toast(request, _("The season %(year)s is closed.") % {"year": season.year}, undo=undo)
    return redirect("planning:season", season.year)


@require_POST
@staff_only(Verb.PLAN)
def reopen(request: HttpRequest, year: int) -> HttpResponse:
    season = doors.season_of_year(year)
    commands.reopen_season(season=season, by=member(request))
    toast(request, _("The season %(year)s is open again.") % {"year": season.year})
    return redirect("planning:season", season.year)
