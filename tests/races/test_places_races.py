"""A planner gives fewer places while families press for them: never fewer than are taken, and nobody waits for ever."""

import time
from threading import Event

import pytest
from django.db import transaction

from kit import clock
from networks.models import inside
from programmes.planning.commands.activities import change_activity
from programmes.planning.commands.sessions import change_session
from programmes.planning.models import Session
from programmes.planning.rules.changes import SessionChange
from programmes.planning.rules.inherited import value_of
from programmes.planning.steps import sessions_many
from programmes.signup.models import Places, Registration
from programmes.signup.steps import places
from programmes.signup.steps.resizing import keep_capacity
from tests.races.test_registration_races import at_once, made, signs
from tests.signup.signing import family, sign_up, story_hour

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]
FAMILIES, PLACES, FEWER = 6, 8, 3


def resize_session(session, planner):
    change = SessionChange(session, own={"capacity": FEWER})
    return lambda: change_session(change=change, by=planner, at=clock.now(), anyway=True) and "fewer"


def resize_activity(session, planner):
    return lambda: change_activity(activity=session.activity, values={"capacity": FEWER}, by=planner) and "fewer"


@pytest.mark.parametrize("resize", [resize_session, resize_activity])
@pytest.mark.parametrize("before", [0, 1])
def test_fewer_places_and_families_at_once(nanjing, nanjing_cast, resize, before):
    """`before`: whether anybody had come, so that there is a count to wait for."""
    session, planner = story_hour(nanjing, places=PLACES), nanjing_cast["planner"]
    for _one in range(before):
        sign_up(nanjing, session, *family(nanjing))
    works = [signs(session, family(nanjing)) for _one in range(FAMILIES)]
    with inside(nanjing):
        told = at_once(nanjing, *works[:3], resize(session, planner), *works[3:])
    with inside(nanjing):
        kept, live = Places.objects.get(session=session), Registration.objects.filter(ended_at=None).count()
        said = value_of(Session.objects.select_related("activity").get(pk=session.pk), "capacity")
    assert told[3] in {"fewer", "places_are_taken"}
    assert (kept.taken, kept.capacity, live) == (len(made(told)) + before, said, len(made(told)) + before)
    assert said == (FEWER if told[3] == "fewer" else PLACES)
    assert live <= said


def test_control_where_nobody_keeps_the_places_there_are_fewer_than_are_taken(nanjing, nanjing_cast, monkeypatch):
    session, planner = story_hour(nanjing, places=PLACES), nanjing_cast["planner"]
    for _one in range(FEWER + 1):
        sign_up(nanjing, session, *family(nanjing))
    monkeypatch.setattr(sessions_many, "capacity_keepers", [])
    with inside(nanjing):
        resize_session(session, planner)()
        kept = Places.objects.get(session=session)
        assert (kept.taken, kept.capacity, Session.objects.get().capacity) == (FEWER + 1, PLACES, FEWER)


@pytest.fixture
def first_family(nanjing):
    """The first family of a session comes while a planner is changing its places; the capacity that is counted by."""

    def come():
        session, written = story_hour(nanjing, places=PLACES), Event()

        def plan():
            with transaction.atomic():
                row = sessions_many.lock_sessions([session.pk])[session.pk]
                Session.objects.filter(pk=row.pk).update(capacity=FEWER)
                keep_capacity([row.pk], clock.now())
                written.set()
                time.sleep(1)
            return 0

        signed = signs(session, family(nanjing))
        at_once(nanjing, plan, lambda: written.wait(timeout=10) and signed())
        with inside(nanjing):
            return Places.objects.get(session=session).capacity

    return come


def test_the_first_family_waits_for_whoever_changes_the_places(first_family):
    assert first_family() == FEWER


def test_control_where_the_first_family_does_not_wait_the_count_is_an_old_one(first_family, monkeypatch):
    monkeypatch.setattr(places, "_OPEN", places._OPEN.replace(" FOR SHARE OF session, activity", ""))
    assert first_family() == PLACES
