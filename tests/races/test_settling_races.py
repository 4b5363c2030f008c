"""A session is settled by itself and by staff in the same moment: once, and each absence is told once.

The controls take the row's lock and the keys of the database away, and must show a session that is settled twice.
"""

import pytest

from kit import clock
from kit.refusals import Refused
from networks.models import Fact, inside
from networks.registers import listeners, listens_inside
from people.choices import Role
from programmes.door.commands import settling
from programmes.door.messages import ABSENT
from programmes.door.models import Absence, Settlement
from programmes.door.steps import settling as steps
from programmes.planning.models import Session
from tests.browsers import staff
from tests.door.test_absences import evening
from tests.signup.racing import at_once

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]
HANDS = 6


@pytest.fixture(autouse=True)
def hears():
    listens_inside(ABSENT, name="test.absent")(lambda _fact: None)
    yield
    del listeners["test.absent"]


def settle_at_once(network):
    keeper = staff(network, "13800138003", Role.KEEPER, name="陈静")
    session, _came, missing = evening(network, keeper, hours=30)

    def by_hand():
        try:
            settling.settle(session=session, by=keeper, at=clock.now())
        except Refused as no:
            return no.codes
        return True

    works = [
        by_hand if number % 2 else (lambda: settling.settle_by_itself(session_id=session.pk, at=clock.now()))
        for number in range(HANDS)
    ]
    told = at_once(network, *works)
    with inside(network):
        facts = Fact.objects.filter(kind=ABSENT).count()
        return told.count(True), Settlement.objects.count(), Absence.objects.count(), facts, len(missing)


def test_a_session_is_settled_once(nanjing):
    assert settle_at_once(nanjing) == (1, 1, 2, 2, 2)


def test_control_without_the_lock_and_the_keys_it_is_settled_again_and_again(nanjing, unguarded, meeting, monkeypatch):
    monkeypatch.setattr(settling, "held", lambda key: Session.objects.select_related("activity").get(pk=key))
    for table, name in ONES:
        unguarded(table, name)
    meeting(steps, "expected_of", HANDS)
    done, settled, absent, _facts, _missing = settle_at_once(nanjing)
    assert (done, settled, absent > 2) == (HANDS, HANDS, True)


ONES = (("door_settlement", "door_settlement_session_id_key"), ("door_absence", "door_absence_registration_id_key"))
