"""Whoever tries out codes waits; of right ones there may be any number behind a library's own Wi-Fi."""

from allauth.account.adapter import get_adapter
from django.http import HttpRequest

from kit import limits
from kit.limits import Limit
from people.doors import network_of

# Wrong ones from one address.
WRONG_CODES = Limit(60, 600)


def wait_if_wrong(request: HttpRequest, what: str, limit: Limit) -> None:
    """Right or wrong: one who guesses learns nothing any more."""
    if wait := limits.waiting(_name(request, what), limit):
        raise limits.TooMany(wait_seconds=wait)


def count_wrong(request: HttpRequest, what: str, limit: Limit) -> None:
    limits.take(_name(request, what), limit)


def _name(request: HttpRequest, what: str) -> str:
    return f"door.{what}:{network_of(request).pk}:{get_adapter(request).get_client_ip(request)}"
