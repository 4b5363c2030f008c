"""What other rooms hang on networks, filled in their `apps.ready()`."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import TYPE_CHECKING, Any, Protocol

from django.http import HttpRequest, QueryDict

from kit.refusals import Refusal, Text
from networks.models import Area, Network

if TYPE_CHECKING:
    # Excel is loaded by those who write or read it.
    from kit.sheets import Column


@dataclass(frozen=True)
class OpeningPlan:
    """What the operator knows of a new city. Opening twice by the same plan changes nothing."""

    code: str
    name: str
    library_name: str
    city: str
    hosts: tuple[str, ...]
    districts: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    administrators: tuple[tuple[str, str], ...] = ()
    # In charge of personal information, named in the privacy texts; without them no texts are drafted.
    responsible: str = ""
    responsible_contact: str = ""
    tagline: str = ""
    brand_hue: int = 15
    is_operator: bool = False
    details: dict[str, str] = field(default_factory=dict)


# A step inside the opening command, called in the new network's scope.
Opener = Callable[[Network, OpeningPlan], None]
openers: dict[str, Opener] = {}


def opens_networks(name: str) -> Callable[[Opener], Opener]:
    """Register what a room has to make before a new network works. Called again, it completes what is missing."""

    def add(function: Opener) -> Opener:
        if openers.setdefault(name, function) is not function:
            raise ValueError(f"Two rooms open networks under the name {name!r}.")
        return function

    return add


# --- Facts ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class HandedFact:
    """What a listener is given. `id` stays the same over all tries: the key for doing a thing once."""

    id: int
    kind: str
    payload: dict[str, Any]
    network: Network
    lane: str
    dedupe_key: str
    posted_at: datetime
    attempt: int


class GiveUp(Exception):
    """Raised by a listener or a job that knows trying again is of no use. `reason` holds no personal data."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotNow(Exception):
    """Raised by a listener that expects to succeed later. `reason` holds no personal data and is shown to staff."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


ListenerFunction = Callable[[HandedFact], None]


@dataclass(frozen=True)
class Listener:
    name: str
    kind: str
    function: ListenerFunction
    is_outside: bool
    limit_seconds: float
    title: Text


listeners: dict[str, Listener] = {}


def listens_inside(
    kind: str, *, name: str, title: Text = "", limit_seconds: float = 10
) -> Callable[[ListenerFunction], ListenerFunction]:
    """Called inside the transaction that marks the fact done: its effect happens exactly once. No calls outside."""
    return _adds_listener(kind, name=name, title=title, is_outside=False, limit_seconds=limit_seconds)


def listens_outside(
    kind: str, *, name: str, title: Text = "", limit_seconds: float = 30
) -> Callable[[ListenerFunction], ListenerFunction]:
    """Called with no transaction open, at least once: it tells the world, and the world knows it again by the id."""
    return _adds_listener(kind, name=name, title=title, is_outside=True, limit_seconds=limit_seconds)


def listeners_of(kind: str) -> list[Listener]:
    return [listener for listener in listeners.values() if listener.kind == kind]


def _adds_listener(
    kind: str, *, name: str, title: Text, is_outside: bool, limit_seconds: float
) -> Callable[[ListenerFunction], ListenerFunction]:
    def add(function: ListenerFunction) -> ListenerFunction:
        listener = Listener(name, kind, function, is_outside, limit_seconds, title or name)
        if listeners.setdefault(name, listener).function is not function:
            raise ValueError(f"Two listeners are called {name!r}.")
        return function

    return add


# --- Periodic work -------------------------------------------------------------------------

PeriodicFunction = Callable[[], None]


@dataclass(frozen=True)
class PeriodicWork:
    """Either every so many seconds, or daily at a wall time of the service's own zone."""

    name: str
    function: PeriodicFunction
    seconds: float | None
    at: time | None


periodic: dict[str, PeriodicWork] = {}


def every(
    *, name: str, seconds: float | None = None, at: time | None = None
) -> Callable[[PeriodicFunction], PeriodicFunction]:
    """Once per period over all processes of the service, outside any network's scope. A missed turn is not repeated."""
    if (seconds is None) == (at is None):
        raise ValueError("Periodic work runs every so many seconds, or daily at a time.")

    def add(function: PeriodicFunction) -> PeriodicFunction:
        work = PeriodicWork(name, function, seconds, at)
        if periodic.setdefault(name, work).function is not function:
            raise ValueError(f"Two pieces of periodic work are called {name!r}.")
        return function

    return add


# --- Jobs ----------------------------------------------------------------------------------


class Cancelled(Exception):
    """Raised out of `progress.step()` when somebody has asked for an end."""


class Progress(Protocol):
    """How a job tells how far it is, and what came of it. None of these calls touches the database."""

    def start(self, *, total: int, note: str = "") -> None: ...

    def step(self, count: int = 1, *, note: str | None = None) -> None:
        """Raises Cancelled when an end was asked for: call it where stopping does no harm."""

    def result(self, **values: Any) -> None: ...

    def result_file(self, name: str, content: bytes) -> None: ...


# progress, then the values given as `args`.
JobFunction = Callable[..., None]


@dataclass(frozen=True)
class JobKind:
    name: str
    function: JobFunction
    title: Text
    limit_seconds: float
    restarts: int


job_kinds: dict[str, JobKind] = {}


def job(
    name: str, *, title: Text, limit_seconds: float = 3600, restarts: int = 2
) -> Callable[[JobFunction], JobFunction]:
    """Long work in a child process. `restarts` is how often it begins anew after its process was killed."""

    def add(function: JobFunction) -> JobFunction:
        kind = JobKind(name, function, title, limit_seconds, restarts)
        if job_kinds.setdefault(name, kind).function is not function:
            raise ValueError(f"Two jobs are called {name!r}.")
        return function

    return add


# --- Lists that may be taken out -----------------------------------------------------------

# The columns of the sheet, and the rows that this person sees with these filters: never more than the list shows her.
ExportRows = Callable[[HttpRequest, QueryDict], "tuple[Sequence[Column], Iterable[Any]]"]


@dataclass(frozen=True)
class Exportable:
    """`verb` is what the list itself asks for; taking it out asks for the right to export besides."""

    key: str
    title: Text
    verb: str
    rows: ExportRows


exportables: dict[str, Exportable] = {}


def exportable(key: str, *, title: Text, verb: str, rows: ExportRows) -> Exportable:
    """Register a list under the key of its table; called in the room's `apps.ready()`."""
    entry = Exportable(key, title, verb, rows)
    if exportables.setdefault(key, entry) != entry:
        raise ValueError(f"Two lists are taken out under the key {key!r}.")
    return entry


# --- Areas ---------------------------------------------------------------------------------

AreaGuard = Callable[[Area], Iterator[Refusal]]


@dataclass
class AreaGuards:
    """Who has something hanging on an area says so before it closes. A guard sees the area and looks below it too."""

    guards: dict[str, AreaGuard] = field(default_factory=dict)

    def add(self, name: str, guard: AreaGuard) -> None:
        if self.guards.setdefault(name, guard) is not guard:
            raise ValueError(f"Two guards of areas are called {name!r}.")

    def against_closing(self, area: Area) -> Iterator[Refusal]:
        for guard in self.guards.values():
            yield from guard(area)


area_guards = AreaGuards()


# --- The journal, in words -----------------------------------------------------------------


@dataclass
class JournalWords:
    """What each verb of the journal says to somebody who reads it. Each room adds its own in messages.py."""

    words: dict[str, Text] = field(default_factory=dict)
    groups: dict[str, Text] = field(default_factory=dict)
    parts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    fields: dict[str, Text] = field(default_factory=dict)

    def add(self, group: str, title: Text, words: dict[str, Text]) -> None:
        """`group` is how the verbs begin, such as "people"."""
        self.groups[group] = title
        for verb, text in words.items():
            if self.words.setdefault(verb, text) != text:
                raise ValueError(f"Two rooms have words for {verb!r}.")

    def add_part(self, key: str, title: Text, beginnings: tuple[str, ...]) -> None:
        """Some verbs of a group that are asked for by themselves."""
        self.groups[key] = title
        self.parts[key] = beginnings

    def add_fields(self, words: dict[str, Text]) -> None:
        """What changed, where the journal's name for it is no field with words of its own. "people.child.person" holds
        for that kind alone, "role" for all."""
        for name, text in words.items():
            if self.fields.setdefault(name, text) != text:
                raise ValueError(f"Two rooms have words for the field {name!r}.")

    def of(self, verb: str) -> Text:
        return self.words.get(verb, verb)

    def of_field(self, kind: str, name: str) -> Text | None:
        return self.fields.get(f"{kind}.{name}") or self.fields.get(name)

    def beginnings(self, group: str) -> tuple[str, ...]:
        """How the verbs of a group or part begin."""
        return self.parts.get(group, (f"{group}.",))


journal_words = JournalWords()


# --- Rules of a network --------------------------------------------------------------------


@dataclass(frozen=True)
class NetworkRule:
    """One thing that library systems do differently. `default` holds where nothing is set, and says of which sort it is:
    yes or no, a whole number, a text, or a table of texts."""

    key: str
    title: Text
    help: Text
    default: bool | int | str | dict[str, str]
    lowest: int = 0
    highest: int = 1_000_000
    is_needed: bool = False


@dataclass
class NetworkRules:
    entries: dict[str, NetworkRule] = field(default_factory=dict)

    def add(self, *rules: NetworkRule) -> None:
        for rule in rules:
            if self.entries.setdefault(rule.key, rule) != rule:
                raise ValueError(f"Two rooms have a rule {rule.key!r}.")


network_rules = NetworkRules()


# --- Pages for search engines --------------------------------------------------------------

# Where on this site a page stands, and when it last changed; None where nobody writes that down.
SitePage = tuple[str, datetime | None]


@dataclass(frozen=True)
class SiteSection:
    """Public pages of one kind, the newest last, so that a page keeps its place. `count` is one statement and `pages` a
    constant number; `heads`: names of addresses that lead the section."""

    key: str
    count: Callable[[datetime], int]
    pages: Callable[[HttpRequest, datetime, slice], Iterable[SitePage]]
    heads: tuple[str, ...] = ()


@dataclass
class SiteMap:
    """`hidden`: beginnings of addresses that search engines are kept out of: what is somebody's own, what staff work on,
    and lists under all the names that narrow them."""

    sections: dict[str, SiteSection] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)

    def add(self, section: SiteSection) -> None:
        if self.sections.setdefault(section.key, section) != section:
            raise ValueError(f"Two rooms have pages under the key {section.key!r}.")

    def hide(self, *beginnings: str) -> None:
        self.hidden.update(beginnings)


site_map = SiteMap()
