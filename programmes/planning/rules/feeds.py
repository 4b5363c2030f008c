"""Sessions as lines of a calendar (RFC 5545).

The library icalendar takes a third of a second for a thousand events, and seven megabytes of each web process; tests
read the lines back with it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

# Octets of a line without its end; a line that goes on begins with a blank.
WIDEST = 75
PRODUCT = "-//Siji//Reading promotion//ZH"
# How often those who subscribed should look again.
REFRESH = "PT6H"
ONE_DAY = timedelta(days=1)
# Between these the rules of a zone are told: no session is planned before, and who reads in 2050 has asked again.
ZONE_FROM, ZONE_UNTIL = datetime(2020, 1, 1, tzinfo=UTC), datetime(2050, 1, 1, tzinfo=UTC)
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})
# What no text of a calendar may hold.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One session. `uid` stays the same for good; `sequence` goes up with each change of time, place or state.

    `is_open`: whether somebody comes is not certain yet. `alarm`: so long before, whoever has it is reminded.
    """

    uid: str
    starts_at: datetime
    ends_at: datetime
    changed_at: datetime
    sequence: int
    is_off: bool
    title: str
    place: str
    text: str
    url: str
    category: str = ""
    is_open: bool = False
    alarm: timedelta | None = None


def calendar(entries: Iterable[Entry], *, name: str, address: str, zone: ZoneInfo) -> bytes:
    """A whole file. The same entries make the same octets, so that it can be asked whether anything is new."""
    head = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{escaped(name)}",
        f"X-WR-CALNAME:{escaped(name)}",
        f"X-WR-TIMEZONE:{zone.key}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}",
        f"X-PUBLISHED-TTL:{REFRESH}",
        f"SOURCE;VALUE=URI:{address}",
        *zone_lines(zone),
    ]
    # Written on the way: two thousand sessions as lines in a list are ten megabytes, which the process would keep.
    body = bytearray(b"".join(map(folded, head)))
    for entry in entries:
        for line in _event(entry, zone):
            body += folded(line)
    body += folded("END:VCALENDAR")
    return bytes(body)


def lasts_days(starts_at: datetime, ends_at: datetime) -> bool:
    """Such as an exhibition; not what goes on past midnight."""
    return ends_at - starts_at >= ONE_DAY


def _times(entry: Entry, zone: ZoneInfo) -> Iterator[str]:
    """What lasts for days stands above them, and leaves whoever has it in the calendar free."""
    start, end = entry.starts_at.astimezone(zone), entry.ends_at.astimezone(zone)
    if lasts_days(start, end):
        day_after = (end - timedelta(microseconds=1)).date() + ONE_DAY
        yield f"DTSTART;VALUE=DATE:{start:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{day_after:%Y%m%d}"
        yield "TRANSP:TRANSPARENT"
    else:
        yield f"DTSTART;TZID={zone.key}:{start:%Y%m%dT%H%M%S}"
        yield f"DTEND;TZID={zone.key}:{end:%Y%m%dT%H%M%S}"


def _event(entry: Entry, zone: ZoneInfo) -> Iterator[str]:
    changed = f"{entry.changed_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.uid}"
    # Of something that was published, both say when it last changed.
    yield f"DTSTAMP:{changed}"
    yield f"LAST-MODIFIED:{changed}"
    yield f"SEQUENCE:{entry.sequence}"
    yield from _times(entry, zone)
    yield f"STATUS:{'CANCELLED' if entry.is_off else 'TENTATIVE' if entry.is_open else 'CONFIRMED'}"
    yield f"SUMMARY:{escaped(entry.title)}"
    if entry.place:
        yield f"LOCATION:{escaped(entry.place)}"
    if entry.text:
        yield f"DESCRIPTION:{escaped(entry.text)}"
    if entry.category:
        yield f"CATEGORIES:{escaped(entry.category)}"
    yield f"URL:{entry.url}"
    if entry.alarm is not None and not entry.is_off:
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{escaped(entry.title)}")
        yield from (f"TRIGGER:-PT{round(entry.alarm.total_seconds() / 60)}M", "END:VALARM")
    yield "END:VEVENT"


@lru_cache(maxsize=64)
def zone_lines(zone: ZoneInfo) -> tuple[str, ...]:
    """The zone's own rules, since old calendars know no names of zones: one part for each change of its clocks."""
    parts = [line for at in (ZONE_FROM, *_clock_changes(zone)) for line in _zone_part(zone, at)]
    return ("BEGIN:VTIMEZONE", f"TZID:{zone.key}", *parts, "END:VTIMEZONE")


def _clock_changes(zone: ZoneInfo) -> Iterator[datetime]:
    """To the minute, by halving a week in which the clocks went on or back."""
    at = ZONE_FROM
    while at < ZONE_UNTIL:
        early, late = at, at + timedelta(weeks=1)
        at = late
        if _offset(zone, early) == _offset(zone, late):
            continue
        while late - early > timedelta(minutes=1):
            middle = (early + (late - early) / 2).replace(second=0, microsecond=0)
            early, late = (middle, late) if _offset(zone, middle) == _offset(zone, early) else (early, middle)
        yield late


def _zone_part(zone: ZoneInfo, at: datetime) -> Iterator[str]:
    before, now = _offset(zone, at - timedelta(minutes=1)), at.astimezone(zone)
    kind = "DAYLIGHT" if now.dst() else "STANDARD"
    yield f"BEGIN:{kind}"
    yield f"DTSTART:{at + before:%Y%m%dT%H%M%S}"
    yield f"TZNAME:{now.tzname()}"
    yield f"TZOFFSETFROM:{_signed(before)}"
    yield f"TZOFFSETTO:{_signed(_offset(zone, at))}"
    yield f"END:{kind}"


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()


def _signed(offset: timedelta) -> str:
    minutes = round(offset.total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"


def escaped(text: str) -> str:
    return _CONTROLS.sub("", text).translate(_ESCAPED)


def folded(line: str) -> bytes:
    """No line is wider than 75 octets, and no character is cut in two."""
    octets = line.encode()
    if len(octets) <= WIDEST:
        return octets + b"\r\n"
    parts, start, room = [], 0, WIDEST
    while len(octets) - start > room:
        end = start + room
        while octets[end] & 0xC0 == 0x80:
            end -= 1
        parts.append(octets[start:end])
        start, room = end, WIDEST - 1
    parts.append(octets[start:])
    return b"\r\n ".join(parts) + b"\r\n"
