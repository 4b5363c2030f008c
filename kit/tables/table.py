"""A list as it is declared once, at the top of a view's module."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

from kit.numbers import whole
from kit.refusals import Text
from kit.tables.columns import BulkAction, Column, Empty, Filter
from kit.tables.page import TablePage
from kit.tables.state import State, read


def _pk(row: Any) -> object:
    return row.pk


def _as_they_are(rows: Sequence[Any]) -> Sequence[Any]:
    return rows


@dataclass(frozen=True)
class ListTable:
    """`key` names the list for exports. `search(rows, words)` answers ?q=. `rows` may be a QuerySet or a list; a
    list is sorted by its objects' attributes. `export` may ask the request who sees the button. `whole` fetches what
    the cells of one page's rows need, where thousands of rows are better counted and sorted without it."""

    key: str
    title: Text
    columns: Sequence[Column]
    filters: Sequence[Filter] = ()
    search: Callable[[Any, str], Any] | None = None
    search_label: Text = ""
    sort: str = ""
    bulk: Sequence[BulkAction] = ()
    export: bool | Callable[[HttpRequest], bool] = False
    size: int = 50
    empty: Empty = field(default_factory=Empty)
    row_id: Callable[[Any], object] = _pk
    whole: Callable[[Sequence[Any]], Sequence[Any]] = _as_they_are

    def page(
        self, request: HttpRequest, rows: Any, *, at: str = "", about: Sequence[tuple[str, str]] = ()
    ) -> TablePage:
        """`at` is the list's own address, where a form on the page was refused and the request's is the form's. `about`:
        what the address says that the list is of, told to exports and bulk actions beside its state."""
        state, options = read(self, request.GET, request=request)
        found = self._arranged(rows, state)
        return TablePage(self, request, state, options, rows, found, at=at or request.path, about=tuple(about))

    def matching(self, request: HttpRequest, rows: Any, query: str | QueryDict) -> Any:
        """All rows that a list with this query shows, in its order: for exports and bulk actions."""
        state, _options = read(self, QueryDict(query) if isinstance(query, str) else query, request=request)
        return self._arranged(rows, state)

    def chosen_columns(self, request: HttpRequest, query: str | QueryDict) -> list[Column]:
        state, _options = read(self, QueryDict(query) if isinstance(query, str) else query, request=request)
        return [column for column in self.columns if column.name in state.columns]

    def chosen(self, request: HttpRequest, rows: Any) -> Any:
        """What a bulk action was asked for, out of the rows this person may touch: the ticked ones, or all that match."""
        if request.POST.get("all"):
            return self.matching(request, rows, request.POST.get("query", ""))
        wanted = {value for value in request.POST.getlist("chosen") if whole(value) is not None}
        if isinstance(rows, QuerySet):
            return rows.filter(pk__in=wanted)
        return [row for row in rows if str(self.row_id(row)) in wanted]

    @property
    def usual_columns(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns if column.shown or column.fixed)

    def filters_for(self, request: HttpRequest) -> list[Filter]:
        return [one for one in self.filters if one.shown_to(request)]

    def sortable(self, name: str) -> Column | None:
        return next((column for column in self.columns if column.name == name and column.sort), None)

    def _arranged(self, rows: Any, state: State) -> Any:
        if state.words and self.search:
            rows = self.search(rows, state.words)
        for one in self.filters:
            if one.name in state.values:
                rows = one.apply(rows, state.values[one.name])
        return self._sorted(rows, state.sort)

    def _sorted(self, rows: Any, sort: str) -> Any:
        column = self.sortable(sort.removeprefix("-"))
        if column is None:
            return rows.order_by("pk") if isinstance(rows, QuerySet) and not rows.ordered else rows
        backwards = sort.startswith("-")
        if isinstance(rows, QuerySet):
            names = (*column.sort, *(() if "pk" in column.sort else ("pk",)))
            return rows.order_by(*(_turned(name) if backwards else name for name in names))
        attributes = [name for name in column.sort if name != "pk"]
        return sorted(rows, key=lambda row: [_placed(attrgetter(name)(row)) for name in attributes], reverse=backwards)


def _turned(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _placed(value: Any) -> tuple[bool, Any]:
    """Nothing comes last."""
    return (value is None, "" if value is None else value)
