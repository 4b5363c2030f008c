"""The table of what a door answers."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from programmes.door.choices import Outcome
from programmes.door.rules.faces import face_of
from programmes.door.rules.outcomes import Door, Known, closes_at, opens_at, outcome_of
from programmes.signup.choices import State

TEN = datetime(2027, 5, 16, 10, tzinfo=UTC)
DAY = date(2027, 5, 16)
DOOR = Door(1, DAY, TEN - timedelta(hours=1), TEN + timedelta(minutes=90))
COMES = Known(1, DAY, State.HOLDS, has_ended=False, is_called_off=False, came=False)
OTHER, TOMORROW = {"session": 2}, {"session": 2, "day": DAY + timedelta(days=1)}
MINUTE = timedelta(minutes=1)

TABLE = [
    ({}, TEN, Outcome.ADMITTED),
    ({}, DOOR.opens_at, Outcome.ADMITTED),
    ({}, DOOR.closes_at, Outcome.ADMITTED),
    ({}, DOOR.opens_at - MINUTE, Outcome.TOO_EARLY),
    ({}, DOOR.closes_at + MINUTE, Outcome.OVER),
    ({"came": True}, TEN, Outcome.ALREADY_HERE),
    ({"came": True}, DOOR.closes_at + MINUTE, Outcome.ALREADY_HERE),
    ({"state": State.WAITS}, TEN, Outcome.WAITING_LIST),
    ({"state": State.INVITED}, TEN, Outcome.WAITING_LIST),
    ({"state": State.ASKED}, TEN, Outcome.UNAPPROVED),
    ({"state": State.WAITS}, DOOR.closes_at + MINUTE, Outcome.WAITING_LIST),
    (OTHER, TEN, Outcome.ANOTHER_SESSION),
    (TOMORROW, TEN, Outcome.ANOTHER_DAY),
    ({**OTHER, "state": State.WAITS}, TEN, Outcome.ANOTHER_SESSION),
    ({"is_called_off": True}, TEN, Outcome.CALLED_OFF),
    ({**TOMORROW, "is_called_off": True}, TEN, Outcome.CALLED_OFF),
    ({"has_ended": True}, TEN, Outcome.CANCELLED),
    ({"has_ended": True, "is_called_off": True}, TEN, Outcome.CANCELLED),
    ({**TOMORROW, "has_ended": True}, TEN, Outcome.CANCELLED),
]


@pytest.mark.parametrize(("known", "at", "told"), TABLE)
def test_what_a_door_answers(known, at, told):
    assert outcome_of(replace(COMES, **known), DOOR, at=at) == told


def test_whom_nobody_knows_is_unknown():
    assert outcome_of(None, DOOR, at=TEN) == Outcome.UNKNOWN


@pytest.mark.parametrize(
    ("rules", "opens", "closes"),
    [({}, 60, 30), ({"door_opens_minutes": 15, "door_closes_minutes": 0}, 15, 0)],
)
def test_a_library_says_how_long_its_doors_are_open(rules, opens, closes):
    assert (opens_at(TEN, rules), closes_at(TEN, rules)) == (
        TEN - timedelta(minutes=opens),
        TEN + timedelta(minutes=closes),
    )


def test_every_answer_has_a_face_and_only_who_is_let_in_a_green_one():
    kinds = {outcome: face_of(outcome).kind for outcome in Outcome}
    assert kinds == {
        outcome: {Outcome.ADMITTED: "good", Outcome.ALREADY_HERE: "again", Outcome.ON_TRUST: "again"}.get(
            outcome, "bad"
        )
        for outcome in Outcome
    }
    assert len({face_of(outcome).icon for outcome in (Outcome.ADMITTED, Outcome.ALREADY_HERE, Outcome.OVER)}) == 3
