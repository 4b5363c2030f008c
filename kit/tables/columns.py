"""What a list may show, ask and do. Only what is declared here can be asked for by an address."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from kit.dates import is_near
from kit.navigation import everybody
from kit.refusals import Text

Option = tuple[str, Text]
Choices = Iterable[tuple[Any, Text]] | Callable[[HttpRequest], Iterable[tuple[Any, Text]]]


@dataclass(frozen=True)
class Column:
    """`cell` makes a Cell (or a bare word, number, date) of a row. `sort` names the fields to order by, which no
    address can change. A column with shown=False waits until somebody chooses it; a fixed one cannot be hidden."""

    name: str
    label: Text
    cell: Callable[[Any], object]
    sort: tuple[str, ...] = ()
    number: bool = False
    shown: bool = True
    fixed: bool = False
    long: bool = False


@dataclass(frozen=True)
class Filter:
    """`choices` are (value, label) pairs, or a function of the request that gives them. Without choices, `kind` says
    what is typed in ("date" or "text"). `apply(rows, value)` gets a value that is among the choices, or a date."""

    name: str
    label: Text
    choices: Choices = ()
    apply: Callable[[Any, Any], Any] = lambda rows, _value: rows
    kind: Literal["choice", "date", "text"] = "choice"
    shown_to: Callable[[HttpRequest], bool] = everybody

    def options(self, request: HttpRequest) -> list[Option]:
        found = self.choices(request) if callable(self.choices) else self.choices
        return [(str(value), label) for value, label in found]

    def value_of(self, typed: str, options: list[Option]) -> Any:
        """None where the address says something that this filter does not know."""
        typed = typed.replace("\0", "").strip()
        if not typed:
            return None
        if self.kind == "choice":
            return typed if any(typed == value for value, _label in options) else None
        if self.kind == "date":
            return _date(typed)
        return typed[:100]


@dataclass(frozen=True)
class BulkAction:
    """Posts the chosen rows as `chosen`, or `all=1` with the list's `query`; the view asks `ListTable.chosen`."""

    name: str
    label: Text
    url_name: str
    icon: str = ""
    kind: str = "quiet"
    shown_to: Callable[[HttpRequest], bool] = everybody

    def address(self) -> str:
        return reverse(self.url_name)


@dataclass(frozen=True)
class Empty:
    """What a list says while there is nothing at all, and the one thing to do about it."""

    title: Text = ""
    text: Text = ""
    label: Text = ""
    url_name: str = ""

    def address(self) -> str:
        return address_of(self.url_name) if self.url_name else ""


def address_of(url_name: str) -> str:
    """Empty while the page is not built."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def _date(typed: str) -> date | None:
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None
    return day if is_near(day) else None
