"""Venues for tests: one call each, opened by the step that pages and imports use."""

from typing import Any

from kit.command import command
from networks.models import Area, Network, inside
from venues.models import Venue
from venues.rules.hours import Span
from venues.steps.venues import open_venue

ALL_DAYS = tuple(Span(day, 9 * 60, 17 * 60) for day in range(7))
NOT_SUNDAY = ALL_DAYS[:6]


@command
def open_space(
    network: Network, name: str, *, district: str = "鼓楼区", week: tuple[Span, ...] = ALL_DAYS, **values: Any
) -> Venue:
    """`district` may name a street as well."""
    address = values.pop("address", f"{district}某路 1 号")
    with inside(network):
        parent = Area.objects.get(name=district)
        return open_venue(parent=parent, name=name, address=address, week=week, values=values)
