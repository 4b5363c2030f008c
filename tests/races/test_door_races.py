"""Twenty devices look at one ticket at the same moment: one lets the family in, the others say when and by whom.

The control takes the index away that the database keeps, and must show a family that came twenty times.
"""

from datetime import timedelta
from threading import Event
from time import sleep
from uuid import uuid4

import pytest

from kit import clock
from networks.models import inside
from programmes.door.choices import Outcome, Way
from programmes.door.commands import checking_in, taking_up
from programmes.door.models import CheckIn, Scan
from programmes.door.queries.finding import Found
from programmes.door.steps import letting_in
from programmes.signup.models import Registration
from programmes.signup.queries.families import registrations
from tests.browsers import person
from tests.door.doors import asking, here, party_at_the_door, scanned, seats
from tests.signup.racing import at_once

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]
DEVICES = 20


@pytest.fixture
def all_look_first(meeting):
    """Nobody writes before all have seen that the family is not here yet."""
    meeting(checking_in, "known_of", DEVICES)


def scan_at_once(network, session, row):
    keeper = person(network, "13800138003", name="陈静")

    def work(asked):
        def scan():
            answer = checking_in.check_in(session=session, found=Found(row), asking=asked)
            return answer.outcome, answer.first.scan.by_id if answer.first else None

        return scan

    return at_once(network, *(work(asking(keeper, at=clock.now())) for _one in range(DEVICES))), keeper


def test_of_twenty_devices_one_lets_the_family_in(nanjing, all_look_first):
    session, row, _by = party_at_the_door(nanjing, children=2)
    told, keeper = scan_at_once(nanjing, session, row)
    assert sorted(told, key=str) == sorted(
        [(Outcome.ADMITTED, None), *[(Outcome.ALREADY_HERE, keeper.pk)] * (DEVICES - 1)], key=str
    )
    with inside(nanjing):
        assert (here(nanjing, session), Scan.objects.count()) == (3, DEVICES)
        assert CheckIn.objects.values("scan").distinct().count() == 1


def test_control_without_the_index_the_family_comes_twenty_times(nanjing, all_look_first, unguarded, monkeypatch):
    unguarded("door_checkin", "a_seat_is_checked_in_once")
    unasked = letting_in._WRITE.replace("ON CONFLICT (seat_id) WHERE undone_at IS NULL DO NOTHING", "")
    monkeypatch.setattr(letting_in, "_WRITE", unasked)
    session, row, _by = party_at_the_door(nanjing, children=2)
    told, _keeper = scan_at_once(nanjing, session, row)
    assert (told.count((Outcome.ADMITTED, None)), here(nanjing, session)) == (DEVICES, 3 * DEVICES)


def add_twice_at_once(network, meeting):
    """One press that was sent twice: both see that nobody has been added yet."""
    session, row, by = party_at_the_door(network, children=1, places=5)
    scanned(network, session, row, by)
    asked = asking(by, way=Way.LIST)
    meeting(checking_in, "locked", 2)
    at_once(network, *[lambda: checking_in.add_nameless(registration=row, asking=asked)] * 2)
    with inside(network):
        return Registration.objects.get(pk=row.pk).counted, len(seats(network, row)), here(network, session)


def test_a_press_that_is_sent_twice_at_once_adds_one(nanjing, meeting):
    assert add_twice_at_once(nanjing, meeting) == (2, 3, 3)


def test_control_without_the_lock_it_adds_two(nanjing, meeting, monkeypatch):
    monkeypatch.setattr(checking_in, "locked", lambda row: registrations().get(pk=row.pk))
    assert add_twice_at_once(nanjing, meeting)[1] == 4


def told_at_once(network, meeting, session, row):
    """It is known that they came ten minutes ago; two devices tell at once that it was fifteen, and twenty. When it was."""
    by = person(network, "13800138003", name="陈静")
    at = clock.now()
    scanned(network, session, row, by, at=at - timedelta(minutes=10))
    meeting(taking_up, "write_scan", 2)

    def tell(minutes):
        said = told(by, at - timedelta(minutes=minutes), at)
        return lambda: taking_up.take_up(session=session, found=Found(row), told=said)

    at_once(network, tell(15), tell(20))
    with inside(network):
        return {round((at - one.at).total_seconds() / 60) for one in CheckIn.objects.filter(undone_at=None)}


def told(by, at, received):
    return taking_up.Told(uuid4(), Outcome.ADMITTED, Way.CAMERA, at, received, 0, by)


def test_of_two_devices_that_tell_at_once_the_earlier_scan_counts(nanjing, meeting, monkeypatch):
    session, row, _by = party_at_the_door(nanjing, children=2)
    # Whichever comes second waits for the first, and has to look once more.
    real, first = taking_up.take_earlier, Event()

    def in_turn(scan, *, only):
        if round((scan.received_at - scan.at).total_seconds() / 60) == 20:
            first.wait(timeout=5)
            return real(scan, only=only)
        changed = real(scan, only=only)
        first.set()
        sleep(0.5)
        return changed

    monkeypatch.setattr(taking_up, "take_earlier", in_turn)
    assert told_at_once(nanjing, meeting, session, row) == {20}
