"""A session as search engines and maps read it (schema.org, JSON-LD)."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone

from programmes.planning.choices import Mode, PlaceKind, UnitRole
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


def event(
    session: Session,
    *,
    address: str,
    images: Sequence[str],
    units: Iterable[PrintedLine],
    hosts: Iterable[Host],
    district: str,
    city: str,
    library: str,
) -> dict[str, Any]:
    """`hosts`: those who are named to readers."""
    mode = value_of(session, "mode")
    is_stream = session.place_kind == PlaceKind.STREAM
    found: dict[str, Any] = {
        "@context": SCHEMA,
        "@type": "Event",
        "@id": address,
        "url": address,
        "name": value_of(session, "title"),
        "startDate": timezone.localtime(session.starts_at).isoformat(),
        "endDate": timezone.localtime(session.ends_at).isoformat(),
        "eventStatus": f"{SCHEMA}/{_status(session)}",
        "eventAttendanceMode": f"{SCHEMA}/{_ATTENDANCE[Mode.LIVE if is_stream else Mode(mode)]}",
        "location": _locations(session, address=address, district=district, city=city),
        "organizer": _organizers(units, library),
        "isAccessibleForFree": True,
        "inLanguage": "zh-Hans",
    }
    optional = {
        "description": value_of(session, "summary") or session.activity.text[:300],
        "image": list(images),
        "typicalAgeRange": _ages(value_of(session, "from_months"), value_of(session, "to_months")),
        "maximumAttendeeCapacity": value_of(session, "capacity"),
        "performer": [{"@type": "Person", "name": host.name} for host in hosts],
        "previousStartDate": _before(session),
    }
    return found | {name: value for name, value in optional.items() if value}


def _status(session: Session) -> str:
    if session.called_off_at is not None:
        return "EventCancelled"
    return "EventRescheduled" if _before(session) else "EventScheduled"


def _before(session: Session) -> str:
    before = start_before(session) if session.moved_at else session.starts_at
    return "" if before == session.starts_at else timezone.localtime(before).isoformat()


def _locations(session: Session, *, address: str, district: str, city: str) -> Any:
    online = {"@type": "VirtualLocation", "url": value_of(session, "stream_url") or address}
    if session.place_kind == PlaceKind.STREAM:
        return online
    place = {
        "@type": "Place",
        "name": session.venue.name if session.venue is not None else place_words(session),
        "address": {
            "@type": "PostalAddress",
            "streetAddress": session.venue.address if session.venue is not None else session.address,
            "addressLocality": district or city,
            "addressRegion": city,
            "addressCountry": "CN",
        },
    }
    return place if value_of(session, "mode") == Mode.ON_SITE else [place, online]


def _organizers(units: Iterable[PrintedLine], library: str) -> list[dict[str, str]]:
    shown = {UnitRole.HOSTS, UnitRole.ORGANISES}
    names = [name for line in units if line.role in shown for name in line.names]
    return [{"@type": "Organization", "name": name} for name in dict.fromkeys(names or [library])]


def _ages(from_months: int | None, to_months: int | None) -> str:
    """In years, as schema.org has them: "3-6", "3-"."""
    if not from_months and to_months is None:
        return ""
    if not is_in_years(from_months, to_months):
        return ""
    return f"{(from_months or 0) // 12}-{'' if to_months is None else last_year(to_months)}"
