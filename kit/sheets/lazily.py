"""Tables are written by modules that a process loads once it writes one: the library for Excel is nine megabytes."""

from collections.abc import Iterable
from typing import Any


def excel_bytes(rows: Iterable[Any], **options: Any) -> bytes:
    """As kit.sheets.writing says."""
    # Loaded by whoever writes a table.
    from kit.sheets import writing

    return writing.excel_bytes(rows, **options)


def csv_bytes(rows: Iterable[Any], **options: Any) -> bytes:
    """As kit.sheets.writing says."""
    # Loaded by whoever writes a table.
    from kit.sheets import writing

    return writing.csv_bytes(rows, **options)


def designed_bytes(rows: Iterable[Any], **options: Any) -> bytes:
    """As kit.sheets.designed says."""
    # Loaded by whoever writes a table.
    from kit.sheets import designed

    return designed.designed_bytes(rows, **options)
