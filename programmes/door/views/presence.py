"""The signed cookie of a browser that scanned a code at a venue. It is of that browser alone, and is not to be forwarded."""

from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from kit import clock
from people.doors import network_of
from programmes.door.choices import BY_THEMSELVES, Way
from programmes.door.queries.arriving import There
from programmes.door.queries.self_check_in import venue_by
from programmes.door.rules.presence import LASTS_SECONDS, Presence

_SALT = "door.presence"


def remember(request: HttpRequest, response: HttpResponse, presence: Presence) -> None:
    """A later scan takes the place of the one before."""
    value = f"{network_of(request).pk}:{presence.way}:{presence.key}:{int(presence.at.timestamp())}"
    response.set_signed_cookie(
        settings.PRESENCE_COOKIE_NAME,
        value,
        salt=_SALT,
        max_age=LASTS_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def there_by(request: HttpRequest) -> There | None:
    """Where this browser is, as long as that lasts, and its screen or sheet was not withdrawn. At most one statement."""
    presence, network = _presence_of(request), network_of(request)
    venue = venue_by(presence.way, presence.key, network=network) if presence is not None else None
    return There(venue, network, presence) if presence is not None and venue is not None else None


def _presence_of(request: HttpRequest) -> Presence | None:
    name = settings.PRESENCE_COOKIE_NAME
    value = request.get_signed_cookie(name, default="", salt=_SALT) if name in request.COOKIES else ""
    network, _colon, rest = (value or "").partition(":")
    if network != str(network_of(request).pk):
        return None
    way, key, seconds = rest.split(":")
    presence = Presence(Way(way), int(key), datetime.fromtimestamp(int(seconds), UTC))
    is_good = (clock.now() - presence.at).total_seconds() <= LASTS_SECONDS and presence.way in BY_THEMSELVES
    return presence if is_good else None
