"""What a device with a roster asks in the rush is answered as the whole way answers it, and writes the same rows."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kit import clock
from networks.models import inside
from people.choices import Role
from programmes.door.models import CheckIn, Scan
from programmes.planning.models import Session
from programmes.signup.models import Registration, Seat
from tests.browsers import browser, staff
from tests.door.doors import here, opened, party_at_the_door, scanned

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(nanjing):
    return staff(nanjing, "13800138003", Role.KEEPER, name="陈静")


@pytest.fixture
def desk(keeper):
    return browser(keeper, bound=True)


def ask(desk, session, read, *, part="scan", key=None):
    sent = {"client_id": key or uuid4(), "code": read, "way": "camera"}
    return desk.post(f"/desk/{session.code}/{part}/", sent, headers={"X-Card": "1"})


def rows(nanjing):
    with inside(nanjing):
        scans = list(
            Scan.objects.values_list("session", "registration", "outcome", "way", "by", "device", "is_offline")
        )
        came = list(CheckIn.objects.order_by("seat").values_list("seat", "session", "undone_at"))
        Scan.objects.all().delete()
    return scans, came


def test_who_comes_is_let_in_by_the_same_rows(nanjing, desk):
    session, row, _by = party_at_the_door(nanjing, children=2)
    assert ask(desk, session, row.ticket).json() == {"here": 3, "registration": row.code}
    quick = rows(nanjing)
    assert ask(desk, session, row.ticket, part="ask").status_code == 200
    assert quick == rows(nanjing)


def nothing(_session, _row):
    """As it is."""


def another_day(session, _row):
    at = session.starts_at + timedelta(days=1)
    Session.objects.filter(pk=session.pk).update(
        starts_at=at, ends_at=at + timedelta(hours=1), occupies=(at, at + timedelta(hours=1))
    )


def waits(_session, row):
    Registration.objects.filter(pk=row.pk).update(state="waits", waits_from=row.made_at)


def ended(_session, row):
    Registration.objects.filter(pk=row.pk).update(ended_at=clock.now(), ending="cancelled")


def called_off(session, _row):
    Session.objects.filter(pk=session.pk).update(called_off_at=clock.now(), call_off_reason="下雨")


def no_seat(_session, row):
    Seat.objects.filter(registration=row).update(ended_at=clock.now())


@pytest.mark.parametrize("change", [another_day, waits, ended, called_off, no_seat])
def test_whoever_does_not_come_in_is_not_answered_here(nanjing, desk, change):
    session, row, _by = party_at_the_door(nanjing)
    with inside(nanjing):
        change(session, row)
    key = uuid4()
    assert ask(desk, session, row.ticket, key=key).json()["here"] == 0
    assert here(nanjing, session) == 0
    told = ask(desk, session, row.ticket, part="ask", key=key)
    assert (told.status_code, here(nanjing, session)) == (200, 0)


@pytest.mark.parametrize("read", ["", "ABCDEF", "0" * 16, "https://qr.alipay.com/fkx01", "' OR 1=1 --"])
def test_what_is_no_ticket_of_this_session_writes_nothing(nanjing, desk, read):
    session, _row, _by = party_at_the_door(nanjing)
    assert ask(desk, session, read).json() == {"here": 0}
    assert rows(nanjing) == ([], [])


def test_who_is_here_already_is_told_so_by_the_whole_way_with_the_same_question(nanjing, keeper, desk):
    session, row, _by = party_at_the_door(nanjing)
    scanned(nanjing, session, row.ticket, keeper)
    key = uuid4()
    assert ask(desk, session, row.ticket, key=key).json()["here"] == 0
    assert 'data-outcome="already_here"' in ask(desk, session, row.ticket, part="ask", key=key).content.decode()
    with inside(nanjing):
        assert Scan.objects.count() == 2


def test_it_takes_few_statements(nanjing, desk):
    session, row, _by = party_at_the_door(nanjing, children=2)
    _other, second, _they = party_at_the_door(nanjing, session=opened(nanjing, session, starts_in=timedelta(days=3)))
    opened(nanjing, session)
    ask(desk, session, row.ticket)
    with CaptureQueriesContext(connection) as asked:
        assert ask(desk, session, second.ticket).json()["here"] == 2
    told = [one["sql"] for one in asked if "SAVEPOINT" not in one["sql"] and "set_config" not in one["sql"]]
    # Network and host, which are believed for a second outside tests; session, person, rights, ticket, phone; what is written.
    assert len(told) == 8
