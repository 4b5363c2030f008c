"""One family at two sessions in the same moment comes no more often than the terms say. With a control."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import connection

from kit.refusals import Refused
from networks.models import inside
from programmes.signup.commands import registering
from programmes.signup.steps import joining
from tests.signup.signing import another, family, sign_up, story_hour, taken

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def both_have_places(monkeypatch):
    """From when it is called: each has been told that nothing speaks against it, and holds a place, before either goes on."""
    real, meet = joining.take_places, Barrier(2)

    def taken_then_met(session_id, wanted):
        answer = real(session_id, wanted)
        with suppress(BrokenBarrierError):
            meet.wait(timeout=20)
        return answer

    return lambda: monkeypatch.setattr(joining, "take_places", taken_then_met)


def at_two_sessions(network, meeting):
    """What the family came to at each, and how many places are taken there."""
    first = story_hour(network, terms={"most_sessions": 1, "cap_period": "ever"})
    sessions, home = [first, another(network, first.activity, later=timedelta(days=4))], family(network)
    for session in sessions:
        sign_up(network, session, *family(network))
    meeting()

    def run(session):
        try:
            with inside(network):
                connection.ensure_connection()
            return sign_up(network, session, *home).counted
        except Refused as no:
            return no.codes[0]
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(run, sessions))
    return sorted(map(str, told)), sum(taken(network, session)[0] for session in sessions) - 2


def test_two_sessions_at_once_are_counted_one_after_the_other(nanjing, both_have_places):
    assert at_two_sessions(nanjing, both_have_places) == (["1", "cap_reached"], 1)


def test_control_without_the_familys_lock_it_comes_twice(nanjing, both_have_places, monkeypatch):
    meet = Barrier(2)

    def counted_then_met(*args, **kwargs):
        registering.refuse_over_cap(*args, **kwargs)
        with suppress(BrokenBarrierError):
            meet.wait(timeout=20)

    def meeting():
        both_have_places()
        monkeypatch.setattr(registering, "hold_to_cap", counted_then_met)

    assert at_two_sessions(nanjing, meeting) == (["1", "1"], 2)
