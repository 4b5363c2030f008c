"""What fails a test besides its own assertions: error logs and template variables that do not exist."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

OUR_TEMPLATES = Path(__file__).resolve().parent.parent


class ErrorLogs(logging.Handler):
    def __init__(self) -> None:
        super().__init__(level=logging.ERROR)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@contextmanager
def no_error_logs() -> Iterator[list[logging.LogRecord]]:
    """A test that expects an error line takes the records (fixture `error_logs`), asserts on them and clears them."""
    handler = ErrorLogs()
    logging.getLogger().addHandler(handler)
    try:
        yield handler.records
    finally:
        logging.getLogger().removeHandler(handler)
    if handler.records:
        lines = "\n".join(f"{record.name}: {record.getMessage()}" for record in handler.records)
        pytest.fail(f"Something logged an error:\n{lines}", pytrace=False)


class Undefined(str):
    """Stands for a template variable that does not exist: nothing in templates of others, a failure in ours."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return _is_ours(_rendering())

    def __contains__(self, _part: object) -> bool:
        return True

    def __mod__(self, variable: Any) -> str:
        pytest.fail(f"{_rendering()} shows {variable}, which does not exist.", pytrace=False)


def _rendering() -> str:
    """The template whose node is being rendered, found on the call stack."""
    frame = sys._getframe(1)
    while frame := frame.f_back:  # type: ignore[assignment]
        if frame.f_code.co_name == "render_annotated":
            return str(frame.f_locals["self"].origin)
    return ""


def _is_ours(origin: str) -> bool:
    return origin.startswith(f"{OUR_TEMPLATES}/") and "/site-packages/" not in origin
