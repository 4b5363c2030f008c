"""What there is to take over from another season, in a number of statements that does not grow with it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from people.queries.workplace import within
from programmes.planning.choices import PhaseKind
from programmes.planning.models import Activity, Engagement, Phase, Programme, SafetyNotice, Season, Session
from programmes.planning.queries.seasons import phases_of
from programmes.planning.rules.moving import Year, retitled
from programmes.planning.rules.seasons import Stretch
from venues.models import CalendarDay


@dataclass(frozen=True)
class Offered:
    """A programme that can be taken over, and how many sessions the target's own has; None where it has no such one."""

    programme: Programme
    sessions: int
    there: int | None

    @property
    def is_fresh(self) -> bool:
        return not self.there


@dataclass
class Material:
    """All that is read before anything is worked out."""

    source: Season
    target: Season
    source_year: Year
    target_year: Year
    programmes: list[Programme]
    activities: dict[int, list[Activity]] = field(default_factory=dict)
    sessions: dict[int, list[Session]] = field(default_factory=dict)
    engagements: dict[int, list[Engagement]] = field(default_factory=dict)
    # What was taken over before, by where it came from.
    programmes_there: dict[int, Programme] = field(default_factory=dict)
    activities_there: dict[int, Activity] = field(default_factory=dict)
    sessions_there: set[int] = field(default_factory=set)
    # What the target has besides, by area and title, and by programme and title.
    titles: dict[tuple[int, str], Programme] = field(default_factory=dict)
    activity_titles: dict[tuple[int, str], Activity] = field(default_factory=dict)
    notices: dict[str, SafetyNotice] = field(default_factory=dict)
    days: dict[date, CalendarDay] = field(default_factory=dict)


def sources_for(target: Season) -> list[Season]:
    """Seasons with programmes, the nearest one before the target first."""
    some = Programme.objects.filter(season=OuterRef("pk"), dropped_at=None)
    rows = list(Season.objects.filter(Exists(some)).exclude(pk=target.pk).order_by("-year"))
    return [row for row in rows if row.year < target.year] + [row for row in rows if row.year > target.year]


def offered(source: Season, target: Season, paths: Sequence[str]) -> list[Offered]:
    """Programmes under these area paths; two statements."""
    sessions = Count(
        "activities__sessions", filter=Q(activities__sessions__called_off_at=None, activities__dropped_at=None)
    )
    rows = programmes(source, paths).annotate(sessions=sessions).order_by("starts_on", "ends_on", "pk")
    copies: dict[int | None, int] = {}
    titles: dict[tuple[int, str], int] = {}
    for row in Programme.objects.filter(season=target).annotate(sessions=sessions):
        copies[row.copied_from_id] = titles[row.area_id, row.title] = row.sessions
    years = year_of(source, ()), year_of(target, ())
    return [
        Offered(row, row.sessions, copies.get(row.pk, titles.get((row.area_id, retitled(row.title, *years)))))
        for row in rows
    ]


def count_sessions(chosen: Iterable[Programme]) -> int:
    rows = Session.objects.filter(activity__programme__in=list(chosen), called_off_at=None, activity__dropped_at=None)
    return int(rows.count())


def programmes(source: Season, paths: Sequence[str]) -> "QuerySet[Programme]":
    rows: QuerySet[Programme] = Programme.objects.filter(
        within("area__path", tuple(paths)), season=source, dropped_at=None
    ).select_related("brand__parent", "area")
    return rows


def year_of(season: Season, phases: Iterable[Phase]) -> Year:
    stretches = tuple(Stretch(PhaseKind(row.kind), row.starts_on, row.ends_on, row.goal) for row in phases)
    return Year(season.year, season.starts_on, season.ends_on, stretches)


def material(source: Season, target: Season, chosen: Sequence[Programme]) -> Material:
    found = Material(
        source,
        target,
        year_of(source, phases_of(source)),
        year_of(target, phases_of(target)),
        list(chosen),
    )
    _read_source(found)
    _read_target(found)
    found.notices = _newest_notices()
    days = CalendarDay.objects.filter(day__gte=target.starts_on, day__lte=target.ends_on, removed_at=None)
    found.days = {row.day: row for row in days}
    return found


def _read_source(found: Material) -> None:
    rows = Activity.objects.filter(programme__in=found.programmes, dropped_at=None).order_by("pk")
    known: dict[int, Activity] = {}
    for row in rows:
        known[row.pk] = row
        found.activities.setdefault(row.programme_id, []).append(row)
    # A few hundred places and hosts, each read once and shared by the sessions: a join would make one of them for each.
    sessions = (
        Session.objects.filter(activity__in=known, called_off_at=None)
        .prefetch_related("area", "venue__area", "room", "partner", "safety_notice")
        .order_by("starts_at", "pk")
    )
    for session in sessions:
        session.activity = known[session.activity_id]
        found.sessions.setdefault(session.activity_id, []).append(session)
    engaged: dict[int, list[Engagement]] = defaultdict(list)
    asked = Engagement.objects.filter(session__activity__in=known, session__called_off_at=None, live=True)
    for engagement in asked.prefetch_related("host").order_by("pk"):
        engaged[engagement.session_id].append(engagement)
    found.engagements = engaged


def _read_target(found: Material) -> None:
    there = list(Programme.objects.filter(season=found.target).select_related("area"))
    found.titles = {(row.area_id, row.title): row for row in there}
    found.programmes_there = {row.copied_from_id: row for row in there if row.copied_from_id is not None}
    activities = Activity.objects.filter(programme__season=found.target).select_related("programme").order_by("-pk")
    found.activities_there = {row.copied_from_id: row for row in activities if row.copied_from_id is not None}
    found.activity_titles = {(row.programme_id, row.title): row for row in activities if row.dropped_at is None}
    copies = Session.objects.filter(activity__programme__season=found.target, copied_from__isnull=False)
    found.sessions_there = set(copies.values_list("copied_from_id", flat=True))


def _newest_notices() -> dict[str, SafetyNotice]:
    """The version in use, by title."""
    rows = SafetyNotice.objects.filter(closed_at=None).order_by("version")
    return {row.title: row for row in rows}
