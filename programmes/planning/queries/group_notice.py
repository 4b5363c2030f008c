"""Sessions to be told of in a chat group, with what the notice says."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from programmes.planning.models import Session
from programmes.planning.queries.session_table import midnight, sessions_within
from programmes.planning.registers import event_joins, group_lines
from programmes.planning.rules.group_notice import Told
from venues.models import Venue

A_DAY = timedelta(days=1)


def sessions_to_tell(venue: Venue, first: date, days: int, *, at: datetime) -> list[Session]:
    """Public ones of the venue that begin in these days and are still to come; two statements."""
    start = max(midnight(first), at)
    rows = sessions_within(["/"]).select_related(*event_joins)
    return list(
        rows.filter(venue=venue, published_at__isnull=False, called_off_at=None)
        .filter(starts_at__gte=start, starts_at__lt=midnight(first + days * A_DAY))
        .order_by("starts_at", "pk")
    )


def told(sessions: Iterable[Session], link: Callable[[str], str], *, at: datetime) -> list[Told]:
    """No statement: the sessions come with hosts and `event_joins`."""
    return [Told(row, _hosts(row), _way(row, at), link(row.code)) for row in sessions]


def _hosts(session: Session) -> list[str]:
    return [one.host.name for one in session.engagements.all() if one.live and one.host.is_public]


def _way(session: Session, at: datetime) -> str:
    return next((found for line in group_lines if (found := line(session, at))), "")
