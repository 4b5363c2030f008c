"""到场凭据: a browser scanned a code at a venue, and for ten minutes its reader is taken to be there."""

from dataclasses import dataclass
from datetime import datetime

from programmes.door.choices import Way
from programmes.door.rules.outcomes import Door

# Time to sign in by phone and code, and to tick.
LASTS_SECONDS = 600


@dataclass(frozen=True)
class Presence:
    """`key`: of the screen or the printed code, as `way` says; `at`: when it was scanned."""

    way: Way
    key: int
    at: datetime


def moment_of(presence: Presence, door: Door, *, now: datetime) -> datetime:
    """When she came: now; where the door has closed since she scanned, then."""
    return now if now <= door.closes_at else presence.at
