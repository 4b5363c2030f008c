"""Brands as a tree, and what they look like."""

from dataclasses import dataclass

from django.db.models import Count, Q

from networks.models import Network
from programmes.planning.models import Brand, Programme
from programmes.planning.rules.brands import Look, looks_of


@dataclass(frozen=True)
class BrandLine:
    """A brand in the tree; `programmes` are those of open seasons."""

    brand: Brand
    depth: int
    look: Look
    programmes: int
    is_first: bool
    is_last: bool


def looks(network: Network) -> dict[int, Look]:
    """By brand, one statement: for any page that shows colours and marks."""
    rows = Brand.objects.values_list("pk", "parent_id", "hue", "mark")
    return looks_of({key: (parent, hue, mark) for key, parent, hue, mark in rows}, hue=network.brand_hue)


def tree(network: Network) -> list[BrandLine]:
    """Each after the one it stands under, brothers by their place; one statement."""
    rows = list(
        Brand.objects.annotate(
            open_programmes=Count(
                "programmes", filter=Q(programmes__dropped_at=None, programmes__season__closed_at=None)
            )
        ).order_by("place", "pk")
    )
    known = looks_of({row.pk: (row.parent_id, row.hue, row.mark) for row in rows}, hue=network.brand_hue)
    below: dict[int | None, list[Brand]] = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)
    found: list[BrandLine] = []

    def enter(parent: int | None, depth: int) -> None:
        brothers = below.get(parent, [])
        for number, row in enumerate(brothers):
            is_first, is_last = number == 0, number == len(brothers) - 1
            found.append(BrandLine(row, depth, known[row.pk], row.open_programmes, is_first, is_last))  # type: ignore[attr-defined]
            enter(row.pk, depth + 1)

    enter(None, 0)
    return found


def choices(network: Network, *, besides: int | None = None) -> list[tuple[str, str]]:
    """Brands in use, indented, for a form's list."""
    return [
        (str(line.brand.pk), f"{'　' * line.depth}{line.brand.name}")
        for line in tree(network)
        if line.brand.closed_at is None and line.brand.pk != besides
    ]


def programmes_in_the_way(brand: Brand) -> list[str]:
    """Titles of those that keep a brand from being closed."""
    rows = Programme.objects.filter(brand=brand, dropped_at=None, season__closed_at=None).order_by("title")
    return list(rows.values_list("title", flat=True))
