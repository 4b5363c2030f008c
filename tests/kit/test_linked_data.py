"""The validator of structured data shows red on planted faults."""

import pytest

from kit.templatetags.ui import linked_data
from tests.linked_data import data_of, faults

GOOD = {
    "@context": "https://schema.org",
    "@type": "Event",
    "name": "小种子",
    "startDate": "2027-05-15T10:00:00+08:00",
    "eventStatus": "https://schema.org/EventScheduled",
    "location": {"@type": "Library", "name": "清凉门", "openingHoursSpecification": [
        {"@type": "OpeningHoursSpecification", "dayOfWeek": "https://schema.org/Monday", "opens": "09:00", "closes": "17:00"},
    ]},
    "organizer": {"@type": "Organization", "name": "金陵图书馆", "url": "http://nanjing.test/"},
}  # fmt: skip


def test_what_is_right_is_right():
    assert list(faults(GOOD)) == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"@type": "Evnt"}, "Evnt: no such type"),
        ({"colour": "red"}, "Event.colour: no such property"),
        ({"name": " "}, "Event.name: ' ' is no Text"),
        ({"image": []}, "Event.image: empty"),
        ({"image": "/media/a.webp"}, "Event.image: '/media/a.webp' is no URL"),
        ({"startDate": "2027-05-15T10:00:00"}, "Event.startDate: '2027-05-15T10:00:00' is no DateTime"),
        ({"eventStatus": "EventScheduled"}, "Event.eventStatus: 'EventScheduled' is no EventStatusType"),
        ({"maximumAttendeeCapacity": True}, "Event.maximumAttendeeCapacity: True is no Integer"),
        ({"location": {"@type": "Person", "name": "孙"}}, "Event.location: no Person"),
        ({"offers": {"@type": "Offer", "openingHours": "x"}}, "Event.offers.Offer.openingHours: no such property"),
        ({"@id": "k3j9"}, "Event.@id: no address"),
    ],
)
def test_a_fault_is_told(changes, told):
    assert list(faults(GOOD | changes)) == [told]


def test_what_is_missing_is_told():
    assert list(faults({name: GOOD[name] for name in GOOD if name != "location"})) == ["Event.location: missing"]


def test_no_text_ends_the_block_that_holds_it():
    name = "</script><script>alert(1)</script><!--"
    shown = str(linked_data(GOOD | {"name": name}))
    assert (shown.count("</script>"), shown.count("<!--"), data_of(shown)["name"]) == (1, 0, name)
