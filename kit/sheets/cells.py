"""What stands in one cell, and what is meant by it. A parser says in words why it cannot read a cell."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _

Cell = str | int | float | bool | date | datetime | time | timedelta | None
Parse = Callable[[Cell], Any]

# Beyond this Excel keeps zeros instead of digits.
LARGEST_EXACT = 10**15
_WIDE = {
    code: code - 0xFEE0
    for start, end in (("０", "９"), ("Ａ", "Ｚ"), ("ａ", "ｚ"))
    for code in range(ord(start), ord(end) + 1)
}
_WIDE[ord("　")] = ord(" ")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_TIME = re.compile(r"(\d{1,2})[:时](\d{1,2})分?(?::(\d{1,2}))?")
YES = frozenset({"是", "有", "y", "yes", "true", "1", "√", "✓"})
NO = frozenset({"否", "无", "n", "no", "false", "0", "×", "", "-"})


class Unreadable(Exception):
    """`args[0]` tells the person who filled the table what is wrong."""


def narrowed(text: str) -> str:
    """Full-width digits, letters and spaces made narrow, ends trimmed; Chinese punctuation stays as it is."""
    return text.translate(_WIDE).strip()


def as_text(value: Cell) -> str:
    """A number in a column of text is what somebody typed, without the `.0` that Excel adds."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int | float):
        if abs(value) >= LARGEST_EXACT:
            raise Unreadable(_("Excel has cut this number off: format the column as text and type it again."))
        return str(int(value)) if float(value).is_integer() else repr(value)
    if isinstance(value, datetime) and value.time() == time(0):
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return narrowed(str(value))


def short_text(longest: int) -> Parse:
    def parse(value: Cell) -> str:
        text = as_text(value)
        if len(text) > longest:
            raise Unreadable(
                _("At most %(count)s characters; here are %(found)s.") % {"count": longest, "found": len(text)}
            )
        return text

    return parse


def whole_number(lowest: int, highest: int) -> Parse:
    def parse(value: Cell) -> int:
        if isinstance(value, bool):
            raise Unreadable(_("A whole number is wanted."))
        try:
            number = float(_plain(value)) if isinstance(value, str) else float(value)  # type: ignore[arg-type]
        except (TypeError, ValueError) as error:
            raise Unreadable(_("A whole number is wanted.")) from error
        if not number.is_integer():
            raise Unreadable(_("A whole number is wanted."))
        if not lowest <= number <= highest:
            raise Unreadable(_("From %(lowest)s to %(highest)s.") % {"lowest": lowest, "highest": highest})
        return int(number)

    return parse


def day(value: Cell) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    found = _DAY.fullmatch(_plain(value)) if isinstance(value, str) else None
    try:
        if found:
            return date(*(int(part) for part in found.groups()))
    except ValueError as error:
        raise Unreadable(_("There is no such day.")) from error
    raise Unreadable(_("A day is wanted, such as 2027-05-16."))


def wall_time(value: Cell) -> time:
    if isinstance(value, datetime):
        return value.time()
    if isinstance(value, time):
        return value
    found = _TIME.fullmatch(_plain(value)) if isinstance(value, str) else None
    try:
        if found:
            hour, minute, second = (int(part or 0) for part in found.groups())
            return time(hour, minute, second)
    except ValueError as error:
        raise Unreadable(_("There is no such time.")) from error
    raise Unreadable(_("A time is wanted, such as 10:00."))


def yes_or_no(value: Cell) -> bool:
    text = as_text(value).lower() if not isinstance(value, bool) else ("yes" if value else "no")
    if text in YES:
        return True
    if text in NO:
        return False
    raise Unreadable(_("Yes or no is wanted."))


def choice(words: Mapping[str, Any]) -> Parse:
    """What people write, and what is meant by it."""
    known = {narrowed(word).lower(): meant for word, meant in words.items()}

    def parse(value: Cell) -> Any:
        text = as_text(value)
        if text.lower() not in known:
            # One word for each meaning; the others are how people write it, too.
            first = {str(meant): word for word, meant in reversed(list(words.items()))}
            told = [word for word in words if word in first.values()]
            raise Unreadable(_("One of these is wanted: %(words)s.") % {"words": "、".join(told)})
        return known[text.lower()]

    return parse


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).replace(",", "")
