"""Many sessions that shall change: which are meant, and what would come of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from networks.models import JournalLine
from people.models import Person
from programmes.planning.models import Host, Session
from programmes.planning.queries.judging import Judgement, judge_changes
from programmes.planning.rules.changes import SessionChange
from venues.queries.venues import under


@dataclass(frozen=True)
class ChangeLine:
    """A session, what becomes of it, and what speaks against it."""

    session: Session
    change: SessionChange
    judgement: Judgement

    @property
    def is_free(self) -> bool:
        return not self.judgement.refusals and not self.judgement.doubts

    @property
    def is_doubtful(self) -> bool:
        return not self.judgement.refusals and bool(self.judgement.doubts)

    @property
    def changes_anything(self) -> bool:
        if self.change.hosts is None:
            return bool(self.change.fields())
        now = {one.host_id for one in self.session.engagements.all()}
        return now != {host.pk for host in self.change.hosts} or bool(self.change.fields())


def change_lines(changes: Sequence[SessionChange], *, at: datetime) -> list[ChangeLine]:
    """Those with something in the way first; what would stay as it is, left out."""
    judged = judge_changes(changes, at=at)
    lines = [ChangeLine(change.session, change, judged[change.session.pk]) for change in changes]
    found = [line for line in lines if line.changes_anything]
    return sorted(found, key=lambda line: (line.is_free, line.is_doubtful, line.session.starts_at))


def sessions_of_rollout(
    rollout: int, *, at: datetime, paths: Iterable[str] = (), weekday: int | None = None
) -> list[int]:
    """Ids of those that are still to come and were not called off."""
    rows = Session.objects.filter(rollout=rollout, called_off_at=None, ends_at__gt=at).order_by("starts_at", "pk")
    wanted = tuple(paths)
    if wanted:
        rows = rows.filter(under(wanted))
    if weekday is not None:
        rows = rows.filter(starts_at__iso_week_day=weekday + 1)
    return list(rows.values_list("pk", flat=True))


def leading(sessions: Iterable[Session]) -> list[Host]:
    """Who leads some of them, by name."""
    found = {one.host_id: one.host for session in sessions for one in session.engagements.all()}
    return sorted(found.values(), key=lambda host: host.name)


def last_hand(session: Session) -> str:
    """The name of who changed it last; empty where it was no person."""
    lines = JournalLine.objects.filter(subject_kind="planning.session", subject_id=session.pk)
    line = lines.order_by("-pk").first()
    person = Person.objects.filter(pk=line.actor_id).first() if line is not None and line.actor_id else None
    return person.name if person is not None else ""
