"""How long those stayed who were signed out by hand: on the pages where one wants it, and in the evidence."""

import csv
import io
import zipfile
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kit import clock
from networks.models import inside
from people.choices import Role
from programmes.door.choices import LeftHow
from programmes.door.commands.signing_out import close_doors, sign_out, take_back
from programmes.door.models import CheckIn
from programmes.door.queries.attendance import Heads
from programmes.door.queries.stays import Stays, stays_of
from programmes.door.steps.signing_out import Out
from tests.browsers import browser, staff
from tests.door.doors import opened, party_at_the_door, scanned, seats

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(nanjing):
    return staff(nanjing, "13800138003", Role.KEEPER, name="陈静")


def came(network, keeper, *, children=2, adults=1, minutes=60, **terms):
    """A party that came so many minutes ago."""
    session, row, by = party_at_the_door(network, children=children, adults=adults, **terms)
    scanned(network, session, row, keeper)
    with inside(network):
        CheckIn.objects.update(at=clock.now() - timedelta(minutes=minutes))
    return session, row, by


def leaves(network, session, chosen, *, after, how=LeftHow.SCAN, **who):
    """So many minutes after they came."""
    with inside(network):
        began = CheckIn.objects.filter(seat=chosen[0], undone_at=None).get().at
        out = Out(uuid4(), how, began + timedelta(minutes=after), clock.now(), **who)
        sign_out(session=session, seats=chosen, out=out, by=None)


def stays(network, session):
    with inside(network):
        return stays_of([session])[session.pk]


def text(answer):
    return answer.content.decode()


def test_average_and_median_are_those_of_who_left_by_hand(nanjing, keeper):
    session, row, _by = came(nanjing, keeper, children=3, adults=1)
    first, second, third, grown_up = seats(nanjing, row)
    leaves(nanjing, session, [first], after=10)
    leaves(nanjing, session, [second], after=20)
    leaves(nanjing, session, [third], after=60)
    assert stays(nanjing, session) == Stays(3, 0, Heads(1, 0), 30, 20)
    with inside(nanjing):
        take_back(seat=third, by=keeper, at=clock.now())
    assert stays(nanjing, session) == Stays(2, 0, Heads(1, 1), 15, 15)
    assert grown_up.child_id is None


def test_whom_the_clock_signed_out_is_named_apart_and_not_averaged(nanjing, keeper):
    session, row, _by = came(nanjing, keeper, children=2, adults=1, minutes=200)
    first, *_others = seats(nanjing, row)
    leaves(nanjing, session, [first], after=30)
    opened(nanjing, session, starts_in=-timedelta(hours=2))
    with inside(nanjing):
        assert close_doors(network=nanjing, at=clock.now()) == 2
    assert stays(nanjing, session) == Stays(1, 2, Heads(), 30, 30)


def test_where_nobody_signs_out_there_are_no_lengths_and_no_page_says_any(nanjing, keeper):
    session, _row, _by = came(nanjing, keeper)
    assert stays(nanjing, session) == Stays(0, 0, Heads(1, 2), None, None)
    client = browser(keeper, bound=True)
    pages = [text(client.get(path)) for path in (f"/plan/sessions/{session.code}/", f"/desk/{session.code}/out/")]
    assert ["停留时长" in page for page in pages] == [False, False]


def test_who_came_again_after_having_left_has_no_length(nanjing, keeper):
    session, row, _by = came(nanjing, keeper, children=1, adults=0)
    leaves(nanjing, session, seats(nanjing, row), after=10)
    with inside(nanjing):
        CheckIn.objects.update(at=clock.now())
    assert stays(nanjing, session) == Stays(1, 0, Heads(), None, None)


def test_both_pages_and_the_table_of_the_evidence_say_them(nanjing, keeper):
    session, row, _by = came(nanjing, keeper, children=2, adults=1)
    first, second, _grown_up = seats(nanjing, row)
    leaves(nanjing, session, [first], after=20)
    leaves(nanjing, session, [second], after=50)
    opened(nanjing, session, starts_in=-timedelta(minutes=30))
    client = browser(keeper, bound=True)
    for path in (f"/plan/sessions/{session.code}/", f"/desk/{session.code}/out/"):
        page = text(client.get(path))
        assert ("平均 35 分钟，中位数 35 分钟" in page, "结束时自动签退" in page) == (True, False), path
    answer = client.post(f"/plan/sessions/{session.code}/evidence/", {"as": "zip"})
    found = zipfile.ZipFile(io.BytesIO(answer.content)).read("numbers.csv").decode("utf-8-sig")
    (line,) = csv.DictReader(io.StringIO(found))
    names = ("手动签退", "平均停留（分钟）", "停留中位数（分钟）", "自动签退")
    assert [line[name] for name in names] == ["2", "35", "35", "0"]


def test_of_many_sessions_it_is_one_statement(nanjing, keeper):
    session, row, _by = came(nanjing, keeper)
    leaves(nanjing, session, seats(nanjing, row)[:1], after=10)
    with inside(nanjing), CaptureQueriesContext(connection) as asked:
        assert stays_of([]) == {}
        assert set(stays_of([session])) == {session.pk}
    assert len(asked) == 2
