"""The register of what is kept, with its clock as this network has set it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q

from networks.models import JournalLine
from people.models import Retention
from people.registers.holdings import Holding, holdings

RAN = "people.retention_ran"


@dataclass(frozen=True)
class Line:
    """One class of data now: how much of it there is, and what would go tonight."""

    holding: Holding
    days: int | None
    rows: int
    due: int
    oldest: datetime | None


@dataclass(frozen=True)
class Run:
    line: JournalLine
    counts: list[tuple[Holding, int]]

    @property
    def total(self) -> int:
        return sum(count for _holding, count in self.counts)


def days_set() -> dict[str, int]:
    """What the network changed. One statement."""
    return dict(Retention.objects.values_list("holding", "days"))


def days_of(holding: Holding, known: dict[str, int]) -> int | None:
    """Bounds that were tightened later hold for what was set before."""
    clock = holding.retention
    if clock is None:
        return None
    return min(max(known.get(holding.key, clock.days), clock.shortest), clock.longest)


def register_now(*, at: datetime) -> list[Line]:
    """The whole register: two statements at most for each class, however many rows there are."""
    known = days_set()
    return [_line(holding, days_of(holding, known), at=at) for holding in holdings]


def _line(holding: Holding, days: int | None, *, at: datetime) -> Line:
    clock = holding.retention
    rows = holding.rows().order_by()
    if clock is None or days is None:
        return Line(holding, None, rows.count(), 0, None)
    # A session's time begins with its end, which lies ahead: it has no age yet.
    past = Q(**{f"{clock.since_field}__lte": at})
    found = rows.aggregate(rows=Count("pk"), oldest=Min(clock.since_field, filter=past))
    due = clock.due(at - timedelta(days=days)).order_by().count()
    return Line(holding, days, found["rows"], due, found["oldest"])


def last_runs(most: int = 10) -> list[Run]:
    lines = JournalLine.objects.filter(verb=RAN).order_by("-at", "-pk")[:most]
    return [
        Run(line, [(holdings[key], count) for key, count in sorted(line.values.items()) if key in holdings])
        for line in lines
    ]
