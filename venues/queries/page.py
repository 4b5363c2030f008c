"""All that a venue's public page says: today, the week, what comes, how to get there."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any
from urllib.parse import quote

from django.utils import timezone
from django.utils.translation import gettext as _

from kit.refusals import Text
from networks.models import Area, Network
from venues.choices import DayKind, OnHolidays, OpenState, Weekday
from venues.models import CalendarDay, Closure, Venue
from venues.queries.closures import closures_of
from venues.queries.finder import CHIPS, note_text, today_text
from venues.queries.openness import open_slots
from venues.queries.today import Today, midnight, today_of
from venues.queries.venues import venue_page
from venues.rules.access import Access, access_of
from venues.rules.hours import Span, span_text
from venues.rules.special_hours import SpecialDays, special_days
from venues.rules.words import day_text, instant_text, slots_text

CLOSURES_AHEAD = timedelta(days=60)
HOLIDAYS_AHEAD = timedelta(days=75)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Holiday:
    """The next days off, and whether the venue is open on them."""

    name: str
    rows: list[tuple[str, str]]


@dataclass(frozen=True)
class VenueFace:
    venue: Venue
    today: Today
    chip: str
    hours: str
    note: str
    week: list[tuple[Text, str, bool]]
    closures: list[tuple[str, str]]
    holiday: Holiday | None
    special: list[SpecialDays]
    above: list[Area]
    access: list[Access]
    telephone: str
    map_address: str

    @property
    def is_gone(self) -> bool:
        return self.today.state == OpenState.GONE

    @property
    def district(self) -> str:
        return str(getattr(self.venue, "district_name", None) or "")

    @property
    def city(self) -> str:
        return self.above[0].name if self.above else ""


def face_by_slug(slug: str, *, network: Network, at: datetime) -> VenueFace | None:
    """None where readers find nothing. At most ten statements, however much the venue has."""
    venue = venue_page(slug)
    if venue is None or not venue.is_public:
        return None
    today = today_of([venue], at=at, zone=network.zone)[venue.pk]
    day, is_gone = timezone.localtime(at).date(), today.state == OpenState.GONE
    closures = [] if is_gone else closures_of([venue], at, at + CLOSURES_AHEAD)[venue.pk]
    days = [] if is_gone else _days_of_note(day)
    return VenueFace(
        venue=venue,
        today=today,
        chip=CHIPS[today.state],
        hours=today_text(today, at=at),
        note=note_text(today, at=at),
        week=week_rows(venue, today=day),
        closures=[(closure_text(row, at=at), row.reason) for row in closures if row.is_public],
        holiday=_holiday(venue, network, [row for row in days if row.kind == DayKind.HOLIDAY]),
        special=_special(venue, network, closures, days, day=day),
        above=_above(venue),
        access=access_of(venue),
        telephone=re.sub(r"[^\d+]", "", venue.phone),
        map_address=map_address(network, venue),
    )


def week_rows(venue: Venue, *, today: date) -> list[tuple[Text, str, bool]]:
    """Monday first; an empty text is a day on which it stays closed."""
    spans: dict[int, list[str]] = {day: [] for day in range(7)}
    for slot in venue.week:  # type: ignore[attr-defined]
        spans[slot.weekday].append(span_text(Span(slot.weekday, slot.opens_minute, slot.closes_minute)))
    return [(Weekday(day).label, "、".join(spans[day]), day == today.weekday()) for day in range(7)]


def map_address(network: Network, venue: Venue) -> str:
    """By the pattern that the library chose; nobody is sent to a map abroad by default."""
    pattern = network.rules.get("map_url")
    if not isinstance(pattern, str) or not pattern.startswith("https://"):
        return ""
    found = pattern.replace("{name}", quote(venue.name, safe=""))
    return found.replace("{address}", quote(f"{network.library_name} {venue.address}", safe=""))


def _above(venue: Venue) -> list[Area]:
    """From the city down to what the venue stands in."""
    ids = [int(step) for step in venue.area.path.strip("/").split("/")[:-1]]
    return list(Area.objects.filter(pk__in=ids).order_by("path"))


def closure_text(closure: Closure, *, at: datetime) -> str:
    """Whole days as days, the rest by the clock."""
    starts = timezone.localtime(closure.starts_at)
    first = _("since %(day)s") if closure.starts_at <= at else _("from %(day)s")
    if closure.ends_at is None:
        return _("%(from)s until further notice") % {"from": first % {"day": day_text(starts.date())}}
    ends = timezone.localtime(closure.ends_at)
    if (starts.hour, starts.minute, ends.hour, ends.minute) == (0, 0, 0, 0):
        last = ends.date() - timedelta(days=1)
        if last == starts.date():
            return f"{day_text(last)} {Weekday(last.weekday()).label}"
        return f"{day_text(starts.date())} – {day_text(last)}"
    return f"{instant_text(closure.starts_at, at=at)} – {instant_text(closure.ends_at, at=at)}"


def _days_of_note(day: date) -> list[CalendarDay]:
    """Those off, and those worked in exchange."""
    rows = CalendarDay.objects.filter(day__gte=day, day__lte=day + HOLIDAYS_AHEAD, removed_at=None)
    return list(rows.order_by("day"))


def _special(
    venue: Venue, network: Network, closures: list[Closure], days: list[CalendarDay], *, day: date
) -> list[SpecialDays]:
    """As far ahead as closures are told. A day on which it closes without a word to readers is left out."""
    if not closures and (not days or venue.on_holidays == OnHolidays.AS_USUAL):
        return []
    begin, end = midnight(day, network.zone), midnight(day + CLOSURES_AHEAD, network.zone)
    spans = [
        (timezone.localtime(slot.opens_at), timezone.localtime(slot.closes_at))
        for slot in open_slots([venue], begin, end)[venue.pk]
    ]
    number = CLOSURES_AHEAD.days
    unsaid = [row for row in closures if not row.is_public]
    left_out = {
        one
        for one in (day + ahead * ONE_DAY for ahead in range(number))
        if any(_is_on(row, one, network) for row in unsaid)
    }
    week = venue.week  # type: ignore[attr-defined]
    return special_days(week, spans, first=day, days=number, left_out=left_out)


def _is_on(closure: Closure, day: date, network: Network) -> bool:
    begins, ends = midnight(day, network.zone), midnight(day + ONE_DAY, network.zone)
    return closure.starts_at < ends and (closure.ends_at is None or closure.ends_at > begins)


def _holiday(venue: Venue, network: Network, found: list[CalendarDay]) -> Holiday | None:
    if not found:
        return None
    days = _first_run([row.day for row in found])
    slots = open_slots([venue], midnight(days[0], network.zone), midnight(days[-1] + timedelta(days=1), network.zone))
    texts: dict[date, list[Any]] = {one: [] for one in days}
    for slot in slots[venue.pk]:
        texts.setdefault(timezone.localtime(slot.opens_at).date(), []).append((slot.opens_at, slot.closes_at))
    lines = [(one, slots_text(texts[one], day=one) or _("closed")) for one in days]
    return Holiday(found[0].name, [_together([one for one, _text in group], text) for text, group in _alike(lines)])


def _first_run(days: list[date]) -> list[date]:
    run = days[:1]
    for day in days[1:]:
        if day - run[-1] > timedelta(days=1):
            break
        run.append(day)
    return run


def _alike(lines: list[tuple[date, str]]) -> list[tuple[str, list[tuple[date, str]]]]:
    return [(text, list(group)) for text, group in groupby(lines, key=lambda line: line[1])]


def _together(days: list[date], text: str) -> tuple[str, str]:
    label = day_text(days[0]) if len(days) == 1 else f"{day_text(days[0])} – {day_text(days[-1])}"
    return label, text
