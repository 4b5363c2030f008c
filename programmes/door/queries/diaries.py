"""Sessions that are over, by what is written of them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from programmes.door.models import Diary
from programmes.door.rules.diary import waits_from
from programmes.planning.models import Session
from programmes.planning.queries.session_table import sessions_under, whole_sessions

MISSING, DRAFT, HANDED_IN = "missing", "draft", "handed_in"


def sessions_over(paths: Iterable[str], *, at: datetime) -> "QuerySet[Session]":
    """Those that took place, to be narrowed, counted and sorted."""
    return sessions_under(paths).filter(published_at__isnull=False, called_off_at=None, ends_at__lte=at)


def without_diary(paths: Iterable[str], *, midnight: datetime, at: datetime) -> "QuerySet[Session]":
    """Those that wait for theirs: over before today, and not so long ago that nobody remembers."""
    rows = in_state(sessions_over(paths, at=at), MISSING)
    return rows.filter(ends_at__lt=midnight, ends_at__gte=waits_from(midnight))


def in_state(rows: "QuerySet[Session]", state: str) -> "QuerySet[Session]":
    """`missing`: none is handed in, whether or not one is begun."""
    handed_in = Diary.objects.filter(session=OuterRef("pk"), handed_in_at__isnull=False)
    if state == HANDED_IN:
        return rows.filter(Exists(handed_in))
    if state == DRAFT:
        return rows.filter(Exists(Diary.objects.filter(session=OuterRef("pk"), handed_in_at=None)))
    return rows.filter(~Exists(handed_in))


def with_problems(rows: "QuerySet[Session]", *, unread_only: bool) -> "QuerySet[Session]":
    told = Diary.objects.filter(session=OuterRef("pk"), handed_in_at__isnull=False).exclude(problems="")
    return rows.filter(Exists(told.filter(read_at=None) if unread_only else told))


def unread_problems(paths: Iterable[str], *, at: datetime) -> "QuerySet[Session]":
    return with_problems(sessions_over(paths, at=at), unread_only=True)


def with_diaries(rows: Sequence[Session]) -> list[Session]:
    """With what a line of the list says, and `told`: their diary, or none. Three statements, however many they are."""
    lines = whole_sessions(rows)
    told = {diary.session_id: diary for diary in Diary.objects.filter(session__in=[row.pk for row in lines])}
    for row in lines:
        row.told = told.get(row.pk)  # type: ignore[attr-defined]
    return lines


def states_of(sessions: Iterable[Session]) -> dict[int, str]:
    """By the session's id. One statement."""
    keys = [session.pk for session in sessions]
    known = Diary.objects.filter(session__in=keys).values_list("session", "handed_in_at")
    begun = {key: HANDED_IN if handed_in_at else DRAFT for key, handed_in_at in known}
    return {key: begun.get(key, MISSING) for key in keys}
