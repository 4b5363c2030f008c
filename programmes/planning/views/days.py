"""What is on in the area of whoever looks: a day by rooms and hours, a week by venues and days."""

from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kit import clock
from people.choices import Verb
from people.doors import network_of, staff_only
from people.queries.workplace import area_in_view, paths_in_view, places_to_work
from programmes.planning.queries.days import day_of
from programmes.planning.queries.weeks import week_of

A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)


@require_safe
@staff_only(Verb.SEE_PLAN)
def day(request: HttpRequest) -> HttpResponse:
    today = clock.today(network_of(request).zone)
    wanted = _date(request, today)
    shown = day_of(
        paths_in_view(request, Verb.SEE_PLAN),
        wanted,
        network=network_of(request),
        at=clock.now(),
        with_quiet=bool(request.GET.get("all")),
    )
    page = {
        "shown": shown,
        "today": today,
        **_ways(request, "planning:day", wanted, A_DAY),
        "week": f"{reverse('planning:week')}?{_query(request, wanted)}",
    }
    return render(request, "planning/day.html", page)


@require_safe
@staff_only(Verb.SEE_PLAN)
def week(request: HttpRequest) -> HttpResponse:
    today = clock.today(network_of(request).zone)
    wanted = _date(request, today)
    monday = wanted - timedelta(days=wanted.weekday())
    shown = week_of(
        paths_in_view(request, Verb.SEE_PLAN),
        monday,
        network=network_of(request),
        at=clock.now(),
        with_quiet=bool(request.GET.get("all")),
    )
    days = [(one, f"{reverse('planning:day')}?{_query(request, one.day)}") for one in shown.days]
    page = {
        "shown": shown,
        "today": today,
        "days": days,
        "has_elsewhere": any(shown.elsewhere),
        **_ways(request, "planning:week", monday, A_WEEK),
    }
    return render(request, "planning/week.html", page)


def _ways(request: HttpRequest, name: str, wanted: date, stride: timedelta) -> dict[str, object]:
    here = reverse(name)
    return {
        "wanted": wanted,
        "before": f"{here}?{_query(request, wanted - stride)}",
        "after": f"{here}?{_query(request, wanted + stride)}",
        "now": f"{here}?{_query(request, None)}",
        "all": f"{here}?{_query(request, wanted, everything=True)}",
        "is_all": bool(request.GET.get("all")),
        "few": f"{here}?{_query(request, wanted, everything=False)}",
        "area": area_in_view(request),
        "places": places_to_work(request),
    }


def _query(request: HttpRequest, wanted: date | None, *, everything: bool | None = None) -> str:
    """The address's own choice goes along."""
    keeps_all = bool(request.GET.get("all")) if everything is None else everything
    pairs = [("date", wanted.isoformat())] if wanted else []
    pairs += [("area", request.GET["area"])] if request.GET.get("area") else []
    return urlencode([*pairs, *([("all", "1")] if keeps_all else [])])


def _date(request: HttpRequest, today: date) -> date:
    """Nonsense is today; a day that no calendar reaches, too."""
    try:
        found = date.fromisoformat(request.GET.get("date", ""))
    except ValueError:
        return today
    return found if abs(found.year - today.year) <= 5 else today
