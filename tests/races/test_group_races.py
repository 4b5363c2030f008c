"""Two members of staff add the same children to a class in the same moment: they are added once."""

from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from uuid import uuid4

import pytest

from kit import clock
from networks.models import inside
from programmes.signup.commands import groups
from programmes.signup.commands.groups import GroupTold, sign_group_up
from programmes.signup.models import Registration, Seat
from programmes.signup.queries import families
from programmes.signup.steps.seats import Guest
from tests.browsers import person
from tests.signup.racing import at_once
from tests.signup.signing import story_hour, taken

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def keeper(nanjing):
    return person(nanjing, "13800138003", name="陈静")


@pytest.fixture
def group(nanjing, keeper):
    """One child; two more come."""
    told = GroupTold(name="三（2）班", contact_name="顾老师", phone="+8613912345678", adults=1, is_agreed=True)
    session, key = story_hour(nanjing), uuid4()
    with inside(nanjing):
        return sign_group_up(
            session=session, told=told, guests=[Guest("陈一诺")], by=keeper, request_key=key, at=clock.now()
        )


def grows(row, by):
    guests = [Guest("林子轩"), Guest("吴桐")]
    more = {"guests": guests, "seen": 1, "is_agreed": True, "reason": "", "by": by}
    return lambda: groups.add_to_group(registration=row, at=clock.now(), **more).counted


def test_a_class_that_two_add_to_grows_once(nanjing, keeper, group):
    told = at_once(nanjing, grows(group, keeper), grows(group, keeper))
    assert sorted(map(str, told)) == ["3", "changed_meanwhile"]
    assert taken(nanjing, group.session) == (3, 3)


def test_control_without_the_lock_it_grows_twice_and_the_count_is_wrong(nanjing, keeper, group, monkeypatch):
    meet = Barrier(2)

    def read(registration):
        row = families.registrations().get(pk=registration.pk)
        list(row.seats.all())
        with suppress(BrokenBarrierError):
            meet.wait(timeout=3)
        return row

    monkeypatch.setattr(groups, "locked", read)
    assert at_once(nanjing, grows(group, keeper), grows(group, keeper)) == [3, 3]
    assert taken(nanjing, group.session) == (5, 3)
    with inside(nanjing):
        assert Seat.objects.filter(registration=Registration.objects.get()).exclude(guest="").count() == 5
