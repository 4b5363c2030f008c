"""Heads are counted: by taps of several hands at once, from a paper list afterwards, and put right where a sum is wrong."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from kit.command import command
from kit.refusals import refuse_if
from networks.models.scoping import current_network
from networks.steps.journal import note
from people.models import Person
from programmes.door.choices import Method, TallyKind
from programmes.door.models import Headcount, Tally
from programmes.door.rules.counting import against_correcting, against_counting, day_of
from programmes.door.steps.counting import headcount_on, held_count, write_tallies
from programmes.planning.models import Session


@dataclass(frozen=True)
class Tap:
    """One press, made once: `client_id` is the device's. `at`: when the thumb came down."""

    client_id: UUID
    adults: int
    children: int
    at: datetime


@dataclass(frozen=True)
class Said:
    """What somebody writes down of a day, how it is known, and by which request."""

    client_id: UUID
    day: date
    adults: int
    children: int
    method: Method
    note: str


@command
def count(*, session: Session, taps: Sequence[Tap], by: Person | None, at: datetime) -> int:
    """How many of the taps count for nothing, since there was nobody to take away. Sent again they are those of before."""
    refuse_if(against_counting(session, current_network().rules, at=at))
    lost = 0
    for day, of_day in groupby(sorted(taps, key=lambda tap: tap.at), key=lambda tap: day_of(session, tap.at)):
        rows = [
            Tally(client_id=tap.client_id, adults=tap.adults, children=tap.children, at=tap.at, received_at=at, by=by)
            for tap in of_day
        ]
        lost += _tapped(headcount_on(session, day), rows)
    return lost


@command
def enter_list(*, session: Session, said: Said, by: Person | None, at: datetime) -> bool:
    """Added to what was counted; by the same request once. Whether it is new."""
    refuse_if(against_counting(session, current_network().rules, at=at))
    row = held_count(session, said.day)
    if Tally.objects.filter(client_id=said.client_id).exists():
        return False
    write_tallies(row, [_tally(said, TallyKind.LIST, (said.adults, said.children), by=by, at=at)])
    values = {"day": said.day, "adults": said.adults, "children": said.children, "method": said.method}
    note("door.list_entered", subject=row, actor=by, values=values, reason=said.note)
    return True


@command
def correct(*, session: Session, was: tuple[int, int], said: Said, by: Person | None, at: datetime) -> bool:
    """`was`: grown-ups and children as the page showed them; whoever counted meanwhile is not overwritten."""
    refuse_if(against_counting(session, current_network().rules, at=at))
    row = held_count(session, said.day)
    if Tally.objects.filter(client_id=said.client_id).exists():
        return False
    refuse_if(against_correcting(was, (said.adults, said.children), (row.adults, row.children)))
    step = said.adults - row.adults, said.children - row.children
    write_tallies(row, [_tally(said, TallyKind.CORRECTION, step, by=by, at=at)])
    values = {"day": said.day, "adults": [row.adults, said.adults], "children": [row.children, said.children]}
    note("door.count_corrected", subject=row, actor=by, values=values, reason=said.note)
    return True


def _tapped(row: Headcount, taps: Sequence[Tally]) -> int:
    """All at once; one after the other only where that would fall below zero."""
    if write_tallies(row, taps):
        return 0
    return sum(not write_tallies(row, [tap]) for tap in _in_order(taps))


def _in_order(taps: Iterable[Tally]) -> list[Tally]:
    return sorted(taps, key=lambda tap: (tap.at, -(tap.adults + tap.children), tap.client_id))


def _tally(said: Said, kind: TallyKind, step: tuple[int, int], *, by: Person | None, at: datetime) -> Tally:
    return Tally(
        client_id=said.client_id,
        adults=step[0],
        children=step[1],
        kind=kind,
        method=said.method,
        note=said.note,
        at=at,
        received_at=at,
        by=by,
    )
