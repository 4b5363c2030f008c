"""The mother presses while the desk scans her ticket: one of the two lets the family in.

The control takes the index away that the database keeps, and must show a family that came twice.
"""

from uuid import uuid4

import pytest

from kit import clock
from networks.models import inside
from programmes.door.choices import Outcome, Way
from programmes.door.commands import checking_in
from programmes.door.commands.checking_in import Asking
from programmes.door.models import CheckIn, Scan
from programmes.door.queries.finding import Found
from programmes.door.steps import letting_in
from programmes.signup.models import Registration
from tests.browsers import person
from tests.door.doors import asking, here, party_at_the_door, seats
from tests.signup.racing import at_once

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def both_look_first(meeting):
    meeting(checking_in, "known_of", 2)


def at_once_by_both(network, session, row, mother):
    with inside(network):
        # As it stands now: the session was moved.
        row = Registration.objects.get(pk=row.pk)
    keeper, chosen = person(network, "13800138003", name="陈静"), {one.pk for one in seats(network, row)}

    def desk():
        asked = asking(keeper, at=clock.now())
        return checking_in.check_in(session=session, found=Found(row), asking=asked).outcome

    def herself():
        asked = Asking(uuid4(), Way.SCREEN, mother, clock.now())
        return checking_in.arrive(registration=row, seats=chosen, asking=asked).outcome

    return at_once(network, desk, herself)


def test_of_the_desk_and_the_mother_one_lets_the_family_in(nanjing, both_look_first):
    session, row, mother = party_at_the_door(nanjing, children=2)
    told = at_once_by_both(nanjing, session, row, mother)
    assert sorted(told) == sorted([Outcome.ADMITTED, Outcome.ALREADY_HERE])
    with inside(nanjing):
        assert (here(nanjing, session), Scan.objects.count()) == (3, 2)
        assert CheckIn.objects.values("scan").distinct().count() == 1


def test_control_without_the_index_the_family_comes_twice(nanjing, both_look_first, unguarded, monkeypatch):
    unguarded("door_checkin", "a_seat_is_checked_in_once")
    unasked = letting_in._WRITE.replace("ON CONFLICT (seat_id) WHERE undone_at IS NULL DO NOTHING", "")
    monkeypatch.setattr(letting_in, "_WRITE", unasked)
    session, row, mother = party_at_the_door(nanjing, children=2)
    told = at_once_by_both(nanjing, session, row, mother)
    assert (told, here(nanjing, session)) == ([Outcome.ADMITTED] * 2, 6)
