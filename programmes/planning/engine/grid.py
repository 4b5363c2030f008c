"""A roll-out's plan as a table: spaces × weeks, and in words what is in the way."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from kit.seasons import Season, season_of
from programmes.planning.choices import CellState, Obstacle
from programmes.planning.engine.rollout import Cell, Plan
from programmes.planning.rules.wording import day_words, span_words, weekday_word
from venues.models import Venue

MOST_MARKS = 2_400
MOST_LINES = 40


@dataclass(frozen=True)
class Mark:
    """`short` tells apart what stands in one square: a weekday or a time, or nothing."""

    key: str
    state: CellState
    label: str
    short: str


@dataclass(frozen=True)
class Week:
    """`month` where a new one begins; `day` and `weekday` where all its sessions are on one day."""

    monday: date
    day: date
    weekday: str
    month: date | None
    season: Season


@dataclass(frozen=True)
class Row:
    venue: Venue
    squares: list[list[Mark]]
    made: int
    is_out: bool

    @property
    def key(self) -> str:
        return str(self.venue.pk)


@dataclass(frozen=True)
class Obstacles:
    """One kind of reason, with where and when; `more` are not listed."""

    obstacle: Obstacle
    state: CellState
    count: int
    lines: list[tuple[Venue, str, str]]
    more: int


@dataclass(frozen=True)
class Grid:
    weeks: list[Week]
    districts: list[tuple[str, list[Row]]]
    totals: list[int]
    page: int = 1
    pages: int = 1
    hidden: list[str] = field(default_factory=list)


def grid_of(plan: Plan, *, page: int = 1) -> Grid:
    mondays = sorted({_monday(cell.day) for cell in plan.cells})
    days = {monday: sorted({cell.day for cell in plan.cells if _monday(cell.day) == monday}) for monday in mondays}
    by_venue: dict[int, list[Cell]] = {venue.pk: [] for venue in plan.venues}
    for cell in plan.cells:
        by_venue[cell.venue.pk].append(cell)
    shown, pages = _shown(plan, page)
    namer = _namer(plan.cells)
    rows = [_row(plan, venue, by_venue[venue.pk], mondays, namer) for venue in shown]
    made = [sum(cell.state == CellState.MADE for cell in plan.cells if _monday(cell.day) == one) for one in mondays]
    keys = {venue.pk for venue in shown}
    hidden = sorted(key for key in plan.ask.out if int(key.split(".")[0]) not in keys)
    return Grid(_weeks(mondays, days), _grouped(rows), made, min(page, pages), pages, hidden)


def obstacles_of(plan: Plan) -> list[Obstacles]:
    """The most frequent first."""
    found: dict[Obstacle, list[Cell]] = {}
    for cell in plan.cells:
        if cell.obstacle is not None:
            found.setdefault(cell.obstacle, []).append(cell)
    return [
        Obstacles(
            obstacle,
            cells[0].state,
            len(cells),
            [(cell.venue, span_words(cell.starts_at, cell.ends_at), cell.note) for cell in cells[:MOST_LINES]],
            max(0, len(cells) - MOST_LINES),
        )
        for obstacle, cells in sorted(found.items(), key=lambda pair: -len(pair[1]))
    ]


def _shown(plan: Plan, page: int) -> tuple[list[Venue], int]:
    """A page has so many rows that it stays readable."""
    each = max(1, len(plan.cells) // max(1, len(plan.venues)))
    size = max(6, MOST_MARKS // each)
    pages = max(1, -(-len(plan.venues) // size))
    at = min(max(1, page), pages)
    return plan.venues[(at - 1) * size : at * size], pages


def _row(plan: Plan, venue: Venue, cells: Iterable[Cell], mondays: Sequence[date], namer: "Namer") -> Row:
    squares: dict[date, list[Mark]] = {monday: [] for monday in mondays}
    made = 0
    for cell in sorted(cells, key=lambda one: one.starts_at):
        made += cell.state == CellState.MADE
        squares[_monday(cell.day)].append(Mark(cell.key, cell.state, _label(cell, namer.when(cell)), namer.short(cell)))
    return Row(venue, list(squares.values()), made, str(venue.pk) in plan.ask.out)


def _label(cell: Cell, when: str) -> str:
    """ "清凉门阅读空间 3月6日 周六 10:00–11:00 · 故事角 · 孙老师"."""
    parts = [f"{cell.venue.name} {when}"]
    if cell.obstacle is not None:
        parts += [str(cell.obstacle.label), cell.note]
    else:
        parts += [cell.room.name if cell.room else "", cell.host.name if cell.host else ""]
    return " · ".join(part for part in parts if part)


@dataclass(frozen=True)
class Namer:
    """What has to be said in a square, since the head does not say it. Words of a time are made once for all spaces."""

    with_day: bool
    with_time: bool
    said: dict[tuple[date, int], str] = field(default_factory=dict)

    def when(self, cell: Cell) -> str:
        key = (cell.day, cell.minute)
        if key not in self.said:
            self.said[key] = span_words(cell.starts_at, cell.ends_at)
        return self.said[key]

    def short(self, cell: Cell) -> str:
        day = weekday_word(cell.day)[-1:] if self.with_day else ""
        hour = f"{cell.minute // 60}" if self.with_time else ""
        return f"{day}{hour}"


def _namer(cells: Sequence[Cell]) -> Namer:
    days = {(_monday(cell.day), cell.day) for cell in cells}
    weeks = {monday for monday, _day in days}
    return Namer(len(days) > len(weeks), len({cell.minute for cell in cells}) > 1)


def _weeks(mondays: Sequence[date], days: dict[date, list[date]]) -> list[Week]:
    found: list[Week] = []
    before = 0
    for monday in mondays:
        day = days[monday][0]
        alone = len(days[monday]) == 1
        month = day.replace(day=1) if day.month != before else None
        word = weekday_word(day) if alone else day_words(days[monday][-1]).split(" ")[0]
        found.append(Week(monday, day, word, month, season_of(day)))
        before = day.month
    return found


def _grouped(rows: Iterable[Row]) -> list[tuple[str, list[Row]]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.venue.district_name or "", []).append(row)  # type: ignore[attr-defined]
    return list(found.items())


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
