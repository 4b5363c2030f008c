"""A session's diary, held while it is written."""

from datetime import datetime

from django.core.files.storage import Storage
from django.db import transaction

from kit import kept_pages
from kit.command import step
from networks.steps.journal import note_each
from programmes.door.models import CheckIn, Diary, DiaryPhoto
from programmes.planning.models import Session


@step
def held(session: Session, *, at: datetime) -> tuple[Diary, bool]:
    """Begun where there was none (True)."""
    before = Diary.objects.filter(session=session).exists()
    if not before:
        # Whoever begins it in the same moment begins the same one.
        Diary.objects.bulk_create([Diary(session=session, begun_at=at, saved_at=at)], ignore_conflicts=True)
    row: Diary = Diary.objects.select_for_update().get(session=session)
    return row, not before


@step
def drop_photos(photos: list[DiaryPhoto]) -> None:
    """Rows now, files once this is committed."""
    files = [(file.storage, str(file.name)) for photo in photos for file in (photo.image, photo.small)]
    DiaryPhoto.objects.filter(pk__in=[photo.pk for photo in photos]).delete()
    kept_pages.forget_soon()
    transaction.on_commit(lambda: _delete(files))


def _delete(files: list[tuple[Storage, str]]) -> None:
    for storage, name in files:
        storage.delete(name)


@step
def keep_inside(household_id: int, *, subject: int | None) -> int:
    """Photos of sessions to which this family came need another look; of one session alone, if its answer was about that."""
    came = CheckIn.objects.filter(seat__registration__household=household_id, undone_at=None)
    if subject is not None:
        came = came.filter(session=subject)
    photos = DiaryPhoto.objects.filter(cleared_at__isnull=False, diary__session__in=came.values("session"))
    rows = list(photos)
    note_each("door.photo_kept_inside", subjects=rows)
    kept_pages.forget_soon()
    return photos.filter(pk__in=[row.pk for row in rows]).update(cleared_at=None)
