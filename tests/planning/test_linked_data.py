"""What search engines read of a session: all of it known to schema.org, and true."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from networks.models import Area
from programmes.planning.choices import Audience, Mode, PlaceKind, UnitRole
from programmes.planning.models import PartnerUnit, Session, UnitLine
from programmes.planning.rules.places import Where
from programmes.planning.steps.sessions import publish_sessions
from programmes.signup.choices import Way
from programmes.signup.models import Places, Terms
from tests.linked_data import data_of
from tests.planning import plans

pytestmark = pytest.mark.django_db

# A Wednesday, 10 o'clock in Nanjing.
WEDNESDAY = datetime(2027, 5, 12, 2, 0, tzinfo=UTC)
SATURDAY = WEDNESDAY + timedelta(days=3)
HOST = "nanjing.test"
HOME = f"http://{HOST}/"


@pytest.fixture(autouse=True)
def _on_a_wednesday(home):
    with time_machine.travel(WEDNESDAY, tick=False):
        yield


def public(*sessions):
    with transaction.atomic():
        publish_sessions(sessions, by=None, at=WEDNESDAY)
    return Session.objects.get(pk=sessions[0].pk)


def said_of(session):
    answer = Client(HTTP_HOST=HOST).get(f"/events/{session.code}/")
    assert answer.status_code == 200
    return data_of(answer.content.decode())


@pytest.fixture
def seed():
    return plans.activity("小种子", summary="种一粒字。", audiences=[Audience.FAMILIES, Audience.CHILDREN])


@pytest.fixture
def session(seed):
    return public(plans.session(SATURDAY, activity=seed, room=plans.room(), hosts=(plans.host(),)))


def test_a_session_in_a_room(session):
    address, venue = f"{HOME}events/{session.code}/", f"{HOME}venues/{session.venue.slug}/"
    found = said_of(session)
    pictures = found.pop("image")
    assert [one.rpartition("/")[0] for one in pictures] == [address[:-1]]
    assert found == {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": address,
        "url": address,
        "name": "小种子",
        "description": "种一粒字。",
        "startDate": "2027-05-15T10:00:00+08:00",
        "endDate": "2027-05-15T11:00:00+08:00",
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": {
            "@type": "Place",
            "@id": venue,
            "url": venue,
            "name": "清凉门阅读空间",
            "address": {
                "@type": "PostalAddress",
                "streetAddress": "鼓楼区某路 1 号",
                "addressLocality": "鼓楼区",
                "addressRegion": "南京市",
                "addressCountry": "CN",
            },
        },
        "organizer": [{"@type": "Organization", "name": "金陵图书馆", "url": HOME}],
        "performer": [{"@type": "Person", "name": "孙老师"}],
        "isAccessibleForFree": True,
        "inLanguage": "zh-Hans",
        "typicalAgeRange": "3-6",
        "audience": {
            "@type": "PeopleAudience",
            "audienceType": "家庭、少儿",
            "suggestedMinAge": 3,
            "suggestedMaxAge": 6,
        },
        "maximumAttendeeCapacity": 20,
        "offers": {"@type": "Offer", "url": address, "price": 0, "priceCurrency": "CNY"},
    }


@pytest.mark.parametrize(
    ("terms", "taken", "availability", "left"),
    [
        ({}, 0, "InStock", 20),
        ({}, 17, "LimitedAvailability", 3),
        ({}, 20, "SoldOut", 0),
        ({"opens_days": 2}, 0, "PreOrder", 20),
        ({"closes_hours": 80}, 0, "OutOfStock", 20),
        ({"is_closed": True}, 0, "Reserved", 20),
    ],
)
def test_places_are_told_as_they_stand(session, terms, taken, availability, left):
    Terms.objects.create(activity=session.activity, **terms)
    Places.objects.create(session=session, capacity=20, taken=taken)
    found = said_of(session)
    assert (found["offers"]["availability"], found["remainingAttendeeCapacity"]) == (
        f"https://schema.org/{availability}",
        left,
    )
    closes = SATURDAY - timedelta(hours=terms.get("closes_hours", 0))
    assert datetime.fromisoformat(found["offers"]["validThrough"]) == closes
    assert found["offers"].get("validFrom") == ("2027-05-13T09:00:00+08:00" if "opens_days" in terms else None)


def test_where_whoever_comes_is_in_a_place_is_to_be_had(seed, session):
    seed.capacity = None
    seed.save()
    assert said_of(session)["offers"]["availability"] == "https://schema.org/InStock"
    Terms.objects.create(activity=seed, way=Way.FREE)
    assert said_of(session)["offers"]["availability"] == "https://schema.org/InStock"
    assert "remainingAttendeeCapacity" not in said_of(session)


def test_what_moved_says_from_when(session):
    session.moved_at, session.moved_from = WEDNESDAY, {"starts_at": (SATURDAY - timedelta(days=1)).isoformat()}
    session.save()
    found = said_of(session)
    assert (found["eventStatus"], found["previousStartDate"]) == (
        "https://schema.org/EventRescheduled",
        "2027-05-14T10:00:00+08:00",
    )


def test_what_was_called_off_says_so_and_offers_nothing(session):
    Terms.objects.create(activity=session.activity)
    Places.objects.create(session=session, capacity=20, taken=1)
    session.called_off_at, session.call_off_reason = WEDNESDAY, "停电"
    session.save()
    found = said_of(session)
    assert (found["eventStatus"], {"offers", "remainingAttendeeCapacity"} & found.keys()) == (
        "https://schema.org/EventCancelled",
        set(),
    )


def test_what_is_over_offers_nothing(session):
    with time_machine.travel(SATURDAY + timedelta(hours=2), tick=False):
        assert "offers" not in said_of(session)


def test_a_stream_is_a_place_online_and_what_is_both_is_at_two(seed):
    seed.mode, seed.stream_url = Mode.BOTH, "https://live.test/1"
    seed.save()
    online = {"@type": "VirtualLocation", "url": "https://live.test/1"}
    both = said_of(public(plans.session(SATURDAY, activity=seed, room=plans.room())))
    assert (both["eventAttendanceMode"], both["location"][1]) == (
        "https://schema.org/MixedEventAttendanceMode",
        online,
    )
    assert said_of(public(plans.session(SATURDAY, activity=seed)))["location"] == online


def test_a_partners_place_has_no_page_here(seed):
    where = Where(PlaceKind.PARTNER, Area.objects.get(name="鼓楼区"), place_name="先锋书店", address="广州路 173 号")
    found = said_of(public(plans.session(SATURDAY, activity=seed, where=where)))
    assert (found["location"]["name"], "@id" in found["location"], "availability" in found["offers"]) == (
        "先锋书店",
        False,
        False,
    )


def test_those_who_hold_it_are_named_and_the_library_by_its_page(seed, session):
    for place, (name, role) in enumerate((("甲局", UnitRole.HOSTS), ("金陵图书馆", UnitRole.ORGANISES))):
        UnitLine.objects.create(activity=seed, unit=PartnerUnit.objects.create(name=name), role=role, place=place)
    assert said_of(session)["organizer"] == [
        {"@type": "Organization", "name": "甲局"},
        {"@type": "Organization", "name": "金陵图书馆", "url": HOME},
    ]


def test_ages_in_months_are_no_years(seed, session):
    seed.from_months, seed.to_months, seed.audiences = 18, 35, []
    seed.save()
    assert {"typicalAgeRange", "audience"} & said_of(session).keys() == set()


def test_a_title_ends_no_script(session):
    session.title = "</script><script>alert(1)</script>"
    session.save()
    answer = Client(HTTP_HOST=HOST).get(f"/events/{session.code}/")
    page = answer.content.decode()
    assert (data_of(page)["name"], "alert(1)</script>" in page) == (session.title, False)
    assert "unsafe" not in answer["Content-Security-Policy"]
