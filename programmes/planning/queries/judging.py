"""Whether wanted sessions can be: asked for many at once, by previews and by whoever writes, so that both agree."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from kit.refusals import Refusal
from programmes.planning.models import Activity, Engagement, Host
from programmes.planning.queries.availability import HostTime, host_faults
from programmes.planning.queries.clashes import Wanted, clashes
from programmes.planning.queries.lines import sessions_named
from programmes.planning.rules import places, sessions
from programmes.planning.rules.changes import SessionChange
from programmes.planning.rules.places import Where
from programmes.planning.rules.times import against_planning, against_programme_days, against_time, taken_time
from venues.models import Closure, Venue
from venues.queries.closures import closures_of
from venues.queries.openness import Slot, open_slots

AROUND = timedelta(days=1)


@dataclass(frozen=True)
class Wish:
    """A session as somebody would like to have it. `key` is the asker's own; `session`: the one that would be changed.
    The activity comes with programme and season, the venue with its area. Where neither time nor place is new, only
    the hosts are judged, and how many the room holds if the places are new."""

    key: Any
    activity: Activity
    starts_at: datetime
    ends_at: datetime
    where: Where
    hosts: Sequence[Host] = ()
    capacity: int | None = None
    session: int | None = None
    is_moved: bool = True
    has_new_places: bool = False

    @property
    def takes(self) -> tuple[datetime, datetime]:
        return taken_time(self.activity, self.starts_at, self.ends_at)


@dataclass
class Judgement:
    """`refusals` hold in any case; a planner may say "anyway" to `doubts`; `warnings` are only worth a word."""

    refusals: list[Refusal] = field(default_factory=list)
    doubts: list[Refusal] = field(default_factory=list)
    warnings: list[Refusal] = field(default_factory=list)

    def add(self, refusal: Refusal) -> None:
        (self.doubts if sessions.is_doubt(refusal) else self.refusals).append(refusal)

    def against(self, *, anyway: bool = False) -> list[Refusal]:
        return self.refusals if anyway else [*self.refusals, *self.doubts]


def judge(wishes: Iterable[Wish], *, at: datetime, leaving: Iterable[int] = ()) -> dict[Any, Judgement]:
    """By key, in a constant number of statements. Those wished for are compared with each other, too, and are judged
    as if each session among them had left its place. `leaving`: other sessions that go in the same stroke."""
    asked = list(wishes)
    found = {wish.key: Judgement() for wish in asked}
    gone = {*leaving, *(wish.session for wish in asked if wish.session is not None)}
    moved = [wish for wish in asked if wish.is_moved]
    _plain(moved, found, at=at)
    _places(asked, found)
    _rooms(moved, found, gone)
    _opening(moved, found)
    _hosts(asked, found, gone)
    return found


def judge_changes(changes: Sequence[SessionChange], *, at: datetime) -> dict[int, Judgement]:
    """By the session's id. The sessions come as `queries.lines.sessions_with_places` gives them. What is not touched
    is not judged: a session whose title changes may stand in a closed house."""
    hosts = _present_hosts([change for change in changes if change.hosts is None and change.moves])
    wishes = [
        Wish(
            change.session.pk,
            change.session.activity,
            change.start,
            change.end,
            change.where or places.where_is(change.session),
            hosts.get(change.session.pk, []) if change.hosts is None else change.hosts,
            capacity=(change.own or {}).get("capacity", change.session.capacity),
            session=change.session.pk,
            is_moved=change.moves,
            has_new_places="capacity" in change.touched,
        )
        for change in changes
    ]
    found = judge(wishes, at=at)
    for change in changes:
        for refusal in sessions.against_change(change.session, moves=change.moves, at=at):
            found[change.session.pk].add(refusal)
    return found


def _present_hosts(changes: Sequence[SessionChange]) -> dict[int, list[Host]]:
    found: dict[int, list[Host]] = defaultdict(list)
    if changes:
        rows = Engagement.objects.filter(session__in=[change.session for change in changes], live=True)
        pairs = list(rows.order_by("pk").values_list("session_id", "host_id"))
        hosts = Host.objects.in_bulk({host for _session, host in pairs})
        for session, host in pairs:
            found[session].append(hosts[host])
    return found


def _plain(moved: Sequence[Wish], found: dict[Any, Judgement], *, at: datetime) -> None:
    for wish in moved:
        judgement = found[wish.key]
        for refusal in (
            *against_planning(wish.activity),
            *against_time(wish.activity.programme.season, starts_at=wish.starts_at, ends_at=wish.ends_at, at=at),
            *against_programme_days(wish.activity.programme, wish.starts_at),
            *places.against_place(wish.where),
        ):
            judgement.add(refusal)
        if wish.where.room is not None:
            capacity = None if wish.capacity else wish.activity.capacity
            judgement.warnings.extend(sessions.room_warnings(wish.activity, wish.where.room, capacity=capacity))


def _places(asked: Sequence[Wish], found: dict[Any, Judgement]) -> None:
    for wish in asked:
        if wish.where.room is not None and (wish.is_moved or wish.has_new_places):
            for refusal in sessions.against_places(wish.where.room, wish.capacity):
                found[wish.key].add(refusal)


def _rooms(moved: Sequence[Wish], found: dict[Any, Judgement], gone: set[int]) -> None:
    asked = [wish for wish in moved if wish.where.room is not None and wish.starts_at < wish.ends_at]
    wanted = [
        Wanted(number, *wish.takes, room=wish.where.room.pk if wish.where.room else None, session=wish.session)
        for number, wish in enumerate(asked)
    ]
    hits = [clash for clash in clashes(wanted) if clash.session not in gone]
    others = sessions_named(clash.session for clash in hits)
    for clash in hits:
        wish = asked[clash.key]
        found[wish.key].add(sessions.room_taken(wish.where, others[clash.session]))
    for wish, before in _twice(asked):
        found[wish.key].add(sessions.room_asked_twice(wish.where, before.starts_at, before.ends_at))


def _twice(asked: Sequence[Wish]) -> Iterable[tuple[Wish, Wish]]:
    """Two of the wishes in one room at once: the later one, and the one in its way."""
    last: dict[int, Wish] = {}
    for wish in sorted(asked, key=lambda one: (one.takes, str(one.key))):
        room = wish.where.room.pk if wish.where.room else 0
        before = last.get(room)
        if before is not None and wish.takes[0] < before.takes[1]:
            yield wish, before
        if before is None or wish.takes[1] > before.takes[1]:
            last[room] = wish


def _opening(moved: Sequence[Wish], found: dict[Any, Judgement]) -> None:
    asked = [wish for wish in moved if wish.where.venue is not None and wish.starts_at < wish.ends_at]
    if not asked:
        return
    venues: dict[int, Venue] = {wish.where.venue.pk: wish.where.venue for wish in asked if wish.where.venue}
    start, end = min(wish.starts_at for wish in asked) - AROUND, max(wish.ends_at for wish in asked) + AROUND
    slots, closures = open_slots(venues.values(), start, end), closures_of(venues.values(), start, end)
    by_day = {venue: _by_day(lines) for venue, lines in slots.items()}
    for wish in asked:
        if wish.where.venue is not None:
            _hours(wish, found[wish.key], by_day[wish.where.venue.pk], closures[wish.where.venue.pk])


def _by_day(slots: Iterable[Slot]) -> dict[date, list[Slot]]:
    """By each day (of UTC) that a slot touches, so that a year of slots is not walked for each session."""
    found: dict[date, list[Slot]] = defaultdict(list)
    for slot in slots:
        day, last = slot.opens_at.astimezone(UTC).date(), slot.closes_at.astimezone(UTC).date()
        while day <= last:
            found[day].append(slot)
            day += AROUND
    return found


def _hours(wish: Wish, judgement: Judgement, slots: dict[date, list[Slot]], closures: list[Closure]) -> None:
    near = slots.get(wish.starts_at.astimezone(UTC).date(), [])
    for refusal in sessions.against_hours(
        near, closures, where=wish.where, starts_at=wish.starts_at, ends_at=wish.ends_at
    ):
        judgement.add(refusal)


def _hosts(asked: Sequence[Wish], found: dict[Any, Judgement], gone: set[int]) -> None:
    pairs = [
        HostTime((number, host.pk), host, wish.starts_at, wish.ends_at, takes=wish.takes, session=wish.session)
        for number, wish in enumerate(asked)
        for host in wish.hosts
        if wish.starts_at < wish.ends_at
    ]
    for (number, _host), refusals in host_faults(pairs, leaving=gone).items():
        for refusal in refusals:
            found[asked[number].key].add(refusal)
