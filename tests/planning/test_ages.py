"""Ages: kept in months, said as people say them."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from programmes.planning.rules.ages import against_ages, is_in_years, last_year, of_years
from programmes.planning.rules.wording import age_words


@pytest.mark.parametrize(
    ("from_months", "to_months", "words"),
    [
        (36, 83, "3–6 岁"),
        (36, 72, "3–6 岁"),
        (18, 36, "18–36 个月"),
        (24, 36, "24–36 个月"),
        (36, None, "3 岁以上"),
        (None, None, "不限年龄"),
        (0, None, "不限年龄"),
        (None, 83, "6 岁以下"),
        (72, 83, "6 岁"),
        (18, None, "18 个月以上"),
        (None, 18, "18 个月以下"),
    ],
)
def test_ages_in_words(from_months, to_months, words):
    with translation.override("zh-hans"):
        assert age_words(from_months, to_months) == words


@given(st.integers(0, 120), st.integers(0, 120))
def test_years_come_back_as_they_were_said(first, last):
    months = of_years(first, last)
    assert is_in_years(*months)
    assert (months[0] // 12, last_year(months[1])) == (first, last)


@given(st.integers(0, 2000) | st.none(), st.integers(0, 2000) | st.none())
def test_ages_go_upwards_and_end(first, last):
    codes = [refusal.code for refusal in against_ages(first, last)]
    backwards = first is not None and last is not None and last < first
    assert ("ages_backwards" in codes) == backwards
    assert ("nobody_so_old" in codes) == (max(first or 0, last or 0) > 120 * 12 + 11)
