"""Which of the demo's families can come where, and when they are somewhere else: kept in mind while places are given."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from people.models import Child, Household, Member
from people.rules.ages import months_on
from programmes.planning.models import Session
from programmes.planning.rules.inherited import value_of
from programmes.signup.queries.standing import terms_in
from programmes.signup.rules.caps import period_of

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


# Of a household: the children who are in a circle by themselves, or None where all of them are.
Inside = Mapping[int, Collection[int] | None]


class Families:
    """Those who could come, and what they do already. `inside`: by activity, for whom it is alone."""

    def __init__(self, homes: Sequence[Home], inside: Mapping[int, Inside]) -> None:
        self.homes, self._inside = homes, inside
        self._busy: dict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
        self._week: Counter[tuple[int, int, int]] = Counter()
        # How often a household has come, where that is counted.
        self._came: Counter[tuple[object, ...]] = Counter()
        self._fitting: dict[tuple[int | None, int | None, date], list[tuple[Home, list[tuple[Child, datetime]]]]] = {}

    def who_could_come(self, session: Session, day: date) -> list[tuple[Home, list[tuple[Child, datetime]]]]:
        found = self.of_an_age(session, day)
        inside = self._inside.get(session.activity_id)
        if inside is None:
            return found
        mine = ((home, _of(inside, home, children)) for home, children in found)
        return [(home, children) for home, children in mine if children]

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

    def is_free(self, home: Home, session: Session, day: date, *, in_a_week: int = IN_A_WEEK) -> bool:
        if self._week[self._week_of(home.household.pk, day)] >= in_a_week or self._has_come(home, session, day):
            return False
        start, end = session.starts_at - WAY, session.ends_at + WAY
        return all(until <= start or since >= end for since, until in self._busy[home.household.pk])

    def goes(self, household_id: int, session: Session, day: date) -> None:
        self._busy[household_id].append((session.starts_at, session.ends_at))
        self._week[self._week_of(household_id, day)] += 1
        self._came[_period(household_id, session, day)] += 1

    def _has_come(self, home: Home, session: Session, day: date) -> bool:
        """As often as the family may. Where each child is counted, no child comes more often than its family."""
        terms = terms_in(session)
        most = terms.most_sessions if terms is not None else None
        return most is not None and self._came[_period(home.household.pk, session, day)] >= most

    def _week_of(self, household_id: int, day: date) -> tuple[int, int, int]:
        return (household_id, *day.isocalendar()[:2])


def _period(household_id: int, session: Session, day: date) -> tuple[object, ...]:
    terms = terms_in(session)
    return (household_id, session.activity_id, *(period_of(terms.cap_period, day) if terms is not None else ()))


def _of(inside: Inside, home: Home, children: list[tuple[Child, datetime]]) -> list[tuple[Child, datetime]]:
    if home.household.pk not in inside:
        return []
    mine = inside[home.household.pk]
    return children if mine is None else [(child, since) for child, since in children if child.pk in mine]


def _fitting(home: Home, first: int, last: int, day: date) -> list[tuple[Child, datetime]]:
    return [
        (child, since)
        for child, since in home.children
        if child.birth_month is not None and first <= months_on(child.birth_month, day) <= last
    ]
