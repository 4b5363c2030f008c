"""活动照片 that everybody may see: of diaries that were handed in, of sessions that readers know of, and cleared."""

from django.db.models import Prefetch, QuerySet

from programmes.door.models import Diary, DiaryPhoto
from programmes.planning.queries.faces import public_sessions


def shown_photos() -> "QuerySet[DiaryPhoto]":
    sessions = public_sessions().filter(called_off_at=None).values("pk")
    rows: QuerySet[DiaryPhoto] = DiaryPhoto.objects.filter(
        cleared_at__isnull=False, diary__handed_in_at__isnull=False, diary__session__in=sessions
    )
    return rows


def moments() -> "QuerySet[Diary]":
    """Sessions with such photos, the newest first; `shown` are the photos, in their places."""
    photos = shown_photos().order_by("place")
    rows: QuerySet[Diary] = Diary.objects.filter(pk__in=photos.order_by().values("diary"))
    rows = rows.select_related("session__activity", "session__venue").prefetch_related(
        Prefetch("photos", queryset=photos, to_attr="shown")
    )
    return rows.order_by("-session__starts_at", "-pk")
