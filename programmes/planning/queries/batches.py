"""Roll-outs as staff see them afterwards: what was made, by whom, and what has become of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Min, Q, QuerySet

from networks.models import JournalLine
from people.models import Person
from people.queries.workplace import within
from programmes.planning.choices import Pattern
from programmes.planning.models import Activity, Rollout, Session
from programmes.planning.rules.asking import Ask, kept, read_again

# The same ask within this time is the same click come again, by way of the back button.
JUST_NOW = timedelta(hours=1)


def rollouts_within(paths: tuple[str, ...]) -> "QuerySet[Rollout]":
    """The newest first, with what has become of their sessions."""
    rows: QuerySet[Rollout] = (
        Rollout.objects.filter(within("activity__programme__area__path", paths))
        .select_related("activity__programme")
        .annotate(
            there=Count("sessions"),
            public=Count("sessions", filter=Q(sessions__published_at__isnull=False, sessions__called_off_at=None)),
            off=Count("sessions", filter=Q(sessions__called_off_at__isnull=False)),
            changed=Count("sessions", filter=Q(sessions__changed_at__isnull=False)),
            first=Min("sessions__starts_at"),
            last=Max("sessions__starts_at"),
        )
        .order_by("-made_at", "-pk")
    )
    return rows


def made_just_now(activity: Activity, ask: Ask, *, at: datetime) -> Rollout | None:
    """What this very ask made a moment ago, unless it was taken back."""
    rows = Rollout.objects.filter(activity=activity, undone_at=None, made_at__gt=at - JUST_NOW, rule=kept(ask))
    row: Rollout | None = rows.order_by("-made_at", "-pk").first()
    return row


def makers(rollouts: Iterable[Rollout]) -> dict[int, str]:
    """Who rolled out, by the journal; two statements."""
    lines = JournalLine.objects.filter(
        subject_kind="planning.rollout", subject_id__in=[row.pk for row in rollouts], verb="planning.rolled_out"
    ).values_list("subject_id", "actor_id")
    by = dict(lines)
    names = dict(Person.objects.filter(pk__in={key for key in by.values() if key}).values_list("pk", "name"))
    return {key: names.get(actor, "") for key, actor in by.items()}


@dataclass(frozen=True)
class Batch:
    """`drafts`: those that can still be published."""

    row: Rollout
    ask: Ask
    by: str
    drafts: int
    public: int
    off: int
    touched: int
    changed: int
    venues: int
    hosts: int
    first: datetime | None
    last: datetime | None

    @property
    def spreads(self) -> bool:
        return self.ask.rule.pattern == Pattern.SPREAD


def batch_of(row: Rollout, *, at: datetime) -> Batch:
    """Four statements."""
    live = Q(called_off_at=None)
    found = Session.objects.filter(rollout=row).aggregate(
        drafts=Count("pk", filter=live & Q(published_at=None, ends_at__gt=at)),
        public=Count("pk", filter=live & Q(published_at__isnull=False)),
        off=Count("pk", filter=~live),
        touched=Count("pk", filter=~live | Q(published_at__isnull=False) | Q(changed_at__isnull=False)),
        changed=Count("pk", filter=live & Q(changed_at__isnull=False)),
        venues=Count("venue", distinct=True),
        first=Min("starts_at"),
        last=Max("starts_at"),
    )
    hosts = Session.objects.filter(rollout=row).aggregate(hosts=Count("engagements__host", distinct=True))
    return Batch(row, read_again(row.rule), makers([row]).get(row.pk, ""), **found, **hosts)
