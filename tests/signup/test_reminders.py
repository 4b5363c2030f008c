"""Reminded the evening before and thanked afterwards: each family once, whatever happens in between."""

from datetime import datetime, time, timedelta

import pytest
import time_machine

from kit import clock
from networks.models import Fact, inside
from notifications.models import Delivery, Message
from programmes.planning.commands.sessions import call_off, change_session
from programmes.planning.models import Session
from programmes.planning.rules.changes import SessionChange
from programmes.signup.commands.changing import cancel_for
from programmes.signup.listeners.reminders import look_at_the_clock
from programmes.signup.models import Registration
from tests.people import homes
from tests.people.conftest import relay
from tests.signup.signing import sign_up, story_hour

pytestmark = pytest.mark.django_db


@pytest.fixture
def mother(nanjing_cast):
    return nanjing_cast["reader"]


@pytest.fixture
def home(nanjing, mother):
    return homes.home(nanjing, mother)


@pytest.fixture
def session(nanjing):
    return story_hour(nanjing)


@pytest.fixture
def made(nanjing, session, home, mother):
    row = sign_up(nanjing, session, home, mother)
    with inside(nanjing):
        Fact.objects.all().delete()
    return row


def evening(network, session, *, hour=18, minute=1):
    day = session.starts_at.astimezone(network.zone).date() - timedelta(days=1)
    return datetime.combine(day, time(hour, minute), network.zone)


def by_day(network, at):
    """Then, or at ten in the morning after."""
    here = at.astimezone(network.zone)
    if 9 <= here.hour < 21:
        return at
    return datetime.combine(here.date() + timedelta(days=here.hour >= 21), time(10), network.zone)


def looked(network, at, *, times=1):
    """Kinds that somebody was told at this instant."""
    with time_machine.travel(at, tick=False):
        for _ in range(times):
            look_at_the_clock()
            relay(network)
    with inside(network):
        return list(Message.objects.order_by("pk").values_list("kind", flat=True))


def test_a_family_is_reminded_once_in_the_evening_and_thanked_once_afterwards(nanjing, session, made):
    assert looked(nanjing, evening(nanjing, session, hour=17, minute=59)) == []
    assert looked(nanjing, evening(nanjing, session), times=3) == ["signup.reminder"]
    assert looked(nanjing, evening(nanjing, session, hour=20), times=2) == ["signup.reminder"]
    with inside(nanjing):
        delivery = Delivery.objects.get()
        assert (delivery.expires_at, delivery.not_before) == (
            session.starts_at,
            evening(nanjing, session) + timedelta(minutes=90),
        )
        fields = Message.objects.values_list("fields", flat=True).get()
    assert (fields["title"], fields["places"]) == (session.activity.title, "1")
    at = by_day(nanjing, session.ends_at + timedelta(hours=1))
    assert looked(nanjing, at, times=2) == ["signup.reminder", "signup.thanks"]
    assert looked(nanjing, session.ends_at + timedelta(days=3)) == ["signup.reminder", "signup.thanks"]


def test_who_signs_up_in_that_evening_is_not_reminded(nanjing, session, made):
    with inside(nanjing):
        Registration.objects.update(made_at=evening(nanjing, session, minute=0))
    assert looked(nanjing, evening(nanjing, session, hour=19)) == []


@pytest.mark.parametrize("what", ["cancelled", "called off", "moved"])
def test_what_changes_between_the_clock_and_the_telling_is_not_reminded_of(nanjing, nanjing_cast, made, what):
    with inside(nanjing):
        session = Session.objects.get(pk=made.session_id)
    at, planner = evening(nanjing, session), nanjing_cast["planner"]
    with time_machine.travel(at, tick=False), inside(nanjing):
        look_at_the_clock()
        if what == "cancelled":
            cancel_for(registration=made, reason="停电。", by=planner, at=clock.now())
        elif what == "called off":
            call_off(sessions=[session], reason="老师生病。", by=planner, at=clock.now())
        else:
            change = SessionChange(session, starts_at=session.starts_at + timedelta(hours=2))
            change_session(change=change, by=planner, at=clock.now(), anyway=True)
        relay(nanjing)
        assert "signup.reminder" not in Message.objects.values_list("kind", flat=True)
