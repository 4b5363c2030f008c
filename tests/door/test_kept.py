"""What the door keeps of whom, and for how long."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction

from kit import clock
from networks.models import inside
from people.choices import Role
from people.models import Child, Household
from people.registers.holdings import Owner, holdings
from programmes.door.commands.counting import Tap, count
from programmes.door.models import CheckIn, Headcount, Scan, Tally
from tests.browsers import staff
from tests.door.doors import opened, party_at_the_door, scanned

pytestmark = pytest.mark.django_db
HOLDING = "door.check_ins"


@pytest.fixture
def evening(nanjing):
    """A party that came, one scan that let nobody in, and one of a code that nobody knows."""
    keeper = staff(nanjing, "13800138003", Role.KEEPER, name="陈静")
    session, row, _by = party_at_the_door(nanjing)
    scanned(nanjing, opened(nanjing, session, starts_in=timedelta(hours=3)), row, keeper)
    session = opened(nanjing, session)
    for read in (row, "nobody knows it"):
        scanned(nanjing, session, read, keeper)
    return session, row, keeper


def test_a_family_takes_home_when_it_came(nanjing, evening):
    session, row, _keeper = evening
    with inside(nanjing):
        home = Household.objects.get(pk=row.household_id)
        owner = Owner(children=tuple(Child.objects.filter(household=home)), households=(home,))
        (section,) = holdings[HOLDING].export(owner)
        came = CheckIn.objects.order_by("at", "pk").values_list("at", flat=True)
        assert [cells[1:] for cells in section.rows] == [
            (session.starts_at, name, at) for name, at in zip(("小雨", ""), came, strict=True)
        ]


def test_after_its_time_only_that_somebody_came_is_left(nanjing, evening):
    session, _row, _keeper = evening
    kept = holdings[HOLDING].retention
    with inside(nanjing):
        assert (Scan.objects.count(), kept.due(session.ends_at).count()) == (3, 0)
        later = session.ends_at + timedelta(days=1)
        assert kept.due(later).count() == 3
        with transaction.atomic():
            assert kept.purge(later, 10, later) == 3
        assert (kept.due(later).count(), CheckIn.objects.count()) == (0, 2)
        assert list(Scan.objects.values_list("outcome", "by", "device")) == [("admitted", None, None)]


def test_a_family_that_goes_leaves_no_trace_of_when_it_was_turned_away(nanjing, evening):
    _session, row, keeper = evening
    with inside(nanjing), transaction.atomic():
        home = Household.objects.get(pk=row.household_id)
        assert holdings[HOLDING].erase(Owner(households=(home,)), clock.now()) == 1
        told = Scan.objects.order_by("pk").values_list("outcome", "registration", "by")
        assert list(told) == [
            ("too_early", None, keeper.pk),
            ("admitted", row.pk, keeper.pk),
            ("unknown", None, keeper.pk),
        ]


def test_of_a_member_of_staff_who_goes_stays_what_she_let_in(nanjing, evening):
    _session, row, keeper = evening
    with inside(nanjing), transaction.atomic():
        assert holdings[HOLDING].erase(Owner(person=keeper), clock.now()) == 3
        assert set(Scan.objects.values_list("by", flat=True)) == {None}
        assert CheckIn.objects.filter(seat__registration=row).count() == 2


def test_who_counted_goes_and_the_numbers_stay(nanjing, evening):
    session, _row, keeper = evening
    tallies = holdings["door.tallies"]
    with inside(nanjing):
        count(session=session, taps=[Tap(uuid4(), 0, 1, clock.now())], by=keeper, at=clock.now())
        later = session.ends_at + timedelta(days=1)
        assert (tallies.retention.due(session.ends_at).count(), tallies.retention.due(later).count()) == (0, 1)
        with transaction.atomic():
            assert tallies.retention.purge(later, 10, later) == 1
        assert list(Tally.objects.values_list("by", "children")) == [(None, 1)]
        count(session=session, taps=[Tap(uuid4(), 0, 1, clock.now())], by=keeper, at=clock.now())
        with transaction.atomic():
            assert tallies.erase(Owner(person=keeper), clock.now()) == 1
        assert (Headcount.objects.get().children, Tally.objects.filter(by=None).count()) == (2, 2)
