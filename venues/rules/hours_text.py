"""A week as people write it in a cell: 周二至周日 9:00-17:00；周五 9:00-20:30；周一闭馆. Read and written alike.

A later clause counts in place of an earlier one for its days. What lasts past midnight says 次日.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from kit.sheets import Unreadable
from venues.rules.hours import DAY, Span, against_week, in_order

DAYS = "一二三四五六日"
_WORDS = {"每天": range(7), "每日": range(7), "天天": range(7), "工作日": range(5), "周末": (5, 6), "双休日": (5, 6)}
_TOKEN = re.compile(
    r"(?P<word>每天|每日|天天|工作日|周末|双休日)"
    r"|(?:每?周|每?星期|每?礼拜)(?P<day>[一二三四五六日天])"
    r"|(?P<all>24小时(?:开放|服务)?|全天(?:开放)?)"
    r"|(?P<shut>闭馆|休馆|休息|不开放|不对外开放|闭)"
    r"|(?P<half>上午|早上|下午|晚上|晚)?(?P<next>次日|翌日|第二天)?"
    r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2})|[点时](?:(?P<min>\d{1,2})分?|(?P<mid>半))?)"
    r"|(?P<to>至|到|-{1,2}|–|—{1,2}|~)"
    r"|(?P<list>[、,和及与])"
    r"|(?P<end>[;。\n])"
    r"|(?P<bare>[一二三四五六日天])"
    r"|(?P<skip>[\s:：开放]+)"
)


@dataclass
class _Reading:
    """What is known half-way through: the days spoken of, and the times that were read for them."""

    week: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    days: list[int] = field(default_factory=list)
    has_times: bool = False
    is_range: bool = False
    opens: int | None = None
    half: str = ""

    def add_day(self, day: int) -> None:
        if self.has_times:
            self.end()
        if self.is_range and self.days:
            first = self.days[-1]
            self.days += [(first + step) % 7 for step in range(1, (day - first) % 7 + 1)]
        else:
            self.days.append(day)
        self.is_range = False

    def add_times(self, times: list[tuple[int, int]]) -> None:
        if not self.days:
            raise Unreadable(_("Say first on which days, such as 周二至周日."))
        if not self.has_times:
            self.week.update({day: [] for day in self.days})
        self.has_times = True
        for day in self.days:
            self.week[day] += times

    def end(self) -> None:
        if self.opens is not None or self.is_range:
            raise Unreadable(_("A time has a beginning, but no end."))
        if self.days and not self.has_times:
            raise Unreadable(_("Some days stand there without a time."))
        self.days, self.has_times, self.half = [], False, ""


def parse_week(text: str) -> list[Span]:
    """Raises Unreadable in words that tell what to mend."""
    plain = unicodedata.normalize("NFKC", text).replace("～", "~").replace("−", "-").strip()
    reading = _Reading()
    place = 0
    while place < len(plain):
        token = _TOKEN.match(plain, place)
        if token is None:
            raise Unreadable(_("“%(words)s” cannot be read.") % {"words": plain[place : place + 12]})
        _take(reading, token)
        place = token.end()
    reading.end()
    spans = in_order(Span(day, *times) for day, found in reading.week.items() for times in found)
    for refusal in against_week(spans):
        raise Unreadable(str(refusal))
    return spans


def _take(reading: _Reading, token: re.Match[str]) -> None:
    if token["word"] or token["day"] or token["bare"]:
        _take_days(reading, token)
    elif token["all"]:
        reading.add_times([(0, DAY)])
    elif token["shut"]:
        reading.add_times([])
    elif token["hour"]:
        _take_time(reading, token)
    elif token["to"]:
        reading.is_range = True
    elif token["end"]:
        reading.end()


def _take_days(reading: _Reading, token: re.Match[str]) -> None:
    if word := token["word"]:
        if reading.has_times:
            reading.end()
        reading.days += [day for day in _WORDS[word] if day not in reading.days]
    else:
        day = token["day"] or token["bare"]
        reading.add_day(6 if day == "天" else DAYS.index(day))


def _take_time(reading: _Reading, token: re.Match[str]) -> None:
    half = token["half"] or reading.half
    minute = _minute(token, half=half)
    if reading.opens is None:
        if reading.is_range:
            raise Unreadable(_("A time has an end, but no beginning."))
        if minute >= DAY:
            raise Unreadable(_("A slot opens before midnight of its day."))
        reading.opens, reading.half = minute, half
        return
    if not reading.is_range:
        raise Unreadable(_("A time has a beginning, but no end."))
    opens, reading.opens, reading.is_range, reading.half = reading.opens, None, False, ""
    if minute <= opens:
        raise Unreadable(
            _("%(slot)s ends before it begins. If it lasts past midnight, write 次日, such as 20:00-次日2:00.")
            % {"slot": f"{_face(opens)}-{_face(minute)}"}
        )
    reading.add_times([(opens, minute)])


def _minute(token: re.Match[str], *, half: str) -> int:
    hour = int(token["hour"])
    minute = 30 if token["mid"] else int(token["minute"] or token["min"] or 0)
    if half in {"下午", "晚上", "晚"} and hour < 12:
        hour += 12
    if minute > 59 or hour > 24 or (hour == 24 and minute):
        raise Unreadable(_("There is no such time."))
    return hour * 60 + minute + (DAY if token["next"] else 0)


# --- Writing -------------------------------------------------------------------------------


def week_text(week: Iterable[Span]) -> str:
    """What `parse_week` reads as the same week; days alike stand together, closed ones last."""
    times: dict[int, list[str]] = {day: [] for day in range(7)}
    for span in in_order(week):
        times[span.weekday].append(_times_text(span))
    alike: dict[str, list[int]] = {}
    for day in sorted(times, key=lambda day: (not times[day], day)):
        alike.setdefault("、".join(times[day]), []).append(day)
    return "；".join(
        f"{_days_text(days)} {words}" if words else f"{_days_text(days)}闭馆" for words, days in alike.items()
    )


def _times_text(span: Span) -> str:
    if (span.opens, span.closes) == (0, DAY):
        return "24小时"
    return f"{_face(span.opens)}-{_face(span.closes)}"


def _face(minute: int) -> str:
    ahead, rest = ("次日", minute - DAY) if minute > DAY else ("", minute)
    return f"{ahead}{rest // 60}:{rest % 60:02}"


def _days_text(days: list[int]) -> str:
    if len(days) == 7:
        return "每天"
    return "、".join(
        f"周{DAYS[run[0]]}至周{DAYS[run[-1]]}" if len(run) > 2 else "、".join(f"周{DAYS[day]}" for day in run)
        for run in _runs(days)
    )


def _runs(days: list[int]) -> Iterator[list[int]]:
    run: list[int] = []
    for day in days:
        if run and day != run[-1] + 1:
            yield run
            run = []
        run.append(day)
    if run:
        yield run
