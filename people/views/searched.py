"""What a member of staff searched families for, for a quarter of an hour: sealed in the session, so that the words stand
in no address and the way back to the results works."""

import json
from typing import Any

from django.http import HttpRequest

from kit import clock, ids, sealed
from people.doors import network_of

_KEY = "families_searched"
_PURPOSE = "family_search"
_LIFE = 15 * 60
_MOST = 5


def keep(request: HttpRequest, typed: dict[str, Any]) -> str:
    """The key under which it is found again; the oldest searches go."""
    now, key = clock.now().timestamp(), ids.random_code(8)
    live = [one for one in _kept(request).items() if one[1][0] > now][1 - _MOST :]
    words = sealed.seal(json.dumps(typed), network_code=network_of(request).code, purpose=_PURPOSE)
    request.session[_KEY] = {**dict(live), key: [now + _LIFE, words]}
    return key


def found(request: HttpRequest, key: str) -> dict[str, Any] | None:
    """Nothing where it is over, or somebody else's."""
    until, words = _kept(request).get(key, (0.0, ""))
    if until <= clock.now().timestamp():
        return None
    typed: dict[str, Any] = json.loads(sealed.unseal(words, network_code=network_of(request).code, purpose=_PURPOSE))
    return typed


def _kept(request: HttpRequest) -> dict[str, tuple[float, str]]:
    kept: dict[str, tuple[float, str]] = request.session.get(_KEY, {})
    return kept
