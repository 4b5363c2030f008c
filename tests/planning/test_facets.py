"""Counts beside choices: as if each was taken by itself and all were counted one by one."""

from hypothesis import given
from hypothesis import strategies as st

from programmes.planning.choices import Audience
from programmes.planning.rules.ages import OLDEST_MONTHS, suits
from programmes.planning.rules.facets import Facet, Group, counted

FACETS = (Facet.TIME, Facet.DISTRICT, Facet.FREE)
CHOICES = ("a", "b", "c")
THINGS = st.lists(
    st.tuples(st.integers(1, 5), *(st.frozensets(st.sampled_from(CHOICES)) for _facet in FACETS)), max_size=12
)
WISHES = st.tuples(*(st.none() | st.sampled_from(CHOICES) for _facet in FACETS))


def fits(thing, wish):
    return all(chosen is None or chosen in said for said, chosen in zip(thing[1:], wish, strict=True))


@given(THINGS, WISHES)
def test_each_number_is_what_one_finds_who_takes_that_choice(things, wish):
    groups = [
        Group(
            thing[0],
            dict(zip(FACETS, thing[1:], strict=True)),
            frozenset(
                facet
                for facet, said, chosen in zip(FACETS, thing[1:], wish, strict=True)
                if chosen is not None and chosen not in said
            ),
        )
        for thing in things
    ]
    counts = counted(groups)

    def slowly(asked):
        return sum(thing[0] for thing in things if fits(thing, asked))

    assert counts.count == slowly(wish)
    for place, facet in enumerate(FACETS):
        without = (*wish[:place], None, *wish[place + 1 :])
        assert counts.without[facet] == slowly(without)
        for choice in CHOICES:
            assert counts.of(facet, choice) == slowly((*wish[:place], choice, *wish[place + 1 :]))


MONTHS = st.none() | st.integers(0, OLDEST_MONTHS)


@given(st.integers(0, 120), MONTHS, MONTHS, st.lists(st.sampled_from(Audience.values), max_size=3))
def test_a_band_suits_whoever_is_in_it_for_a_month(years, youngest, oldest, audiences):
    months = range(years * 12, years * 12 + 12)
    in_band = any((youngest is None or youngest <= one) and (oldest is None or one <= oldest) for one in months)
    for_others = {*audiences} and {*audiences} <= {Audience.ADULTS, Audience.ELDERLY, Audience.LIBRARIANS}
    is_unsaid = youngest is None and oldest is None
    expected = in_band and not (years < 18 and is_unsaid and for_others)
    if youngest is None or oldest is None or youngest <= oldest:
        assert suits(years, youngest=youngest, oldest=oldest, audiences=audiences) == expected
