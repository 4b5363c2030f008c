"""Programmes are laid out, changed, dropped and taken up again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from kit import kept_pages
from kit.command import command
from kit.refusals import Refusal, refuse_if
from networks.models import Area
from networks.steps.journal import note
from people.models import Person
from programmes.planning.models import Brand, Programme, Season
from programmes.planning.queries.programmes import coming_sessions, season_span, sessions_outside
from programmes.planning.rules import programmes as rules
from programmes.planning.steps.programmes import lock_programme
from programmes.planning.steps.telling import tell_of_programme


@command
def add_programme(*, season: Season, area: Area, values: Mapping[str, Any], by: Person) -> Programme:
    """`values`: fields of Programme; days left out are the season's."""
    held: Season = Season.objects.select_for_update().get(pk=season.pk)
    home = Area.objects.get(pk=area.pk)
    given = {name: value for name, value in values.items() if value is not None or name not in {"starts_on", "ends_on"}}
    wanted = {"starts_on": held.starts_on, "ends_on": held.ends_on, **given}
    refuse_if(
        [
            *rules.against_closed_season(held.closed_at),
            *rules.against_closed_area(home.closed_at),
            *_against_words(held, home, wanted, without=None),
        ]
    )
    row: Programme = Programme.objects.create(season=held, area=home, **wanted)
    note("planning.programme_added", subject=row, actor=by, values={"title": ["", row.title]})
    return row


@command
def change_programme(*, programme: Programme, values: Mapping[str, Any], by: Person, at: datetime) -> Programme:
    """Fields that are not in `values` stay as they are."""
    row = lock_programme(programme)
    refuse_if(rules.against_change(row.dropped_at))
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    if not changed:
        return row
    wanted = {name: getattr(row, name) for name in ("title", "brand", "starts_on", "ends_on")} | changed
    before = {name: [_plain(getattr(row, name)), _plain(value)] for name, value in changed.items()}
    refuse_if([*_against_words(row.season, row.area, wanted, without=row), *_against_losing(row, changed, wanted, at)])
    for name, value in changed.items():
        setattr(row, name, value)
    row.save(update_fields=list(changed))
    if {"title", "brand"} & set(changed):
        tell_of_programme(row.pk)
    note("planning.programme_changed", subject=row, actor=by, values=before)
    kept_pages.forget()
    return row


@command
def drop_programme(*, programme: Programme, by: Person, at: datetime) -> None:
    """It stays in the season's plan as dropped, with all that was thought of."""
    row = lock_programme(programme)
    refuse_if(rules.against_dropping(row.dropped_at, coming=coming_sessions(at, activity__programme=row)))
    row.dropped_at = at
    row.save(update_fields=["dropped_at"])
    note("planning.programme_dropped", subject=row, actor=by)
    kept_pages.forget()


@command
def take_up_programme(*, programme: Programme, by: Person) -> None:
    row = lock_programme(programme)
    if row.dropped_at is None:
        return
    refuse_if(rules.against_closed_season(row.season.closed_at))
    row.dropped_at = None
    row.save(update_fields=["dropped_at"])
    note("planning.programme_taken_up", subject=row, actor=by)
    kept_pages.forget()


def _against_words(
    season: Season, area: Area, wanted: Mapping[str, Any], *, without: Programme | None
) -> list[Refusal]:
    others = Programme.objects.filter(season=season, area=area).exclude(pk=without.pk if without else None)
    first, last = season_span(season)
    brand: Brand | None = wanted.get("brand")
    is_new = brand is not None and (without is None or without.brand_id != brand.pk)
    return [
        *rules.against_title(wanted["title"], titles=set(others.values_list("title", flat=True))),
        *rules.against_dates(wanted["starts_on"], wanted["ends_on"], first=first, last=last),
        *(rules.against_closed_brand(brand.closed_at) if brand is not None and is_new else ()),
    ]


def _against_losing(
    row: Programme, changed: Mapping[str, Any], wanted: Mapping[str, Any], at: datetime
) -> list[Refusal]:
    if not {"starts_on", "ends_on"} & set(changed):
        return []
    return list(rules.against_sessions_outside(sessions_outside(row, wanted["starts_on"], wanted["ends_on"], at=at)))


def _plain(value: Any) -> Any:
    return value.pk if isinstance(value, Brand) else value
