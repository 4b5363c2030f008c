"""A roll-out as it would be: venues × moments, each judged, nothing written.

The same plan is made for the preview and once more inside the command that writes it.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from hashlib import sha256
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from kit.refusals import Refusal
from programmes.planning.choices import CellState, HostLack, Obstacle, Pattern
from programmes.planning.engine.dealing import Dealer
from programmes.planning.engine.places import No, Place, Places
from programmes.planning.models import Activity, Host
from programmes.planning.queries.rollouts import calendar_between, facts_for
from programmes.planning.queries.taken import Hold
from programmes.planning.rules.asking import (
    Ask,
    against_days,
    against_number,
    against_season,
    number_of,
)
from programmes.planning.rules.recurrence import PUSHED_AT_MOST, Days, LeftOut, Moment, days_of, moments_of, spread
from programmes.planning.rules.times import against_planning, taken_time
from venues.models import Room, Venue

A_DAY = timedelta(days=1)
CLOSED = frozenset({Obstacle.CLOSURE, Obstacle.DAY_CLOSED, Obstacle.HOURS, Obstacle.TOO_LONG, Obstacle.PAST})


@dataclass(frozen=True)
class Cell:
    """One session that was asked for. `note` says what is in its way."""

    venue: Venue
    starts_at: datetime
    ends_at: datetime
    day: date
    minute: int
    state: CellState
    obstacle: Obstacle | None = None
    note: str = ""
    room: Room | None = None
    host: Host | None = None

    @property
    def key(self) -> str:
        return f"{self.venue.pk}.{self.day:%Y%m%d}{self.minute // 60:02}{self.minute % 60:02}"


@dataclass(frozen=True)
class Plan:
    activity: Activity
    ask: Ask
    venues: list[Venue]
    cells: list[Cell]
    left_out: Sequence[LeftOut] = field(default=())

    @cached_property
    def made(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.state == CellState.MADE]

    @cached_property
    def counts(self) -> Counter[CellState]:
        return Counter(cell.state for cell in self.cells)

    @cached_property
    def seen(self) -> str:
        """Of the places that are free, also those that were taken out: a yes counts only for what was looked at."""
        free = sorted(cell.key for cell in self.cells if cell.obstacle in {None, Obstacle.NO_HOST})
        return sha256("\n".join(free).encode()).hexdigest()[:16]


def asked_days(ask: Ask) -> Days:
    """One statement."""
    rule = ask.rule
    named = rule.dates if rule.pattern == Pattern.DATES else (rule.first, rule.last)
    if not named:
        return Days()
    return days_of(rule, calendar_between(min(named), max(named) + PUSHED_AT_MOST * A_DAY))


def against(activity: Activity, ask: Ask, days: Days, *, confirmed: int | None) -> Iterator[Refusal]:
    """What speaks against it as a whole, before its places are looked at. The activity comes with its season."""
    season = activity.programme.season
    yield from against_planning(activity)
    if not ask.venues:
        yield Refusal("no_venues", _("No space is chosen yet."), _("Choose some in the first step."))
    yield from against_days(days.kept, left_out=len(days.left_out))
    yield from against_season(days.kept, season.starts_on, season.ends_on, season=str(season.year))
    yield from against_number(number_of(ask, len(days.kept) * len(set(ask.rule.times))), confirmed=confirmed)


def plan(activity: Activity, ask: Ask, days: Days, *, zone: ZoneInfo, at: datetime) -> Plan:
    """Statements do not grow with venues or days. The activity is asked as it is, the rules by whoever calls."""
    if not days.kept:
        return Plan(activity, ask, [], [], days.left_out)
    around = (instant(days.kept[0] - A_DAY, 0, zone), instant(days.kept[-1] + 3 * A_DAY, 0, zone))
    facts = facts_for(ask, *around)
    table = _Table(
        activity, ask, Places(activity, ask, facts, at), Dealer(facts.hosts, zone) if ask.hosts else None, zone
    )
    spreads = ask.rule.pattern == Pattern.SPREAD
    cells = list(table.spread(facts.venues, days.kept) if spreads else table.all(facts.venues, days.kept))
    return Plan(activity, ask, facts.venues, cells, days.left_out)


@dataclass(frozen=True)
class _Table:
    activity: Activity
    ask: Ask
    places: Places
    dealer: Dealer | None
    zone: ZoneInfo

    def all(self, venues: list[Venue], days: Sequence[date]) -> Iterator[Cell]:
        for moment in moments_of(self.ask.rule, days):
            for venue in venues:
                yield self._judged(venue, moment)

    def spread(self, venues: list[Venue], days: Sequence[date]) -> Iterator[Cell]:
        """Each takes the free day nearest to its even place; times of a day are tried one after the other."""
        ideals = spread(self.ask.rule.count, len(days))
        used: dict[int, set[int]] = {venue.pk: set() for venue in venues}
        for ideal in ideals:
            for venue in venues:
                place, cell = self._nearest(venue, ideal, days, used[venue.pk])
                used[venue.pk].add(place)
                yield cell

    def _nearest(self, venue: Venue, ideal: int, days: Sequence[date], used: set[int]) -> tuple[int, Cell]:
        first: tuple[int, Cell] | None = None
        reach = max(1, len(days) // max(1, self.ask.rule.count))
        for place in sorted(range(len(days)), key=lambda number: (abs(number - ideal), number)):
            if place in used or abs(place - ideal) > reach:
                continue
            for moment in moments_of(self.ask.rule, [days[place]]):
                cell = self._judged(venue, moment)
                first = first or (place, cell)
                if cell.state in {CellState.MADE, CellState.OUT}:
                    return place, cell
        return first or (ideal, self._judged(venue, Moment(days[ideal], self.ask.rule.times[0])))

    def _judged(self, venue: Venue, moment: Moment) -> Cell:
        starts_at = instant(moment.day, moment.minute, self.zone)
        ends_at = starts_at + timedelta(minutes=self.activity.minutes)
        takes = taken_time(self.activity, starts_at, ends_at)
        hold = Hold(*takes, venue.pk, self.activity.pk, self.activity.title)
        cell = Cell(venue, starts_at, ends_at, moment.day, moment.minute, CellState.MADE)
        found = self.places.look(venue, hold, starts_at, ends_at)
        if isinstance(found, No):
            return _blocked(cell, found)
        if self._is_out(cell):
            return _like(cell, CellState.OUT, room=found.room)
        return self._taken(cell, found, hold)

    def _is_out(self, cell: Cell) -> bool:
        return bool(self.ask.out) and (cell.key in self.ask.out or str(cell.venue.pk) in self.ask.out)

    def _taken(self, cell: Cell, place: Place, hold: Hold) -> Cell:
        host = self.dealer.free_for(hold, path=cell.venue.area.path) if self.dealer else None
        if self.dealer and host is None and self.ask.host_lack == HostLack.SKIP:
            return _blocked(cell, No(Obstacle.NO_HOST))
        self.places.take(place, hold)
        if self.dealer and host is not None:
            self.dealer.deal(host, hold)
        return _like(cell, CellState.MADE, room=place.room, host=host)


def _blocked(cell: Cell, no: No) -> Cell:
    state = CellState.CLOSED if no.obstacle in CLOSED else CellState.CLASH
    return Cell(
        cell.venue, cell.starts_at, cell.ends_at, cell.day, cell.minute, state, obstacle=no.obstacle, note=no.note
    )


def _like(cell: Cell, state: CellState, *, room: Room | None, host: Host | None = None) -> Cell:
    return Cell(cell.venue, cell.starts_at, cell.ends_at, cell.day, cell.minute, state, room=room, host=host)


def instant(day: date, minute: int, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(minute // 60, minute % 60), tzinfo=zone)
