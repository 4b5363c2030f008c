"""Venues of the cast's cities."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction

from networks.models import Area, inside
from venues.models import Venue
from venues.rules.hours import Span
from venues.steps.venues import RoomPlan, open_venue

WEEK = [Span(day, 540, 1020) for day in range(1, 7)]


@pytest.fixture
def home(nanjing) -> Iterator[None]:
    """The test's own reads and writes happen in Nanjing."""
    with inside(nanjing):
        yield


@pytest.fixture
def open_one(nanjing) -> Callable[..., Venue]:
    """open_one("清凉门阅读空间", district="鼓楼区", …): open from Tuesday to Sunday, nine to five, with one room."""

    def run(name: str = "清凉门阅读空间", *, district: str = "鼓楼区", week: Any = WEEK, **values: Any) -> Venue:
        values = {"slug": f"s{abs(hash(name)) % 10**8}", "capacity": 60, **values}
        with inside(nanjing), transaction.atomic():
            return open_venue(
                parent=Area.objects.get(name=district),
                name=name,
                address="清凉门大街 1 号",
                values=values,
                week=week,
                rooms=[RoomPlan("故事屋", 30, floor="二楼")],
            )

    return run
