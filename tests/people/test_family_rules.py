"""Rules of families, by tables and properties: ages, names, reader numbers, network rules."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from people.choices import MemberRole
from people.rules import families, names, reader_numbers
from people.rules.ages import Age, age_on

MONTHS = st.builds(date, st.integers(1990, 2040), st.integers(1, 12), st.just(1))
# A machine that is busy with other tests is no fault of ours.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize(
    ("birth", "day", "words"),
    [
        (date(2026, 11, 1), date(2026, 11, 20), "未满1个月"),
        (date(2026, 2, 1), date(2026, 11, 20), "9个月"),
        (date(2025, 11, 1), date(2026, 11, 1), "1岁"),
        (date(2022, 8, 1), date(2026, 11, 20), "4岁3个月"),
        (date(2022, 12, 1), date(2026, 11, 30), "3岁11个月"),
        (date(2020, 2, 1), date(2026, 11, 20), "6岁9个月"),
        (date(2019, 8, 1), date(2026, 11, 20), "7岁"),
        (date(2010, 1, 1), date(2026, 11, 20), "16岁"),
    ],
)
def test_ages_are_said_as_people_say_them(birth, day, words):
    assert str(age_on(birth, day)) == words


@patient
@given(MONTHS, st.integers(0, 20_000))
def test_an_age_leads_back_to_the_month(birth, days):
    day = birth + timedelta(days=days)
    age = age_on(birth, day)
    total = birth.year * 12 + birth.month + age.years * 12 + age.months
    assert (total, 0 <= age.months < 12) == (day.year * 12 + day.month, True)


@patient
@given(MONTHS, st.integers(0, 20_000), st.integers(0, 400))
def test_nobody_grows_younger(birth, days, more):
    day = birth + timedelta(days=days)
    assert age_on(birth, day + timedelta(days=more)) >= age_on(birth, day)


def test_before_the_month_there_is_no_age():
    with pytest.raises(ValueError, match="before"):
        age_on(date(2026, 12, 1), date(2026, 11, 30))
    assert Age(3, 0) < Age(3, 1) < Age(4, 0)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        (" 王 小 雨 ", "王小雨"),
        ("王\u3000小雨", "王小雨"),
        ("Ａｎｎａ  Wang", "Anna Wang"),
        ("Anna 王", "Anna 王"),
        ("古丽·阿依", "古丽·阿依"),
        ("李䶮 𬭎", "李䶮𬭎"),
        ("\u202e王\u200b小雨\ufeff", "王小雨"),
        ("\u200b\u200d", ""),
        ("小虎👨\u200d👩\u200d👧", "小虎👨\u200d👩\u200d👧"),
        ("", ""),
    ],
)
def test_a_name_has_one_spelling(typed, name):
    assert names.tidy(typed) == name


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("王小明", "王*明"),
        ("李明", "李*"),
        ("欧阳小雨", "欧阳*雨"),
        ("欧阳", "欧*"),
        ("王", "王"),
        ("", ""),
        ("Anna Wang", "A*g"),
    ],
)
def test_names_are_masked_in_lists(name, masked):
    assert names.masked(name) == masked


@pytest.mark.parametrize(
    ("name", "relation", "called"),
    [
        ("王芳", "mother", "王女士"),
        ("王建国", "father", "王先生"),
        ("李桂英", "mothers_parent", "李*英"),
        ("李桂英", "", "李*英"),
        ("", "mother", "一位家人"),
    ],
)
def test_whoever_invites_is_named_as_to_strangers(name, relation, called):
    assert names.addressed(name, relation) == called


@pytest.mark.parametrize(
    ("typed", "number", "refused"),
    [
        ("３２０１ ０００１", "32010001", []),
        ("nj-0012/8", "NJ00128", []),
        ("", "", []),
        ("12", "12", ["not_a_reader_number"]),
        ("证号一二三四", "证号一二三四", ["not_a_reader_number"]),
        ("9" * 25, "9" * 25, ["not_a_reader_number"]),
    ],
)
def test_reader_numbers_have_one_spelling(typed, number, refused):
    tidy = reader_numbers.tidy(typed)
    assert (tidy, [one.code for one in reader_numbers.against_number(tidy)]) == (number, refused)


def test_of_a_reader_number_the_end_is_shown():
    assert (reader_numbers.masked("320100014821"), reader_numbers.masked("")) == ("****4821", "")


@pytest.mark.parametrize(("rules", "age"), [({}, 14), ({"young_login_age": 12}, 12), ({"young_login_age": "12"}, 14)])
def test_the_age_for_an_own_login(rules, age):
    assert families.young_login_age(rules) == age


@pytest.mark.parametrize("value", [True, 7, 19, 14.5, None])
def test_an_age_of_the_wrong_sort_counts_as_not_set(value):
    assert families.young_login_age({"young_login_age": value}) == 14


@pytest.mark.parametrize(
    ("rules", "may"), [({}, True), ({"carers_may_begin": False}, False), ({"carers_may_begin": 0}, True)]
)
def test_whether_carers_begin(rules, may):
    assert families.carers_may_begin(rules) == may
    told = families.against_beginning(MemberRole.CARER, households=0, is_young=False, network_rules=rules)
    assert [one.code for one in told] == ([] if may else ["guardians_begin"])
