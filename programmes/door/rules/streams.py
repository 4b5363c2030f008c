"""What speaks against views of a stream, and on which platforms a library streams."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from kit.refusals import Refusal
from programmes.planning.choices import Mode, PlaceKind
from programmes.planning.models import Session
from programmes.planning.rules.inherited import value_of

PLATFORMS = "微信视频号、抖音、B站、微博、自有平台"


def platforms(rules: Mapping[str, Any]) -> list[str]:
    """`rules`: of the network."""
    said = rules.get("stream_platforms", PLATFORMS)
    return [name for name in (part.strip() for part in str(said).split("、")) if name]


def is_streamed(session: Session) -> bool:
    return session.place_kind == PlaceKind.STREAM or value_of(session, "mode") in {Mode.LIVE, Mode.BOTH}


def against_views(
    session: Session, *, first: date, today: date, as_of: date, live: int, replay: int
) -> Iterator[Refusal]:
    """`first`: its first day."""
    if not is_streamed(session):
        yield Refusal("not_streamed", _("This session was not streamed."))
    if as_of < first:
        yield Refusal("before_it", _("That is before the session."), field="as_of")
    elif as_of > today:
        yield Refusal("not_yet", _("That day is still to come."), field="as_of")
    if not live and not replay:
        yield Refusal("no_views", _("Please enter how often it was watched."), field="live_views")
