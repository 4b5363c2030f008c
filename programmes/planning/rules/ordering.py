"""Lines in a planner's own order."""

from collections.abc import Sequence


def put_forward(keys: Sequence[int], key: int) -> list[int]:
    """One place nearer to the front; the first stays, and so does one that is not there."""
    found = list(keys)
    at = found.index(key) if key in found else 0
    if at:
        found[at - 1], found[at] = found[at], found[at - 1]
    return found
