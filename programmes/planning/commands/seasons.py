"""Seasons and their phases: opened, changed, closed, opened again."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from kit import kept_pages
from kit.command import command
from kit.refusals import refuse_if
from networks.steps.journal import note
from people.models import Person
from programmes.planning.models import Phase, Season
from programmes.planning.queries.seasons import outside, sessions_to_come
from programmes.planning.rules import seasons as rules
from programmes.planning.rules.seasons import Stretch
from programmes.planning.steps.telling import tell_of_season

FIELDS = ("year", "theme", "summary", "starts_on", "ends_on")


@command
def add_season(*, values: Mapping[str, Any], phases: Sequence[Stretch], by: Person, at: datetime) -> Season:
    taken = set(Season.objects.values_list("year", flat=True))
    _check(values, phases, taken=taken)
    season = _create(values, at=at)
    _put_phases(season, phases)
    note("planning.season_added", subject=season, actor=by, values={"year": ["", season.year]})
    return season


@command
def change_season(*, season: Season, values: Mapping[str, Any], phases: Sequence[Stretch], by: Person) -> Season:
    row = _lock(season)
    refuse_if(rules.against_changing(is_closed=row.closed_at is not None))
    taken = set(Season.objects.exclude(pk=row.pk).values_list("year", flat=True))
    _check(values, phases, taken=taken)
    refuse_if(rules.against_narrowing(outside(row, values["starts_on"], values["ends_on"])))
    noted = {name: [getattr(row, name), values[name]] for name in FIELDS if getattr(row, name) != values[name]}
    for name in noted:
        setattr(row, name, values[name])
    row.save(update_fields=list(noted) or ["theme"])
    changed = ["phases"] if _put_phases(row, phases) else []
    if {"year", "theme"} & set(noted):
        tell_of_season(row.pk)
    if noted or changed:
        kept_pages.forget()
        note("planning.season_changed", subject=row, actor=by, values=noted, changed=changed)
    return row


@command
def close_season(*, season: Season, by: Person, at: datetime) -> None:
    row = _lock(season)
    if row.closed_at is not None:
        return
    refuse_if(rules.against_closing(coming=sessions_to_come(row, at=at)))
    row.closed_at = at
    row.save(update_fields=["closed_at"])
    note("planning.season_closed", subject=row, actor=by)


@command
def reopen_season(*, season: Season, by: Person) -> None:
    row = _lock(season)
    if row.closed_at is not None:
        row.closed_at = None
        row.save(update_fields=["closed_at"])
        note("planning.season_reopened", subject=row, actor=by)


def _lock(season: Season) -> Season:
    row: Season = Season.objects.select_for_update().get(pk=season.pk)
    return row


def _create(values: Mapping[str, Any], *, at: datetime) -> Season:
    """Of two who add the same year at once, the second is told what she would have been told a moment later."""
    try:
        with transaction.atomic():
            row: Season = Season.objects.create(**{name: values[name] for name in FIELDS}, made_at=at)
    except IntegrityError as error:
        refuse_if(rules.against_year(values["year"], taken=set(Season.objects.values_list("year", flat=True))))
        raise error from None
    return row


def _check(values: Mapping[str, Any], phases: Sequence[Stretch], *, taken: set[int]) -> None:
    first, last = values["starts_on"], values["ends_on"]
    refuse_if(rules.against_season(year=values["year"], first=first, last=last, taken=taken))
    refuse_if(rules.against_phases(phases, first=first, last=last))


def _put_phases(season: Season, phases: Sequence[Stretch]) -> bool:
    """Whether anything about them changed."""
    there = {row.kind: row for row in Phase.objects.filter(season=season)}
    wanted = {phase.kind.value: phase for phase in phases}
    gone = [row.pk for kind, row in there.items() if kind not in wanted]
    changed = bool(gone)
    Phase.objects.filter(pk__in=gone).delete()
    for kind, phase in wanted.items():
        said: dict[str, date | str] = {"starts_on": phase.first, "ends_on": phase.last, "goal": phase.goal}
        row = there.get(kind)
        if row is None or any(getattr(row, name) != value for name, value in said.items()):
            Phase.objects.update_or_create(season=season, kind=kind, defaults=said)
            changed = True
    return changed
