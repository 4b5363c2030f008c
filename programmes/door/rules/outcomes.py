"""核对结果: what a door answers to a party. It asks neither database nor clock, so that a device alone can decide the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from programmes.door.choices import Outcome
from programmes.signup.choices import State

OPENS_BEFORE, CLOSES_AFTER = 60, 30


@dataclass(frozen=True)
class Door:
    """A session whose door is open, and from when to when."""

    session: int
    day: date
    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True)
class Known:
    """A registration, as much of it as a door has to know. `came`: at least one of its seats is checked in."""

    session: int
    day: date
    state: State
    has_ended: bool
    is_called_off: bool
    came: bool


# How a registration that holds no place for certain is answered.
_UNCERTAIN = {
    State.WAITS: Outcome.WAITING_LIST,
    State.INVITED: Outcome.WAITING_LIST,
    State.ASKED: Outcome.UNAPPROVED,
}


def outcome_of(known: Known | None, door: Door, *, at: datetime) -> Outcome:
    """The first that holds: what the family has to know before anything else."""
    if known is None:
        return Outcome.UNKNOWN
    no = _that_opens_nothing(known, door) or _UNCERTAIN.get(known.state)
    if no is not None:
        return no
    return Outcome.ALREADY_HERE if known.came else _by_the_clock(door, at)


def _that_opens_nothing(known: Known, door: Door) -> Outcome | None:
    if known.has_ended:
        return Outcome.CANCELLED
    if known.is_called_off:
        return Outcome.CALLED_OFF
    if known.session != door.session:
        return Outcome.ANOTHER_DAY if known.day != door.day else Outcome.ANOTHER_SESSION
    return None


def _by_the_clock(door: Door, at: datetime) -> Outcome:
    if at < door.opens_at:
        return Outcome.TOO_EARLY
    return Outcome.ADMITTED if at <= door.closes_at else Outcome.OVER


def opens_at(starts_at: datetime, rules: Mapping[str, Any]) -> datetime:
    return starts_at - timedelta(minutes=rules.get("door_opens_minutes", OPENS_BEFORE))


def closes_at(ends_at: datetime, rules: Mapping[str, Any]) -> datetime:
    return ends_at + timedelta(minutes=rules.get("door_closes_minutes", CLOSES_AFTER))
