"""Programmes of another season, written into this one as drafts."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Model

from kit.command import step
from networks.steps.journal import note
from people.models import Person
from programmes.planning.choices import EngagementPart
from programmes.planning.engine.copying import ActivityCopy, ProgrammeCopy, TakeOver, own_of
from programmes.planning.models import (
    Activity,
    ActivityBook,
    ActivityPicture,
    Engagement,
    Phase,
    Programme,
    ProgrammeVenue,
    Session,
    UnitLine,
)
from programmes.planning.registers import activity_copiers
from programmes.planning.rules.moving import moved_phases
from programmes.planning.rules.seasons import against_phases
from programmes.planning.steps.sessions import MANY, SessionPlan, make_sessions

M = TypeVar("M", bound=Model)


@step
def take_over(found: TakeOver, *, by: Person, at: datetime) -> list[Session]:
    """All that can be made; statements grow with hundreds of rows. Whoever calls has locked the season."""
    _take_phases(found)
    chosen = [one for one in found.programmes if not one.refusal]
    _take_programmes([one for one in chosen if not one.is_there])
    _take_activities([line for one in chosen for line in one.activities if not line.is_there])
    made = _take_sessions(chosen, by=by, at=at)
    values = {
        "from": found.material.source.year,
        "programmes": [one.copy.title for one in chosen],
        "sessions": len(made),
    }
    note("planning.season_taken_over", subject=found.material.target, actor=by, values=values)
    return made


def _take_phases(found: TakeOver) -> None:
    """Those that the season lacks, if they fit; a goal that nobody entered is taken over, too."""
    source, target, season = found.material.source_year, found.material.target_year, found.material.target
    fresh = moved_phases(source, target)
    if fresh and not list(against_phases([*target.phases, *fresh], first=season.starts_on, last=season.ends_on)):
        Phase.objects.bulk_create(
            Phase(season=season, kind=phase.kind, starts_on=phase.first, ends_on=phase.last, goal=phase.goal)
            for phase in fresh
        )
    for phase in source.phases:
        Phase.objects.filter(season=season, kind=phase.kind, goal="").exclude(goal=phase.goal).update(goal=phase.goal)


def _take_programmes(fresh: Iterable[ProgrammeCopy]) -> None:
    copies = {one.source.pk: one.copy for one in fresh}
    Programme.objects.bulk_create(copies.values(), batch_size=MANY)
    venues = ProgrammeVenue.objects.filter(programme__in=copies, venue__closed_at=None)
    _copy_lines(ProgrammeVenue, venues, "programme", copies)
    units = UnitLine.objects.filter(programme__in=copies, unit__closed_at=None)
    _copy_lines(UnitLine, units, "programme", copies)


def _take_activities(fresh: Iterable[ActivityCopy]) -> None:
    """Their programmes are written by now."""
    copies = {one.source.pk: one.copy for one in fresh}
    for copy in copies.values():
        copy.programme_id = copy.programme.pk
    Activity.objects.bulk_create(copies.values(), batch_size=MANY)
    units = UnitLine.objects.filter(activity__in=copies, unit__closed_at=None)
    _copy_lines(UnitLine, units, "activity", copies)
    _copy_lines(ActivityBook, ActivityBook.objects.filter(activity__in=copies), "activity", copies)
    pictures = ActivityPicture.objects.filter(activity__in=copies, removed_at=None)
    _copy_lines(ActivityPicture, pictures, "activity", copies)
    for copier in activity_copiers:
        copier(copies)


def _copy_lines(model: type[M], rows: Iterable[M], owner: str, copies: Mapping[int, Any]) -> None:
    """Rows that hang on a programme or an activity, hung on its copy."""
    made = []
    for row in rows:
        said = {
            field.attname: getattr(row, field.attname)
            for field in row._meta.concrete_fields
            if not field.primary_key and field.name not in {owner, "network"}
        }
        made.append(model(**said, **{owner: copies[getattr(row, f"{owner}_id")]}))
    rows_of: Any = model.objects  # type: ignore[attr-defined]
    rows_of.bulk_create(made, batch_size=MANY)


def _take_sessions(chosen: Iterable[ProgrammeCopy], *, by: Person, at: datetime) -> list[Session]:
    lines = [line for one in chosen for line in one.to_make]
    plans = [
        SessionPlan(
            line.activity, line.starts_at, line.where, ends_at=line.ends_at, hosts=line.hosts, own=own_of(line.source)
        )
        for line in lines
        if line.starts_at is not None
    ]
    made = make_sessions(plans, by=by, at=at)
    helping = {
        (session.pk, engagement.host_id)
        for session, line in zip(made, lines, strict=True)
        for engagement in line.engagements
        if engagement.part == EngagementPart.HELPS
    }
    if helping:
        rows = Engagement.objects.filter(session__in={session for session, _host in helping})
        keys = [row.pk for row in rows if (row.session_id, row.host_id) in helping]
        Engagement.objects.filter(pk__in=keys).update(part=EngagementPart.HELPS)
    return made
