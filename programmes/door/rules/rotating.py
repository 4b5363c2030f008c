"""The code of a screen changes every thirty seconds. The server's clock decides; a photo is worth a minute at most."""

from datetime import datetime

SECONDS = 30
CHARS = 6


def number_of(at: datetime) -> int:
    """Of the thirty seconds that hold this instant."""
    return int(at.timestamp()) // SECONDS


def left_of(at: datetime) -> float:
    """Seconds until the next code."""
    return SECONDS - at.timestamp() % SECONDS


def counting(at: datetime) -> tuple[int, int]:
    """Those whose codes count: this one, and the one before."""
    number = number_of(at)
    return number, number - 1
