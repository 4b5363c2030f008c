"""When hosts can come, for many hosts and times at once: four statements, however many are asked about."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from kit.refusals import Refusal
from programmes.planning.models import Engagement, Host, HostAbsence, HostHours
from programmes.planning.queries.clashes import Clash, Wanted, clashes
from programmes.planning.queries.lines import sessions_named
from programmes.planning.rules import hosts as rules

Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class HostTime:
    """A host asked to lead from an instant until another; `takes` is that with setting and clearing up, else the same.
    `key` is the asker's own. `session` is not in its own way."""

    key: Any
    host: Host
    starts_at: datetime
    ends_at: datetime
    takes: Span | None = None
    session: int | None = None

    @property
    def day(self) -> date:
        return timezone.localtime(self.starts_at).date()


@dataclass
class Known:
    """What is known of the hosts that are asked about."""

    hours: dict[int, list[HostHours]]
    absences: dict[int, list[HostAbsence]]
    per_day: Counter[tuple[int, date]]
    per_week: Counter[tuple[int, date]]


def host_faults(asked: Sequence[HostTime], *, leaving: Iterable[int] = ()) -> dict[Any, list[Refusal]]:
    """Why each cannot be, by its key; a key that is not there is free of faults. Those asked about count towards each
    other's limits, the earlier first. `leaving`: sessions that give their time up in the same stroke."""
    gone = {*leaving, *(one.session for one in asked if one.session is not None)}
    faults: dict[Any, list[Refusal]] = defaultdict(list)
    for one, clash in _taken(asked, gone):
        faults[one.key].append(clash)
    known = _known(asked, gone)
    for one in sorted(asked, key=lambda line: line.starts_at):
        faults[one.key].extend(_personal_faults(one, known))
    return {key: found for key, found in faults.items() if found}


def free_hosts(
    times: Iterable[Span], *, among: "QuerySet[Host] | None" = None, session: int | None = None
) -> list[Host]:
    """Those who could lead at every one of the times, in the order of their names."""
    asked, rows = list(times), (Host.objects.all() if among is None else among)
    hosts = list(rows.filter(closed_at=None).order_by("name", "pk"))
    pairs = [
        HostTime((host.pk, number), host, starts_at, ends_at, session=session)
        for host in hosts
        for number, (starts_at, ends_at) in enumerate(asked)
    ]
    busy = {host for host, _number in host_faults(pairs)}
    return [host for host in hosts if host.pk not in busy]


def _taken(asked: Sequence[HostTime], gone: set[int]) -> list[tuple[HostTime, Refusal]]:
    found = [
        clash
        for clash in clashes(
            Wanted(number, *_takes(one), hosts=(one.host.pk,), session=one.session) for number, one in enumerate(asked)
        )
        if clash.session not in gone
    ]
    return [(asked[clash.key], refusal) for clash, refusal in _named(found, asked)] + list(_among_themselves(asked))


def _named(found: Sequence[Clash], asked: Sequence[HostTime]) -> list[tuple[Clash, Refusal]]:
    others = sessions_named(clash.session for clash in found)
    return [(clash, rules.host_taken(asked[clash.key].host, others[clash.session])) for clash in found]


def _among_themselves(asked: Sequence[HostTime]) -> Iterable[tuple[HostTime, Refusal]]:
    """A host asked for two places at once: the later of the two cannot be."""
    last: dict[int, HostTime] = {}
    for one in sorted(asked, key=lambda line: (_takes(line), str(line.key))):
        before = last.get(one.host.pk)
        if before is not None and _takes(one)[0] < _takes(before)[1]:
            yield one, rules.host_asked_twice(one.host, before.starts_at, before.ends_at)
        if before is None or _takes(one)[1] > _takes(before)[1]:
            last[one.host.pk] = one


def _takes(one: HostTime) -> Span:
    return one.takes or (one.starts_at, one.ends_at)


def _known(asked: Sequence[HostTime], gone: set[int]) -> Known:
    hosts = {one.host.pk for one in asked}
    known = Known(defaultdict(list), defaultdict(list), Counter(), Counter())
    if not asked:
        return known
    first, last = min(one.day for one in asked), max(one.day for one in asked)
    for hours in HostHours.objects.filter(host__in=hosts).order_by("weekday", "from_minute"):
        known.hours[hours.host_id].append(hours)
    for absence in HostAbsence.objects.filter(host__in=hosts, starts_on__lte=last, ends_on__gte=first):
        known.absences[absence.host_id].append(absence)
    limited = {one.host.pk for one in asked if one.host.per_day or one.host.per_week}
    if limited:
        _count(known, limited, first, last, gone)
    return known


def _count(known: Known, hosts: set[int], first: date, last: date, gone: set[int]) -> None:
    """All of the weeks that are touched."""
    start, end = midnight(monday(first)), midnight(monday(last) + timedelta(days=7))
    rows = Engagement.objects.filter(
        host__in=hosts, live=True, session__starts_at__gte=start, session__starts_at__lt=end
    ).exclude(session__in=gone)
    for host, starts_at in rows.values_list("host_id", "session__starts_at"):
        day = timezone.localtime(starts_at).date()
        known.per_day[host, day] += 1
        known.per_week[host, monday(day)] += 1


def _personal_faults(one: HostTime, known: Known) -> list[Refusal]:
    """Counts the time itself in, unless something speaks against it."""
    host, day = one.host, one.day
    faults = [
        *rules.against_host(host, day=day),
        *rules.against_absences(host, known.absences[host.pk], starts_at=one.starts_at, ends_at=one.ends_at),
        *rules.against_hours(host, known.hours[host.pk], starts_at=one.starts_at, ends_at=one.ends_at),
        *rules.against_limits(
            host, day=day, on_day=known.per_day[host.pk, day], in_week=known.per_week[host.pk, monday(day)]
        ),
    ]
    if not faults:
        known.per_day[host.pk, day] += 1
        known.per_week[host.pk, monday(day)] += 1
    return faults


def midnight(day: date) -> datetime:
    """In the zone in force."""
    return timezone.make_aware(datetime.combine(day, time()))


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
