"""Days said by their rule: nothing is lost, nothing is made up, and it reads as people write it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.planning.rules.folding import MOST_LISTED, Rule, expected, folded, when_text

MAY = date(2027, 5, 1)


def day(text):
    return date.fromisoformat(f"2027-{text}")


def told(*texts, year=2027):
    return [when_text(stretch, "", year=year) for stretch in folded(day(text) for text in texts)]


def every(first, count, step=7):
    return [(day(first) + timedelta(days=step * number)).isoformat()[5:] for number in range(count)]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        pytest.param(["05-01"], ["5月1日 周六"], id="one"),
        pytest.param(["05-01", "05-08"], ["5月1日、8日 周六"], id="two-are-no-rule"),
        pytest.param(every("05-01", 5), ["每周六，5月1日–29日"], id="weekly"),
        pytest.param(every("05-01", 9), ["每周六，5月1日–6月26日"], id="over-a-months-end"),
        pytest.param(["05-01", "05-15", "05-22", "05-29"], ["每周六，5月1日–29日（除5月8日）"], id="an-exception"),
        pytest.param(every("05-01", 4, 14), ["隔周周六，5月1日–6月12日"], id="fortnightly"),
        pytest.param(["04-17", "05-15", "06-19"], ["每月第3个周六，4月17日–6月19日"], id="monthly"),
        pytest.param(every("05-01", 5, 1), ["每天，5月1日–5日"], id="a-week-of-holidays"),
        pytest.param(["05-03", "05-04", "05-05", "05-06", "05-07"], ["每天，5月3日–7日"], id="working-days-once"),
        pytest.param(
            [*every("05-03", 3), *every("05-04", 3), *every("05-05", 3), *every("05-06", 3), *every("05-07", 3)],
            ["每周一至周五，5月3日–21日"],
            id="working-days",
        ),
        pytest.param([*every("05-01", 4), *every("05-02", 4)], ["每周六、周日，5月1日–23日"], id="weekends"),
        pytest.param(
            [*every("03-06", 4), *every("09-04", 4)],
            ["每周六，3月6日–27日", "每周六，9月4日–25日"],
            id="a-summer-between",
        ),
        pytest.param(["05-01", "05-03"], ["5月1日 周六、3日 周一"], id="no-rule"),
        pytest.param([*every("05-01", 3), "05-04"], ["每周六，5月1日–15日", "5月4日 周二"], id="a-rule-and-a-guest"),
        pytest.param(
            ["05-01", "05-22", "05-29", "06-26"], ["5月1日、22日、29日、6月26日 周六"], id="too-many-exceptions"
        ),
    ],
)
def test_days_are_said_as_people_write_them(days, words):
    assert told(*days) == words


def test_a_day_of_another_year_says_it():
    days = [date(2026, 12, 19) + timedelta(weeks=number) for number in range(4)]
    (stretch,) = folded(days)
    assert when_text(stretch, "", year=2027) == "每周六，2026年12月19日–2027年1月9日"
    assert when_text(stretch, "10:00", year=2026) == "每周六 10:00，12月19日–2027年1月9日"


@given(st.sets(st.integers(0, 400), max_size=60))
def test_every_day_stands_in_one_stretch_and_a_rule_means_what_it_says(numbers):
    days = {MAY + timedelta(days=number) for number in numbers}
    found = folded(days)
    assert sorted(one for stretch in found for one in stretch.days) == sorted(days)
    for stretch in found:
        if stretch.rule is Rule.LISTED:
            assert len(stretch.days) <= MOST_LISTED
        else:
            wanted = expected(stretch.rule, stretch.weekdays, stretch.days[0], stretch.days[-1])
            assert [one for one in wanted if one not in stretch.without] == list(stretch.days)
    assert [stretch.days for stretch in found] == sorted(stretch.days for stretch in found)


@given(
    first=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    weekdays=st.sets(st.integers(0, 6), min_size=1, max_size=3),
    weeks=st.integers(3, 30),
)
def test_what_was_made_by_a_weekly_rule_is_one_stretch(first, weekdays, weeks):
    monday = first - timedelta(days=first.weekday())
    days = [monday + timedelta(weeks=week, days=weekday) for week in range(weeks) for weekday in weekdays]
    (stretch,) = folded(days)
    assert (stretch.rule, stretch.weekdays, stretch.without) == (Rule.WEEKLY, tuple(sorted(weekdays)), ())
