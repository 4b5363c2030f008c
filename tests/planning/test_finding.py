"""What an address asks for: whatever is typed, a list can be shown, and its own address asks for the same."""

from datetime import date, timedelta

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from programmes.planning.choices import Audience, StatisticClass
from programmes.planning.rules.finding import (
    MODES,
    NAMES,
    WHENS,
    Wish,
    month_before,
    month_end,
    next_month,
    unread,
    when_days,
)

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
WISHES = st.builds(
    Wish,
    words=st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40).map(
        lambda t: " ".join(t.split())
    ),
    when=st.sampled_from(("", *WHENS)),
    district=st.none() | st.integers(0, 10**9 - 1),
    venue=st.sampled_from(("", "nj028", "qing-liang_men")),
    age=st.none() | st.integers(0, 120),
    free=st.booleans(),
    step_free=st.booleans(),
    audience=st.sampled_from(("", *Audience.values)),
    kind=st.sampled_from(("", *StatisticClass.values)),
    mode=st.sampled_from(("", *MODES)),
    brand=st.none() | st.integers(1, 10**9 - 1),
)


def read(wish):
    return Wish.read(QueryDict(wish.query().removeprefix("?")))


@given(WISHES)
def test_its_address_asks_for_the_same(wish):
    assert read(wish) == wish


@given(WISHES)
def test_all_of_its_address_is_read(wish):
    query = QueryDict(wish.query().removeprefix("?"))
    assert unread(query, read(wish)) == []


@given(WISHES)
def test_a_calendar_keeps_to_what_lasts(wish):
    assert wish.lasting == wish.timeless.changed(free=False, mine=False)
    assert read(wish.lasting) == wish.lasting


@given(WISHES, st.integers(0, 120))
def test_an_age_and_ones_own_children_replace_one_another(wish, age):
    mine = wish.changed(mine=True)
    assert (mine.age, mine.mine, read(mine)) == (None, True, mine)
    assert mine.changed(age=age) == wish.changed(age=age, mine=False)


@given(WISHES, DAYS)
def test_a_day_or_a_month_replaces_the_time_that_was_asked_for(wish, day):
    assert read(wish.changed(day=day)) == wish.changed(when="", day=day)
    month = day.replace(day=1)
    assert read(wish.changed(day=day).changed(month=month)) == wish.changed(month=month)
    assert wish.changed(month=month).changed(when="week").days(day) == (day, day + timedelta(days=6))


@given(st.dictionaries(st.sampled_from(
    (*NAMES, "x")
), st.text(max_size=60)))  # fmt: skip
def test_nonsense_is_as_good_as_nothing(values):
    query = QueryDict(mutable=True)
    query.update(values)
    wish = Wish.read(query)
    assert read(wish) == wish
    assert wish.days(date(2027, 5, 12)) is None or wish.days(date(2027, 5, 12))[0] <= wish.days(date(2027, 5, 12))[1]


@pytest.mark.parametrize(
    "text", ["2027-02-30", "2027-13-01", "27-05-01", "２０２７-05-01", "1999-05-01", "2027-5-1", "x", ""]
)
def test_a_day_that_is_none(text):
    assert Wish.read(QueryDict(f"day={text}")).day is None


@given(DAYS)
def test_when_is_counted_from_today(today):
    assert when_days("today", today) == (today, today)
    assert when_days("tomorrow", today) == (today + timedelta(days=1),) * 2
    assert when_days("week", today) == (today, today + timedelta(days=6))
    for weekday, name in ((5, "saturday"), (6, "sunday")):
        day, same = when_days(name, today)
        assert (day.weekday(), day, timedelta(0) <= day - today < timedelta(days=7)) == (weekday, same, True)
    first, last = when_days("weekend", today)
    assert (last.weekday(), first.weekday() in {5, 6}, first >= today, last - today < timedelta(days=7)) == (
        6, True, True, True,
    )  # fmt: skip


@given(DAYS.map(lambda day: day.replace(day=1)))
def test_months_follow_one_another(first):
    assert month_before(next_month(first)) == first
    assert month_end(first) + timedelta(days=1) == next_month(first)
