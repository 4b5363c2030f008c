"""Pages that look the same to everybody who has not signed in, and when to forget those that are kept."""

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponseBase

from kit.bell import Bell

GENERATION = "pages:generation"


def keep(response: HttpResponseBase) -> None:
    """Only for a page that holds no token, no name and nothing read from a cookie but type size and language."""
    response.siji_keep = True  # type: ignore[attr-defined]


def may_be_kept(response: HttpResponseBase) -> bool:
    return getattr(response, "siji_keep", False) is True


def generation() -> int:
    return int(cache.get(GENERATION, 0))


def forget() -> None:
    """After the commit, all processes drop what they keep, within a second."""
    transaction.on_commit(_next_generation)


def forget_soon() -> None:
    """The same for what many do in the same moment: once for all of them, a moment after the commit."""
    transaction.on_commit(_bell.pull if settings.RUSH_SECONDS else _next_generation)


def _next_generation() -> None:
    try:
        cache.incr(GENERATION)
    except ValueError:
        if not cache.add(GENERATION, 1, timeout=None):
            cache.incr(GENERATION)


_bell = Bell("pages-bell", _next_generation, quiet_seconds=0.05)
