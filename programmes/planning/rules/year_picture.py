"""Where everything lies in the picture of a year. Lengths are units of the drawing; it is a thousand wide."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WIDTH = 1000
# A sign of Chinese text, as wide as it is high.
SIGN = 13
MONTHS, PHASES, OFF, SCHOOL, LANE, ROW = 26, 46, 16, 26, 22, 34
# Beyond it a label stands before its end instead of after its start.
TURN = 760
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """What is to be drawn: from a day until a day, with a label. `tone` is a word for the style sheet or a colour."""

    first: date
    last: date
    label: str = ""
    tone: str = ""
    note: str = ""
    key: int = 0


@dataclass(frozen=True)
class Bar:
    span: Span
    x: float
    y: float
    width: float
    label_x: float
    anchor: str

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)

    @property
    def label_y(self) -> float:
        return self.y + 14

    @property
    def has_room(self) -> bool:
        """Whether its label fits into it."""
        return len(self.span.label) * SIGN + 8 <= self.width


@dataclass(frozen=True)
class Picture:
    height: float
    months: list[Bar]
    phases: list[Bar]
    off: list[Bar]
    school: list[Bar]
    days: list[Bar]
    programmes: list[Bar]
    today: float | None


@dataclass(frozen=True)
class _Scale:
    first: date
    last: date

    def at(self, day: date) -> float:
        return round(max(0, min(1, (day - self.first).days / self.days)) * WIDTH, 1)

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def bar(self, span: Span, y: float) -> Bar:
        x, end = self.at(span.first), self.at(span.last + _DAY)
        width = round(max(end - x, 3), 1)
        turned = x > TURN
        return Bar(span, x, y, width, round(x + width, 1) if turned else x, "end" if turned else "start")

    def bars(self, spans: Iterable[Span], y: float) -> list[Bar]:
        return [self.bar(span, y) for span in spans if span.first <= self.last and span.last >= self.first]


def picture(
    first: date,
    last: date,
    *,
    phases: Sequence[Span],
    off: Sequence[Span],
    school: Sequence[Span],
    days: Sequence[Span],
    programmes: Sequence[Span],
    today: date,
) -> Picture:
    scale = _Scale(first, last)
    tops = {"phases": MONTHS, "off": MONTHS + PHASES}
    tops["school"] = tops["off"] + OFF
    tops["days"] = tops["school"] + (SCHOOL if school else 0)
    laid, lanes = _in_lanes(scale, days, tops["days"])
    tops["programmes"] = tops["days"] + lanes * LANE + 10
    shown = [span for span in programmes if span.first <= last and span.last >= first]
    rows = [scale.bar(span, tops["programmes"] + number * ROW) for number, span in enumerate(shown)]
    return Picture(
        height=tops["programmes"] + len(rows) * ROW + 4,
        months=[scale.bar(span, 0) for span in _months(first, last)],
        phases=scale.bars(phases, tops["phases"]),
        off=scale.bars(off, tops["off"]),
        school=scale.bars(school, tops["school"]),
        days=laid,
        programmes=rows,
        today=scale.at(today) if first <= today <= last else None,
    )


def _months(first: date, last: date) -> list[Span]:
    found = []
    day = first
    while day <= last:
        begins_next = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
        found.append(Span(day, min(begins_next - _DAY, last), str(day.month), str(day.year)))
        day = begins_next
    return found


def _in_lanes(scale: _Scale, spans: Sequence[Span], top: float) -> tuple[list[Bar], int]:
    """Each in the first lane in which its label does not run into another's."""
    ends: list[float] = []
    found = []
    for bar in scale.bars(spans, top):
        length = len(bar.span.label) * SIGN + 18
        begins = bar.x if bar.anchor == "start" else bar.x - length
        lane = next((number for number, end in enumerate(ends) if end <= begins), len(ends))
        ends[lane : lane + 1] = [begins + length + (bar.width if bar.width > 4 else 0)]
        label_x = bar.x + bar.width + 4 if bar.anchor == "start" else bar.x - 5
        found.append(Bar(bar.span, bar.x, top + lane * LANE, bar.width, round(label_x, 1), bar.anchor))
    return found, len(ends)
