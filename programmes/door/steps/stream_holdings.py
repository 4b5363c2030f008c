"""What this room keeps of those who read views off a platform, and the screenshots, on which names may be seen."""

from datetime import datetime

from django.core.files.storage import Storage
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from people.registers.holdings import Holding, Owner, Retention, holdings
from people.steps.holdings.words import SERVICE
from programmes.door.models import StreamViews


def _rows() -> "QuerySet[StreamViews]":
    rows: QuerySet[StreamViews] = StreamViews.objects.filter(Q(by__isnull=False) | ~Q(image=""))
    return rows


def _erase(owner: Owner, _at: datetime) -> int:
    gone: int = StreamViews.objects.filter(by__in=owner.persons).update(by=None)
    return gone


def _over_before(before: datetime) -> "QuerySet[StreamViews]":
    return _rows().filter(noted_at__lt=before).order_by("noted_at", "pk")


def _purge(before: datetime, most: int, _at: datetime) -> int:
    """The numbers stay; screenshots are gone once this is committed."""
    rows = list(_over_before(before)[:most])
    files = [(row.image.storage, str(row.image.name)) for row in rows if row.image]
    StreamViews.objects.filter(pk__in=[row.pk for row in rows]).update(by=None, image="")
    transaction.on_commit(lambda: _delete(files))
    return len(rows)


def _delete(files: list[tuple[Storage, str]]) -> None:
    for storage, name in files:
        storage.delete(name)


holdings.add(
    Holding(
        key="door.stream_views",
        title=_("Views of streams"),
        what=_("Which of the staff noted how often a stream was watched, and the screenshot of the platform."),
        why=_("So that the figures of a year can be proved."),
        basis=SERVICE,
        who_sees=_("The staff of the session."),
        models=("door.StreamViews",),
        rows=_rows,
        erase=_erase,
        retention=Retention(
            days=1095,
            shortest=365,
            longest=3650,
            since=_("when it was noted"),
            since_field="noted_at",
            due=_over_before,
            purge=_purge,
        ),
        place=39,
        shown=34,
    )
)
