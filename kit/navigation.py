"""Ways through the site. A room adds its own in `apps.ready()`; what is not built shows nothing."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import pgettext_lazy

from kit.refusals import Text


class Group(Enum):
    """Under which heading of the staff's menu an entry stands; in this order."""

    WORK = "work"
    PLANNING = "planning"
    MATERIAL = "material"
    PLACES = "places"
    PEOPLE = "people"
    CONTENT = "content"
    SERVICE = "service"
    SYSTEM = "system"

    @property
    def label(self) -> Text:
        return _GROUPS[self]


_GROUPS: dict[Group, Text] = {
    Group.WORK: pgettext_lazy("group of a menu", "Work"),
    Group.PLANNING: pgettext_lazy("group of a menu", "Planning"),
    Group.MATERIAL: pgettext_lazy("group of a menu", "Hosts and material"),
    Group.PLACES: pgettext_lazy("group of a menu", "Places"),
    Group.PEOPLE: pgettext_lazy("group of a menu", "Families and people"),
    Group.CONTENT: pgettext_lazy("group of a menu", "Content"),
    Group.SERVICE: pgettext_lazy("group of a menu", "Running"),
    Group.SYSTEM: pgettext_lazy("group of a menu", "Library system"),
}


def everybody(_request: HttpRequest) -> bool:
    return True


@dataclass(frozen=True)
class Entry:
    """`place` orders a menu; `args` fill the address; `shown_to` decides by the request alone, without a query.
    `group` matters in the staff's menu only, `line` says in a few words what the page is for. `also`: patterns of other
    addresses that it stands for, as regular expressions from their beginning."""

    label: Text
    url_name: str
    icon: str = ""
    place: int = 50
    args: tuple[str, ...] = ()
    shown_to: Callable[[HttpRequest], bool] = everybody
    group: Group = Group.WORK
    line: Text = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Link:
    label: Text
    address: str
    icon: str
    is_current: bool
    group: Group = Group.WORK
    line: Text = ""


Supply = Callable[[HttpRequest], Iterable[Entry]]


@dataclass
class Menu:
    entries: list[Entry] = field(default_factory=list)
    supplies: list[Supply] = field(default_factory=list)

    def add(self, entry: Entry) -> None:
        """Adding the same entry again changes nothing."""
        if entry not in self.entries:
            self.entries.append(entry)

    def add_supply(self, supply: Supply) -> None:
        """For entries that depend on data: asked once per page that shows the menu."""
        if supply not in self.supplies:
            self.supplies.append(supply)

    def links(self, request: HttpRequest) -> list[Link]:
        found = [*self.entries, *(entry for supply in self.supplies for entry in supply(request))]
        shown = sorted((entry for entry in found if entry.shown_to(request)), key=lambda entry: entry.place)
        return _links(shown, at=request.path)

    def groups(self, request: HttpRequest) -> list[tuple[Group, list[Link]]]:
        """By heading, without those that would stand empty."""
        links = self.links(request)
        found = [(group, [link for link in links if link.group is group]) for group in Group]
        return [(group, ways) for group, ways in found if ways]


def _links(entries: list[Entry], *, at: str) -> list[Link]:
    """The entry that most of the page's address speaks for is the current one."""
    addresses = [reverse(entry.url_name, args=entry.args) for entry in entries]
    reaches = [_reach(entry, address, at=at) for entry, address in zip(entries, addresses, strict=True)]
    most = max(reaches, default=0)
    return [
        Link(entry.label, address, entry.icon, 0 < reach == most, entry.group, entry.line)
        for entry, address, reach in zip(entries, addresses, reaches, strict=True)
    ]


def _reach(entry: Entry, address: str, *, at: str) -> int:
    """How much of the page's address stands under this entry."""
    if at == address:
        return len(at)
    found = [match.end() for pattern in entry.also if (match := re.match(pattern, at))]
    if address != "/" and at.startswith(address):
        found.append(len(address))
    return max(found, default=0)


@dataclass(frozen=True)
class Hit:
    """One thing that the staff's search found."""

    label: Text
    address: str
    line: Text = ""
    icon: str = ""


@dataclass(frozen=True)
class Source:
    """`find(request, words, limit)` gives what this person may see of it, in a constant number of statements."""

    key: str
    title: Text
    find: Callable[[HttpRequest, str, int], Sequence[Hit]]
    shown_to: Callable[[HttpRequest], bool] = everybody
    place: int = 50


@dataclass
class Search:
    sources: dict[str, Source] = field(default_factory=dict)

    def add(self, source: Source) -> None:
        if self.sources.setdefault(source.key, source).title != source.title:
            raise ValueError(f"Two rooms search for {source.key!r}.")

    def find(self, request: HttpRequest, words: str, *, limit: int) -> list[tuple[Source, Sequence[Hit]]]:
        """Sources that found something, in their order."""
        asked = sorted(self.sources.values(), key=lambda source: source.place)
        found = [(source, source.find(request, words, limit)) for source in asked if source.shown_to(request)]
        return [(source, hits) for source, hits in found if hits]


@dataclass(frozen=True)
class Place:
    """An area to work in; the empty value stands for all of them."""

    label: Text
    value: str
    is_current: bool
    depth: int = 0


@dataclass
class Places:
    """Where somebody may work. Filled by the room that knows of areas; asked once per page of staff."""

    supply: Callable[[HttpRequest], Sequence[Place]] | None = None

    def for_request(self, request: HttpRequest) -> Sequence[Place]:
        return self.supply(request) if self.supply else ()


reader = Menu()  # the bar under the thumb on phones, the header elsewhere
account = Menu()  # sign in, or one's own pages
footer = Menu()
staff = Menu()  # to the left of staff pages, by group
staff_bar = Menu()  # under the thumb of staff who work on a phone; the first four are shown
staff_account = Menu()  # behind one's own name on staff pages
search = Search()
places = Places()
# Names of the addresses behind the readers' frame: its search, and what that suggests.
reader_pages: dict[str, str] = {}
# Names of the addresses behind the staff's frame: its search, its help, and where an area is chosen.
staff_pages: dict[str, str] = {}
