"""How often sessions were watched: the newest line of each platform counts."""

from collections.abc import Collection
from dataclasses import dataclass

from programmes.door.models import StreamViews
from programmes.planning.models import Session


@dataclass(frozen=True)
class Views:
    live: int = 0
    replay: int = 0

    @property
    def all(self) -> int:
        return self.live + self.replay

    def __add__(self, other: "Views") -> "Views":
        return Views(self.live + other.live, self.replay + other.replay)


NO_VIEWS = Views()


@dataclass(frozen=True)
class Platform:
    """The line that counts, and those before it."""

    newest: StreamViews
    older: list[StreamViews]


def views_of(sessions: Collection[int]) -> dict[int, Views]:
    """By the session's id, for those that were watched. One statement."""
    rows = StreamViews.objects.filter(session__in=sessions).order_by("session", "platform", "-as_of", "-pk")
    newest = rows.distinct("session", "platform").values_list("session", "live_views", "replay_views")
    found: dict[int, Views] = {}
    for session, live, replay in newest:
        found[session] = found.get(session, NO_VIEWS) + Views(live, replay)
    return found


def platforms_of(session: Session) -> list[Platform]:
    """One statement."""
    rows = StreamViews.objects.filter(session=session).select_related("by").order_by("platform", "-as_of", "-pk")
    by_platform: dict[str, list[StreamViews]] = {}
    for row in rows:
        by_platform.setdefault(row.platform, []).append(row)
    return [Platform(lines[0], lines[1:]) for lines in by_platform.values()]
