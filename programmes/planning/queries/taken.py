"""What takes rooms, venues and hosts in a stretch of time: read at once, for a plan over many places."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from django.db.models import DateTimeField, F, Func, Q, QuerySet

from programmes.planning.models import Engagement, Host, HostAbsence, HostHours, Session

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Hold:
    """A time that is taken, by a session that is there already or by one of the plan itself (`session` 0)."""

    starts_at: datetime
    ends_at: datetime
    venue: int | None = None
    activity: int = 0
    title: str = ""
    session: int = 0


@dataclass
class Holds:
    """Kept by day, so that one place looks at few of them."""

    _kept: dict[tuple[int, date], list[Hold]] = field(default_factory=lambda: defaultdict(list))

    def add(self, key: int, hold: Hold) -> None:
        for day in _days(hold.starts_at, hold.ends_at):
            self._kept[key, day].append(hold)

    def within(self, key: int, starts_at: datetime, ends_at: datetime) -> Hold | None:
        """The first that overlaps."""
        for day in _days(starts_at, ends_at):
            for hold in self._kept.get((key, day), ()):
                if hold.starts_at < ends_at and starts_at < hold.ends_at:
                    return hold
        return None


def _days(starts_at: datetime, ends_at: datetime) -> list[date]:
    first, last = starts_at.astimezone(UTC).date(), ends_at.astimezone(UTC).date()
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


@dataclass(frozen=True)
class TakenRoom:
    room: int | None
    hold: Hold


def taken_rooms(
    venues: Iterable[int], start: datetime, end: datetime, *, without: Iterable[int] = ()
) -> list[TakenRoom]:
    """All live sessions at these venues, in one statement; `without`: sessions that are being moved."""
    rows = (
        Session.objects.filter(venue_id__in=list(venues), called_off_at=None, starts_at__lt=end, ends_at__gt=start)
        .exclude(pk__in=list(without))
        .annotate(takes_from=_edge("lower"), takes_until=_edge("upper"))
    )
    names = ("room_id", "venue_id", "activity_id", "title", "activity__title", "takes_from", "takes_until", "pk")
    return [
        TakenRoom(room, Hold(starts_at, ends_at, venue, activity, title or of_activity, key))
        for room, venue, activity, title, of_activity, starts_at, ends_at, key in rows.values_list(*names)
    ]


@dataclass(frozen=True)
class HostFacts:
    """A host with what decides when they can come. `weeks`: by weekday, spans of minutes; without any, at any time."""

    host: Host
    home: str
    hours: dict[int, list[tuple[int, int]]]
    absences: list[tuple[date, date]]
    holds: list[Hold]


def host_facts(hosts: Iterable[int], start: datetime, end: datetime) -> list[HostFacts]:
    """In four statements, in the order in which they were named."""
    wanted = list(hosts)
    rows = {row.pk: row for row in Host.objects.filter(pk__in=wanted, closed_at=None).select_related("home_area")}
    if not rows:
        return []
    hours: dict[int, dict[int, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
    for line in HostHours.objects.filter(host__in=list(rows)):
        hours[line.host_id][line.weekday].append((line.from_minute, line.until_minute))
    absences: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for gone in HostAbsence.objects.filter(host__in=list(rows)):
        absences[gone.host_id].append((gone.starts_on, gone.ends_on))
    holds = _host_holds(list(rows.values()), start, end)
    return [
        HostFacts(
            rows[key],
            rows[key].home_area.path if rows[key].home_area else "",
            dict(hours[key]),
            absences[key],
            holds[key],
        )
        for key in dict.fromkeys(wanted)
        if key in rows
    ]


def _host_holds(hosts: Sequence[Host], start: datetime, end: datetime) -> dict[int, list[Hold]]:
    """What takes the host, or the person that the host is."""
    by_person = {host.person_id: host.pk for host in hosts if host.person_id}
    rows: QuerySet[Engagement] = Engagement.objects.filter(
        Q(host__in=[host.pk for host in hosts]) | Q(person__in=list(by_person)), live=True
    )
    # A week on both sides, for limits by the week.
    near = rows.filter(session__starts_at__lt=end + 7 * A_DAY, session__ends_at__gt=start - 7 * A_DAY)
    edges = near.annotate(takes_from=_edge("lower"), takes_until=_edge("upper"))
    found: dict[int, list[Hold]] = defaultdict(list)
    for host, person, venue, starts_at, ends_at in edges.values_list(
        "host_id", "person_id", "session__venue_id", "takes_from", "takes_until"
    ):
        key = host if any(one.pk == host for one in hosts) else by_person[person]
        found[key].append(Hold(starts_at, ends_at, venue))
    return found


def _edge(name: str) -> Func:
    return Func(F("occupies"), function=name, output_field=DateTimeField())
