"""What is kept of registrations: taken home, erased, forgotten in time, and moved where two records of a child are one."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction

from kit import clock
from networks.models import JournalLine, inside
from people.commands.erasing import erase_child, erase_everything, erase_family, erase_person
from people.commands.retention import turn_clock
from people.models import Child, Person
from people.queries.ownership import owner_of
from people.registers import holdings, merges
from people.steps.merging import merge_child
from programmes.planning.choices import Counts
from programmes.planning.models import Session
from programmes.signup.choices import Ending
from programmes.signup.commands.changing import cancel_for
from programmes.signup.commands.registering import register
from programmes.signup.models import Places, Registration, Seat
from programmes.signup.steps.parties import Party
from tests.people import homes
from tests.signup.signing import another, family, sign_up, story_hour, taken

pytestmark = pytest.mark.django_db

KEY = "signup.registrations"


def over(network, session, *, days=2):
    """As if the session had been so many days ago."""
    with inside(network):
        start = clock.now() - timedelta(days=days)
        end = start + timedelta(hours=1)
        Session.objects.filter(pk=session.pk).update(starts_at=start, ends_at=end, occupies=(start, end))


def ending_of(network, registration):
    with inside(network):
        return Registration.objects.get(pk=registration.pk).ending


def test_a_copy_of_ones_data_has_registrations_and_what_the_children_sit_in(nanjing):
    session = story_hour(nanjing)
    household, mother = family(nanjing, children=2)
    sign_up(nanjing, session, household, mother, children=2)
    with inside(nanjing):
        sections = {section.name: section.rows for section in holdings[KEY].export(owner_of(mother))}
    assert [(row[0], row[2]) for row in sections["registrations"]] == [("小种子", 2)]
    assert [row[:2] for row in sections["seats"]] == [("小雨", "小种子"), ("小宇", "小种子")]


def test_a_family_that_goes_gives_its_places_back(nanjing):
    session = story_hour(nanjing)
    with inside(nanjing):
        past = another(nanjing, session.activity)
    household, mother = family(nanjing, children=2)
    coming = sign_up(nanjing, session, household, mother, children=2)
    been = sign_up(nanjing, past, household, mother)
    over(nanjing, past)
    with inside(nanjing):
        erase_family(household, by=mother, at=clock.now())
    assert (ending_of(nanjing, coming), taken(nanjing, session)) == (Ending.ERASED, (0, 0))
    assert (ending_of(nanjing, been), taken(nanjing, past)) == ("", (1, 1))
    with inside(nanjing):
        assert {row.by for row in Registration.objects.all()} == {None}
        assert not Seat.objects.filter(registration=coming, ended_at=None).exists()


def test_a_child_that_goes_gives_its_place_back_and_the_other_stays(nanjing):
    session = story_hour(nanjing)
    household, mother = family(nanjing, children=2)
    made = sign_up(nanjing, session, household, mother, children=2, adults=1)
    first, second = homes.children_of(household)
    with inside(nanjing):
        erase_child(first, by=mother, at=clock.now())
    assert (ending_of(nanjing, made), taken(nanjing, session)) == ("", (1, 1))
    with inside(nanjing):
        erase_child(Child.objects.get(pk=second.pk), by=mother, at=clock.now())
    assert (ending_of(nanjing, made), taken(nanjing, session)) == (Ending.ERASED, (0, 0))


def test_an_account_that_goes_leaves_the_family_its_places(nanjing):
    session = story_hour(nanjing)
    with inside(nanjing), transaction.atomic():
        mother, grandmother = (Person.objects.create(name=name) for name in ("王芳", "李桂英"))
    household = homes.home(nanjing, mother, carer=grandmother)
    made = sign_up(nanjing, session, household, grandmother)
    with inside(nanjing):
        erase_person(grandmother, at=clock.now())
        row = Registration.objects.get(pk=made.pk)
        assert (row.by, row.ended_at, row.household_id) == (None, None, household.pk)
        erase_everything(mother, at=clock.now())
    assert (ending_of(nanjing, made), taken(nanjing, session)) == (Ending.ERASED, (0, 0))


def test_a_reason_goes_with_the_family(nanjing):
    session = story_hour(nanjing)
    household, mother = family(nanjing)
    made = sign_up(nanjing, session, household, mother)
    with inside(nanjing):
        cancel_for(registration=made, reason="小雨发烧", by=mother, at=clock.now())
        erase_family(household, by=mother, at=clock.now())
        assert Registration.objects.get().end_reason == ""


def test_a_year_after_the_session_nobody_knows_whose_it_was_and_how_many_came(nanjing):
    old, young = story_hour(nanjing), None
    with inside(nanjing):
        young = another(nanjing, old.activity)
    household, mother = family(nanjing, children=2)
    sign_up(nanjing, old, household, mother, children=2, adults=1)
    sign_up(nanjing, young, household, mother)
    over(nanjing, old, days=400)
    over(nanjing, young, days=300)
    with inside(nanjing):
        assert turn_clock(nanjing, at=clock.now())[KEY] == 1
        row = Registration.objects.get(session=old)
        assert (row.household_id, row.by_id, row.adults, row.counted) == (None, None, 1, 2)
        assert list(Seat.objects.filter(session=old).values_list("child", flat=True)) == [None] * 3
        assert Places.objects.get(pk=old.pk).taken == 2
        assert Registration.objects.get(session=young).household_id == household.pk
        assert turn_clock(nanjing, at=clock.now()).get(KEY, 0) == 0


# --- Two records of a child -----------------------------------------------------------------


def merged(network, kept, gone, by):
    with inside(network), transaction.atomic():
        merge_child(kept=kept, gone=gone, by=by, reason="同一个孩子", at=clock.now())


def test_a_merged_child_takes_its_seats_along(nanjing, nanjing_cast):
    session = story_hour(nanjing)
    (mine, mother), (theirs, father) = family(nanjing), family(nanjing)
    made = sign_up(nanjing, session, theirs, father)
    (kept,), (gone,) = homes.children_of(mine), homes.children_of(theirs)
    merged(nanjing, kept, gone, nanjing_cast["planner"])
    with inside(nanjing):
        assert Seat.objects.get(registration=made).child_id == kept.pk
        line = JournalLine.objects.get(verb="signup.seats_merged")
        assert line.values == {"moved": 1, "ended": 0}
    assert (taken(nanjing, session), mother.name, "signup" in merges.functions) == ((1, 1), "王芳", True)


@pytest.mark.parametrize(("children", "left", "ending"), [(1, (1, 1), Ending.ERASED), (2, (2, 2), "")])
def test_where_both_sat_in_one_session_one_place_is_free(nanjing, nanjing_cast, children, left, ending):
    session = story_hour(nanjing)
    (mine, mother), (theirs, father) = family(nanjing), family(nanjing, children=2)
    sign_up(nanjing, session, mine, mother)
    made = sign_up(nanjing, session, theirs, father, children=children)
    (kept,), gone = homes.children_of(mine), homes.children_of(theirs)[0]
    merged(nanjing, kept, gone, nanjing_cast["planner"])
    assert (taken(nanjing, session), ending_of(nanjing, made)) == (left, ending)
    with inside(nanjing):
        assert Seat.objects.filter(child=kept, ended_at=None).count() == 1
        assert not Seat.objects.filter(child=gone).exists()


def test_where_everybody_counts_the_grown_ups_of_a_last_child_go_as_well(nanjing):
    session = story_hour(nanjing, counts=Counts.EVERYONE)
    household, mother = family(nanjing)
    (child,) = homes.children_of(household)
    with inside(nanjing):
        made = register(
            household=household,
            session=session,
            party=Party((child.code,), 2),
            by=mother,
            request_key=uuid4(),
            at=clock.now(),
        )
    assert taken(nanjing, session) == (3, 3)
    with inside(nanjing):
        erase_child(child, by=mother, at=clock.now())
    assert (taken(nanjing, session), ending_of(nanjing, made)) == ((0, 0), Ending.ERASED)
