"""Sessions written many at once; the database refuses what would take a room or a host twice."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from kit import kept_pages
from kit.command import step
from networks.steps.journal import note_each
from networks.steps.outbox import post_each
from people.models import Person
from programmes.planning.messages import PUBLISHED
from programmes.planning.models import Activity, Engagement, Host, Rollout, Session, Slot
from programmes.planning.rules.places import Where, in_room
from programmes.planning.rules.times import taken_time
from programmes.planning.steps.telling import tell_of_activities

__all__ = ["SessionPlan", "Where", "engage", "in_room", "make_sessions", "make_slots", "publish_sessions", "taken_time"]

MANY = 500


@dataclass(frozen=True)
class SessionPlan:
    """`own`: fields that the session says itself, of rules.inherited.FIELDS and `notice`."""

    activity: Activity
    starts_at: datetime
    where: Where
    ends_at: datetime | None = None
    hosts: Sequence[Host] = ()
    own: Mapping[str, Any] = field(default_factory=dict)

    @property
    def end(self) -> datetime:
        return self.ends_at or self.starts_at + timedelta(minutes=self.activity.minutes)


@step
def make_sessions(
    plans: Sequence[SessionPlan], *, by: Person | None, rollout: Rollout | None = None, at: datetime
) -> list[Session]:
    """Drafts, each with its slots and hosts. Statements grow with hundreds of rows, not with rows.

    Those of a roll-out leave no line of their own in the journal: whoever rolls out notes the roll-out.
    """
    rows = [_row(plan, rollout, at) for plan in plans]
    Session.objects.bulk_create(rows, batch_size=MANY)
    make_slots(rows)
    engage([(row, host) for row, plan in zip(rows, plans, strict=True) for host in plan.hosts])
    if rollout is None:
        note_each("planning.sessions_made", subjects=rows, actor=by)
    return rows


@step
def engage(pairs: Iterable[tuple[Session, Host]]) -> list[Engagement]:
    rows = [
        Engagement(session=session, host=host, person_id=host.person_id, occupies=session.occupies)
        for session, host in pairs
    ]
    made: list[Engagement] = Engagement.objects.bulk_create(rows, batch_size=MANY)
    return made


@step
def publish_sessions(sessions: Iterable[Session], *, by: Person | None, at: datetime) -> list[Session]:
    """Those that are drafts become public; the others stay as they are. Whoever calls has asked the rules."""
    keys = [session.pk for session in sessions]
    drafts = Session.objects.select_for_update().filter(pk__in=keys, published_at=None, called_off_at=None)
    rows = list(drafts.order_by("pk"))
    Session.objects.filter(pk__in=[row.pk for row in rows]).update(published_at=at)
    for row in rows:
        row.published_at = at
    note_each("planning.sessions_published", subjects=rows, actor=by)
    post_each(PUBLISHED, lines=[({"session": row.pk}, f"{row.pk}") for row in rows])
    tell_of_activities(row.activity_id for row in rows)
    kept_pages.forget()
    return rows


def _row(plan: SessionPlan, rollout: Rollout | None, at: datetime) -> Session:
    return Session(
        activity=plan.activity,
        rollout=rollout,
        starts_at=plan.starts_at,
        ends_at=plan.end,
        occupies=taken_time(plan.activity, plan.starts_at, plan.end),
        place_kind=plan.where.kind,
        area=plan.where.area,
        venue=plan.where.venue,
        room=plan.where.room,
        place_name=plan.where.place_name,
        address=plan.where.address,
        route=plan.where.route,
        partner=plan.where.partner,
        safety_notice=plan.where.safety_notice,
        made_at=at,
        **plan.own,
    )


@step
def make_slots(rows: Iterable[Session]) -> None:
    """For sessions whose activity is divided into slots; the others get none."""
    slots = []
    for row in rows:
        minutes = row.activity.slot_minutes
        if not minutes:
            continue
        start, length = row.starts_at, timedelta(minutes=minutes)
        while start + length <= row.ends_at:
            slots.append(Slot(session=row, starts_at=start, ends_at=start + length))
            start += length
    Slot.objects.bulk_create(slots, batch_size=MANY)
