"""Brands: added, changed, moved among their brothers, no longer used, used again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from kit import kept_pages
from kit.command import command
from kit.refusals import refuse_if
from networks.steps.journal import note
from people.models import Person
from programmes.planning.models import Brand
from programmes.planning.queries.brands import programmes_in_the_way
from programmes.planning.rules import brands as rules
from programmes.planning.steps.telling import tell_of_brand


@command
def add_brand(*, values: Mapping[str, Any], by: Person) -> Brand:
    known = _lock()
    _check(None, values, known)
    brothers = [row for row in known.values() if row.parent_id == values["parent"]]
    place = max((row.place for row in brothers), default=0) + 1
    brand: Brand = Brand.objects.create(**_columns(values), place=place)
    note("planning.brand_added", subject=brand, actor=by, values={"name": ["", brand.name]})
    return brand


@command
def change_brand(*, brand: Brand, values: Mapping[str, Any], by: Person) -> Brand:
    known = _lock()
    row = known[brand.pk]
    wanted = _columns(values)
    changed = {name: value for name, value in wanted.items() if getattr(row, name) != value}
    if not changed:
        return row
    _check(row, values, known)
    noted = {name.removesuffix("_id"): [getattr(row, name), value] for name, value in changed.items()}
    for name, value in changed.items():
        setattr(row, name, value)
    row.save(update_fields=list(changed))
    if {"name", "parent_id"} & set(changed):
        tell_of_brand(row.pk)
    note("planning.brand_changed", subject=row, actor=by, values=noted)
    kept_pages.forget()
    return row


@command
def move_brand(*, brand: Brand, by: Person, upwards: int) -> None:
    """Past so many of its brothers; a number below zero moves it down."""
    known = _lock()
    row = known[brand.pk]
    brothers = sorted(
        (other for other in known.values() if other.parent_id == row.parent_id), key=lambda one: (one.place, one.pk)
    )
    now = brothers.index(row)
    then = min(max(now - upwards, 0), len(brothers) - 1)
    if now == then:
        return
    brothers.insert(then, brothers.pop(now))
    for place, one in enumerate(brothers, start=1):
        one.place = place
    Brand.objects.bulk_update(brothers, ["place"])
    note("planning.brand_moved", subject=row, actor=by, changed=["place"])
    kept_pages.forget()


@command
def close_brand(*, brand: Brand, by: Person, at: datetime) -> None:
    known = _lock()
    row = known[brand.pk]
    if row.closed_at is not None:
        return
    below = [one.name for one in known.values() if one.parent_id == row.pk and one.closed_at is None]
    refuse_if(rules.against_closing(programmes=programmes_in_the_way(row), brands=below))
    row.closed_at = at
    row.save(update_fields=["closed_at"])
    note("planning.brand_closed", subject=row, actor=by)
    kept_pages.forget()


@command
def reopen_brand(*, brand: Brand, by: Person) -> None:
    known = _lock()
    row = known[brand.pk]
    if row.closed_at is None:
        return
    above = known.get(row.parent_id or 0)
    refuse_if(rules.against_reopening(is_parent_closed=above is not None and above.closed_at is not None))
    row.closed_at = None
    row.save(update_fields=["closed_at"])
    note("planning.brand_reopened", subject=row, actor=by)
    kept_pages.forget()


def _lock() -> dict[int, Brand]:
    """All of them: two moves at once could otherwise close a circle."""
    return {row.pk: row for row in Brand.objects.select_for_update().order_by("pk")}


def _columns(values: Mapping[str, Any]) -> dict[str, Any]:
    return {("parent_id" if name == "parent" else name): value for name, value in values.items()}


def _check(row: Brand | None, values: Mapping[str, Any], known: Mapping[int, Brand]) -> None:
    key = row.pk if row else None
    others = [one.name for one in known.values() if one.pk != key]
    parents = {one.pk: one.parent_id for one in known.values()}
    closed = frozenset(one.pk for one in known.values() if one.closed_at is not None)
    refuse_if(
        [
            *rules.against_name(values["name"], others=others),
            *rules.against_place(key, values["parent"], parents, closed=closed),
        ]
    )
