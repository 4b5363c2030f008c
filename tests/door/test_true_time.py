"""By which clock a scan happened that is told of later."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.door.rules.true_time import skew_of, true_time

NOON = datetime(2026, 5, 16, 12, 0, tzinfo=UTC)
DAY, MINUTE, NO = timedelta(days=1), timedelta(minutes=1), timedelta(0)


@pytest.mark.parametrize(
    ("told", "ahead", "skew", "at"),
    [
        # The clock was right all the time.
        (NOON - 5 * MINUTE, NO, NO, NOON - 5 * MINUTE),
        # A day behind, and the device knew it from its last talk; or hears it only now.
        (NOON - DAY - 5 * MINUTE, DAY, DAY, NOON - 5 * MINUTE),
        (NOON - DAY - 5 * MINUTE, NO, DAY, NOON - 5 * MINUTE),
        # A day ahead, set right before it spoke to us again.
        (NOON + DAY - 5 * MINUTE, -DAY, NO, NOON - 5 * MINUTE),
        # Nothing that it says can be true.
        (NOON + DAY, NO, NO, NOON),
        (NOON - 30 * DAY, NO, NO, NOON),
        # A moment in what is to come is now.
        (NOON + timedelta(seconds=3), NO, NO, NOON),
    ],
)
def test_the_first_clock_that_can_be_true_counts(told, ahead, skew, at):
    assert true_time(told, ahead=ahead, skew=skew, since=NOON - 60 * MINUTE, received=NOON) == at


spans = st.timedeltas(min_value=timedelta(days=-400), max_value=timedelta(days=400))


@given(told=spans, ahead=spans, skew=spans, since=st.timedeltas(min_value=NO, max_value=timedelta(days=60)))
def test_nothing_happens_after_it_was_told_or_before_the_roster_was_given(told, ahead, skew, since):
    at = true_time(NOON + told, ahead=ahead, skew=skew, since=NOON - since, received=NOON)
    assert NOON - since - timedelta(seconds=5) <= at <= NOON


def test_a_clock_that_is_centuries_off_is_no_number():
    assert skew_of(datetime(1970, 1, 1, tzinfo=UTC), NOON) == timedelta(days=3650)
