"""What waits for a member of staff. A room says in `apps.ready()` what it counts."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.urls import reverse

from kit.navigation import everybody
from kit.refusals import Text


@dataclass(frozen=True)
class Waiting:
    """`count` takes one statement; `query` is added to the address, to open the list as it was counted."""

    key: str
    label: Text
    count: Callable[[HttpRequest], int]
    url_name: str
    icon: str = "clock"
    shown_to: Callable[[HttpRequest], bool] = everybody
    query: str = ""
    place: int = 50


@dataclass(frozen=True)
class WaitingLine:
    label: Text
    count: int
    address: str
    icon: str


@dataclass
class WaitingRoom:
    entries: dict[str, Waiting] = field(default_factory=dict)

    def add(self, entry: Waiting) -> None:
        if self.entries.setdefault(entry.key, entry).url_name != entry.url_name:
            raise ValueError(f"Two rooms let {entry.key!r} wait.")

    def for_request(self, request: HttpRequest) -> list[WaitingLine]:
        """What there is something of."""
        asked = sorted(self.entries.values(), key=lambda entry: entry.place)
        lines = [_line(entry, request) for entry in asked if entry.shown_to(request)]
        return [line for line in lines if line.count]


def _line(entry: Waiting, request: HttpRequest) -> WaitingLine:
    address = reverse(entry.url_name) + (f"?{entry.query}" if entry.query else "")
    return WaitingLine(entry.label, entry.count(request), address, entry.icon)


waiting = WaitingRoom()
