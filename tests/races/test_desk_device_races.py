"""Two browsers open the same link and say yes at the same moment: one joins.

The control takes away that the code is asked for once more as it is used up, and must show two that were told they joined.
"""

import pytest

from kit import clock
from kit.refusals import Refused
from networks.models import inside
from programmes.door.commands import desk_devices as commands
from programmes.door.models import DeskDevice
from programmes.door.queries.desk_devices import hash_of
from tests.browsers import person
from tests.door.desk_devices import made
from tests.signup.racing import at_once

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]
BROWSERS = 4


def all_join(network):
    _row, code = made(network, person(network, "13800138003", name="陈静"))

    def join():
        try:
            return commands.join(code=code, at=clock.now())[1]
        except Refused as no:
            return no.codes[0]

    return at_once(network, *(join for _one in range(BROWSERS)))


def test_of_four_browsers_with_one_code_one_joins(nanjing, meeting):
    meeting(commands, "of_code", BROWSERS)
    told = all_join(nanjing)
    assert told.count("join_code_gone") == BROWSERS - 1
    (secret,) = (one for one in told if one != "join_code_gone")
    with inside(nanjing):
        assert bytes(DeskDevice.objects.get().secret_hash) == hash_of(secret)


def test_control_without_asking_again_all_are_told_that_they_joined(nanjing, meeting, monkeypatch):
    def use_it_anyhow(row, *, secret, at):
        DeskDevice.objects.filter(pk=row.pk).update(
            joined_at=at, secret_hash=hash_of(secret), code_hash=None, code_sealed=""
        )
        return True

    meeting(commands, "of_code", BROWSERS)
    monkeypatch.setattr(commands, "use_code", use_it_anyhow)
    assert all_join(nanjing).count("join_code_gone") == 0
