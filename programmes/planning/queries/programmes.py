"""Programmes for lists, pages and the rules that ask about their sessions."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, DecimalField, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from programmes.planning.models import Activity, Phase, Programme, Season, Session

_MONEY: Any = DecimalField(max_digits=12, decimal_places=2)


def all_programmes() -> "QuerySet[Programme]":
    """With season, brand and area, `activity_count`, `session_count`, and what its activities plan and spent."""
    activities = Activity.objects.filter(programme=OuterRef("pk"), dropped_at=None).order_by()
    sessions = Session.objects.filter(activity__programme=OuterRef("pk"), called_off_at=None).order_by()
    rows: QuerySet[Programme] = Programme.objects.select_related("season", "brand", "area").annotate(
        activity_count=_count(activities, "programme"),
        session_count=_count(sessions, "activity__programme"),
        activities_budget=_sum(activities, "budget"),
        activities_spent=_sum(activities, "spent"),
    )
    return rows


def _count(rows: Any, by: str) -> Coalesce:
    counted = rows.values(by).annotate(found=Count("pk")).values("found")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _sum(rows: Any, name: str) -> Coalesce:
    summed = rows.values("programme").annotate(found=Sum(name)).values("found")
    return Coalesce(Subquery(summed, output_field=_MONEY), Decimal(0), output_field=_MONEY)


def programmes_around(paths: Iterable[str]) -> "QuerySet[Programme]":
    """Those of these areas, of areas below, and of those above, which concern them too. No paths: none."""
    found = Q(pk=None)
    for path in paths:
        found |= Q(area__path__startswith=path) | Q(area__path__in=_above(path))
    return all_programmes().filter(found)


def _above(path: str) -> list[str]:
    steps = path.strip("/").split("/")
    return ["/" + "/".join(steps[:count]) + "/" for count in range(1, len(steps))]


def season_span(season: Season) -> tuple[date, date]:
    """With the phases: 冬谋 may begin in the year before."""
    days = list(Phase.objects.filter(season=season).values_list("starts_on", "ends_on"))
    return min([season.starts_on, *(first for first, _last in days)]), max(
        [season.ends_on, *(last for _first, last in days)]
    )


def coming_sessions(at: datetime, **wanted: Any) -> int:
    """From now on, and not called off."""
    count: int = Session.objects.filter(ends_at__gt=at, called_off_at=None, **wanted).count()
    return count


def sessions_outside(programme: Programme, first: date, last: date, *, at: datetime) -> int:
    """What is past stays where it was."""
    live = Session.objects.filter(activity__programme=programme, called_off_at=None, ends_at__gt=at)
    count: int = live.filter(Q(starts_at__date__lt=first) | Q(starts_at__date__gt=last)).count()
    return count
