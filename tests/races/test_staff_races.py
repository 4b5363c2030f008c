"""Two at once: an administrator stays, an invitation is answered once, a number is invited once, paths stay true."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.db.models import QuerySet

from kit import clock
from kit.refusals import Refused
from networks.choices import AreaKind
from networks.commands import areas
from networks.models import Area, inside
from people.choices import Role
from people.commands import appointments as commands
from people.models import Appointment, Grant
from people.steps import grants as steps
from tests.browsers import staff

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]


def at_once(*works):
    """What each came to: its value, or the codes of its refusals."""
    barrier = Barrier(len(works))

    def run(work):
        try:
            barrier.wait()
            return work()
        except Refused as no:
            return no.codes
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


@pytest.fixture
def two_admins(nanjing):
    return [staff(nanjing, f"1390000040{number}", Role.NETWORK_ADMIN) for number in range(2)]


def each_ends_the_other(network, admins, monkeypatch):
    """Both have looked before either writes, if nothing holds them apart."""
    write = steps.end_role

    def slowly(**wish):
        time.sleep(0.4)
        return write(**wish)

    monkeypatch.setattr(steps, "end_role", slowly)

    def end(of, by):
        with inside(network):
            return commands.end(Grant.objects.get(person=of), by=by, at=clock.now())

    one, two = admins
    told = at_once(lambda: end(one, two), lambda: end(two, one))
    with inside(network):
        return told, Grant.objects.filter(role=Role.NETWORK_ADMIN, ends_at=None).count()


def test_of_two_administrators_who_end_each_other_one_stays(nanjing, two_admins, monkeypatch):
    told, left = each_ends_the_other(nanjing, two_admins, monkeypatch)
    assert left == 1
    assert sorted(told, key=str) == [("last_admin",), None]


def test_without_the_lock_none_would_be_left(nanjing, two_admins, monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_options: rows)
    _told, left = each_ends_the_other(nanjing, two_admins, monkeypatch)
    assert left == 0


def test_an_invitation_accepted_in_two_tabs_is_one_role(nanjing, two_admins):
    with inside(nanjing):
        place = Area.objects.get(name="鼓楼区")
        offer = commands.appoint(
            network=nanjing,
            phone="13900005555",
            name="钱小棠",
            role=Role.KEEPER,
            area=place,
            by=two_admins[0],
            at=clock.now(),
        )

    def accept():
        with inside(nanjing):
            row = Appointment.objects.select_related("person__network").get(pk=offer.pk)
            return commands.accept(row, person=row.person, at=clock.now()).role

    told = at_once(*[accept] * 4)
    assert sorted(told, key=str) == [("answered",)] * 3 + ["keeper"]
    with inside(nanjing):
        assert Grant.objects.filter(role=Role.KEEPER).count() == 1


def test_two_who_invite_one_number_send_one_invitation(nanjing, two_admins):
    def invite(by):
        with inside(nanjing):
            place = Area.objects.get(name="鼓楼区")
            return commands.appoint(
                network=nanjing,
                phone="13900005555",
                name="钱小棠",
                role=Role.KEEPER,
                area=place,
                by=by,
                at=clock.now(),
            ).role

    told = at_once(*[lambda by=by: invite(by) for by in two_admins * 2])
    assert sorted(told, key=str) == [("offered_already",)] * 3 + ["keeper"]
    with inside(nanjing):
        assert Appointment.objects.count() == 1


def test_a_child_added_to_what_moves_away_has_the_right_path(nanjing):
    with inside(nanjing):
        street = areas.add_area(
            name="湖南路街道", kind=AreaKind.STREET, parent=Area.objects.get(name="鼓楼区"), code="", by=1
        )

    def move():
        with inside(nanjing):
            areas.move_area(street, to=Area.objects.get(name="江宁区"), by=1)

    def add(number):
        with inside(nanjing):
            areas.add_area(name=f"社区{number}", kind=AreaKind.COMMUNITY, parent=street, code="", by=1)

    at_once(move, *[lambda number=number: add(number) for number in range(4)])
    with inside(nanjing):
        rows = list(Area.objects.select_related("parent").exclude(parent=None))
        assert [row.name for row in rows if row.path != f"{row.parent.path}{row.pk}/"] == []
        assert sum(row.name.startswith("社区") for row in rows) == 4
