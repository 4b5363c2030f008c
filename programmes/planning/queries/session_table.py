"""Sessions as the staff's list shows, filters and finds them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from django.db.models import BooleanField, Exists, F, Func, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone

from networks.models import Area
from people.queries.workplace import within
from programmes.planning.choices import SessionState
from programmes.planning.models import Activity, Engagement, Host, Programme, Season, Session
from programmes.planning.queries.lines import sessions_with_places
from venues.models import Venue
from venues.queries.venues import DISTRICTS, under

# What a line of the list says.
_SAID = (
    "code",
    "title",
    "starts_at",
    "ends_at",
    "place_name",
    "capacity",
    "published_at",
    "called_off_at",
    "call_off_reason",
    "moved_at",
    "activity__title",
    "activity__capacity",
    "activity__programme__title",
    "venue__name",
    "room__name",
)


def sessions_under(paths: Iterable[str]) -> "QuerySet[Session]":
    """Those under any of the paths, to be narrowed, counted and sorted: nothing but their ids is fetched."""
    rows: QuerySet[Session] = Session.objects.filter(under(paths)).only("pk")
    return rows


def lines_of(rows: Sequence[Session]) -> list[Session]:
    """The same sessions with what a line of the list says, `district_name` and hosts; two statements."""
    return _in_order(_with_hosts(sessions_said()), rows)


def sessions_said() -> "QuerySet[Session]":
    """With what a line says, and no more."""
    rows: QuerySet[Session] = Session.objects.select_related("activity__programme", "venue", "room").only(*_SAID)
    return rows


def whole_sessions(rows: Sequence[Session]) -> list[Session]:
    """The same sessions with all that rules and lines need; two statements."""
    return _in_order(_with_hosts(sessions_with_places()), rows)


def sessions_within(paths: Iterable[str]) -> "QuerySet[Session]":
    """Those under any of the paths, with `district_name` and their hosts; two statements for a page of them."""
    return _with_hosts(sessions_with_places().filter(under(paths)))


def _in_order(lines: "QuerySet[Session]", rows: Sequence[Session]) -> list[Session]:
    keys = [row.pk for row in rows]
    found = {row.pk: row for row in lines.filter(pk__in=keys)}
    return [found[key] for key in keys if key in found]


def _with_hosts(rows: "QuerySet[Session]") -> "QuerySet[Session]":
    above = (
        Area.objects.filter(kind__in=DISTRICTS)
        .filter(Func(OuterRef("area__path"), F("path"), function="starts_with", output_field=BooleanField()))
        .order_by("-path")
    )
    hosts = Engagement.objects.select_related("host").order_by("pk")
    return rows.annotate(district_name=Subquery(above.values("name")[:1])).prefetch_related(
        Prefetch("engagements", hosts)
    )


def in_state(rows: "QuerySet[Session]", state: str, *, at: datetime) -> "QuerySet[Session]":
    """As `rules.states.state_of` tells them apart."""
    if state == SessionState.CALLED_OFF:
        return rows.exclude(called_off_at=None)
    if state == SessionState.OVER:
        return rows.filter(called_off_at=None, ends_at__lte=at)
    return rows.filter(called_off_at=None, ends_at__gt=at, published_at__isnull=state == SessionState.DRAFT)


def from_day(rows: "QuerySet[Session]", day: date) -> "QuerySet[Session]":
    return rows.filter(ends_at__gt=midnight(day))


def until_day(rows: "QuerySet[Session]", day: date) -> "QuerySet[Session]":
    return rows.filter(starts_at__lt=midnight(day + timedelta(days=1)))


def midnight(day: date) -> datetime:
    """In the zone in force."""
    return timezone.make_aware(datetime.combine(day, time()))


def in_area(rows: "QuerySet[Session]", area_id: str) -> "QuerySet[Session]":
    area = Area.objects.filter(pk=area_id).first()
    return rows.filter(area__path__startswith=area.path) if area else rows.none()


def led_by(rows: "QuerySet[Session]", name: str) -> "QuerySet[Session]":
    """The hosts are asked for first: the database then knows how few of the sessions are theirs."""
    hosts = list(Host.objects.filter(name__icontains=name).values_list("pk", flat=True))
    return rows.filter(pk__in=Engagement.objects.filter(host__in=hosts).values("session"))


def in_venue(rows: "QuerySet[Session]", name: str) -> "QuerySet[Session]":
    return rows.filter(venue__in=Venue.objects.filter(name__icontains=name))


def with_words(rows: "QuerySet[Session]", words: str) -> "QuerySet[Session]":
    """Every word in a title, or in the name of a place, or the session's code."""
    for word in words.split():
        rows = rows.filter(
            Q(activity__in=Activity.objects.filter(title__icontains=word))
            | Q(title__icontains=word)
            | Q(venue__in=Venue.objects.filter(name__icontains=word))
            | Q(place_name__icontains=word)
            | Q(code=word.lower())
        )
    return rows


def seasons() -> list[tuple[str, str]]:
    return [(str(row.pk), str(row)) for row in Season.objects.order_by("-year")]


def programmes(paths: tuple[str, ...]) -> list[tuple[str, str]]:
    """Those planned under one of the paths, or with sessions there; the newest seasons' first."""
    there = Session.objects.filter(under(paths), activity__programme=OuterRef("pk"))
    rows = Programme.objects.filter(within("area__path", paths) | Exists(there), dropped_at=None)
    found = rows.order_by("-season__year", "title", "pk").values_list("pk", "season__year", "title")
    return [(str(key), f"{year} · {title}") for key, year, title in found]
