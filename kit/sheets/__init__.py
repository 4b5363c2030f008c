"""Tables in and out: Excel and CSV, read with care and written so that text stays text."""

from kit.sheets.cells import (
    Cell,
    Parse,
    Unreadable,
    choice,
    day,
    short_text,
    wall_time,
    whole_number,
    yes_or_no,
)
from kit.sheets.columns import Column
from kit.sheets.imprint import Imprint
from kit.sheets.lazily import csv_bytes, designed_bytes, excel_bytes
from kit.sheets.preview import Fate, Preview, PreviewPart, Verdict, parts, preview
from kit.sheets.reading import Row, Sheet, read
from kit.sheets.telling import Telling, TellingLine, telling

__all__ = [
    "Cell",
    "Column",
    "Fate",
    "Imprint",
    "Parse",
    "Preview",
    "PreviewPart",
    "Row",
    "Sheet",
    "Telling",
    "TellingLine",
    "Unreadable",
    "Verdict",
    "choice",
    "csv_bytes",
    "day",
    "designed_bytes",
    "excel_bytes",
    "parts",
    "preview",
    "read",
    "short_text",
    "telling",
    "wall_time",
    "whole_number",
    "yes_or_no",
]
