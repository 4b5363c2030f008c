"""A change that somebody would like to make of a session."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kit.refusals import Refusal
from programmes.planning.models import Host, Session
from programmes.planning.rules.places import PLACE_FIELDS, Where

# A change of these is told to readers as a move.
MOVES = frozenset({"starts_at", "ends_at", *PLACE_FIELDS})


def stamp_of(session: Session) -> str:
    """Another one after each change."""
    return f"{session.sequence}.{session.changed_at.isoformat() if session.changed_at else ''}"


def changed_meanwhile(by: str) -> Refusal:
    """`by`: whose hand it was, if that is known."""
    text = _("%(name)s has changed this session just now.") % {"name": by} if by else _("It was changed just now.")
    return Refusal("changed_meanwhile", text, _("Look at what holds now, then save once more."))


@dataclass(frozen=True)
class SessionChange:
    """What is None stays. A new start without an end keeps the length. `own`: fields that the session says itself, of
    rules.inherited.FIELDS and `notice`; empty, they are the activity's again."""

    session: Session
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    where: Where | None = None
    hosts: Sequence[Host] | None = None
    own: Mapping[str, Any] | None = None
    # `stamp_of` the session as whoever changes it saw it; empty: whatever it is by now.
    seen: str = ""

    @property
    def start(self) -> datetime:
        return self.starts_at or self.session.starts_at

    @property
    def end(self) -> datetime:
        if self.ends_at is not None:
            return self.ends_at
        return self.start + (self.session.ends_at - self.session.starts_at)

    def fields(self) -> dict[str, Any]:
        """What would differ from the session as it stands."""
        wanted = {"starts_at": self.start, "ends_at": self.end, **dict(self.own or {})}
        if self.where is not None:
            wanted |= {name: getattr(self.where, "kind" if name == "place_kind" else name) for name in PLACE_FIELDS}
        return {name: value for name, value in wanted.items() if getattr(self.session, name) != value}

    @property
    def touched(self) -> frozenset[str]:
        """Names of what would differ; `hosts` among them."""
        hosts = {"hosts"} if self.hosts is not None else set()
        return frozenset({*self.fields(), *hosts})

    @property
    def moves(self) -> bool:
        """Another time or place."""
        return bool(self.touched & MOVES)
