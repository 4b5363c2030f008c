"""Beside each choice of a readers' list: how many sessions it would leave, within all that is chosen otherwise."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum


class Facet(Enum):
    """What a list is narrowed by, one choice of each at a time."""

    TIME = "when"
    DISTRICT = "district"
    FREE = "free"
    STEP_FREE = "step_free"
    AGE = "age"
    AUDIENCE = "audience"
    KIND = "kind"
    MODE = "mode"
    BRAND = "brand"


@dataclass(frozen=True)
class Group:
    """`number` sessions that are alike. `said`: of some facets, under which of their choices these would be found;
    `missed`: the facets by what is chosen of which they are not shown. `began`: how many of them began before the first day.
    """

    number: int
    said: Mapping[Facet, Collection[Hashable]]
    missed: frozenset[Facet] = frozenset()
    began: int = 0


@dataclass
class Counts:
    """`without`: how many there were if nothing of that facet was chosen."""

    count: int = 0
    began: int = 0
    by: dict[Facet, dict[Hashable, int]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))
    without: dict[Facet, int] = field(default_factory=lambda: defaultdict(int))

    def of(self, facet: Facet, choice: Hashable) -> int:
        return self.by[facet][choice]

    def beside(self, others: "Counts") -> "Counts":
        """The same sessions, counted by other facets."""
        self.by.update(others.by)
        self.without.update(others.without)
        return self


def counted(groups: Iterable[Group]) -> Counts:
    """What is missed by one facet alone still counts beside that facet's choices. All groups are of the same facets."""
    counts = Counts()
    for group in groups:
        if not group.missed:
            counts.count += group.number
            counts.began += group.began
        for facet, choices in group.said.items():
            if group.missed <= {facet}:
                counts.without[facet] += group.number
                for choice in choices:
                    counts.by[facet][choice] += group.number
    return counts
