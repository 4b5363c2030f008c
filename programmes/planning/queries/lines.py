"""Sessions with what a line about them needs."""

from collections.abc import Iterable

from django.db.models import QuerySet

from programmes.planning.models import Session


def sessions_with_places() -> "QuerySet[Session]":
    """With activity, programme, season, area, venue and room; one statement."""
    rows: QuerySet[Session] = Session.objects.select_related(
        "activity__programme__season", "area", "venue__area", "room", "partner", "safety_notice"
    )
    return rows


def sessions_named(ids: Iterable[int]) -> dict[int, Session]:
    """By id, as refusals name them; none asked, no statement."""
    wanted = set(ids)
    if not wanted:
        return {}
    rows = Session.objects.select_related("activity", "venue", "room").filter(pk__in=wanted)
    return {row.pk: row for row in rows}
