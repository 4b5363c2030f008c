"""What an activity's page says of its sessions, in two statements."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, DateTimeField, F, Func, Min, Q, QuerySet

from programmes.planning.models import Activity, Programme, Session


@dataclass(frozen=True)
class SessionCounts:
    """`drafts`, `published` and `called_off` of all times; `coming` live ones from now on, the first at `next_at`.
    `otherwise`: coming ones whose times are not those that the activity says."""

    drafts: int
    published: int
    called_off: int
    coming: int
    next_at: datetime | None
    otherwise: int
    own_places: int

    @property
    def all(self) -> int:
        return self.drafts + self.published + self.called_off


def counts_of(activity: Activity, *, at: datetime) -> SessionCounts:
    live = Q(called_off_at=None)
    coming = live & Q(ends_at__gt=at)
    rows = Session.objects.filter(activity=activity).order_by()
    found = rows.aggregate(
        drafts=Count("pk", filter=live & Q(published_at=None)),
        published=Count("pk", filter=live & Q(published_at__isnull=False)),
        called_off=Count("pk", filter=~live),
        coming=Count("pk", filter=coming),
        next_at=Min("starts_at", filter=coming & Q(starts_at__gt=at)),
        own_places=Count("pk", filter=coming & Q(capacity__isnull=False)),
    )
    return SessionCounts(**found, otherwise=_otherwise(rows.filter(coming), activity))


def _otherwise(rows: "QuerySet[Session]", activity: Activity) -> int:
    instant = DateTimeField()
    setup, clearup = timedelta(minutes=activity.setup_minutes), timedelta(minutes=activity.clearup_minutes)
    same = Q(
        ends_at=F("starts_at") + timedelta(minutes=activity.minutes),
        taken_from=F("starts_at") - setup,
        taken_until=F("ends_at") + clearup,
    )
    taken = rows.annotate(
        taken_from=Func(F("occupies"), function="lower", output_field=instant),
        taken_until=Func(F("occupies"), function="upper", output_field=instant),
    )
    return taken.exclude(same).count()


def activities_of(programme: Programme) -> "QuerySet[Activity]":
    """Dropped ones last, each with `session_count` of live sessions and the first of them."""
    live = Q(sessions__called_off_at=None)
    rows: QuerySet[Activity] = Activity.objects.filter(programme=programme).annotate(
        session_count=Count("sessions", filter=live), first_at=Min("sessions__starts_at", filter=live)
    )
    return rows.order_by(F("dropped_at").asc(nulls_first=True), "pk")
