"""Sessions are made, changed, published, called off, restored and deleted."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from kit.command import command
from kit.refusals import Refusal, refuse_if
from networks.steps.journal import note
from people.models import Person
from programmes.planning.models import Host, Session
from programmes.planning.queries.changing import last_hand
from programmes.planning.queries.judging import Wish, judge, judge_changes
from programmes.planning.queries.publishing import publishing_faults
from programmes.planning.rules import sessions as rules
from programmes.planning.rules.changes import SessionChange, changed_meanwhile, stamp_of
from programmes.planning.rules.places import where_is
from programmes.planning.steps import sessions as steps
from programmes.planning.steps.clashes import refusing_clashes
from programmes.planning.steps.sessions import SessionPlan
from programmes.planning.steps.sessions_many import (
    call_off_sessions,
    change_sessions,
    lock_sessions,
    restore_session,
)


@command
def make_sessions(*, plans: Sequence[SessionPlan], by: Person, at: datetime, anyway: bool = False) -> list[Session]:
    """All of them or none. `anyway`: the planner has seen the doubts (rules.sessions.DOUBTS)."""
    wishes = [_wish(number, plan) for number, plan in enumerate(plans)]
    refuse_if(_all_against(wishes, at=at, anyway=anyway))
    with refusing_clashes(lambda: _all_against(wishes, at=at, anyway=anyway)):
        return steps.make_sessions(plans, by=by, at=at)


@command
def make_public_session(*, plan: SessionPlan, by: Person, at: datetime, anyway: bool = False) -> Session:
    """Made and published in one stroke: what keeps it from being public keeps it from being made."""
    wishes = [_wish(0, plan)]
    refuse_if(_all_against(wishes, at=at, anyway=anyway))
    with refusing_clashes(lambda: _all_against(wishes, at=at, anyway=anyway)):
        made = steps.make_sessions([plan], by=by, at=at)
    rows = list(lock_sessions(session.pk for session in made).values())
    refuse_if(refusal for refusals in publishing_faults(rows, at=at).values() for refusal in refusals)
    return steps.publish_sessions(rows, by=by, at=at)[0]


@command
def change_many(*, changes: Sequence[SessionChange], by: Person, at: datetime, anyway: bool = False) -> list[Session]:
    """All of them or none."""
    return _change(changes, by=by, at=at, anyway=anyway)


@command
def change_session(*, change: SessionChange, by: Person, at: datetime, anyway: bool = False) -> list[Session]:
    return _change([change], by=by, at=at, anyway=anyway)


@command
def change_local_session(*, change: SessionChange, by: Person, at: datetime) -> list[Session]:
    """By a branch: only what the planner leaves to it, and nothing "anyway"."""
    refuse_if(rules.against_local(change.session.activity, change.touched))
    return _change([change], by=by, at=at, anyway=False)


@command
def publish(*, sessions: Iterable[Session], by: Person, at: datetime) -> list[Session]:
    """All of them or none; those that are public stay so."""
    rows = list(lock_sessions(session.pk for session in sessions).values())
    drafts = [row for row in rows if row.published_at is None]
    refuse_if(refusal for refusals in publishing_faults(drafts, at=at).values() for refusal in refusals)
    return steps.publish_sessions(drafts, by=by, at=at)


@command
def call_off(*, sessions: Iterable[Session], reason: str, by: Person, at: datetime) -> list[Session]:
    """Of many, those called off already stay as they are."""
    locked = lock_sessions(session.pk for session in sessions).values()
    rows = [row for row in locked if row.called_off_at is None]
    refuse_if(rules.called_off_already() if locked and not rows else ())
    refuse_if(refusal for row in rows for refusal in rules.against_calling_off(row, reason=reason, at=at))
    return call_off_sessions(rows, reason=reason.strip()[:120], by=by, at=at)


@command
def restore(*, session: Session, by: Person, at: datetime) -> list[Host]:
    """If its room is still free. Hosts who lead something else by now are not asked again: those come back."""
    row = lock_sessions([session.pk])[session.pk]
    refuse_if(rules.against_restoring(row, at=at))
    hosts = [one.host for one in row.engagements.select_related("host").order_by("pk")]
    wish = Wish(row.pk, row.activity, row.starts_at, row.ends_at, where_is(row), hosts, session=row.pk)
    refuse_if(_room_faults(wish, at=at))
    busy = _busy(wish, hosts, at=at)
    free = [host for host in hosts if host not in busy]
    restore_session(row, hosts=free, by=by, at=at, why=lambda: _room_faults(wish, at=at))
    return busy


@command
def delete_draft(*, session: Session, by: Person) -> None:
    """As if it had never been planned; its line stays in the journal."""
    row = lock_sessions([session.pk])[session.pk]
    refuse_if(rules.against_deleting(row))
    note("planning.session_deleted", subject=row, actor=by, values={"starts_at": [row.starts_at, None]})
    try:
        row.delete()
    except ProtectedError:
        refuse_if([Refusal("in_use", _("Something hangs on this session."), _("Call it off instead."))])


def _change(changes: Sequence[SessionChange], *, by: Person, at: datetime, anyway: bool) -> list[Session]:
    rows = lock_sessions(change.session.pk for change in changes)
    asked = [replace(change, session=rows[change.session.pk]) for change in changes]
    stale = [one.session for one in asked if one.seen not in {"", stamp_of(one.session)}]
    refuse_if(changed_meanwhile(last_hand(one)) for one in stale)

    def faults() -> list[Refusal]:
        judged = judge_changes(asked, at=at)
        return [refusal for one in judged.values() for refusal in one.against(anyway=anyway)]

    refuse_if(faults())
    return change_sessions(asked, by=by, at=at, why=faults)


def _wish(number: int, plan: SessionPlan) -> Wish:
    return Wish(
        number,
        plan.activity,
        plan.starts_at,
        plan.end,
        plan.where,
        plan.hosts,
        capacity=plan.own.get("capacity"),
    )


def _all_against(wishes: Sequence[Wish], *, at: datetime, anyway: bool) -> list[Refusal]:
    return [refusal for one in judge(wishes, at=at).values() for refusal in one.against(anyway=anyway)]


def _room_faults(wish: Wish, *, at: datetime) -> list[Refusal]:
    judged = judge([replace(wish, hosts=())], at=at)[wish.key]
    return [refusal for refusal in judged.refusals if refusal.code != "in_the_past"]


def _busy(wish: Wish, hosts: Sequence[Host], *, at: datetime) -> list[Host]:
    """By what cannot be: habits and limits of hosts are the planner's own affair."""
    alone = [replace(wish, key=host.pk, hosts=[host], is_moved=False) for host in hosts]
    judged = judge(alone, at=at)
    return [host for host in hosts if judged[host.pk].refusals]
