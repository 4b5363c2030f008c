"""Hosts dealt out over sessions: who is free, allowed and nearest, and has led least so far."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from programmes.planning.models import Host
from programmes.planning.queries.taken import Hold, Holds, HostFacts

# Between two venues a host is on the way.
ON_THE_WAY = timedelta(minutes=30)


@dataclass
class Dealer:
    """Remembers what it has dealt; those that were dealt earlier count against limits."""

    hosts: list[HostFacts]
    zone: ZoneInfo
    _holds: Holds = field(default_factory=Holds)
    _days: Counter[tuple[int, date]] = field(default_factory=Counter)
    _weeks: Counter[tuple[int, date]] = field(default_factory=Counter)
    _dealt: Counter[int] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        for facts in self.hosts:
            for hold in facts.holds:
                self._count(facts.host.pk, hold)

    def free_for(self, hold: Hold, *, path: str) -> Host | None:
        """`path`: of the venue's area. The nearest home first, then whoever was dealt least, then as they were named."""
        fitting = [facts for facts in self.hosts if self._can(facts, hold)]
        if not fitting:
            return None
        best = min(fitting, key=lambda facts: (not _is_home(facts, path), self._dealt[facts.host.pk]))
        return best.host

    def deal(self, host: Host, hold: Hold) -> None:
        self._count(host.pk, hold)
        self._dealt[host.pk] += 1

    def _count(self, key: int, hold: Hold) -> None:
        self._holds.add(key, hold)
        day = hold.starts_at.astimezone(self.zone).date()
        self._days[key, day] += 1
        self._weeks[key, _monday(day)] += 1

    def _can(self, facts: HostFacts, hold: Hold) -> bool:
        local, until = hold.starts_at.astimezone(self.zone), hold.ends_at.astimezone(self.zone)
        return (
            _is_appointed(facts.host, local.date())
            and not _is_away(facts.absences, local.date())
            and _is_in_hours(facts.hours, local, until)
            and self._is_within_limits(facts.host, local.date())
            and not self._is_busy(facts.host, hold)
        )

    def _is_within_limits(self, host: Host, day: date) -> bool:
        if host.per_day is not None and self._days[host.pk, day] >= host.per_day:
            return False
        return host.per_week is None or self._weeks[host.pk, _monday(day)] < host.per_week

    def _is_busy(self, host: Host, hold: Hold) -> bool:
        if self._holds.within(host.pk, hold.starts_at, hold.ends_at):
            return True
        near = self._holds.within(host.pk, hold.starts_at - ON_THE_WAY, hold.ends_at + ON_THE_WAY)
        return near is not None and near.venue != hold.venue


def _is_home(facts: HostFacts, path: str) -> bool:
    return bool(facts.home) and path.startswith(facts.home)


def _is_appointed(host: Host, day: date) -> bool:
    return (host.term_from is None or host.term_from <= day) and (host.term_until is None or day <= host.term_until)


def _is_away(absences: Iterable[tuple[date, date]], day: date) -> bool:
    return any(first <= day <= last for first, last in absences)


def _is_in_hours(hours: dict[int, list[tuple[int, int]]], starts: datetime, ends: datetime) -> bool:
    """Without any hours, at any time."""
    if not hours:
        return True
    begin, length = starts.hour * 60 + starts.minute, (ends - starts).total_seconds() / 60
    return any(first <= begin and begin + length <= last for first, last in hours.get(starts.weekday(), ()))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
