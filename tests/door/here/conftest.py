"""A session that begins in ten minutes at a venue, and the family that is signed up for it."""

from datetime import datetime

import pytest
import time_machine

from people.choices import Role
from tests.browsers import person, staff
from tests.door.doors import opened
from tests.door.here.scenes import at_venue, screen_at
from tests.people import homes
from tests.signup.signing import sign_up, story_hour


@pytest.fixture(autouse=True)
def morning():
    """So that all that is meant for today lies in one day."""
    with time_machine.travel(datetime.fromisoformat("2027-03-06T09:00:00+08:00")):
        yield


@pytest.fixture
def keeper(nanjing):
    return staff(nanjing, "13800138003", Role.KEEPER, name="陈静")


@pytest.fixture
def mother(nanjing):
    return person(nanjing, "13800138010", name="王芳")


@pytest.fixture
def home(nanjing, mother):
    return homes.home(nanjing, mother, children=2)


@pytest.fixture
def party(nanjing, mother, home):
    """A session that begins in ten minutes; two children and their mother are signed up for it."""
    session = story_hour(nanjing)
    row = sign_up(nanjing, session, home, mother, children=2, adults=1)
    return at_venue(nanjing, opened(nanjing, session)), row


@pytest.fixture
def screen(nanjing, party, keeper):
    return screen_at(nanjing, party[0], keeper)
