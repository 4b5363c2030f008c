"""The plan's table as Excel, made to be printed and handed on."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from kit.sheets import Column, Imprint, designed_bytes
from programmes.planning.queries.plan_table import PlanTable
from programmes.planning.rules.plan_table import HEADS, TableRow

_WIDTHS = {
    "number": 6,
    "title": 24,
    "when": 28,
    "place": 26,
    "audience": 16,
    "content": 34,
    "department": 14,
    "in_charge": 10,
    "phone": 16,
}


def columns() -> tuple[Column, ...]:
    return tuple(Column(name, title, width=_WIDTHS[name], take=_take(name)) for name, title in HEADS.items())


def _take(name: str) -> Callable[[TableRow], Any]:
    return lambda row: getattr(row if name in {"number", "when"} else row.said, name)


def table_excel(table: PlanTable, *, library: str, printed: str, zone: ZoneInfo) -> bytes:
    imprint = Imprint(f"{library} {table.title}", under=table.under, foot=f"{library}  {printed}")
    return designed_bytes(table.rows, columns=columns(), imprint=imprint, zone=zone)
