"""Lines of a calendar: what is written is what is read, by another reader and by the rules for lines."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.planning.rules.feeds import WIDEST, Entry, calendar, folded, zone_lines

SHANGHAI = ZoneInfo("Asia/Shanghai")
# What no calendar can hold, and the ends of lines that readers make one of.
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=200)
# Naive, as hypothesis wants its bounds.
INSTANTS = st.datetimes(
    datetime(2000, 1, 1),  # noqa: DTZ001
    datetime(2037, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)


def entry(**values):
    start = datetime(2027, 5, 16, 2, tzinfo=UTC)
    values = {
        "uid": "k3j9x2ab@nanjing", "starts_at": start, "ends_at": start + timedelta(hours=1), "changed_at": start,
        "sequence": 0, "is_off": False, "title": "小种子", "place": "", "text": "", "url": "http://nanjing.test/e/",
        **values,
    }  # fmt: skip
    return Entry(**values)


def written(*entries, name="金陵图书馆"):
    return calendar(entries, name=name, address="http://nanjing.test/events.ics", zone=SHANGHAI)


def read(body):
    return icalendar.Calendar.from_ical(body)


def loose_lines(body):
    """Lines as they stand in the file that no file may have."""
    lines = body.split(b"\r\n")
    return [line for line in lines[:-1] if len(line) > WIDEST or b"\n" in line or b"\r" in line] + lines[-1:]


def cut_characters(body):
    found = []
    for line in body.split(b"\r\n"):
        try:
            line.decode()
        except UnicodeDecodeError:
            found.append(line)
    return found


@given(title=TEXTS, place=TEXTS, text=TEXTS, name=TEXTS)
def test_any_text_comes_back(title, place, text, name):
    body = written(entry(title=title, place=place, text=text), name=name)
    assert (loose_lines(body), cut_characters(body)) == ([b""], [])
    found = read(body)
    (event,) = found.walk("VEVENT")
    # This reader takes the names of calendars for something unknown, and descriptions for text.
    assert str(read(body.replace(b"\r\nNAME:", b"\r\nDESCRIPTION:", 1))["DESCRIPTION"]) == name
    assert (str(event["SUMMARY"]), str(event.get("LOCATION", "")), str(event.get("DESCRIPTION", ""))) == (
        title, place, text,
    )  # fmt: skip


@given(st.lists(st.tuples(INSTANTS, st.integers(5, 1439), st.integers(0, 9), st.booleans()), max_size=4))
def test_times_and_states_come_back(rows):
    entries = [
        entry(uid=f"{number}@nanjing", starts_at=start, ends_at=start + timedelta(minutes=minutes), changed_at=start,
              sequence=sequence, is_off=is_off)
        for number, (start, minutes, sequence, is_off) in enumerate(rows)
    ]  # fmt: skip
    events = read(written(*entries)).walk("VEVENT")
    assert [
        (str(one["UID"]), one["DTSTART"].dt, one["DTEND"].dt, one["LAST-MODIFIED"].dt, int(one["SEQUENCE"]),
         str(one["STATUS"]) == "CANCELLED")
        for one in events
    ] == [
        (one.uid, one.starts_at.replace(microsecond=0), one.ends_at.replace(microsecond=0),
         one.changed_at.replace(microsecond=0), one.sequence, one.is_off)
        for one in entries
    ]  # fmt: skip


@given(INSTANTS, st.integers(1440, 30000))
def test_what_lasts_for_days_takes_them_whole(start, minutes):
    end = start + timedelta(minutes=minutes)
    (event,) = read(written(entry(starts_at=start, ends_at=end))).walk("VEVENT")
    first, day_after = event["DTSTART"].dt, event["DTEND"].dt
    assert (type(first), type(day_after), str(event["TRANSP"])) == (date, date, "TRANSPARENT")
    assert first == start.astimezone(SHANGHAI).date()
    begin, over = (datetime.combine(day, time(), SHANGHAI) for day in (first, day_after))
    assert begin <= start < end <= over < end + timedelta(days=1)


def test_a_line_is_folded_between_characters():
    line = "SUMMARY:" + "读" * 60
    assert folded(line).replace(b"\r\n ", b"") == f"{line}\r\n".encode()
    assert [len(one) for one in folded(line).split(b"\r\n")] == [74, 73, 43, 0]


def test_what_no_calendar_can_hold_is_left_out_and_lines_stay_lines():
    (event,) = read(written(entry(text="一\r\n二\x00\x1b；三\\n,;"))).walk("VEVENT")
    assert str(event["DESCRIPTION"]) == "一\n二；三\\n,;"


def test_the_zone_stands_in_the_file():
    (zone,) = read(written()).walk("VTIMEZONE")
    assert str(zone["TZID"]) == "Asia/Shanghai"
    assert datetime(2027, 5, 16, 10, tzinfo=zone.to_tz()).utcoffset() == timedelta(hours=8)


@pytest.mark.parametrize("name", ["Asia/Shanghai", "Europe/Berlin", "Australia/Adelaide", "America/St_Johns"])
def test_a_zone_read_back_has_the_same_clocks(name):
    """Through two years by steps of twenty-five hours: every hour of a day, every day."""
    zone = ZoneInfo(name)
    (read_back,) = read("\r\n".join(["BEGIN:VCALENDAR", *zone_lines(zone), "END:VCALENDAR"])).walk("VTIMEZONE")
    there = read_back.to_tz(lookup_tzid=False)
    moments = [datetime(2026, 1, 1, 0, 20, tzinfo=UTC) + timedelta(hours=number * 25) for number in range(700)]
    assert [at.astimezone(there).utcoffset() for at in moments] == [at.astimezone(zone).utcoffset() for at in moments]


def test_the_same_sessions_make_the_same_file():
    assert written(entry()) == written(entry())
