"""What search engines read of a venue: all of it known to schema.org, and the hours as they truly are."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from networks.models import inside
from tests.linked_data import data_of
from tests.venues.places import ALL_DAYS, NOT_SUNDAY, open_space
from venues.choices import DayKind
from venues.models import CalendarDay, Closure
from venues.rules.hours import Span

pytestmark = pytest.mark.django_db

# A Wednesday, 10 o'clock in Nanjing.
WEDNESDAY = datetime(2027, 5, 12, 2, 0, tzinfo=UTC)
HOST = "nanjing.test"
ALWAYS = tuple(Span(day, 0, 1440) for day in range(7))


@pytest.fixture(autouse=True)
def _on_a_wednesday():
    with time_machine.travel(WEDNESDAY, tick=False):
        yield


def said_of(venue):
    answer = Client(HTTP_HOST=HOST).get(f"/venues/{venue.slug}/")
    assert answer.status_code == 200
    return data_of(answer.content.decode())


def special(venue):
    rows = said_of(venue).get("specialOpeningHoursSpecification", [])
    return [(one["validFrom"], one["validThrough"], one["opens"], one["closes"]) for one in rows]


def close(network, venue, first, last, **values):
    """From an instant until another, in Nanjing's wall time."""
    starts_at, ends_at = (None if one is None else datetime.fromisoformat(f"{one}:00+08:00") for one in (first, last))
    with inside(network):
        Closure.objects.create(venue=venue, starts_at=starts_at, ends_at=ends_at, **{"reason": "维修", **values})


def test_a_venue_is_a_library_of_the_library(nanjing):
    venue = open_space(nanjing, "清凉门阅读空间", step_free=True, phone="025-8660 0000", summary="江边的书房")
    found = said_of(venue)
    assert (found["@type"], found["parentOrganization"], found["description"], found["telephone"]) == (
        "Library",
        {"@type": "Organization", "name": "金陵图书馆", "url": f"http://{HOST}/"},
        "江边的书房",
        "025-8660 0000",
    )
    assert [one["name"] for one in found["amenityFeature"]] == ["无障碍通行"]
    assert special(venue) == []


def test_closures_of_days_and_of_hours(nanjing):
    venue = open_space(nanjing, "清凉门阅读空间", week=NOT_SUNDAY)
    close(nanjing, venue, "2027-05-20T00:00", "2027-05-25T00:00")
    close(nanjing, venue, "2027-05-28T12:00", "2027-05-28T14:00")
    # Closed on Sundays anyway: of the 23rd nothing is said.
    assert special(venue) == [
        ("2027-05-20", "2027-05-22", "00:00", "00:00"),
        ("2027-05-24", "2027-05-24", "00:00", "00:00"),
        ("2027-05-28", "2027-05-28", "09:00", "12:00"),
        ("2027-05-28", "2027-05-28", "14:00", "17:00"),
    ]


def test_a_closure_without_an_end_is_told_as_far_as_one_looks(nanjing):
    venue = open_space(nanjing, "清凉门阅读空间")
    close(nanjing, venue, "2027-05-20T00:00", None)
    assert special(venue) == [("2027-05-20", "2027-07-10", "00:00", "00:00")]


def test_what_is_open_day_and_night_and_past_midnight(nanjing):
    venue = open_space(nanjing, "百家湖 24 小时书房", week=ALWAYS)
    close(nanjing, venue, "2027-05-20T00:00", "2027-05-20T06:00")
    assert special(venue) == [("2027-05-20", "2027-05-20", "06:00", "23:59")]
    late = open_space(nanjing, "夜读书房", week=(*ALL_DAYS[:5], Span(5, 1200, 1560)))
    close(nanjing, late, "2027-05-22T23:00", "2027-05-23T01:00")
    assert special(late) == [
        ("2027-05-22", "2027-05-22", "20:00", "23:00"), ("2027-05-23", "2027-05-23", "01:00", "02:00"),
    ]  # fmt: skip


def test_days_off_and_days_worked_in_exchange(nanjing):
    venue = open_space(nanjing, "清凉门阅读空间", on_holidays="closed", week=NOT_SUNDAY)
    usual = open_space(nanjing, "百家湖阅读空间", week=NOT_SUNDAY)
    with inside(nanjing):
        for day, kind in ((9, DayKind.HOLIDAY), (10, DayKind.HOLIDAY), (13, DayKind.WORKDAY)):
            CalendarDay.objects.create(day=date(2027, 6, day), kind=kind, name="端午节")
    assert special(venue) == [
        ("2027-06-09", "2027-06-10", "00:00", "00:00"), ("2027-06-13", "2027-06-13", "09:00", "17:00"),
    ]  # fmt: skip
    assert special(usual) == []


def test_of_a_closure_that_readers_are_not_told_nothing_is_said(nanjing):
    venue = open_space(nanjing, "清凉门阅读空间")
    close(nanjing, venue, "2027-05-20T09:00", "2027-05-21T12:00", is_public=False)
    close(nanjing, venue, "2027-05-22T00:00", "2027-05-23T00:00")
    assert special(venue) == [("2027-05-22", "2027-05-22", "00:00", "00:00")]


def test_what_closed_for_good_has_no_hours(nanjing):
    venue = open_space(nanjing, "旧书房")
    with inside(nanjing):
        venue.closed_at, venue.close_reason = WEDNESDAY - timedelta(days=1), "迁走"
        venue.save()
    assert {"openingHoursSpecification", "specialOpeningHoursSpecification"} & said_of(venue).keys() == set()
