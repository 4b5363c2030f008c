"""What readers are told of a brand, but for what is on."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from networks.models import Network
from programmes.planning.models import Brand
from programmes.planning.queries.faces import colours_of, public_sessions
from programmes.planning.rules.brands import Look, looks_of


@dataclass(frozen=True)
class SubBrand:
    brand: Brand
    look: Look


@dataclass(frozen=True)
class AboutBrand:
    """`keys`: its own, and those of all brands below it."""

    brand: Brand
    look: Look
    colours: dict[int, str]
    above: Brand | None
    below: list[SubBrand]
    keys: list[int]


def public_brands() -> "QuerySet[Brand]":
    """Those of which, or of one below which, readers know a session. Brands go three levels deep."""
    named = Brand.objects.filter(pk__in=public_sessions().values("activity__programme__brand"))
    keys = named.values("pk")
    rows: QuerySet[Brand] = Brand.objects.filter(
        Q(pk__in=keys) | Q(children__in=keys) | Q(children__children__in=keys)
    ).distinct()
    return rows


def about_brand(key: int, rows: Sequence[Brand], *, network: Network) -> AboutBrand:
    """`rows`: all there are, in their order."""
    known = {row.pk: row for row in rows}
    look = looks_of({row.pk: (row.parent_id, row.hue, row.mark) for row in rows}, hue=network.brand_hue)
    brand = known[key]
    return AboutBrand(
        brand=brand,
        look=look[key],
        colours=colours_of(rows, network),
        above=known.get(brand.parent_id or 0),
        below=[SubBrand(row, look[row.pk]) for row in rows if row.parent_id == key and row.closed_at is None],
        keys=with_those_below(key, rows),
    )


def with_those_below(key: int, rows: Sequence[Brand]) -> list[int]:
    found = {key}
    while more := {row.pk for row in rows if row.parent_id in found} - found:
        found |= more
    return sorted(found)
