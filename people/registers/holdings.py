"""What is kept about people: one entry for each class of data. Export, erasing and the retention clock go by it alone."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from kit.refusals import Text
from people.models import Child, Household, Person


@dataclass(frozen=True)
class Owner:
    """Whose data is meant: a person, children, or households with all in them."""

    person: Person | None = None
    children: tuple[Child, ...] = ()
    households: tuple[Household, ...] = ()

    @property
    def persons(self) -> tuple[Person, ...]:
        """To filter by: one statement serves with and without a person."""
        return (self.person,) if self.person is not None else ()


@dataclass(frozen=True)
class Section:
    """A table of what is known, for a page and for the copy that people take home. `name` is its key in the JSON."""

    name: str
    title: Text
    heads: tuple[Text, ...]
    rows: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class Retention:
    """The clock of a class of data. `due` holds the rows whose time ran out before an instant, the oldest first.

    `purge` takes at most so many of them away at an instant, inside the caller's transaction, and says how many went.
    `shortest` and `longest` are what the law or the service's own work leave to a network.
    """

    days: int
    shortest: int
    longest: int
    since: Text
    since_field: str
    due: Callable[[datetime], "QuerySet[Any]"]
    purge: Callable[[datetime, int, datetime], int]


@dataclass(frozen=True)
class Holding:
    """One class of data. `models` are labels of every model whose rows it answers for.

    `erase` runs inside the erasing of its owner, in the order of `place`; without one, `stays` says why nothing goes.
    `shown` orders them for people: what is theirs first, what the service keeps for itself last.
    """

    key: str
    title: Text
    what: Text
    why: Text
    basis: Text
    who_sees: Text
    models: tuple[str, ...]
    rows: Callable[[], "QuerySet[Any]"]
    export: Callable[[Owner], Iterable[Section]] = lambda _owner: ()
    erase: Callable[[Owner, datetime], int] | None = None
    stays: Text = ""
    kept: Text = ""
    retention: Retention | None = None
    place: int = 50
    shown: int = 50


@dataclass
class Holdings:
    entries: dict[str, Holding] = field(default_factory=dict)

    def add(self, holding: Holding) -> Holding:
        if self.entries.setdefault(holding.key, holding) != holding:
            raise ValueError(f"Two rooms keep a class of data called {holding.key!r}.")
        if holding.erase is None and not holding.stays:
            raise ValueError(f"{holding.key!r} says neither how it is erased nor why it stays.")
        if holding.retention is None and not holding.kept:
            raise ValueError(f"{holding.key!r} says nowhere how long it is kept.")
        return holding

    def __iter__(self) -> Iterator[Holding]:
        return iter(sorted(self.entries.values(), key=lambda holding: (holding.place, holding.key)))

    def __getitem__(self, key: str) -> Holding:
        return self.entries[key]

    def named(self, key: str) -> Holding | None:
        return self.entries.get(key)

    def __contains__(self, key: str) -> bool:
        return key in self.entries

    def labels(self) -> set[str]:
        return {label for holding in self for label in holding.models}


holdings = Holdings()
