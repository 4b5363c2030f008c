"""Which records this member of staff has opened for a reason, for a quarter of an hour. Kept in the session."""

from datetime import UTC, datetime, timedelta

from django.http import HttpRequest

from kit import clock

_KEY = "records_opened"
_LIFE = timedelta(minutes=15)


def mark(request: HttpRequest, key: str) -> None:
    now = clock.now().timestamp()
    live = {name: until for name, until in _kept(request).items() if until > now}
    request.session[_KEY] = {**live, key: now + _LIFE.total_seconds()}


def is_open(request: HttpRequest, key: str) -> bool:
    return _kept(request).get(key, 0) > clock.now().timestamp()


def until(request: HttpRequest, key: str) -> datetime:
    return datetime.fromtimestamp(_kept(request)[key], tz=UTC)


def _kept(request: HttpRequest) -> dict[str, float]:
    kept: dict[str, float] = request.session.get(_KEY, {})
    return kept
