"""Limits that all processes share: so many in so long a time, counted in the cache."""

import math
from dataclasses import dataclass

from django.core.cache import cache

from kit import clock


@dataclass(frozen=True)
class Limit:
    """`most` within `seconds`, counted from the first one."""

    most: int
    seconds: int


class TooMany(Exception):
    """The page for it is 429 and says when to come back."""

    def __init__(self, *, wait_seconds: int) -> None:
        self.wait_seconds = wait_seconds
        super().__init__(f"wait {wait_seconds} s")


def take(name: str, *limits: Limit) -> int:
    """Counts one more under `name`. 0 when it is within every limit, else the seconds to wait.

    The shortest limit is asked first, and one refused by it does not count towards the longer ones.
    """
    for limit in sorted(limits, key=lambda each: each.seconds):
        until = _span(name, limit)
        if count(f"{name}:{limit.seconds}:{until}", seconds=limit.seconds) > limit.most:
            return _left(until)
    return 0


def take_or_raise(name: str, *limits: Limit) -> None:
    if wait := take(name, *limits):
        raise TooMany(wait_seconds=wait)


def waiting(name: str, limit: Limit) -> int:
    """Seconds until one more is allowed, without counting."""
    until = cache.get(_key(name, limit), 0)
    if until <= clock.now().timestamp() or counted(f"{name}:{limit.seconds}:{until}") < limit.most:
        return 0
    return _left(until)


def count(name: str, *, seconds: int) -> int:
    """Counts one more and says how many there are now. No two callers get the same number."""
    key = f"count:{name}"
    if cache.add(key, 1, seconds):
        return 1
    try:
        return cache.incr(key)
    except ValueError:
        # It ran out between the two statements.
        cache.set(key, 1, seconds)
        return 1


def counted(name: str) -> int:
    return int(cache.get(f"count:{name}", 0))


def _span(name: str, limit: Limit) -> int:
    """When the span that runs now ends, in seconds; a new one begins with the first that is counted."""
    key, now = _key(name, limit), math.ceil(clock.now().timestamp())
    until = int(cache.get(key, 0))
    if until <= now:
        until = now + limit.seconds
        cache.set(key, until, limit.seconds)
    return until


def _key(name: str, limit: Limit) -> str:
    return f"limit:{name}:{limit.seconds}"


def _left(until: int) -> int:
    return max(1, math.floor(until - clock.now().timestamp()))
