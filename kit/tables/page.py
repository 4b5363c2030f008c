"""One list as one person sees it now: what the template kit/parts/list_table.html draws."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.safestring import SafeString

from kit.markup import NOTHING
from kit.refusals import Text
from kit.tables import drawing
from kit.tables.cells import Cell, as_cell
from kit.tables.columns import BulkAction, Column, Filter, Option, address_of
from kit.tables.state import SIZES, State

if TYPE_CHECKING:
    from kit.tables.table import ListTable

EXPORT = "people:export-new"


@dataclass(frozen=True)
class Way:
    """A link of the table's own."""

    label: Text
    address: str
    is_current: bool = False
    name: str = ""


@dataclass(frozen=True)
class Head:
    """`sorted_as` is empty, "ascending" or "descending"; `address` leads to the list sorted by it."""

    column: Column
    address: str = ""
    sorted_as: str = ""


@dataclass(frozen=True)
class FilterMenu:
    """`hidden` is what the form of a filter that is typed carries along."""

    filter: Filter
    typed: str
    ways: list[Way]
    hidden: list[tuple[str, str]]


@dataclass(frozen=True)
class Line:
    cells: list[tuple[Column, Cell]]
    html: SafeString


@dataclass(frozen=True)
class TablePage:
    table: "ListTable"
    request: HttpRequest
    state: State
    options: dict[str, list[Option]]
    everything: Any
    found: Any
    at: str
    about: tuple[tuple[str, str], ...] = ()

    # --- the rows ---------------------------------------------------------------------------
    @cached_property
    def _page(self) -> Page[Any]:
        return Paginator(self.found, self.state.size).get_page(self.state.page)

    @cached_property
    def columns(self) -> list[Column]:
        return [column for column in self.table.columns if column.name in self.state.columns]

    @cached_property
    def lines(self) -> list[Line]:
        frames = drawing.frames(self.columns)
        return [self._line(row, frames) for row in self.table.whole(list(self._page.object_list))]

    def _line(self, row: Any, frames: list[drawing.Frame]) -> Line:
        cells = [as_cell(column.cell(row)) for column in self.columns]
        tick = drawing.tick(self.table.row_id(row), cells[0].text) if self.bulk else NOTHING
        html = drawing.row(cells, frames, tick=tick, token=self.csrf_token)
        return Line(list(zip(self.columns, cells, strict=True)), html)

    @property
    def count(self) -> int:
        return self._page.paginator.count

    @cached_property
    def is_bare(self) -> bool:
        """Nothing at all, rather than nothing that matches."""
        if self.count or not self.is_narrowed:
            return not self.count
        return not (self.everything.exists() if isinstance(self.everything, QuerySet) else len(self.everything))

    @property
    def is_narrowed(self) -> bool:
        return bool(self.state.words or self.state.filters)

    # --- ways through it --------------------------------------------------------------------
    def _to(self, **change: Any) -> str:
        query = self.state.query(self.table, **change)
        return f"{self.at}?{query}" if query else self.at

    @property
    def has_search(self) -> bool:
        """A template would call the function itself."""
        return self.table.search is not None

    @property
    def query(self) -> str:
        """All of the state, as a bulk action or an export hands it on."""
        return "&".join(part for part in (urlencode(self.about), self.state.query(self.table, page=1)) if part)

    @property
    def clear(self) -> str:
        return self._to(words="", filters={}, page=1)

    @property
    def clear_words(self) -> str:
        return self._to(words="", page=1)

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the search form carries along."""
        return [pair for pair in self.state.parameters(self.table) if pair[0] not in {"q", "page"}]

    @property
    def hidden_for_columns(self) -> list[tuple[str, str]]:
        return [pair for pair in self.state.parameters(self.table) if pair[0] != "columns"]

    @cached_property
    def heads(self) -> list[Head]:
        return [self._head(column) for column in self.columns]

    def _head(self, column: Column) -> Head:
        if not column.sort:
            return Head(column)
        is_up, is_down = self.state.sort == column.name, self.state.sort == f"-{column.name}"
        address = self._to(sort=f"-{column.name}" if is_up else column.name, page=1)
        return Head(column, address, "ascending" if is_up else "descending" if is_down else "")

    @cached_property
    def sorts(self) -> list[Way]:
        """For a phone, where the heads are not shown."""
        found = [column for column in self.table.columns if column.sort]
        return [
            Way(column.label, head.address, is_current=bool(head.sorted_as), name=column.name)
            for column in found
            for head in [self._head(column)]
        ]

    @cached_property
    def filters(self) -> list[FilterMenu]:
        return [self._menu(one) for one in self.table.filters_for(self.request)]

    def _menu(self, one: Filter) -> FilterMenu:
        now = self.state.filters.get(one.name, "")
        ways = [
            Way(label, self._to(filters={**self.state.filters, one.name: value}, page=1), is_current=value == now)
            for value, label in self.options[one.name]
            if value
        ]
        hidden = [pair for pair in self.state.parameters(self.table) if pair[0] not in {one.name, "page"}]
        return FilterMenu(one, now, ways, hidden)

    @cached_property
    def pills(self) -> list[Way]:
        """What narrows the list now, each with the way to be rid of it."""
        return [
            Way(
                f"{one.label}：{dict(self.options[one.name]).get(typed, typed)}",
                self._to(filters=self.state.without(one.name), page=1),
                name=one.name,
            )
            for one in self.table.filters_for(self.request)
            if (typed := self.state.filters.get(one.name))
        ]

    @property
    def has_choice_of_columns(self) -> bool:
        return any(not column.fixed for column in self.table.columns) and len(self.table.columns) > 2

    @property
    def column_boxes(self) -> list[tuple[Column, bool]]:
        return [(column, column.name in self.state.columns) for column in self.table.columns]

    # --- page by page -----------------------------------------------------------------------
    @property
    def number(self) -> int:
        return self._page.number

    @property
    def first(self) -> int:
        return self._page.start_index()

    @property
    def last(self) -> int:
        return self._page.end_index()

    @property
    def before(self) -> str:
        return self._to(page=self.number - 1) if self._page.has_previous() else ""

    @property
    def after(self) -> str:
        return self._to(page=self.number + 1) if self._page.has_next() else ""

    @property
    def pages(self) -> list[Way | None]:
        """Some near ones and both ends; None stands for what is left out."""
        paginator = self._page.paginator
        return [
            Way(str(number), self._to(page=number), is_current=number == self.number)
            if isinstance(number, int)
            else None
            for number in paginator.get_elided_page_range(self.number, on_each_side=1, on_ends=1)
        ]

    @property
    def has_pages(self) -> bool:
        return self._page.has_other_pages()

    @property
    def sizes(self) -> list[Way]:
        """Offered where a choice would change anything."""
        if self.count <= SIZES[0]:
            return []
        return [Way(str(size), self._to(size=size, page=1), is_current=size == self.state.size) for size in SIZES]

    # --- what can be done with it -----------------------------------------------------------
    @cached_property
    def bulk(self) -> list[BulkAction]:
        return [one for one in self.table.bulk if one.shown_to(self.request) and address_of(one.url_name)]

    @cached_property
    def export_address(self) -> str:
        wanted = self.table.export
        is_shown = wanted(self.request) if callable(wanted) else wanted
        return address_of(EXPORT) if is_shown else ""

    @cached_property
    def csrf_token(self) -> str:
        return get_token(self.request)
