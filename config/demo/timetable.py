"""Who and what is free in the demo's year: rooms, hosts and opening hours, kept in mind while sessions are dealt out."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from config.demo.plan_words import ActivityPlan, Pattern
from programmes.planning.models import Host
from venues.models import Room, Venue
from venues.queries.openness import Slot, open_slots

Busy = dict[int, list[tuple[datetime, datetime]]]


class Timetable:
    """For one network, from one instant until another."""

    def __init__(self, venues: Sequence[Venue], hosts: Iterable[Host], *, start: datetime, end: datetime) -> None:
        self.slots = open_slots(venues, start, end)
        self.rooms: dict[int, list[Room]] = defaultdict(list)
        for room in Room.objects.filter(closed_at=None).select_related("venue__area").order_by("capacity", "pk"):
            self.rooms[room.venue_id].append(room)
        self.hosts = list(hosts)
        self._by_unit = {host.unit: host for host in self.hosts if host.kind == "librarian"}
        self._rooms_busy: Busy = defaultdict(list)
        self._hosts_busy: Busy = defaultdict(list)
        self._led: Counter[tuple[int, date]] = Counter()
        self._turn = 0

    def take_room(
        self, venue: Venue, plan: ActivityPlan, pattern: Pattern, taken: tuple[datetime, datetime]
    ) -> Room | None:
        """The smallest that has what is needed and is free; a smaller one rather than none."""
        rooms = [
            room
            for room in self.rooms[venue.pk]
            if (not pattern.room or room.name == pattern.room) and set(plan.equipment) <= set(room.equipment)
        ]
        fitting = [room for room in rooms if room.capacity >= (plan.capacity or 1)] or rooms[::-1]
        found = next((room for room in fitting if _is_free(self._rooms_busy[room.pk], taken)), None)
        if found is not None:
            self._rooms_busy[found.pk].append(taken)
        return found

    def take_host(
        self, venue: Venue, plan: ActivityPlan, taken: tuple[datetime, datetime], zone: ZoneInfo
    ) -> Host | None:
        """Somebody of the venue itself where it leads by itself, else the next in turn who can come."""
        own = self._by_unit.get(venue.name) if plan.own_host else None
        if own is not None and self._can(own, taken, zone):
            return self._taken(own, taken, zone)
        pool = [host for host in self.hosts if host.kind in plan.hosts]
        for step in range(len(pool)):
            host = pool[(self._turn + step) % len(pool)]
            if self._can(host, taken, zone):
                self._turn += step + 1
                return self._taken(host, taken, zone)
        return None

    def is_open(self, venue: Venue, starts_at: datetime, ends_at: datetime) -> bool:
        slots: list[Slot] = self.slots[venue.pk]
        place = bisect_right(slots, starts_at, key=lambda slot: slot.opens_at) - 1
        return place >= 0 and ends_at <= slots[place].closes_at

    def _can(self, host: Host, taken: tuple[datetime, datetime], zone: ZoneInfo) -> bool:
        day = taken[0].astimezone(zone).date()
        if not _is_free(self._hosts_busy[host.pk], taken) or not _is_there(host, taken, zone):
            return False
        week = sum(self._led[host.pk, day - timedelta(days=day.weekday() - step)] for step in range(7))
        return self._led[host.pk, day] < (host.per_day or 9) and week < (host.per_week or 99)

    def _taken(self, host: Host, taken: tuple[datetime, datetime], zone: ZoneInfo) -> Host:
        self._hosts_busy[host.pk].append(taken)
        self._led[host.pk, taken[0].astimezone(zone).date()] += 1
        return host


def _is_free(busy: list[tuple[datetime, datetime]], taken: tuple[datetime, datetime]) -> bool:
    """Sessions are dealt out day by day, so only the latest few can be in the way."""
    return all(end <= taken[0] or start >= taken[1] for start, end in busy[-12:])


def _is_there(host: Host, taken: tuple[datetime, datetime], zone: ZoneInfo) -> bool:
    start, end = (at.astimezone(zone) for at in taken)
    if any(absence.starts_on <= start.date() <= absence.ends_on for absence in host.absences.all()):
        return False
    if host.term_until is not None and start.date() > host.term_until:
        return False
    hours = list(host.hours.all())
    return not hours or any(
        line.weekday == start.weekday()
        and line.from_minute <= _minute(start.time())
        and _minute(end.time()) <= line.until_minute
        for line in hours
    )


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute
