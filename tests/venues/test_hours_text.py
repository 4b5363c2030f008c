"""Hours in words: what people write, what cannot be read and why, and the same week back."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.sheets import Unreadable
from venues.rules.hours import WEEK, Span, against_week, in_order
from venues.rules.hours_text import parse_week, week_text

NINE_TO_FIVE = (540, 1020)


def days(numbers, *times):
    return in_order(Span(day, *one) for day in numbers for one in times)


@pytest.mark.parametrize(
    ("text", "week"),
    [
        (
            "周二至周日 9:00-17:00；周五 9:00-20:30；周一闭馆",
            days([1, 2, 3, 5, 6], NINE_TO_FIVE) + days([4], (540, 1230)),
        ),
        ("周二至周日9：00—17：00", days(range(1, 7), NINE_TO_FIVE)),
        ("周一闭馆，周二至日 9:00~17:00", days(range(1, 7), NINE_TO_FIVE)),
        ("每天 24小时", days(range(7), (0, 1440))),
        ("每日全天开放", days(range(7), (0, 1440))),
        ("星期二、星期四 ９:００－１１:３０、１３:００－１７:００", days([1, 3], (540, 690), (780, 1020))),
        ("周一、三、五 上午9:00-11:30 下午1:30-5:00", days([0, 2, 4], (540, 690), (810, 1020))),
        ("周六到周日 9点至17点半", days([5, 6], (540, 1050))),
        ("工作日 12:00-14:00；周末 10:00-18:00", days(range(5), (720, 840)) + days([5, 6], (600, 1080))),
        ("周五至周六 20:00-次日2:00", days([4, 5], (1200, 1560))),
        ("周六至周二 10:00-12:00", days([5, 6, 0, 1], (600, 720))),
        ("每天闭馆", []),
        ("周日 18:00-24:00\n周一 9:00-17:00", days([6], (1080, 1440)) + days([0], NINE_TO_FIVE)),
    ],
)
def test_what_people_write(text, week):
    assert parse_week(text) == in_order(week)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("9:00-17:00", "请先写明是哪几天，例如“周二至周日”。"),
        ("周二至周日", "有的日子没有写时间。"),
        ("周二 9:00", "时间只有开始，没有结束。"),
        ("周二至 9:00-17:00", "时间只有结束，没有开始。"),
        ("周二 9:00 17:00", "时间只有开始，没有结束。"),
        ("周二 17:00-9:00", "17:00-9:00 的结束早于开始。如果延续到第二天，请写“次日”，例如 20:00-次日2:00。"),
        ("周二 9:00-25:00", "没有这个时间。"),
        ("周二 9:60-17:00", "没有这个时间。"),
        (
            "周二 9:00-12:00、11:00-17:00",
            "星期二的 9:00–12:00 与 11:00–17:00 有重叠。请合并成一段，或让前一段早些结束。",
        ),
        (
            "周日 20:00-次日2:00；周一 1:00-3:00",
            "星期日 20:00–次日2:00 延续到了星期一 1:00–3:00 之内。请合并成一段，或让前一段早些结束。",
        ),
        ("法定节假日除外", "“法定节假日除外”看不懂。"),
        ("周二 次日1:00-次日2:00", "开放要从当天午夜之前开始。"),
    ],
)
def test_what_cannot_be_read_and_why(text, reason):
    with pytest.raises(Unreadable) as no:
        parse_week(text)
    assert str(no.value.args[0]) == reason


def fitting(found):
    kept = []
    for one in found:
        if not any(a.start + s < one.end and one.start < a.end + s for a in kept for s in (-WEEK, 0, WEEK)):
            kept.append(one)
    return in_order(kept)


weeks = st.lists(
    st.builds(
        lambda day, opens, length: Span(day, opens, opens + length),
        st.integers(0, 6),
        st.integers(0, 1439),
        st.integers(1, 1440),
    ),
    max_size=20,
).map(fitting)
plain_weeks = st.lists(
    st.sampled_from([[], [NINE_TO_FIVE], [(540, 690), (780, 1020)], [(0, 1440)]]), min_size=7, max_size=7
).map(lambda week: [Span(day, *times) for day, found in enumerate(week) for times in found])


@given(st.one_of(weeks, plain_weeks))
def test_a_written_week_reads_the_same(week):
    assert not [refusal for refusal in against_week(week) if refusal.code != "too_many_slots"]
    if not list(against_week(week)):
        assert parse_week(week_text(week)) == in_order(week)


@given(st.text(alphabet="周一二日至、，；:0129-–次日闭馆 x", max_size=30))
def test_any_text_is_read_or_refused(text):
    with suppress(Unreadable):
        assert list(against_week(parse_week(text))) == []


@pytest.mark.parametrize(
    ("week", "text"),
    [
        (days(range(1, 7), NINE_TO_FIVE), "周二至周日 9:00-17:00；周一闭馆"),
        (
            days([1, 2, 3, 5, 6], NINE_TO_FIVE) + days([4], (540, 1230)),
            "周二至周四、周六、周日 9:00-17:00；周五 9:00-20:30；周一闭馆",
        ),
        (days(range(7), (0, 1440)), "每天 24小时"),
        ([], "每天闭馆"),
    ],
)
def test_how_a_week_is_written(week, text):
    assert week_text(week) == text


@pytest.mark.parametrize(
    ("span", "codes"),
    [
        (Span(7, 0, 10), ["not_a_slot"]),
        (Span(0, 1440, 1500), ["not_a_slot"]),
        (Span(0, 60, 60), ["not_a_slot"]),
        (Span(0, 60, 1501), ["not_a_slot"]),
        (Span(0, 60, 1500), []),
    ],
)
def test_what_is_a_slot(span, codes):
    assert [refusal.code for refusal in against_week([span])] == codes
