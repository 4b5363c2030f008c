"""A word about what was just done, with a way to take it back. Kept in the session and shown once, on the next page."""

from dataclasses import asdict, dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from kit.refusals import Text

_KEY = "toasts"
_MOST = 5


@dataclass(frozen=True)
class Undo:
    """Posts `fields` to `action`; the view there decides whether it can still be taken back."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Toast:
    text: str
    kind: str = "good"
    undo: Undo | None = None


def toast(request: HttpRequest, text: Text, *, kind: str = "good", undo: Undo | None = None) -> None:
    """For somebody who is signed in. `kind` is good, info, warn or bad."""
    kept: list[dict[str, Any]] = request.session.get(_KEY, [])
    request.session[_KEY] = [*kept, asdict(Toast(str(text), kind, undo))][-_MOST:]


def take(request: HttpRequest) -> list[Toast]:
    """Those to show now; a second look finds none. A browser without a session costs nothing."""
    session = getattr(request, "session", None)
    if session is None or settings.SESSION_COOKIE_NAME not in request.COOKIES or _KEY not in session:
        return []
    return [_read(line) for line in session.pop(_KEY)]


def _read(line: dict[str, Any]) -> Toast:
    undo = Undo(**line["undo"]) if line["undo"] else None
    return Toast(line["text"], line["kind"], undo)
