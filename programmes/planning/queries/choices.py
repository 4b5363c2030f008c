"""What forms of planners offer: seasons that go on, brands in use, areas they plan for."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from networks.choices import AreaKind
from networks.models import Area
from people.queries.workplace import within
from programmes.planning.models import Brand, Programme, Season


def open_seasons() -> "QuerySet[Season]":
    rows: QuerySet[Season] = Season.objects.filter(closed_at=None).order_by("-year")
    return rows


def brands_in_use(*, with_: Brand | None = None) -> "QuerySet[Brand]":
    kept = Q(closed_at=None) | Q(pk=with_.pk if with_ else None)
    rows: QuerySet[Brand] = Brand.objects.filter(kept).order_by("place", "pk")
    return rows


def areas_to_plan(paths: Iterable[str]) -> "QuerySet[Area]":
    """City, districts and streets under these paths; a venue has no plan of its own."""
    rows: QuerySet[Area] = Area.objects.filter(within("path", tuple(paths)), closed_at=None)
    return rows.exclude(kind=AreaKind.VENUE).order_by("path")


def programmes_to_fill(paths: Iterable[str]) -> "QuerySet[Programme]":
    """Into which activities may be laid by whoever plans under these paths."""
    rows: QuerySet[Programme] = Programme.objects.select_related("season").filter(
        within("area__path", tuple(paths)), dropped_at=None, season__closed_at=None
    )
    return rows.order_by("-season__year", "title")
