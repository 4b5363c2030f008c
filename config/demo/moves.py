"""What happened of late in the demo's year, by the commands that people use: some sessions were put off by half an hour."""

from datetime import datetime, timedelta

from kit.refusals import Refused
from people.models import Person
from programmes.planning.commands.sessions import change_session
from programmes.planning.models import Session
from programmes.planning.queries.lines import sessions_with_places
from programmes.planning.rules.changes import SessionChange

MOVED, EACH = 6, 17
LATER = timedelta(minutes=30)
SOON, NEAR = timedelta(days=1), timedelta(days=14)
WORD = "因场地调整，比原定时间晚半小时开始。"


def move_some(*, by: Person, at: datetime) -> None:
    """Once. Those that cannot be moved stay."""
    if Session.objects.filter(moved_at__isnull=False).exists():
        return
    coming = sessions_with_places().filter(
        starts_at__gt=at + SOON,
        starts_at__lt=at + NEAR,
        published_at__isnull=False,
        called_off_at=None,
        activity__title__endswith="故事会",
    )
    moved = 0
    for session in coming.order_by("starts_at", "venue__number", "pk")[::EACH]:
        if moved < MOVED:
            change = SessionChange(session, starts_at=session.starts_at + LATER, own={"notice": WORD})
            try:
                change_session(change=change, by=by, at=at)
            except Refused:
                continue
            moved += 1
