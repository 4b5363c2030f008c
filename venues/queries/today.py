"""How venues stand now: what a card, a list and a page say of today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from venues.choices import OpenState
from venues.models import Closure, Venue
from venues.queries.closures import closures_of
from venues.queries.openness import Slot, open_slots

DAYS_AHEAD = 8


@dataclass(frozen=True)
class Today:
    """`slots`: today's, whole, also where they reach past midnight; `text` says them. `until`: when it closes, if it
    is open and that lies within a week. `next_at`: when it opens again. `closure`: why it is closed now, where
    somebody has said so.
    """

    state: OpenState
    slots: tuple[Slot, ...]
    text: str
    until: datetime | None
    next_at: datetime | None
    closure: Closure | None

    @property
    def is_open(self) -> bool:
        return self.state in {OpenState.OPEN, OpenState.ALWAYS}


def midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone)


def today_of(venues: Iterable[Venue], *, at: datetime, zone: ZoneInfo, days: int = DAYS_AHEAD) -> dict[int, Today]:
    """By the venue's id, in two statements. The venues come with their area. `days`: how far to look for an end and
    the next beginning; at least two, for what stays open past midnight."""
    rows = list(venues)
    day = at.astimezone(zone).date()
    end = midnight(day + timedelta(days=days), zone)
    slots = open_slots(rows, midnight(day - timedelta(days=1), zone), end)
    closures = closures_of(rows, at, at + timedelta(microseconds=1))
    begins, ends = midnight(day, zone), midnight(day + timedelta(days=1), zone)
    return {
        venue.pk: _today(venue, slots[venue.pk], closures[venue.pk], at=at, day=(begins, ends), end=end)
        for venue in rows
    }


def _today(
    venue: Venue,
    slots: list[Slot],
    closures: list[Closure],
    *,
    at: datetime,
    day: tuple[datetime, datetime],
    end: datetime,
) -> Today:
    begins, ends = day
    now = next((slot for slot in slots if slot.holds(at)), None)
    shown = tuple(slot for slot in slots if begins <= slot.opens_at < ends or slot.holds(at))
    return Today(
        state=_state(venue, now, closures, at=at, day=day),
        slots=shown,
        text="、".join(_said(slot, day) for slot in shown),
        until=now.closes_at if now and now.closes_at < end else None,
        next_at=next((slot.opens_at for slot in slots if slot.opens_at > at), None),
        closure=closures[0] if closures else None,
    )


def _state(
    venue: Venue, now: Slot | None, closures: list[Closure], *, at: datetime, day: tuple[datetime, datetime]
) -> OpenState:
    if venue.closed_at is not None and venue.closed_at <= at:
        return OpenState.GONE
    if closures:
        return OpenState.PAUSED
    if now is None:
        return OpenState.SHUT
    is_all_day = now.opens_at <= day[0] and now.closes_at >= day[1]
    return OpenState.ALWAYS if is_all_day else OpenState.OPEN


def _said(slot: Slot, day: tuple[datetime, datetime]) -> str:
    """As the clock on the wall shows it on that day."""
    begins, ends = day
    if slot.opens_at <= begins and slot.closes_at >= ends:
        return _("24 hours")
    opens, closes = (_face(one.astimezone(begins.tzinfo)) for one in (slot.opens_at, slot.closes_at))
    if slot.opens_at < begins:
        return _("until %(time)s") % {"time": closes}
    if slot.closes_at == ends:
        closes = "24:00"
    elif slot.closes_at > ends:
        closes = _("%(time)s the next day") % {"time": closes}
    return f"{opens}–{closes}"


def _face(moment: datetime) -> str:
    return f"{moment.hour}:{moment.minute:02}"
