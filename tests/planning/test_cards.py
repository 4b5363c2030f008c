"""What is the same at one time in many places is one card: nothing is lost, nothing is shown twice, pages agree."""

import unicodedata
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from programmes.planning.rules.cards import MOST_ALONE, Line, folded, places_of, within
from programmes.planning.rules.finding import LONGEST, folded_words, words_of

NINE = datetime(2027, 5, 15, 1, tzinfo=UTC)


def line(pk, hour=0, alike="绘本故事会", venue=None, room="故事屋"):
    venue = pk if venue is None else venue
    return Line(pk, f"c{pk}", NINE + timedelta(hours=hour), alike, "/1/2/", venue, f"第{venue}书房", room)


@st.composite
def lists(draw):
    """In the order of time, as the database gives them."""
    drawn = draw(
        st.lists(st.tuples(st.integers(0, 3), st.sampled_from([None, "绘本", "城墙"]), st.integers(1, 6)), max_size=30)
    )
    lines = [line(pk, hour, alike, venue) for pk, (hour, alike, venue) in enumerate(drawn)]
    return sorted(lines, key=lambda one: (one.starts_at, one.pk))


@given(lists())
def test_every_session_is_on_one_card(lines):
    assert sorted(one.pk for card in folded(lines) for one in card) == sorted(one.pk for one in lines)


@given(lists())
def test_a_card_of_many_is_the_same_at_one_time_in_more_than_three_places(lines):
    cards = folded(lines)
    for card in (card for card in cards if len(card) > 1):
        assert len({one.key for one in card}) == 1
        assert card[0].alike is not None
        assert len(card) > MOST_ALONE
    keys = [card[0].key for card in cards if len(card) > 1]
    assert len(keys) == len(set(keys))
    alone = [card[0] for card in cards if len(card) == 1 and card[0].alike is not None]
    for key in {one.key for one in alone}:
        assert key not in keys
        assert len([one for one in alone if one.key == key]) <= MOST_ALONE


@given(lists())
def test_cards_come_as_their_first_session_does(lines):
    heads = [(card[0].starts_at, card[0].pk) for card in folded(lines)]
    assert heads == sorted(heads)


@given(lists(), st.integers(1, 7))
def test_pages_put_together_are_the_whole_list(lines, size):
    whole = folded(lines)
    starts = [
        (at, sum(card[0].starts_at == at for card in whole)) for at in sorted({card[0].starts_at for card in whole})
    ]
    paged = []
    for first in range(0, len(whole), size):
        begin, end, before = within(starts, first, first + size)
        some = folded([one for one in lines if begin <= one.starts_at <= end])
        paged += some[first - before : first - before + size]
    assert paged == whole


def test_beyond_the_end_there_is_nothing():
    assert within([(NINE, 2)], 2, 4) is None
    assert within([], 0, 30) is None


def test_a_room_is_named_where_the_venue_alone_does_not_tell_which():
    card = [line(1, venue=1), line(2, venue=1, room="报告厅"), line(3), line(4, room="")]
    assert [place.name for place in places_of(card)] == ["第1书房 · 报告厅", "第1书房 · 故事屋", "第3书房", "第4书房"]


@given(st.text(max_size=60) | st.text("小种子（）！：春ＡＢ12 ·", max_size=60))
def test_a_title_is_found_by_its_words(title):
    words = words_of(title)
    assert len(words) <= LONGEST
    assert all(word in title for word in folded_words(words))
    assert unicodedata.is_normalized("NFKC", words)


def test_full_width_marks_are_left_out_of_the_words():
    assert words_of("小种子（春）：第3回") == "小种子 春 第3回"
