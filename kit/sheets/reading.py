"""A table that somebody filled: refused as a whole when it is no such table, else row by row with what is wrong."""

import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kit.refusals import Refusal, Refused
from kit.sheets import containers
from kit.sheets.cells import Cell, Unreadable, as_text
from kit.sheets.columns import Column
from kit.sheets.guard import unguarded

MOST_ROWS = 5_000
# Above the names of the columns people put a title and a line of help.
HEADER_WITHIN = 10


class Formula:
    """Stands for a cell that holds a formula: what it shows is not in the file."""


class Broken:
    """Stands for a cell that shows an error such as #REF!."""


Raw = Cell | Formula | Broken


@dataclass
class Row:
    """`number` as Excel shows it. `faults` says what is wrong, in words with the column's title; `unread` is what stands
    in the cells that could not be read."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    unread: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    rows: list[Row]
    unknown_titles: tuple[str, ...]


def read(content: bytes, *, name: str, columns: Sequence[Column], most_rows: int = MOST_ROWS) -> Sheet:
    """Raises Refused when the file is no table with these columns; `name` is what the sender called it."""
    part = ""
    if containers.is_excel(content, name=name):
        _refuse_too_many(containers.count_rows(content), most_rows)
        lines, part = _excel_lines(content)
    else:
        lines = [(number, _unguarded(row)) for number, row in enumerate(containers.csv_rows(content), start=1)]
        _refuse_too_many(sum(any(cells) for _number, cells in lines), most_rows)
    header_number, places, unknown = _header(lines, columns)
    if part:
        _refuse_merged(containers.merged_ranges(content, sheet=part), below=header_number)
    rows = [
        _row(number, cells, places)
        for number, cells in lines
        if number > header_number and any(cell not in (None, "") for cell in cells)
    ]
    if not rows:
        raise Refused(Refusal("empty", _("There is no row below the names of the columns.")))
    return Sheet(rows, unknown)


def _unguarded(row: Iterable[str]) -> list[Raw]:
    return [unguarded(cell) for cell in row]


def _excel_lines(content: bytes) -> tuple[list[tuple[int, list[Raw]]], str]:
    """The rows of the first sheet, and which part of the file holds them."""
    # Nine megabytes that a process loads once somebody sends a table.
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(content), read_only=True)
        sheet: Any = book.worksheets[0]
        lines, part = list(_cells(sheet)), str(sheet._worksheet_path)  # noqa: SLF001 - it has no public name
        book.close()
    except (KeyError, ValueError, IndexError, TypeError, AttributeError, SyntaxError, OSError) as error:
        raise containers.refuse(
            "broken", _("This file is broken."), _("Save it anew as .xlsx and send that.")
        ) from error
    return lines, part


def _cells(sheet: Any) -> Iterator[tuple[int, list[Raw]]]:
    # Some programs write a wrong size into the file; without it the rows are read as they are.
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(), start=1):
        yield number, [_raw(cell) for cell in row]


def _raw(cell: Any) -> Raw:
    if cell.data_type == "f":
        return Formula()
    if cell.data_type == "e":
        return Broken()
    value: Cell = cell.value
    return value


def _refuse_too_many(count: int, most_rows: int) -> None:
    if count > most_rows + HEADER_WITHIN:
        raise Refused(
            Refusal(
                "too_many_rows",
                _("This table has %(count)s rows; %(most)s can be taken at once.")
                % {"count": count, "most": most_rows},
                _("Divide it into several."),
            )
        )


def _refuse_merged(ranges: list[str], *, below: int) -> None:
    found = [cells for cells in ranges if max(int(number) for number in re.findall(r"\d+", cells)) > below]
    if found:
        raise Refused(
            Refusal(
                "merged",
                _("Cells are merged in the data: %(cells)s.") % {"cells": "、".join(found[:5])},
                _("Take the merging away, so that each row stands for itself."),
            )
        )


def _folded(text: Any) -> str:
    folded = unicodedata.normalize("NFKC", str(text or ""))
    return "".join(folded.split()).rstrip("*＊").casefold()


def _header(
    lines: Sequence[tuple[int, list[Raw]]], columns: Sequence[Column]
) -> tuple[int, list[tuple[int, Column]], tuple[str, ...]]:
    """The row with the most of our titles in it, where each column stands, and titles that nobody knows."""
    known = {_folded(word): column for column in columns for word in (column.title, *column.aliases)}
    best = max(
        lines[:HEADER_WITHIN],
        key=lambda line: sum(_folded(cell) in known for cell in line[1] if isinstance(cell, str)),
        default=None,
    )
    titles = [cell.strip() if isinstance(cell, str) else "" for cell in best[1]] if best else []
    places = [(place, known[_folded(title)]) for place, title in enumerate(titles) if _folded(title) in known]
    found = [column for _place, column in places]
    if missing := [str(column.title) for column in columns if column.required and column not in found]:
        raise _wrong_titles(missing, titles)
    if not best or not found:
        raise _wrong_titles([str(column.title) for column in columns], titles)
    if twice := sorted({str(column.title) for column in found if found.count(column) > 1}):
        raise Refused(
            Refusal("title_twice", _("A column stands there twice: %(titles)s.") % {"titles": "、".join(twice)})
        )
    return best[0], places, tuple(title for title in titles if title and _folded(title) not in known)


def _wrong_titles(missing: list[str], found: list[str]) -> Refused:
    there = "、".join(title for title in found if title)[:200]
    return Refused(
        Refusal(
            "titles",
            ngettext("A column is missing: %(titles)s.", "Columns are missing: %(titles)s.", len(missing))
            % {"titles": "、".join(missing)},
            _("Found in the table: %(titles)s.") % {"titles": there} if there else _("The table has no titles."),
        )
    )


def _row(number: int, cells: Sequence[Raw], places: Sequence[tuple[int, Column]]) -> Row:
    row = Row(number)
    for place, column in places:
        raw = cells[place] if place < len(cells) else None
        try:
            row.values[column.name] = _value(raw, column)
        except Unreadable as no:
            row.faults.append(_("%(title)s: %(fault)s") % {"title": column.title, "fault": no.args[0]})
            row.unread[column.name] = "" if raw is None or isinstance(raw, Formula | Broken) else str(raw)[:80]
    return row


def _value(raw: Raw, column: Column) -> Any:
    if isinstance(raw, Formula):
        raise Unreadable(_("A formula stands here: replace it by its value."))
    if isinstance(raw, Broken):
        raise Unreadable(_("Excel shows an error here."))
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        if column.required:
            raise Unreadable(_("This has to be filled in."))
        return "" if column.parse is as_text else None
    return column.parse(raw)
