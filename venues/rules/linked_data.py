"""A venue as search engines and maps read it (schema.org, JSON-LD)."""

from typing import Any

from venues.models import OpeningHours, Venue
from venues.rules.access import access_of
from venues.rules.hours import DAY

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def library(venue: Venue, *, address: str, city: str, district: str, operator: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Library",
        "@id": address,
        "url": address,
        "name": venue.name,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": venue.address,
            "addressLocality": district or city,
            "addressRegion": city,
            "addressCountry": "CN",
        },
        "parentOrganization": {"@type": "Library", "name": operator},
        "isAccessibleForFree": True,
        "publicAccess": True,
        "openingHoursSpecification": [hours(slot) for slot in venue.week],  # type: ignore[attr-defined]
        "amenityFeature": [
            {"@type": "LocationFeatureSpecification", "name": str(access.label), "value": True}
            for access in access_of(venue)
        ],
    }
    optional = {"description": venue.summary, "telephone": venue.phone, "maximumAttendeeCapacity": venue.capacity}
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


def _face(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
