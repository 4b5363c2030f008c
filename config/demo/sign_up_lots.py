"""Which of the demo's families can come where, and when they are somewhere else: kept in mind while places are given."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from people.models import Child, Household, Member
from people.rules.ages import months_on
from programmes.planning.models import Session
from programmes.planning.rules.inherited import value_of

# So long a family needs from one place to the next.
WAY = timedelta(minutes=30)
# Registrations of one family in a week, at most.
IN_A_WEEK = 3


@dataclass(frozen=True)
class Home:
    """A family; of its children those whose data may be kept, each since when."""

    household: Household
    members: tuple[Member, ...]
    children: tuple[tuple[Child, datetime], ...]


class Families:
    """Those who could come, and what they do already."""

    def __init__(self, homes: Sequence[Home]) -> None:
        self.homes = homes
        self._busy: dict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
        self._week: Counter[tuple[int, int, int]] = Counter()
        self._fitting: dict[tuple[int | None, int | None, date], list[tuple[Home, list[tuple[Child, datetime]]]]] = {}

    def of_an_age(self, session: Session, day: date) -> list[tuple[Home, list[tuple[Child, datetime]]]]:
        """With the children who are of the age on that day; where no age is named, the grown-ups come by themselves."""
        first, last = value_of(session, "from_months"), value_of(session, "to_months")
        key = (first, last, day.replace(day=1))
        if key not in self._fitting:
            if first is None and last is None:
                self._fitting[key] = [(home, []) for home in self.homes]
            else:
                found = ((home, _fitting(home, first or 0, last or 999, day)) for home in self.homes)
                self._fitting[key] = [(home, children) for home, children in found if children]
        return self._fitting[key]

    def is_free(self, home: Home, session: Session, day: date) -> bool:
        if self._week[self._week_of(home.household.pk, day)] >= IN_A_WEEK:
            return False
        start, end = session.starts_at - WAY, session.ends_at + WAY
        return all(until <= start or since >= end for since, until in self._busy[home.household.pk])

    def goes(self, household_id: int, session: Session, day: date) -> None:
        self._busy[household_id].append((session.starts_at, session.ends_at))
        self._week[self._week_of(household_id, day)] += 1

    def _week_of(self, household_id: int, day: date) -> tuple[int, int, int]:
        return (household_id, *day.isocalendar()[:2])


def _fitting(home: Home, first: int, last: int, day: date) -> list[tuple[Child, datetime]]:
    return [
        (child, since)
        for child, since in home.children
        if child.birth_month is not None and first <= months_on(child.birth_month, day) <= last
    ]
