"""Days on which a venue is open at other hours than its week says, as machines are told of them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from venues.models import OpeningHours
from venues.rules.hours import DAY

# Minutes of one day in which it is open, in their order; none of them touch.
Pieces = tuple[tuple[int, int], ...]
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class SpecialDays:
    """From the first until the last of them the same; no pieces: closed."""

    first: date
    last: date
    pieces: Pieces


def special_days(
    week: Iterable[OpeningHours],
    spans: Iterable[tuple[datetime, datetime]],
    *,
    first: date,
    days: int,
    left_out: Collection[date] = (),
) -> list[SpecialDays]:
    """`spans`: when it is open in those days, in the zone in force; `left_out`: days of which nothing is said."""
    usual, truly = _by_weekday(week), _by_day(spans)
    found: list[SpecialDays] = []
    for day in (first + number * ONE_DAY for number in range(days)):
        pieces = truly.get(day, ())
        if day in left_out or pieces == usual[day.weekday()]:
            continue
        before = found[-1] if found else None
        if before and before.last + ONE_DAY == day and before.pieces == pieces:
            found[-1] = SpecialDays(before.first, day, pieces)
        else:
            found.append(SpecialDays(day, day, pieces))
    return found


def _by_weekday(week: Iterable[OpeningHours]) -> list[Pieces]:
    """What goes on past midnight stands on both days."""
    found: list[list[tuple[int, int]]] = [[] for _day in range(7)]
    for slot in week:
        found[slot.weekday].append((slot.opens_minute, min(slot.closes_minute, DAY)))
        if slot.closes_minute > DAY:
            found[(slot.weekday + 1) % 7].append((0, slot.closes_minute - DAY))
    return [_joined(pieces) for pieces in found]


def _by_day(spans: Iterable[tuple[datetime, datetime]]) -> dict[date, Pieces]:
    found: dict[date, list[tuple[int, int]]] = {}
    for opens_at, closes_at in spans:
        day = opens_at.date()
        while day <= closes_at.date():
            start = _minute(opens_at) if day == opens_at.date() else 0
            end = _minute(closes_at) if day == closes_at.date() else DAY
            if start < end:
                found.setdefault(day, []).append((start, end))
            day += ONE_DAY
    return {day: _joined(pieces) for day, pieces in found.items()}


def _minute(at: datetime) -> int:
    return at.hour * 60 + at.minute


def _joined(pieces: Sequence[tuple[int, int]]) -> Pieces:
    found: list[tuple[int, int]] = []
    for start, end in sorted(pieces):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)
