"""What readers are told of a year: its phases, and where they lie in it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from programmes.planning.models import Phase, Season
from programmes.planning.queries.faces import public_sessions
from programmes.planning.rules.year_picture import Picture, Span, picture


@dataclass(frozen=True)
class AboutSeason:
    season: Season
    phases: list[Phase]
    now: Phase | None
    drawn: Picture


def public_seasons() -> "QuerySet[Season]":
    """Those of which readers know a session, over or not."""
    sessions = public_sessions().filter(activity__programme__season=OuterRef("pk"))
    rows: QuerySet[Season] = Season.objects.filter(Exists(sessions))
    return rows


def about_season(season: Season, phases: list[Phase], *, today: date) -> AboutSeason:
    """`phases` in their order."""
    first = min([season.starts_on, *(phase.starts_on for phase in phases)])
    last = max([season.ends_on, *(phase.ends_on for phase in phases)])
    return AboutSeason(
        season=season,
        phases=phases,
        now=next((phase for phase in phases if phase.starts_on <= today <= phase.ends_on), None),
        drawn=picture(
            first,
            last,
            phases=[Span(phase.starts_on, phase.ends_on, str(phase), phase.kind) for phase in phases],
            off=(),
            school=(),
            days=(),
            programmes=(),
            today=today,
        ),
    )
