"""How a list stands, read from its address and written into one. Whatever is not declared is not there."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict

if TYPE_CHECKING:
    from kit.tables.columns import Column, Option
    from kit.tables.table import ListTable

SIZES = (25, 50, 100, 200)
# The area a member of staff works in stays with every way through a list.
KEPT = ("area",)


@dataclass(frozen=True)
class State:
    words: str
    filters: Mapping[str, str]
    values: Mapping[str, Any]
    sort: str
    page: int
    size: int
    columns: tuple[str, ...]
    kept: tuple[tuple[str, str], ...]

    def parameters(self, table: "ListTable") -> list[tuple[str, str]]:
        """Only what differs from how the list stands by itself."""
        pairs = [*self.kept, ("q", self.words), *self.filters.items()]
        pairs.append(("sort", "" if self.sort == table.sort else self.sort))
        pairs.append(("columns", "" if self.columns == table.usual_columns else ",".join(self.columns)))
        pairs.append(("size", "" if self.size == table.size else str(self.size)))
        pairs.append(("page", "" if self.page == 1 else str(self.page)))
        return [(name, value) for name, value in pairs if value]

    def query(self, table: "ListTable", **change: Any) -> str:
        return urlencode(replace(self, **change).parameters(table))

    def without(self, name: str) -> Mapping[str, str]:
        return {key: value for key, value in self.filters.items() if key != name}


def read(table: "ListTable", typed: QueryDict, *, request: HttpRequest) -> tuple[State, dict[str, "list[Option]"]]:
    """The state, and each filter's choices, which are asked for once."""
    options = {one.name: one.options(request) for one in table.filters_for(request)}
    values = {
        one.name: value
        for one in table.filters_for(request)
        if (value := one.value_of(typed.get(one.name, ""), options[one.name])) is not None
    }
    size = _number(typed.get("size", ""))
    state = State(
        words=words_of(typed.get("q", "")) if table.search else "",
        filters={name: typed.get(name, "").strip()[:100] for name in values},
        values=values,
        sort=_sort(table, typed.get("sort", "")),
        page=max(1, _number(typed.get("page", "")) or 1),
        size=size if size in SIZES else table.size,
        columns=_columns(table, typed.getlist("columns")),
        kept=tuple((name, value) for name in KEPT if name not in options and (value := typed.get(name, ""))),
    )
    return state, options


def words_of(typed: str) -> str:
    """Words to search for, as any list takes them: one blank between them, and no NUL, which no database takes."""
    return " ".join(typed.replace("\0", "").split())[:100]


def _sort(table: "ListTable", asked: str) -> str:
    return asked if table.sortable(asked.removeprefix("-")) else table.sort


def _columns(table: "ListTable", asked: list[str]) -> tuple[str, ...]:
    """A form sends one name per box, an address all of them in one."""
    wanted = {name for part in asked for name in part.split(",")}
    known: list[Column] = [column for column in table.columns if column.fixed or column.name in wanted]
    if not wanted & {column.name for column in table.columns}:
        return table.usual_columns
    return tuple(column.name for column in known)


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 0
