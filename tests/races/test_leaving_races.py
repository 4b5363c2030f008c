"""Two desks hand one child over at the same moment: one does, the other is told that the child has gone.

The control takes the index away that the database keeps, and must show a child that was handed over many times.
"""

from uuid import uuid4

import pytest

from kit import clock
from networks.models import inside
from programmes.door.choices import LeftHow
from programmes.door.commands import signing_out
from programmes.door.models import Leaving
from programmes.door.steps import signing_out as steps
from tests.browsers import person
from tests.door.doors import party_at_the_door, scanned, seats
from tests.signup.racing import at_once

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]
DESKS = 8


@pytest.fixture
def all_look_first(meeting):
    """Nobody writes before all have seen that the child is here."""
    meeting(signing_out, "here_in", DESKS)


def hand_over_at_once(network):
    keeper = person(network, "13800138003", name="陈静")
    session, row, by = party_at_the_door(network, children=1, adults=0, terms={"hand_over": True})
    scanned(network, session, row, keeper)
    (seat,) = seats(network, row)

    def work():
        now = clock.now()
        out = steps.Out(uuid4(), LeftHow.FETCHED, now, now, person=by.pk)
        return signing_out.sign_out(session=session, seats=[seat], out=out, by=keeper)

    return at_once(network, *([work] * DESKS))


def live(network):
    with inside(network):
        return Leaving.objects.filter(undone_at=None).count()


def test_of_many_desks_one_hands_the_child_over(nanjing, all_look_first):
    assert (sorted(hand_over_at_once(nanjing)), live(nanjing)) == ([0] * (DESKS - 1) + [1], 1)


def test_control_without_the_index_the_child_is_handed_over_by_all(nanjing, all_look_first, unguarded):
    unguarded("door_leaving", "a_seat_is_signed_out_once")
    assert (hand_over_at_once(nanjing), live(nanjing)) == ([1] * DESKS, DESKS)
