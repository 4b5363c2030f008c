"""What a reader looks for among the sessions, as the address of a list, a month or a feed says it."""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from programmes.planning.choices import Audience, Mode, StatisticClass
from programmes.planning.rules.ages import OLDEST_YEARS

TODAY, TOMORROW, SATURDAY, SUNDAY, WEEKEND, WEEK = "today", "tomorrow", "saturday", "sunday", "weekend", "week"
WHENS = (TODAY, TOMORROW, SATURDAY, SUNDAY, WEEKEND, WEEK)
# By number, as date.weekday counts.
_WEEKDAYS = {SATURDAY: 5, SUNDAY: 6}
# Somebody who looks for one of the two also means what is both.
MODES = (Mode.ON_SITE, Mode.LIVE)
# In place of a district: what lies in none, such as streams and what the whole city does outside.
WHOLE_CITY = 0
_WHOLE_CITY = "city"
# In place of a time: all that is to come. A wish for it is none, but the address then says which page is meant.
COMING = "coming"
STEP_FREE = "step_free"
_YES, _MINE = "yes", "mine"
LONGEST = 40
# What a feed is narrowed by, besides words.
LASTING = ("district", "venue", "age", "audience", "class", "mode", "brand", "with")
# All names that a list is asked by.
NAMES = ("q", "when", "day", "month", *LASTING, "free", "for")
_DAY = re.compile(r"(20\d\d)-(\d\d)-(\d\d)")
_MONTH = re.compile(r"(20\d\d)-(\d\d)")
_PUNCTUATION = re.compile(r"[^\w\s]|_")
_SLUG = re.compile(r"[\w-]{1,50}")


@dataclass(frozen=True)
class Wish:
    """Unknown values are as good as none: an old or mistyped address still shows the list. A day says more than a
    month, and a month more than "this weekend": only one of them is kept. `month`: its first day. `free`: where there are
    places left; `step_free`: without steps; `mine`: for the ages of the reader's own children, which no address says.
    """

    words: str = ""
    when: str = ""
    day: date | None = None
    month: date | None = None
    district: int | None = None
    venue: str = ""
    age: int | None = None
    audience: str = ""
    kind: str = ""
    mode: str = ""
    brand: int | None = None
    free: bool = False
    step_free: bool = False
    mine: bool = False

    @classmethod
    def read(cls, query: QueryDict) -> "Wish":
        day, month = read_day(query.get("day", "")), read_month(query.get("month", ""))
        age = _number(query.get("age", ""), most=OLDEST_YEARS)
        return cls(
            words=" ".join(query.get("q", "").replace("\0", "").split())[:LONGEST].strip(),
            when=_known(query.get("when", ""), WHENS) if day is None and month is None else "",
            day=day,
            month=month if day is None else None,
            district=_district(query.get("district", "")),
            venue=_known_slug(query.get("venue", "")),
            age=age,
            audience=_known(query.get("audience", ""), Audience.values),
            kind=_known(query.get("class", ""), StatisticClass.values),
            mode=_known(query.get("mode", ""), MODES),
            brand=_number(query.get("brand", "")) or None,
            free=query.get("free") == _YES,
            step_free=query.get("with") == STEP_FREE,
            mine=query.get("for") == _MINE and age is None,
        )

    def fields(self) -> list[tuple[str, str]]:
        """As hidden inputs and addresses carry it; always in the same order."""
        pairs = [
            ("q", self.words),
            ("when", self.when),
            ("day", self.day.isoformat() if self.day else ""),
            ("month", f"{self.month:%Y-%m}" if self.month else ""),
            ("district", _WHOLE_CITY if self.district == WHOLE_CITY else str(self.district or "")),
            ("venue", self.venue),
            ("age", "" if self.age is None else str(self.age)),
            ("audience", self.audience),
            ("class", self.kind),
            ("mode", self.mode),
            ("brand", str(self.brand or "")),
            ("free", _YES if self.free else ""),
            ("with", STEP_FREE if self.step_free else ""),
            ("for", _MINE if self.mine else ""),
        ]
        return [(name, value) for name, value in pairs if value]

    def query(self, **changes: Any) -> str:
        """With its question mark; nothing at all where nothing is wished for."""
        return asked(self.changed(**changes).fields())

    def changed(self, **changes: Any) -> "Wish":
        """Of when, day and month, the one that is named replaces the others; so do an age and one's own children."""
        if changes.get("mine"):
            changes = {"age": None, **changes}
        elif changes.get("age") is not None:
            changes = {"mine": False, **changes}
        if changes.keys() & {"when", "day", "month"}:
            changes = {"when": "", "day": None, "month": None, **changes}
        return replace(self, **changes)

    @property
    def timeless(self) -> "Wish":
        return self.changed(when="")

    @property
    def lasting(self) -> "Wish":
        """What a calendar can keep to: places come and go, and it does not know who reads it."""
        return self.changed(when="", free=False, mine=False)

    @property
    def is_bare(self) -> bool:
        return self == Wish()

    def days(self, today: date) -> tuple[date, date] | None:
        """First and last; none where any time will do."""
        if self.day:
            return self.day, self.day
        if self.month:
            return self.month, month_end(self.month)
        return when_days(self.when, today) if self.when else None


def in_vain(query: QueryDict, known: Wish) -> bool:
    """Something is asked for that nobody knows; time is not looked at. `known`: what is left of the wish."""
    return any(name in LASTING for name in unread(query, known))


def unread(query: QueryDict, known: Wish) -> list[str]:
    """Names in the address that say something nobody knows. A month beside a day, and a day that another one replaces, are
    known well enough.
    """
    left = dict(known.fields())
    said = {name: query.get(name, "").strip() for name in NAMES if name not in left}
    return [name for name, text in said.items() if text and not _is_replaced(name, text)]


def _is_replaced(name: str, text: str) -> bool:
    """Known, but something else in the address says more; whose children they are is said elsewhere."""
    if name == "when":
        return text in {*WHENS, COMING}
    if name == "for":
        return text == _MINE
    return (name == "day" and read_day(text) is not None) or (name == "month" and read_month(text) is not None)


def is_asked(query: QueryDict) -> bool:
    """Something is asked for; what messengers write into addresses does not count."""
    return any(name in query for name in (*NAMES, "page"))


def asked(fields: list[tuple[str, str]]) -> str:
    return f"?{urlencode(fields)}" if fields else ""


def when_days(when: str, today: date) -> tuple[date, date]:
    """The weekend is the coming one, and so is a Saturday or Sunday; on its Sunday only that day of it is left."""
    if when == TODAY:
        return today, today
    if when == TOMORROW:
        return today + timedelta(days=1), today + timedelta(days=1)
    if when in _WEEKDAYS:
        day = today + timedelta(days=(_WEEKDAYS[when] - today.weekday()) % 7)
        return day, day
    if when == WEEKEND:
        sunday = today + timedelta(days=6 - today.weekday())
        return max(today, sunday - timedelta(days=1)), sunday
    return today, today + timedelta(days=6)


def month_end(first: date) -> date:
    return next_month(first) - timedelta(days=1)


def next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def month_before(first: date) -> date:
    return (first - timedelta(days=1)).replace(day=1)


def read_day(text: str) -> date | None:
    found = _DAY.fullmatch(text) if text.isascii() else None
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def read_month(text: str) -> date | None:
    """From 2000 to 2099."""
    found = _MONTH.fullmatch(text) if text.isascii() else None
    year, month = map(int, found.groups()) if found else (0, 0)
    return date(year, month, 1) if 1 <= month <= 12 else None


def folded_words(text: str) -> list[str]:
    """Full-width letters and digits as one types them usually, and no punctuation: 《小种子》 is searched as 小种子."""
    return _PUNCTUATION.sub(" ", unicodedata.normalize("NFKC", text)).split()


def words_of(title: str) -> str:
    """Words by which a title is found; letters that are folded in a search are left out."""
    plain = "".join(letter if unicodedata.normalize("NFKC", letter) == letter else " " for letter in title)
    words = [word for word in plain.split() if folded_words(word) == [word]]
    return " ".join(words)[:LONGEST].strip()


def _known(text: str, values: Any) -> str:
    return text if text in set(values) else ""


def _known_slug(text: str) -> str:
    return text if _SLUG.fullmatch(text) else ""


def _district(text: str) -> int | None:
    return WHOLE_CITY if text == _WHOLE_CITY else _number(text) or None


def _number(text: str, *, most: int = 10**9) -> int | None:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        return None
    return int(text) if int(text) <= most else None
