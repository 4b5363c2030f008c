"""What a file is, found by its bytes before anything of it is loaded."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator

from django.utils.translation import gettext as _

from kit.refusals import Refusal, Refused

LARGEST_FILE = 20 * 1024 * 1024
LARGEST_UNPACKED = 400 * 1024 * 1024
OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
ZIP = b"PK\x03\x04"
CHUNK = 1024 * 1024
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_ROW = re.compile(rb"<(?:\w+:)?row[\s>]")
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|is|f)[\s>]")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*ref="([A-Z]+[0-9]+:[A-Z]+[0-9]+)"')


def refuse(code: str, text: str, way_on: str = "") -> Refused:
    return Refused(Refusal(code, text, way_on))


def is_excel(content: bytes, *, name: str) -> bool:
    """True for a workbook, False for text; anything else is refused in words."""
    if len(content) > LARGEST_FILE:
        raise refuse("too_big", _("This file is larger than 20 MB."), _("Divide it into several."))
    if content.startswith(OLD_OR_LOCKED):
        raise refuse(
            "old_or_locked",
            _("This is an old .xls file, or one with a password."),
            _("Open it, save it as .xlsx without a password, and send that."),
        )
    if content.startswith(ZIP):
        _check_workbook(content)
        return True
    if name.lower().endswith((".xlsx", ".xlsm", ".xls")) or _looks_binary(content):
        raise refuse("not_a_table", _("This is not an Excel file, whatever it is called."), _way_on())
    return False


def _way_on() -> str:
    return _("Save the table as .xlsx or .csv and send that.")


def _looks_binary(content: bytes) -> bool:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    start = content[:4096]
    return any(byte < 9 or 13 < byte < 32 for byte in start)


def _check_workbook(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            names = {entry.filename for entry in file.infolist()}
            unpacked = sum(entry.file_size for entry in file.infolist())
            types = file.read("[Content_Types].xml") if "[Content_Types].xml" in names else b""
    except (zipfile.BadZipFile, OSError, RuntimeError) as error:
        raise refuse("broken", _("This file is broken."), _way_on()) from error
    if "xl/workbook.xml" not in names:
        raise refuse("not_a_table", _("This is not an Excel file, whatever it is called."), _way_on())
    if "xl/vbaProject.bin" in names or b"macroEnabled" in types:
        raise refuse("macros", _("This file holds macros."), _("Save it as .xlsx, without macros, and send that."))
    if unpacked > LARGEST_UNPACKED:
        raise refuse("too_big", _("This file is far larger inside than outside."), _way_on())


def count_rows(content: bytes) -> int:
    """Rows with something in them, of the fullest sheet: counted in the bytes, without loading a cell.

    A row that is cut in two by a chunk is counted with the next one.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return max((_rows_of(file, name) for name in _sheets(file)), default=0)


def merged_ranges(content: bytes, *, sheet: str) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return [found.decode() for found in _MERGED.findall(_tail(file, sheet))]


def _tail(file: zipfile.ZipFile, name: str) -> bytes:
    """What follows the rows; merged cells are listed there."""
    kept = b""
    for chunk in _chunks(file, name):
        kept += chunk
        end = kept.rfind(b"sheetData>")
        kept = kept[end:] if end >= 0 else kept[-64:]
    return kept


def _sheets(file: zipfile.ZipFile) -> list[str]:
    return [name for name in file.namelist() if _SHEET.fullmatch(name)]


def _rows_of(file: zipfile.ZipFile, name: str) -> int:
    count, rest = 0, b""
    for chunk in _chunks(file, name):
        *whole, rest = _ROW.split(rest + chunk)
        count += sum(1 for row in whole if _VALUE.search(row))
    return count + (1 if _VALUE.search(rest) else 0)


def _chunks(file: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with file.open(name) as part:
        first = True
        while chunk := part.read(CHUNK):
            if first and b"<!DOCTYPE" in chunk:
                raise refuse("broken", _("This file is broken."), _way_on())
            first = False
            yield chunk


def csv_rows(content: bytes) -> list[list[str]]:
    """UTF-8 with or without its mark, UTF-16 with one, else GBK as Chinese Excel writes it."""
    text = _decoded(content)
    if "\0" in text:
        raise refuse("not_a_table", _("This is not a table."), _way_on())
    first_line = text.split("\n", 1)[0]
    delimiter = max(",\t;", key=first_line.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise refuse("broken", _("This table is broken: a quotation mark is not closed."), _way_on()) from error


def _decoded(content: bytes) -> str:
    encodings = ["utf-16"] if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise refuse("encoding", _("The characters of this file cannot be read."), _way_on())
