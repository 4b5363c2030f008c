"""Tables for people: typed columns, a head that stays in sight, times as the reader's clock shows them."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from itertools import zip_longest
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from kit.sheets.columns import Column
from kit.sheets.guard import guarded

LONGEST_CELL = 32_767
FORMATS = {datetime: "yyyy-mm-dd hh:mm", date: "yyyy-mm-dd", time: "hh:mm"}


def excel_bytes(
    rows: Iterable[Any],
    *,
    columns: Sequence[Column],
    title: str,
    zone: ZoneInfo,
    above: Sequence[str] = (),
    words: Sequence[tuple[str, Sequence[str]]] = (),
) -> bytes:
    """`above`: lines over the titles, found again by `read`. `words`: a second sheet, a column of allowed words each."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(sheet_title(title))
    sheet.freeze_panes = f"A{len(above) + 2}"
    for place, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    for line in above:
        sheet.append([_text_cell(sheet, line)])
    heads = [_text_cell(sheet, str(column.title)) for column in columns]
    for head in heads:
        head.font = Font(bold=True)
    sheet.append(heads)
    for row in rows:
        sheet.append([_cell(sheet, column.value_of(row), zone) for column in columns])
    if words:
        _write_words(book, words)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write_words(book: Any, words: Sequence[tuple[str, Sequence[str]]]) -> None:
    sheet = book.create_sheet(sheet_title(_("Allowed words")))
    sheet.freeze_panes = "A2"
    for place in range(1, len(words) + 1):
        sheet.column_dimensions[get_column_letter(place)].width = 24
    heads = [_text_cell(sheet, head) for head, _column in words]
    for head in heads:
        head.font = Font(bold=True)
    sheet.append(heads)
    for line in zip_longest(*(column for _head, column in words), fillvalue=""):
        sheet.append([_text_cell(sheet, str(word)) for word in line])


def csv_bytes(rows: Iterable[Any], *, columns: Sequence[Column], zone: ZoneInfo) -> bytes:
    """UTF-8 with its mark, without which Chinese Excel takes it for GBK."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([guarded(str(column.title)) for column in columns])
    for row in rows:
        writer.writerow([_csv_cell(column.value_of(row), zone) for column in columns])
    return out.getvalue().encode("utf-8-sig")


def _cell(sheet: Any, value: Any, zone: ZoneInfo) -> Any:
    shown = plain(value, zone)
    if shown is None or isinstance(shown, str):
        return _text_cell(sheet, shown or "")
    cell = WriteOnlyCell(sheet, value=shown)
    if type(shown) in FORMATS:
        cell.number_format = FORMATS[type(shown)]
    return cell


def _text_cell(sheet: Any, text: str) -> Any:
    """Text stays text, though it begins like a formula; also when somebody edits it."""
    return put_text(WriteOnlyCell(sheet), text)


def put_text(cell: Any, text: str) -> Any:
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)[:LONGEST_CELL]
    cell.data_type = "s"
    if guarded(text) != text:
        cell.quotePrefix = True
    return cell


def _csv_cell(value: Any, zone: ZoneInfo) -> str:
    shown = plain(value, zone)
    if shown is None:
        return ""
    if isinstance(shown, str):
        return guarded(shown.replace("\0", ""))
    if isinstance(shown, datetime):
        return shown.strftime("%Y-%m-%d %H:%M")
    if isinstance(shown, time):
        return shown.strftime("%H:%M")
    return str(shown)


def plain(value: Any, zone: ZoneInfo) -> Any:
    """What a spreadsheet knows: numbers, days, times on the wall, and text for all the rest."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return value.astimezone(zone).replace(tzinfo=None, microsecond=0)
    if value is None or isinstance(value, int | float | Decimal | date | time):
        return value
    return str(value)


def sheet_title(title: str) -> str:
    return "".join(" " if letter in r"[]:*?/\'" else letter for letter in title).strip()[:31] or "1"
