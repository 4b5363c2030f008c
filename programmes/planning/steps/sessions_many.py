"""Many sessions changed, called off, restored at once: all of them or none, in a constant number of statements per
five hundred rows. Whoever calls has asked the rules; the database refuses clashes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Model, OuterRef, Q, Subquery

from kit import kept_pages
from kit.command import step
from kit.refusals import Refusal, refuse_if
from networks.steps.journal import note_each
from networks.steps.outbox import post_each
from people.models import Person
from programmes.planning.messages import CALLED_OFF, MOVED, RESTORED
from programmes.planning.models import Engagement, Host, Session, Slot
from programmes.planning.queries.lines import sessions_with_places
from programmes.planning.registers import capacity_keepers
from programmes.planning.rules.changes import MOVES, SessionChange
from programmes.planning.rules.sessions import said_before
from programmes.planning.rules.times import taken_time
from programmes.planning.steps.clashes import refusing_clashes
from programmes.planning.steps.saving import save_rows
from programmes.planning.steps.sessions import engage, make_slots

__all__ = [
    "SessionChange",
    "ask_capacity_keepers",
    "call_off_sessions",
    "change_sessions",
    "lock_sessions",
    "restore_session",
]

_MARKS = ("occupies", "sequence", "moved_at", "moved_from", "changed_at")


@dataclass(frozen=True)
class _Edit:
    """A change at work: what the session said before, and what it says from now on."""

    session: Session
    hosts: Sequence[Host] | None
    before: dict[str, Any]
    after: dict[str, Any]

    @property
    def moves(self) -> bool:
        return bool(self.after.keys() & MOVES)


Why = Callable[[], Iterable[Refusal]]


def lock_sessions(keys: Iterable[int]) -> dict[int, Session]:
    """By id, in the order of their ids, with all that lines and rules need."""
    wanted = list(keys)
    # By itself: a row that waited for another hand is read again, but not what it was joined with. Without the key: a
    # family that signs up has a session's count and points at its row; who has the row here may want the count next.
    rows = Session.objects.select_for_update(no_key=True)
    locked = rows.filter(pk__in=wanted).order_by("pk").values_list("pk", flat=True)
    return {row.pk: row for row in sessions_with_places().filter(pk__in=list(locked)).order_by("pk")}


@step
def change_sessions(
    changes: Iterable[SessionChange], *, by: Person | None, at: datetime, why: Why = tuple
) -> list[Session]:
    """Sessions that `lock_sessions` gave. Those that something changed of come back; `why`: see `refusing_clashes`."""
    edits = [_edit(change) for change in changes]
    moved = [edit.session for edit in edits if edit.moves]
    told = [edit.session for edit in edits if edit.moves and edit.session.published_at is not None]
    with refusing_clashes(why):
        hosts = _hosts_before(edits)
        for edit in edits:
            _apply(edit, at=at)
        _save(edits, hosts)
        _remake_slots(moved)
        _take_hosts_along(moved)
        _swap_hosts(edits, hosts)
    ask_capacity_keepers([edit.session.pk for edit in edits if "capacity" in edit.after], at=at)
    changed = [edit for edit in edits if edit.after or edit.session.pk in hosts]
    _note(changed, hosts, by=by)
    post_each(MOVED, lines=[({"session": row.pk}, f"{row.pk}:{row.sequence}") for row in told])
    if any(edit.session.published_at is not None for edit in changed):
        kept_pages.forget()
    return [edit.session for edit in changed]


@step
def ask_capacity_keepers(keys: Sequence[int], *, at: datetime) -> None:
    """After these sessions, or their activity, have been given another number of places; refused, nothing stays."""
    if keys:
        refuse_if(refusal for keeper in capacity_keepers for refusal in keeper(keys, at))


@step
def call_off_sessions(sessions: Iterable[Session], *, reason: str, by: Person | None, at: datetime) -> list[Session]:
    """Rooms and hosts become free. Those called off already stay as they are."""
    keys = [session.pk for session in sessions]
    rows = [row for row in lock_sessions(keys).values() if row.called_off_at is None]
    Session.objects.filter(pk__in=[row.pk for row in rows]).update(
        called_off_at=at, call_off_reason=reason, changed_at=at, sequence=F("sequence") + 1
    )
    Engagement.objects.filter(session__in=[row.pk for row in rows], live=True).update(live=False)
    for row in rows:
        row.called_off_at, row.call_off_reason, row.changed_at = at, reason, at
        row.sequence += 1
    note_each("planning.sessions_called_off", subjects=rows, actor=by, values=lambda _row: {"reason": ["", reason]})
    told = [row for row in rows if row.published_at is not None]
    post_each(CALLED_OFF, lines=[({"session": row.pk}, f"{row.pk}:{row.sequence}") for row in told])
    kept_pages.forget()
    return rows


@step
def restore_session(session: Session, *, hosts: Sequence[Host], by: Person | None, at: datetime, why: Why) -> None:
    """Takes its room again, and these of its hosts; others are not asked any more. It is locked already."""
    with refusing_clashes(why):
        session.called_off_at, session.call_off_reason, session.changed_at = None, "", at
        session.sequence += 1
        session.save(update_fields=["called_off_at", "call_off_reason", "changed_at", "sequence"])
        Engagement.objects.filter(session=session).exclude(host__in=hosts).delete()
        Engagement.objects.filter(session=session).update(live=True, occupies=session.occupies)
    note_each("planning.session_restored", subjects=[session], actor=by)
    if session.published_at is not None:
        post_each(RESTORED, lines=[({"session": session.pk}, f"{session.pk}:{session.sequence}")])
    kept_pages.forget()


def _edit(change: SessionChange) -> _Edit:
    after = change.fields()
    return _Edit(change.session, change.hosts, {name: getattr(change.session, name) for name in after}, after)


def _apply(edit: _Edit, *, at: datetime) -> None:
    row = edit.session
    if edit.moves and row.published_at is not None:
        row.moved_from, row.moved_at = said_before(row), at
    for name, value in edit.after.items():
        setattr(row, name, value)
    if edit.moves:
        row.occupies = taken_time(row.activity, row.starts_at, row.ends_at)
        row.sequence += 1
    row.changed_at = at


def _save(edits: Sequence[_Edit], hosts: Mapping[int, Any]) -> None:
    rows = [edit.session for edit in edits if edit.after or edit.session.pk in hosts]
    names = {name for edit in edits for name in edit.after}
    save_rows(rows, [*sorted(names), *_MARKS])


def _remake_slots(sessions: Sequence[Session]) -> None:
    rows = [row for row in sessions if row.activity.slot_minutes]
    if rows:
        Slot.objects.filter(session__in=rows).delete()
        make_slots(rows)


def _take_hosts_along(sessions: Sequence[Session]) -> None:
    if sessions:
        when = Session.objects.filter(pk=OuterRef("session_id")).values("occupies")
        Engagement.objects.filter(session__in=sessions, live=True).update(occupies=Subquery(when))


def _hosts_before(edits: Sequence[_Edit]) -> dict[int, list[list[int]]]:
    """Ids of hosts before and after, for sessions where they differ."""
    asked = {edit.session.pk: sorted(host.pk for host in edit.hosts) for edit in edits if edit.hosts is not None}
    now: dict[int, list[int]] = {key: [] for key in asked}
    if asked:
        for key, host in Engagement.objects.filter(session__in=asked).values_list("session_id", "host_id"):
            now[key].append(host)
    return {key: [sorted(now[key]), wanted] for key, wanted in asked.items() if sorted(now[key]) != wanted}


def _swap_hosts(edits: Sequence[_Edit], hosts: Mapping[int, list[list[int]]]) -> None:
    if not hosts:
        return
    gone = Q(pk=None)
    for key, (before, after) in hosts.items():
        gone |= Q(session=key, host__in=set(before) - set(after))
    Engagement.objects.filter(gone).delete()
    engage(
        (edit.session, host)
        for edit in edits
        if edit.session.pk in hosts
        for host in edit.hosts or ()
        if host.pk not in hosts[edit.session.pk][0]
    )


def _note(edits: Sequence[_Edit], hosts: Mapping[int, list[list[int]]], *, by: Person | None) -> None:
    lines = {
        edit.session.pk: {name: [_plain(edit.before[name]), _plain(edit.after[name])] for name in edit.after}
        | ({"hosts": hosts[edit.session.pk]} if edit.session.pk in hosts else {})
        for edit in edits
    }
    note_each(
        "planning.session_changed",
        subjects=[edit.session for edit in edits],
        actor=by,
        values=lambda row: lines[row.pk],
    )


def _plain(value: Any) -> Any:
    return value.pk if isinstance(value, Model) else value
