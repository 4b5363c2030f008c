"""A session as a row of the whole plan's table says it, and what a row would change of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kit.refusals import Refusal
from programmes.planning.choices import PlaceKind
from programmes.planning.models import Activity, Session
from programmes.planning.rules.inherited import is_said
from programmes.planning.rules.places import Where

# What a session may say itself in this table; what equals the activity's is the activity's.
OWN = ("title", "capacity", "in_charge", "phone", "notice")
NEAR_ENOUGH = 0.45
MOST_NEAR = 3


@dataclass(frozen=True)
class Span:
    starts_at: datetime
    ends_at: datetime


def span_of(values: Mapping[str, Any], *, length: timedelta) -> Span:
    """In the zone in force. Without an end it lasts as long as `length`; an end without a day is on the same one."""
    starts_at = timezone.make_aware(datetime.combine(values["day"], values["starts"]))
    if values.get("ends") is None and values.get("last_day") is None:
        return Span(starts_at, starts_at + length)
    end = values.get("ends") or timezone.localtime(starts_at + length).time()
    return Span(starts_at, timezone.make_aware(datetime.combine(values.get("last_day") or values["day"], end)))


def length_of(activity: Activity, session: Session | None) -> timedelta:
    if session is not None:
        return session.ends_at - session.starts_at
    return timedelta(minutes=activity.minutes)


def own_values(values: Mapping[str, Any], activity: Activity, session: Session | None) -> dict[str, Any]:
    """What the session says itself from now on, where that differs from what it says now."""
    found = {}
    for name in OWN:
        if name not in values:
            continue
        cell = values[name]
        inherited = getattr(activity, name, "")
        before = getattr(session, name) if session is not None else None
        shown = before if is_said(before) else inherited
        if (cell if is_said(cell) else None) == (shown if is_said(shown) else None):
            continue
        nothing = None if name == "capacity" else ""
        found[name] = cell if is_said(cell) and cell != inherited else nothing
    return found


def same_place(one: Where, other: Where) -> bool:
    """Route and partner are not in the table."""
    keys = ("kind", "area", "venue", "room", "place_name", "address", "safety_notice")
    return all(getattr(one, key) == getattr(other, key) for key in keys)


def kind_meant(kind: PlaceKind | None, *, has_venue: bool, has_name: bool) -> PlaceKind | None:
    """What an empty cell for the kind of place means."""
    if kind is not None:
        return kind
    if has_venue:
        return PlaceKind.ROOM
    return PlaceKind.PARTNER if has_name else None


def against_weekday(day: date, typed: str) -> Iterator[Refusal]:
    """Worth a word: whoever changed the day may have left the weekday as it was."""
    said = typed.strip()[-1:].replace("天", "日")
    meant = "一二三四五六日"[day.weekday()]
    if said and said in "一二三四五六日" and said != meant:
        yield Refusal(
            "other_weekday",
            _("%(day)s is a %(weekday)s; the table says %(typed)s. The date counts.")
            % {"day": day.isoformat(), "weekday": f"周{meant}", "typed": typed.strip()[:10]},
        )


@dataclass
class Names:
    """Names that are known, and which of them somebody may have meant; not asked without end."""

    known: Sequence[str]
    most_asked: int = 40

    def __post_init__(self) -> None:
        self._asked: dict[str, list[str]] = {}

    def near(self, word: str) -> list[str]:
        if word not in self._asked:
            if len(self._asked) >= self.most_asked:
                return []
            self._asked[word] = get_close_matches(word, self.known, MOST_NEAR, NEAR_ENOUGH)
        return self._asked[word]


def unknown(code: str, text: str, near: Sequence[str]) -> Refusal:
    way_on = _("Did you mean %(names)s?") % {"names": "、".join(near)} if near else ""
    return Refusal(code, text, way_on)


def hosts_typed(text: str) -> list[str]:
    """Names as people part them; each once, in their order."""
    for mark in ",，;；/／\n":
        text = text.replace(mark, "、")
    return list(dict.fromkeys(name.strip() for name in text.split("、") if name.strip()))


def state_of(session: Session) -> str:
    if session.called_off_at is not None:
        return _("Called off")
    return _("Published") if session.published_at is not None else _("Draft session")


def clock_time(instant: datetime) -> time:
    return timezone.localtime(instant).time().replace(tzinfo=None)


def cell_words(name: str, value: Any) -> str:
    """A value as it would stand in the table."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "、".join(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if name == "kind":
        return str(dict(PlaceKind.choices).get(value, value))
    return str(value)
