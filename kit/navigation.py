"""Ways through the site. A room adds its own in `apps.ready()`; what is not built shows nothing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.urls import reverse

from kit.refusals import Text


def everybody(_request: HttpRequest) -> bool:
    return True


@dataclass(frozen=True)
class Entry:
    """`place` orders a menu; `args` fill the address; `shown_to` decides by the request alone, without a query."""

    label: Text
    url_name: str
    icon: str = ""
    place: int = 50
    args: tuple[str, ...] = ()
    shown_to: Callable[[HttpRequest], bool] = everybody


@dataclass(frozen=True)
class Link:
    label: Text
    address: str
    icon: str
    is_current: bool


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


def _links(entries: list[Entry], *, at: str) -> list[Link]:
    """The longest address that the page lies under is the current one."""
    addresses = [reverse(entry.url_name, args=entry.args) for entry in entries]
    above = [address for address in addresses if at == address or (address != "/" and at.startswith(address))]
    current = max(above, key=len, default="")
    return [
        Link(entry.label, address, entry.icon, is_current=address == current)
        for entry, address in zip(entries, addresses, strict=True)
    ]


reader = Menu()  # the bar under the thumb on phones, the header elsewhere
account = Menu()  # sign in, or one's own pages
footer = Menu()
staff = Menu()
