"""A venue as search engines and maps read it (schema.org, JSON-LD)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from venues.models import OpeningHours, Venue
from venues.rules.access import access_of
from venues.rules.hours import DAY
from venues.rules.special_hours import SpecialDays

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class Around:
    """What a venue's page knows besides. `home`: the front page of the library that it belongs to."""

    address: str
    home: str
    city: str
    district: str
    operator: str
    images: Sequence[str]
    special: Iterable[SpecialDays]
    is_gone: bool


def library(venue: Venue, around: Around) -> dict[str, Any]:
    """What closed for good has no hours any more."""
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Library",
        "@id": around.address,
        "url": around.address,
        "name": venue.name,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": venue.address,
            "addressLocality": around.district or around.city,
            "addressRegion": around.city,
            "addressCountry": "CN",
        },
        "parentOrganization": {"@type": "Organization", "name": around.operator, "url": around.home},
        "isAccessibleForFree": True,
        "publicAccess": True,
    }
    week = [] if around.is_gone else venue.week  # type: ignore[attr-defined]
    optional = {
        "description": venue.summary,
        "telephone": venue.phone,
        "maximumAttendeeCapacity": venue.capacity,
        "image": list(around.images),
        "amenityFeature": [
            {"@type": "LocationFeatureSpecification", "name": str(access.label), "value": True}
            for access in access_of(venue)
        ],
        "openingHoursSpecification": [hours(slot) for slot in week],
        "specialOpeningHoursSpecification": [one for days in around.special for one in special_hours(days)],
    }
    return found | {name: value for name, value in optional.items() if value}


def hours(slot: OpeningHours) -> dict[str, str]:
    """A slot that closes earlier than it opens closes on the next day; a whole day ends at its last minute."""
    closes = slot.closes_minute - DAY if slot.closes_minute > DAY else min(slot.closes_minute, DAY - 1)
    return {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": f"https://schema.org/{DAYS[slot.weekday]}",
        "opens": _face(slot.opens_minute),
        "closes": _face(closes),
    }


def special_hours(days: SpecialDays) -> list[dict[str, str]]:
    """A day on which it opens and closes at midnight is one on which it is closed."""
    return [
        {
            "@type": "OpeningHoursSpecification",
            "validFrom": days.first.isoformat(),
            "validThrough": days.last.isoformat(),
            "opens": _face(opens),
            "closes": _face(min(closes, DAY - 1)),
        }
        for opens, closes in days.pieces or ((0, 0),)
    ]


def _face(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
