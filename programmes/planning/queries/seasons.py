"""Seasons and where a day lies in them. What others use for default dates stands here."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, Prefetch, Q, QuerySet

from programmes.planning.models import Phase, Programme, Season, Session


@dataclass(frozen=True)
class ProgrammeLine:
    """A programme of a season with what is planned in it; those called off do not count."""

    programme: Programme
    activities: int
    planned: int
    published: int


def seasons() -> "QuerySet[Season]":
    """Newest first, each with its phases in order; two statements."""
    phases = Prefetch("phases", Phase.objects.order_by("starts_on"))
    rows: QuerySet[Season] = Season.objects.order_by("-year").prefetch_related(phases)
    return rows


def current_season(today: date) -> Season | None:
    """The open one that this day lies in, else the next to come, else the last one there was; one statement."""
    rows = list(Season.objects.filter(closed_at=None).order_by("starts_on", "year"))
    now = [row for row in rows if row.starts_on <= today <= row.ends_on]
    coming = [row for row in rows if row.starts_on > today]
    return (now or coming or rows[-1:] or [None])[0]


def phases_of(season: Season) -> list[Phase]:
    return list(Phase.objects.filter(season=season).order_by("starts_on"))


def phase_on(season: Season, day: date) -> Phase | None:
    phase: Phase | None = Phase.objects.filter(season=season, starts_on__lte=day, ends_on__gte=day).first()
    return phase


def default_dates(season: Season, today: date) -> tuple[date, date]:
    """What a form begins with: from today until the phase ends, of a season to come its first phase, else all of it."""
    first = max(today, season.starts_on)
    if first > season.ends_on:
        return season.starts_on, season.ends_on
    rows = Phase.objects.filter(season=season, ends_on__gte=first).order_by("starts_on")
    phase: Phase | None = rows.first()
    if phase is None:
        return first, season.ends_on
    return max(first, phase.starts_on), phase.ends_on


def programmes_of(season: Season) -> list[ProgrammeLine]:
    """In the order of the year; two statements, whatever there is of sessions."""
    rows = list(
        Programme.objects.filter(season=season, dropped_at=None)
        .select_related("brand", "area")
        .order_by("starts_on", "ends_on", "pk")
    )
    counted = (
        Session.objects.filter(activity__programme__season=season, activity__dropped_at=None, called_off_at=None)
        .values(programme=F("activity__programme_id"))
        .annotate(
            planned=Count("pk"),
            published=Count("pk", filter=Q(published_at__isnull=False)),
            activities=Count("activity_id", distinct=True),
        )
    )
    found = {line["programme"]: line for line in counted}
    nothing = {"planned": 0, "published": 0, "activities": 0}
    return [
        ProgrammeLine(row, line["activities"], line["planned"], line["published"])
        for row in rows
        for line in [found.get(row.pk, nothing)]
    ]


def outside(season: Season, first: date, last: date) -> list[str]:
    """Titles of the season's programmes that do not lie between the days."""
    rows = Programme.objects.filter(season=season, dropped_at=None).filter(Q(starts_on__lt=first) | Q(ends_on__gt=last))
    return list(rows.order_by("starts_on", "pk").values_list("title", flat=True))


def sessions_to_come(season: Season, *, at: datetime) -> int:
    """Published and not over."""
    rows = Session.objects.filter(activity__programme__season=season, ends_at__gt=at, called_off_at=None)
    return int(rows.exclude(published_at=None).count())


def counts_by_season() -> dict[int, tuple[int, int]]:
    """Programmes and sessions of each season; two statements."""
    programmes = dict(
        Programme.objects.filter(dropped_at=None).values_list("season_id").annotate(count=Count("pk")).order_by()
    )
    sessions = dict(
        Session.objects.filter(called_off_at=None, activity__programme__dropped_at=None)
        .values_list("activity__programme__season_id")
        .annotate(count=Count("pk"))
        .order_by()
    )
    return {season: (count, sessions.get(season, 0)) for season, count in programmes.items()}
