"""How long one has to answer an invitation: by day, never past the end, and never so near that it is no use."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.signup.rules.invitations import LEAST, Days, answer_until, daytime

NANJING = ZoneInfo("Asia/Shanghai")
NEW_YEAR = datetime(2027, 1, 1, tzinfo=UTC)
INSTANTS = st.timedeltas(timedelta(), timedelta(days=330)).map(lambda since: NEW_YEAR + since)
DAYS = st.builds(
    Days,
    zone=st.sampled_from([NANJING, ZoneInfo("Europe/Berlin")]),
    wakes=st.integers(0, 23),
    sleeps=st.integers(0, 23),
)


def here(day, clock):
    return datetime.combine(date(2027, 5, day), time.fromisoformat(clock), tzinfo=NANJING)


@pytest.mark.parametrize(
    ("at", "last", "until"),
    [
        # Days ahead: twelve hours of daytime.
        ((10, "09:00"), (16, "10:00"), (10, "21:00")),
        # The night between them does not count.
        ((10, "20:00"), (16, "10:00"), (11, "19:00")),
        ((10, "23:30"), (16, "10:00"), (11, "20:00")),
        # Near: half of what is left, so that another family has its turn.
        ((16, "08:00"), (16, "10:00"), (16, "09:00")),
        ((15, "20:00"), (16, "10:00"), (16, "08:30")),
        # Nearer: half an hour, if there is one.
        ((16, "09:15"), (16, "10:00"), (16, "09:45")),
        ((16, "09:30"), (16, "10:00"), (16, "10:00")),
        ((16, "09:31"), (16, "10:00"), None),
        ((16, "10:00"), (16, "10:00"), None),
        ((16, "22:00"), (17, "07:00"), None),
    ],
)
def test_an_invitation_leaves_time_by_day(at, last, until):
    found = answer_until(at=here(*at), last=here(*last), hours=12, days=Days(NANJING))
    assert found == (here(*until) if until else None)


@given(at=INSTANTS, left=st.timedeltas(timedelta(), timedelta(days=6)), hours=st.integers(1, 72), days=DAYS)
def test_whatever_the_hours_an_answer_is_in_time_and_by_day(at, left, hours, days):
    last = at + left
    until = answer_until(at=at, last=last, hours=hours, days=days)
    whole = daytime(at, last, days)
    assert (until is None) == (whole < LEAST)
    if until is None:
        return
    assert at + LEAST <= until <= last
    given_time = daytime(at, until, days)
    assert given_time == min(timedelta(hours=hours), max(LEAST, whole / 2))
    # The moment before it is by day: nobody's time runs out while she sleeps.
    assert daytime(until - timedelta(microseconds=1), until, days) == timedelta(microseconds=1)


@given(at=INSTANTS, left=st.timedeltas(timedelta(), timedelta(days=6)), days=DAYS)
def test_daytime_adds_up(at, left, days):
    half = at + left / 2
    assert daytime(at, half, days) + daytime(half, at + left, days) == daytime(at, at + left, days)
    assert daytime(at, at + left, days) <= left
