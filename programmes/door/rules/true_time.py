"""When a scan happened that a device tells of later, by a clock that may be wrong by a day."""

from datetime import datetime, timedelta

# What travels takes its time, and clocks are read one after the other.
_SLACK = timedelta(seconds=5)
# A clock that is further off than this is not worth its number.
_FURTHEST = timedelta(days=3650)


def true_time(told: datetime, *, ahead: timedelta, skew: timedelta, since: datetime, received: datetime) -> datetime:
    """`told`: by the device's clock. `ahead`: how far ours was ahead of it when they last spoke before the scan; `skew`: how
    far it is ahead now. `since`: our time when the roster was given, before which nothing was asked of it.

    The first that can be true: by the last talk, by this one; else it happened just now.
    """
    for by in (ahead, skew):
        at = told + by
        if since - _SLACK <= at <= received + _SLACK:
            return min(at, received)
    return received


def skew_of(sent: datetime, received: datetime) -> timedelta:
    """How far our clock is ahead of the device's."""
    return max(-_FURTHEST, min(_FURTHEST, received - sent))
