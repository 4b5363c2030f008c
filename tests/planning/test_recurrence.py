"""Days out of a rule, over month ends, leap years, holidays and days worked in exchange."""

import itertools
from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from programmes.planning.choices import AdjustedDays, Pattern
from programmes.planning.rules.asking import Ask, kept, read_again
from programmes.planning.rules.recurrence import (
    LAST,
    PUSHED_AT_MOST,
    DayOff,
    LeftOut,
    Moment,
    Rule,
    days_of,
    moments_of,
    nths,
    spread,
)
from venues.choices import DayKind

DAYS = st.dates(date(2023, 12, 1), date(2029, 3, 1))
SATURDAY, SUNDAY = 5, 6
A_DAY = timedelta(days=1)


def weekly(first: date, last: date, *weekdays: int, **values) -> Rule:
    return Rule(Pattern.WEEKLY, first, last, weekdays=weekdays, times=(600,), **values)


def days(rule: Rule, calendar: dict[date, DayOff] | None = None) -> list[date]:
    return list(days_of(rule, calendar or {}).kept)


def test_thirteen_saturdays() -> None:
    found = days(weekly(date(2027, 3, 1), date(2027, 5, 30), SATURDAY))
    assert found == [date(2027, 3, 6) + timedelta(weeks=number) for number in range(13)]


def test_every_other_week_counts_from_the_first_days_week() -> None:
    rule = weekly(date(2027, 3, 3), date(2027, 3, 31), 0, 2, every=2)
    assert days(rule) == [
        date(2027, 3, 3),
        date(2027, 3, 15),
        date(2027, 3, 17),
        date(2027, 3, 29),
        date(2027, 3, 31),
    ]


def test_every_third_saturday_of_the_month_and_the_last_sunday() -> None:
    span = (date(2028, 1, 1), date(2028, 4, 30))
    third = Rule(Pattern.MONTHLY, *span, weekdays=(SATURDAY,), which=(3,))
    last = Rule(Pattern.MONTHLY, *span, weekdays=(SUNDAY,), which=(LAST,))
    assert days(third) == [date(2028, 1, 15), date(2028, 2, 19), date(2028, 3, 18), date(2028, 4, 15)]
    assert days(last) == [date(2028, 1, 30), date(2028, 2, 27), date(2028, 3, 26), date(2028, 4, 30)]


def test_leap_day() -> None:
    assert days(weekly(date(2028, 2, 28), date(2028, 3, 1), 0, 1, 2)) == [
        date(2028, 2, 28),
        date(2028, 2, 29),
        date(2028, 3, 1),
    ]


NATIONAL_DAY = {
    **{date(2027, 10, day): DayOff(DayKind.HOLIDAY, "国庆节") for day in range(1, 8)},
    date(2027, 9, 26): DayOff(DayKind.WORKDAY, "国庆节"),
    date(2027, 10, 9): DayOff(DayKind.WORKDAY, "国庆节"),
}


def test_holidays_and_adjusted_days_are_left_out_and_told() -> None:
    rule = weekly(date(2027, 9, 25), date(2027, 10, 10), SATURDAY, SUNDAY)
    found = days_of(rule, NATIONAL_DAY)
    assert list(found.kept) == [date(2027, 9, 25), date(2027, 10, 10)]
    assert list(found.left_out) == [
        LeftOut(date(2027, 9, 26), "国庆节", DayKind.WORKDAY),
        LeftOut(date(2027, 10, 2), "国庆节", DayKind.HOLIDAY),
        LeftOut(date(2027, 10, 3), "国庆节", DayKind.HOLIDAY),
        LeftOut(date(2027, 10, 9), "国庆节", DayKind.WORKDAY),
    ]


def test_holidays_can_be_kept_while_adjusted_days_are_pushed_on() -> None:
    rule = weekly(date(2027, 9, 25), date(2027, 10, 10), SATURDAY, skips_holidays=False, adjusted=AdjustedDays.PUSH)
    found = days_of(rule, NATIONAL_DAY)
    assert list(found.kept) == [date(2027, 9, 25), date(2027, 10, 2), date(2027, 10, 10)]
    assert [(one.day, one.moved_to) for one in found.left_out] == [(date(2027, 10, 9), date(2027, 10, 10))]


def test_a_day_is_not_pushed_beyond_the_last() -> None:
    rule = weekly(date(2027, 10, 9), date(2027, 10, 9), SATURDAY, adjusted=AdjustedDays.PUSH)
    assert days(rule, NATIONAL_DAY) == []


def test_named_days_need_no_weekday() -> None:
    named = (date(2027, 4, 23), date(2027, 3, 1), date(2027, 4, 23))
    rule = Rule(Pattern.DATES, date(2027, 1, 1), date(2027, 12, 31), dates=named)
    assert days(rule) == [date(2027, 3, 1), date(2027, 4, 23)]


def test_several_starts_a_day_once_each() -> None:
    rule = replace(weekly(date(2027, 3, 6), date(2027, 3, 6), SATURDAY), times=(870, 600, 600))
    assert moments_of(rule, [date(2027, 3, 6)]) == [Moment(date(2027, 3, 6), 600), Moment(date(2027, 3, 6), 870)]


@given(DAYS)
def test_every_day_is_one_of_the_first_four_or_the_last_of_its_month(day: date) -> None:
    length = monthrange(day.year, day.month)[1]
    same = [number for number in range(1, length + 1) if date(day.year, day.month, number).weekday() == day.weekday()]
    expected = {same.index(day.day) + 1} & {1, 2, 3, 4} | ({LAST} if day.day == same[-1] else set())
    assert nths(day) == expected


@given(st.integers(0, 60), st.integers(0, 400))
def test_spread_picks_as_many_as_there_can_be_evenly(count: int, among: int) -> None:
    places = spread(count, among)
    gaps = {later - earlier for earlier, later in itertools.pairwise(places)}
    assert len(places) == len(set(places)) == min(count, among)
    assert all(0 <= place < among for place in places)
    assert not gaps or max(gaps) - min(gaps) <= 1


SPECIAL = st.dictionaries(
    DAYS, st.builds(DayOff, st.sampled_from(DayKind), st.sampled_from(["国庆节", "春节"])), max_size=60
)


@st.composite
def rules(draw) -> Rule:
    first = draw(DAYS)
    return Rule(
        draw(st.sampled_from([Pattern.WEEKLY, Pattern.MONTHLY, Pattern.SPREAD])),
        first,
        first + timedelta(days=draw(st.integers(0, 400))),
        times=tuple(draw(st.lists(st.integers(0, 1439), max_size=3))),
        weekdays=tuple(sorted(draw(st.sets(st.integers(0, 6), min_size=1)))),
        every=draw(st.integers(1, 4)),
        which=tuple(sorted(draw(st.sets(st.integers(1, 5), min_size=1)))),
        count=draw(st.integers(1, 6)),
        skips_holidays=draw(st.booleans()),
        adjusted=draw(st.sampled_from(AdjustedDays)),
    )


@given(rules(), SPECIAL)
def test_what_is_kept_is_in_the_span_in_order_and_never_what_gives_way(rule: Rule, calendar: dict) -> None:
    found = days_of(rule, calendar)
    assert list(found.kept) == sorted(set(found.kept))
    assert all(rule.first <= day <= rule.last for day in found.kept)
    kinds = {calendar[day].kind for day in found.kept if day in calendar}
    forbidden = {DayKind.HOLIDAY} if rule.skips_holidays else set()
    forbidden |= set() if rule.adjusted == AdjustedDays.KEEP else {DayKind.WORKDAY}
    assert kinds & forbidden == set()


@given(rules(), SPECIAL)
def test_every_named_day_is_kept_or_told(rule: Rule, calendar: dict) -> None:
    named = set(days_of(rule, {}).kept)
    found = days_of(rule, calendar)
    pushed = {one.moved_to for one in found.left_out if one.moved_to}
    assert {one.day for one in found.left_out} == named - set(found.kept) | {
        one.day for one in found.left_out if one.day in pushed
    }
    assert set(found.kept) <= named | pushed
    assert all(A_DAY <= one.moved_to - one.day <= PUSHED_AT_MOST * A_DAY for one in found.left_out if one.moved_to)


@given(rules())
def test_weekly_days_are_whole_weeks_apart(rule: Rule) -> None:
    one = replace(rule, pattern=Pattern.WEEKLY, weekdays=rule.weekdays[:1])
    found = days(one)
    assert {(later - earlier).days for earlier, later in itertools.pairwise(found)} <= {7 * rule.every}


@given(rules(), st.sets(st.integers(1, 500)), st.sets(st.text(min_size=1, max_size=5)))
def test_an_ask_is_read_again_as_it_was_kept(rule: Rule, venues: set[int], out: set[str]) -> None:
    ask = Ask(tuple(venues), rule, room_name="故事屋", hosts=(3,), out=frozenset(out))
    assert read_again(kept(ask)) == ask
