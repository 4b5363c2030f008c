"""What families read in their inbox: of their registration, and of what becomes of the session."""

from datetime import timedelta

import pytest
from django.db import transaction

from kit import clock
from networks.models import inside
from notifications.models import Delivery, Message
from people.models import Member, Person
from programmes.planning.commands.sessions import call_off, change_session, restore
from programmes.planning.rules.changes import SessionChange
from programmes.signup.commands.changing import cancel, cancel_for, change_party
from tests.people import homes
from tests.people.conftest import relay
from tests.signup.signing import family, party, sign_up, story_hour

pytestmark = pytest.mark.django_db


@pytest.fixture
def mother(nanjing_cast):
    return nanjing_cast["reader"]


@pytest.fixture
def grandmother(nanjing_cast):
    return nanjing_cast["neighbour"]


@pytest.fixture
def home(nanjing, mother, grandmother):
    return homes.home(nanjing, mother, carer=grandmother, children=2)


@pytest.fixture
def session(nanjing):
    return story_hour(nanjing)


@pytest.fixture
def made(nanjing, session, home, mother):
    row = sign_up(nanjing, session, home, mother)
    told(nanjing)
    return row


def told(network):
    """Kinds by the name of whoever reads them, and nothing of it twice; then the inbox is empty again."""
    relay(network)
    with inside(network):
        rows = Message.objects.order_by("person__name", "pk").values_list("person__name", "kind")
        found = [(name, kind.removeprefix("signup.")) for name, kind in rows]
        Message.objects.all().delete()
    return found


def both(kind):
    return [("李桂英", kind), ("王芳", kind)]


def inbox_of(network, cast, part):
    relay(network)
    return " ".join(cast.client(part).get("/me/inbox/").content.decode().split())


def test_the_adults_of_the_family_hear_of_a_registration(nanjing, nanjing_cast, session, home, mother):
    sign_up(nanjing, session, home, mother, children=2)
    for part in ("reader", "neighbour"):
        page = inbox_of(nanjing, nanjing_cast, part)
        assert "您家已报名“小种子”" in page
        assert "共 2 个名额" in page
        assert "/me/sign-ups/" in page
        assert "小雨" not in page
    assert told(nanjing) == both("registered")


def test_whoever_left_the_family_hears_nothing(nanjing, session, home, mother, grandmother):
    with inside(nanjing):
        Member.objects.filter(person=grandmother).update(left_at=clock.now())
    sign_up(nanjing, session, home, mother)
    assert told(nanjing) == [("王芳", "registered")]


def test_a_young_person_hears_of_the_own_registration(nanjing, home, mother, made):
    (child, _second) = homes.children_of(home)
    with inside(nanjing):
        with transaction.atomic():
            child.person = made.by = Person.objects.create(name="张小雨")
            child.save(update_fields=["person"])
            made.save(update_fields=["by"])
        change_party(registration=made, party=party(home, children=2), by=mother, at=clock.now())
    assert {name for name, _kind in told(nanjing)} == {"张小雨", "李桂英", "王芳"}


def test_a_family_is_told_of_its_changes_and_the_others_of_its_end(nanjing, home, made, mother):
    with inside(nanjing):
        change_party(registration=made, party=party(home, children=2), by=mother, at=clock.now())
    assert told(nanjing) == both("changed")
    with inside(nanjing):
        cancel(registration=made, by=mother, at=clock.now())
    assert told(nanjing) == [("李桂英", "ended_by_family")]


def test_what_staff_cancel_is_told_with_the_reason(nanjing, nanjing_cast, made):
    with inside(nanjing):
        cancel_for(registration=made, reason="场地临时检修", by=nanjing_cast["planner"], at=clock.now())
    page = inbox_of(nanjing, nanjing_cast, "neighbour")
    assert "金陵图书馆取消了您对“小种子”的报名" in page
    assert "场地临时检修" in page
    with inside(nanjing):
        assert Delivery.objects.filter(kind="signup.ended_by_library", channel="sms").count() == 2
    assert told(nanjing) == both("ended_by_library")


def test_every_family_hears_that_a_session_is_moved_called_off_and_takes_place(nanjing, nanjing_cast, session, made):
    other, father = family(nanjing, name="赵强")
    sign_up(nanjing, session, other, father)
    gone, uncle = family(nanjing, name="钱伟")
    ended = sign_up(nanjing, session, gone, uncle)
    planner = nanjing_cast["planner"]
    with inside(nanjing):
        cancel(registration=ended, by=uncle, at=clock.now())
    told(nanjing)
    with inside(nanjing):
        later = session.starts_at + timedelta(hours=2)
        change_session(change=SessionChange(session, starts_at=later), by=planner, at=clock.now(), anyway=True)
    everybody = sorted(["李桂英", "王芳", "赵强"])
    assert told(nanjing) == [(name, "session_moved") for name in everybody]
    with inside(nanjing):
        call_off(sessions=[session], reason="主讲老师生病。", by=planner, at=clock.now())
    page = inbox_of(nanjing, nanjing_cast, "reader")
    assert "取消了。原因：主讲老师生病。" in page
    assert told(nanjing) == [(name, "session_called_off") for name in everybody]
    with inside(nanjing):
        restore(session=session, by=planner, at=clock.now())
    assert told(nanjing) == [(name, "session_restored") for name in everybody]
    with inside(nanjing):
        assert Delivery.objects.filter(channel="sms", kind__startswith="signup.session").count() == 6


def test_what_was_called_off_at_once_is_not_told_as_moved(nanjing, nanjing_cast, session, made):
    planner = nanjing_cast["planner"]
    with inside(nanjing):
        later = session.starts_at + timedelta(hours=2)
        change_session(change=SessionChange(session, starts_at=later), by=planner, at=clock.now(), anyway=True)
        call_off(sessions=[session], reason="停电", by=planner, at=clock.now())
    assert told(nanjing) == both("session_called_off")
