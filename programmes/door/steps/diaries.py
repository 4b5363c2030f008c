"""A session's diary, held while it is written."""

from datetime import datetime

from django.core.files.storage import Storage
from django.db import transaction

from kit.command import step
from programmes.door.models import Diary, DiaryPhoto
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
    transaction.on_commit(lambda: _delete(files))


def _delete(files: list[tuple[Storage, str]]) -> None:
    for storage, name in files:
        storage.delete(name)
