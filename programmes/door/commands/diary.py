"""活动小结: written step by step, handed in, opened again; its photos come and go."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from kit import kept_pages
from kit.command import command
from kit.pictures import Record, keep_in
from kit.refusals import refuse_if
from networks.models.scoping import current_network
from networks.steps.journal import note
from networks.steps.outbox import post
from people.models import Person
from programmes.door.messages import DIARY_HANDED_IN
from programmes.door.models import Diary, DiaryPhoto
from programmes.door.models.diary import MOST_PHOTOS
from programmes.door.rules.diary import (
    against_handing_in,
    against_more_photos,
    against_reopening,
    against_writing,
    photos_needed,
)
from programmes.door.steps.diaries import drop_photos, held
from programmes.planning.models import Session


@dataclass(frozen=True)
class Written:
    """What the page says. `captions` and `cleared`: of the photos that it showed, by id."""

    line: str = ""
    problems: str = ""
    children: int | None = None
    adults: int | None = None
    is_counted: bool = False
    few_photos: str = ""
    captions: Mapping[int, str] = field(default_factory=dict)
    cleared: frozenset[int] = frozenset()


@command
def save(*, session: Session, written: Written, by: Person, at: datetime) -> Diary:
    """A draft, as often as one likes."""
    return _write(session, written, by=by, at=at)


@command
def hand_in(*, session: Session, written: Written, by: Person, at: datetime) -> Diary:
    diary = _write(session, written, by=by, at=at)
    photos = DiaryPhoto.objects.filter(diary=diary).count()
    refuse_if(
        against_handing_in(
            is_counted=diary.counted_at is not None,
            line=diary.line,
            photos=photos,
            needed=photos_needed(current_network().rules),
            why_fewer=diary.few_photos,
        )
    )
    diary.handed_in_at, diary.handed_in_by, diary.read_at = at, by, None
    diary.save(update_fields=["handed_in_at", "handed_in_by", "read_at"])
    values = {"children": diary.children, "adults": diary.adults, "photos": photos}
    note("door.diary_handed_in", subject=diary, actor=by, values=values)
    kept_pages.forget_soon()
    post(DIARY_HANDED_IN, payload={"session": session.pk}, dedupe_key=f"{diary.pk}:{at.isoformat()}")
    return diary


@command
def reopen(*, session: Session, reason: str, by: Person, at: datetime) -> Diary:
    diary, _is_new = held(session, at=at)
    refuse_if(against_reopening(is_handed_in=diary.is_handed_in))
    diary.handed_in_at, diary.handed_in_by, diary.read_at = None, None, None
    diary.reopened_at, diary.reopen_reason = at, reason
    diary.save(update_fields=["handed_in_at", "handed_in_by", "read_at", "reopened_at", "reopen_reason"])
    kept_pages.forget_soon()
    note("door.diary_reopened", subject=diary, actor=by, reason=reason)
    return diary


@command
def add_photo(*, session: Session, record: Record, client_id: UUID, by: Person, at: datetime) -> DiaryPhoto:
    """`record`: as `kit.pictures.record_of` gives it. Sent twice it is kept once."""
    diary, _is_new = held(session, at=at)
    before: DiaryPhoto | None = DiaryPhoto.objects.filter(client_id=client_id, diary=diary).first()
    if before is not None:
        return before
    taken = set(DiaryPhoto.objects.filter(diary=diary).values_list("place", flat=True))
    refuse_if([*against_writing(is_handed_in=diary.is_handed_in), *against_more_photos(len(taken) + 1)])
    photo = DiaryPhoto(client_id=client_id, diary=diary, width=record.width, height=record.height, by=by, added_at=at)
    photo.place = min(set(range(MOST_PHOTOS)) - taken)
    keep_in(photo.image, record.content)
    keep_in(photo.small, record.small)
    photo.save(force_insert=True)
    note("door.photo_added", subject=diary, actor=by, values={"photo": [None, photo.pk]})
    return photo


@command
def remove_photo(*, photo: DiaryPhoto, by: Person, at: datetime) -> None:
    diary, _is_new = held(photo.diary.session, at=at)
    refuse_if(against_writing(is_handed_in=diary.is_handed_in))
    drop_photos([photo])
    note("door.photo_removed", subject=diary, actor=by, values={"photo": [photo.pk, None]})


@command
def read_problems(*, diary: Diary, by: Person, at: datetime) -> None:
    """Pressed twice it stays as it is."""
    if Diary.objects.filter(pk=diary.pk, read_at=None, handed_in_at__isnull=False).update(read_at=at):
        note("door.problems_read", subject=diary, actor=by)


def _write(session: Session, written: Written, *, by: Person, at: datetime) -> Diary:
    diary, is_new = held(session, at=at)
    refuse_if(against_writing(is_handed_in=diary.is_handed_in))
    for name, value in _said(written).items():
        setattr(diary, name, value)
    diary.counted_at = (diary.counted_at or at) if _is_counted(diary, written) else None
    diary.saved_at = at
    diary.save()
    _write_photos(DiaryPhoto.objects.filter(diary=diary), written, by=by, at=at)
    if is_new:
        note("door.diary_begun", subject=diary, actor=by)
    return diary


def _said(written: Written) -> dict[str, Any]:
    names = ("line", "problems", "children", "adults", "few_photos")
    return {name: getattr(written, name) for name in names}


def _is_counted(diary: Diary, written: Written) -> bool:
    return written.is_counted and diary.person_times is not None


def _write_photos(photos: Iterable[DiaryPhoto], written: Written, *, by: Person, at: datetime) -> None:
    """Photos that the page did not show stay as they are."""
    for photo in photos:
        if photo.pk not in written.captions:
            continue
        is_clear = photo.pk in written.cleared
        if is_clear != (photo.cleared_at is not None):
            photo.cleared_at = at if is_clear else None
            note("door.photo_cleared" if is_clear else "door.photo_kept_inside", subject=photo, actor=by)
        photo.caption = written.captions[photo.pk]
        photo.save(update_fields=["caption", "cleared_at"])
