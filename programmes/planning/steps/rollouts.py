"""A roll-out written, and taken back while nothing has happened to its sessions."""

from collections.abc import Iterable
from datetime import datetime

from kit.command import step
from networks.steps.journal import note
from people.models import Person
from programmes.planning.choices import PlaceKind
from programmes.planning.engine.rollout import Cell, Plan
from programmes.planning.models import Rollout, Session
from programmes.planning.rules.asking import kept
from programmes.planning.rules.places import Where
from programmes.planning.steps.sessions import SessionPlan, make_sessions


@step
def write_rollout(plan: Plan, *, by: Person, at: datetime) -> Rollout:
    """All that can be made, as one batch. The database refuses the whole where a room or a host was taken meanwhile."""
    row: Rollout = Rollout.objects.create(activity=plan.activity, rule=kept(plan.ask), made=len(plan.made), made_at=at)
    make_sessions([_session(plan, cell) for cell in plan.made], by=by, rollout=row, at=at)
    note("planning.rolled_out", subject=row, actor=by, values={"made": [None, len(plan.made)]})
    return row


def _session(plan: Plan, cell: Cell) -> SessionPlan:
    kind = PlaceKind.VENUE if cell.room is None else PlaceKind.ROOM
    where = Where(kind, cell.venue.area, venue=cell.venue, room=cell.room)
    return SessionPlan(plan.activity, cell.starts_at, where, hosts=[cell.host] if cell.host else [])


def touched(sessions: Iterable[Session]) -> int:
    """How many were published, changed or called off since."""
    return sum(bool(row.published_at or row.changed_at or row.called_off_at) for row in sessions)


@step
def unmake(rollout: Rollout, *, by: Person, at: datetime) -> None:
    """Whoever calls holds the sessions and has seen that none was touched. What hangs on one protects it."""
    made = Session.objects.filter(rollout=rollout).count()
    Session.objects.filter(rollout=rollout).delete()
    rollout.undone_at = at
    rollout.save(update_fields=["undone_at"])
    note("planning.rollout_undone", subject=rollout, actor=by, values={"made": [made, 0]})
