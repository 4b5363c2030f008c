"""What is kept of an error: its class and where it happened. Its text may hold somebody's name or number."""

import traceback
from pathlib import Path

from django.conf import settings

from networks.registers import GiveUp, NotNow

LONGEST = 200


def described(error: BaseException) -> str:
    if isinstance(error, GiveUp | NotNow):
        return error.reason[:LONGEST]
    return f"{type(error).__name__}{_place(error)}"[:LONGEST]


def _place(error: BaseException) -> str:
    """The deepest line of our own code."""
    home = Path(settings.BASE_DIR)
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        if path.is_relative_to(home) and ".venv" not in path.parts:
            return f" in {path.relative_to(home)}:{frame.lineno}"
    return ""
