"""A table made to be printed and handed on: a title over all columns, a head on every page, lines round the cells."""

import io
from collections.abc import Iterable, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from kit.sheets.columns import Column
from kit.sheets.imprint import Imprint
from kit.sheets.writing import FORMATS, plain, put_text, sheet_title

TITLE_ROW, UNDER_ROW, HEAD_ROW = 1, 2, 3
A4 = 9
_LINE = Side(style="thin", color="BFB8AC")
_GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD = PatternFill("solid", fgColor="F3EFE7")
# Points for a line of text in a row.
LINE_POINTS = 15.0


def designed_bytes(rows: Iterable[Any], *, columns: Sequence[Column], imprint: Imprint, zone: ZoneInfo) -> bytes:
    """Landscape A4, as wide as the page; short columns of numbers stand in the middle."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = sheet_title(imprint.title)
    _write_head(sheet, columns, imprint)
    last = HEAD_ROW
    for last, row in enumerate(rows, start=HEAD_ROW + 1):
        _write_row(sheet, last, [plain(column.value_of(row), zone) for column in columns], columns)
    _set_up_print(sheet, columns, imprint, last)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write_head(sheet: Any, columns: Sequence[Column], imprint: Imprint) -> None:
    lines = ((TITLE_ROW, imprint.title, Font(bold=True, size=18), 32), (UNDER_ROW, imprint.under, Font(size=10), 20))
    for number, text, font, height in lines:
        cell = put_text(sheet.cell(number, 1), text)
        cell.font, cell.alignment = font, Alignment(horizontal="center", vertical="center")
        sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=len(columns))
        sheet.row_dimensions[number].height = height
    for place, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = column.width
        cell = put_text(sheet.cell(HEAD_ROW, place), str(column.title))
        cell.font, cell.fill, cell.border = Font(bold=True), _HEAD, _GRID
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet.row_dimensions[HEAD_ROW].height = 24
    sheet.freeze_panes = f"A{HEAD_ROW + 1}"


def _write_row(sheet: Any, number: int, values: Sequence[Any], columns: Sequence[Column]) -> None:
    for place, value in enumerate(values, start=1):
        cell: Cell = sheet.cell(number, place)
        if value is None or isinstance(value, str):
            put_text(cell, value or "")
        else:
            cell.value = value
            cell.number_format = FORMATS.get(type(value), "General")
        is_number = isinstance(value, int)
        cell.border = _GRID
        cell.alignment = Alignment(horizontal="center" if is_number else "left", vertical="center", wrap_text=True)
    lines = max(_lines(value, column.width) for value, column in zip(values, columns, strict=True))
    sheet.row_dimensions[number].height = max(20.0, LINE_POINTS * lines + 4)


def _lines(value: Any, width: int) -> int:
    """How many lines a text takes in a column: a Chinese letter is as wide as two Latin ones. Excel does not ask itself."""
    wide = sum(2 if ord(letter) > 0x2E80 else 1 for letter in str(value or ""))
    return max(1, -(-wide // max(1, width - 1)))


def _set_up_print(sheet: Any, columns: Sequence[Column], imprint: Imprint, last: int) -> None:
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    sheet.print_area = f"A1:{get_column_letter(len(columns))}{last}"
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.5, 0.6
    # An ampersand begins a code there.
    sheet.oddFooter.left.text = imprint.foot.replace("&", "&&")
    sheet.oddFooter.right.text = "&P / &N"
