"""The week as a form: some lines of times for each weekday. It works without JavaScript, line by line."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from kit.refusals import Refusal
from kit.sheets import Unreadable
from venues.choices import OnHolidays, Weekday
from venues.rules.hours import DAY, MOST_SLOTS_A_DAY, Span
from venues.rules.hours_text import parse_week, week_text

_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?")
EVERY_DAY = "all"
WEEKDAYS = "weekdays"


@dataclass
class Line:
    """One slot as typed."""

    opens: str = ""
    closes: str = ""
    next_day: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.opens or self.closes)


@dataclass
class Day:
    weekday: Weekday
    lines: list[Line] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def has_room(self) -> bool:
        return len(self.lines) < MOST_SLOTS_A_DAY


@dataclass
class HoursForm:
    """`seen`: the week that stood there when the page was made, so that nobody overwrites what they did not see."""

    days: list[Day]
    seen: str
    on_holidays: str
    words: str = ""
    errors: list[str] = field(default_factory=list)

    holidays = OnHolidays.choices

    @classmethod
    def of(cls, week: Iterable[Span], *, on_holidays: str) -> "HoursForm":
        spans = list(week)
        return cls(_days(spans), seen=week_text(spans), on_holidays=on_holidays)

    @classmethod
    def typed(cls, data: Mapping[str, str]) -> "HoursForm":
        days = []
        for weekday in Weekday:
            lines = [_line(data, f"{weekday.value}-{number}") for number in range(MOST_SLOTS_A_DAY)]
            last = max((number for number, line in enumerate(lines) if not line.is_empty), default=-1)
            days.append(Day(weekday, lines[: max(last + 1, 1)]))
        on_holidays = data.get("on_holidays", "")
        if on_holidays not in OnHolidays.values:
            on_holidays = OnHolidays.AS_USUAL
        return cls(days, data.get("seen", "")[:2000], on_holidays, data.get("words", "").strip()[:1000])

    def week(self) -> list[Span]:
        """What was typed; what cannot be read is told at its day and left out."""
        found = []
        for day in self.days:
            for line in day.lines:
                if line.is_empty:
                    continue
                try:
                    found.append(_span(day.weekday, line))
                except Unreadable as no:
                    day.errors.append(no.args[0])
        return found

    @property
    def is_readable(self) -> bool:
        return not any(day.errors for day in self.days)

    def add_line(self, weekday: int) -> None:
        day = self.days[weekday]
        if day.has_room:
            day.lines.append(Line())

    def copy(self, weekday: int, to: str) -> None:
        """The lines of one day for all others, or for Tuesday to Friday."""
        lines = [Line(line.opens, line.closes, line.next_day) for line in self.days[weekday].lines if not line.is_empty]
        targets = range(7) if to == EVERY_DAY else range(5)
        for number in targets:
            self.days[number].lines = [Line(line.opens, line.closes, line.next_day) for line in lines] or [Line()]

    def take_words(self) -> None:
        """Fills the days from a week in words."""
        try:
            spans = parse_week(self.words)
        except Unreadable as no:
            self.errors.append(no.args[0])
        else:
            self.days = _days(spans)

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        for refusal in refusals:
            number = refusal.field.removeprefix("day_")
            if number.isdigit() and int(number) < 7:
                self.days[int(number)].errors.append(str(refusal))
            else:
                self.errors.append(str(refusal))


def _days(spans: list[Span]) -> list[Day]:
    return [
        Day(weekday, [_typed(span) for span in spans if span.weekday == weekday] or [Line()]) for weekday in Weekday
    ]


def _typed(span: Span) -> Line:
    closes = span.closes - DAY if span.closes >= DAY else span.closes
    return Line(_face(span.opens), _face(closes), span.closes > DAY)


def _face(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _line(data: Mapping[str, str], key: str) -> Line:
    return Line(
        data.get(f"opens-{key}", "").strip()[:8],
        data.get(f"closes-{key}", "").strip()[:8],
        bool(data.get(f"next-{key}")),
    )


def _span(weekday: Weekday, line: Line) -> Span:
    """Midnight as an end is the end of the day; an earlier end needs the tick for the next day."""
    if not (line.opens and line.closes):
        raise Unreadable(_("A slot needs both times."))
    opens, closes = _minute(line.opens), _minute(line.closes)
    if closes == 0 and not line.next_day:
        closes = DAY
    if line.next_day:
        closes += DAY
    if closes <= opens:
        raise Unreadable(_("It closes before it opens. Past midnight? Tick “next day”."))
    return Span(weekday.value, opens, closes)


def _minute(text: str) -> int:
    found = _TIME.fullmatch(text.replace("：", ":"))
    if not found or int(found[1]) > 24 or int(found[2]) > 59 or (int(found[1]) == 24 and int(found[2])):
        raise Unreadable(_("“%(words)s” is no time of day.") % {"words": text})
    return int(found[1]) * 60 + int(found[2])
