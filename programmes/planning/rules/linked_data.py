"""A session as search engines and maps read it (schema.org, JSON-LD)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from programmes.planning.choices import Audience, Availability, Mode, PlaceKind, UnitRole
from programmes.planning.models import Host, Session
from programmes.planning.rules.ages import is_in_years, last_year
from programmes.planning.rules.inherited import value_of
from programmes.planning.rules.places import place_words
from programmes.planning.rules.told import start_before
from programmes.planning.rules.units import PrintedLine

SCHEMA = "https://schema.org"
_ATTENDANCE = {
    Mode.ON_SITE: "OfflineEventAttendanceMode",
    Mode.LIVE: "OnlineEventAttendanceMode",
    Mode.BOTH: "MixedEventAttendanceMode",
}


@dataclass(frozen=True)
class Around:
    """What a session's page knows besides. `home`: the library's front page; `venue_address`: the venue's page, where it has one;
    `hosts`: those who are named to readers; `left`: places, where they are counted.
    """

    address: str
    home: str
    venue_address: str
    images: Sequence[str]
    units: Iterable[PrintedLine]
    hosts: Iterable[Host]
    district: str
    city: str
    library: str
    offers: dict[str, Any] | None
    left: int | None


def event(session: Session, around: Around) -> dict[str, Any]:
    mode = value_of(session, "mode")
    is_stream = session.place_kind == PlaceKind.STREAM
    found: dict[str, Any] = {
        "@context": SCHEMA,
        "@type": "Event",
        "@id": around.address,
        "url": around.address,
        "name": value_of(session, "title"),
        "startDate": timezone.localtime(session.starts_at).isoformat(),
        "endDate": timezone.localtime(session.ends_at).isoformat(),
        "eventStatus": f"{SCHEMA}/{_status(session)}",
        "eventAttendanceMode": f"{SCHEMA}/{_ATTENDANCE[Mode.LIVE if is_stream else Mode(mode)]}",
        "location": _locations(session, around),
        "organizer": _organizers(around),
        "isAccessibleForFree": True,
        "inLanguage": "zh-Hans",
    }
    optional = {
        "description": value_of(session, "summary") or session.activity.text[:300],
        "image": list(around.images),
        "typicalAgeRange": _ages(value_of(session, "from_months"), value_of(session, "to_months")),
        "maximumAttendeeCapacity": value_of(session, "capacity"),
        "performer": [{"@type": "Person", "name": host.name} for host in around.hosts],
        "previousStartDate": _before(session),
        "audience": _audience(session),
        "offers": around.offers,
    }
    known = {name: value for name, value in optional.items() if value}
    return found | known | ({} if around.left is None else {"remainingAttendeeCapacity": around.left})


def offer(
    *, address: str, availability: Availability | None, opens_at: datetime | None, closes_at: datetime | None
) -> dict[str, Any]:
    """What it costs is nothing (ADR 0012); from when until when one can sign up, where one does."""
    found = {
        "@type": "Offer",
        "url": address,
        "price": 0,
        "priceCurrency": "CNY",
        **({"availability": f"{SCHEMA}/{availability}"} if availability else {}),
    }
    times = {"validFrom": opens_at, "validThrough": closes_at}
    return found | {name: timezone.localtime(at).isoformat() for name, at in times.items() if at}


def _status(session: Session) -> str:
    if session.called_off_at is not None:
        return "EventCancelled"
    return "EventRescheduled" if _before(session) else "EventScheduled"


def _before(session: Session) -> str:
    before = start_before(session) if session.moved_at else session.starts_at
    return "" if before == session.starts_at else timezone.localtime(before).isoformat()


def _locations(session: Session, around: Around) -> Any:
    online = {"@type": "VirtualLocation", "url": value_of(session, "stream_url") or around.address}
    if session.place_kind == PlaceKind.STREAM:
        return online
    place = {
        "@type": "Place",
        **({"@id": around.venue_address, "url": around.venue_address} if around.venue_address else {}),
        "name": session.venue.name if session.venue is not None else place_words(session),
        "address": {
            "@type": "PostalAddress",
            "streetAddress": session.venue.address if session.venue is not None else session.address,
            "addressLocality": around.district or around.city,
            "addressRegion": around.city,
            "addressCountry": "CN",
        },
    }
    return place if value_of(session, "mode") == Mode.ON_SITE else [place, online]


def _organizers(around: Around) -> list[dict[str, str]]:
    shown = {UnitRole.HOSTS, UnitRole.ORGANISES}
    names = [name for line in around.units if line.role in shown for name in line.names]
    return [
        {"@type": "Organization", "name": name, **({"url": around.home} if name == around.library else {})}
        for name in dict.fromkeys(names or [around.library])
    ]


def _audience(session: Session) -> dict[str, Any]:
    """For whom, in words, and from what age to what age in years."""
    words = "、".join(str(Audience(one).label) for one in session.activity.audiences)
    first, last = value_of(session, "from_months"), value_of(session, "to_months")
    ages = {}
    if is_in_years(first, last):
        ages = {"suggestedMinAge": (first or 0) // 12 or None, "suggestedMaxAge": last_year(last)}
    found = {"audienceType": words or None, **ages}
    known = {name: value for name, value in found.items() if value is not None}
    return {"@type": "PeopleAudience", **known} if known else {}


def _ages(from_months: int | None, to_months: int | None) -> str:
    """In years, as schema.org has them: "3-6", "3-"."""
    if not from_months and to_months is None:
        return ""
    if not is_in_years(from_months, to_months):
        return ""
    return f"{(from_months or 0) // 12}-{'' if to_months is None else last_year(to_months)}"
