"""What is said of the demo's sessions that are over: most have a diary, some wait for one; who did not come is settled.

Photos are drawn: a leaf's wash over paper, in the colours of the seasons. Nobody is in them.
"""

import io
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from random import Random
from uuid import NAMESPACE_OID, uuid5

from django.db.models import Count, Q
from PIL import Image, ImageDraw, ImageFilter

from config.demo.arrivals import keepers
from config.demo.diary_words import CAPTIONS, FEW, LINES, PROBLEMS
from kit.command import command
from kit.pictures import Record, keep_in, record_of
from people.models import Person
from programmes.door.choices import Excuse
from programmes.door.models import Absence, Diary, DiaryPhoto, Settlement
from programmes.door.queries.attendance import Heads, attendance_of
from programmes.planning.models import Session
from programmes.signup.choices import State
from programmes.signup.models import Registration

BACK = timedelta(days=30)
# One in so many has no diary, of the last days and of those before; one in so many tells of a problem.
MISSING_NOW, MISSING_BEFORE, TROUBLED = 7, 61, 9
LATELY = timedelta(days=6)
# Of so many of the latest sessions the demo has photos, since each is a file; and of so many where its keeper works.
WITH_PHOTOS, HERS = 8, 4
# So many pictures are drawn; each photo is a file of its own.
DRAWN = 7
SETTLED_AFTER = timedelta(hours=24)
_PAPERS = ((246, 241, 226), (236, 242, 230), (232, 240, 245), (247, 236, 226))
_INKS = ((112, 142, 74), (64, 122, 158), (196, 108, 56), (70, 82, 134), (158, 64, 74))


@command
def write_diaries(*, by: Person, at: datetime) -> None:
    """Of sessions that have none yet. `by`: where nobody works at the place itself."""
    rows = _over(at)
    known, found = attendance_of(rows), keepers()
    written = [row for row in rows if not _waits(row, at=at)]
    diaries = [_diary(row, known[row.pk].heads, found.get(row.area.path, by), at=at) for row in written]
    Diary.objects.bulk_create(diaries, batch_size=1_000)
    for diary in _with_photos(diaries, next(reversed(found), "")):
        _hang_photos(diary)


@command
def settle_absences(*, at: datetime) -> None:
    """Of sessions at whose doors somebody stood, a day after their end."""
    rows = _expected(at)
    settled: dict[int, Settlement] = {}
    absent: list[Absence] = []
    for number, row in enumerate(rows):
        one = settled.setdefault(row.session_id, Settlement(session=row.session, settled_at=_hour_after(row.session)))
        one.expected += 1
        if row.came:  # type: ignore[attr-defined]
            one.empty_seats += row.seated - row.came  # type: ignore[attr-defined]
        else:
            one.absent += 1
            absent.append(_absence(row, number))
    Settlement.objects.bulk_create(settled.values(), batch_size=1_000)
    Absence.objects.bulk_create(absent, batch_size=1_000)


def _over(at: datetime) -> list[Session]:
    rows = Session.objects.filter(
        published_at__isnull=False, called_off_at=None, ends_at__lt=at, ends_at__gt=at - BACK, diary=None
    )
    return list(rows.select_related("area").order_by("starts_at", "pk"))


def _waits(row: Session, *, at: datetime) -> bool:
    every = MISSING_NOW if row.ends_at > at - LATELY else MISSING_BEFORE
    return row.pk % every == every // 2


def _diary(row: Session, heads: Heads, by: Person, *, at: datetime) -> Diary:
    lot = Random(row.pk)  # noqa: S311 - the same demo every time
    children, adults = (heads.children, heads.adults) if heads.all else (lot.randint(6, 24), lot.randint(4, 16))
    done = min(at, row.ends_at + timedelta(minutes=lot.randint(6, 48)))
    problems = lot.choice(PROBLEMS) if lot.randrange(TROUBLED) == 0 else ""
    return Diary(
        session=row,
        line=lot.choice(LINES),
        problems=problems,
        children=children,
        adults=adults,
        counted_at=done,
        few_photos=lot.choice(FEW),
        begun_at=row.ends_at,
        saved_at=done,
        handed_in_at=done,
        handed_in_by=by,
        read_at=done + timedelta(hours=20) if problems and done < at - LATELY else None,
    )


# --- Photos ------------------------------------------------------------------------------------


def _with_photos(diaries: list[Diary], hers: str) -> list[Diary]:
    """`hers`: the path of the area of the keeper who was there first."""
    latest = sorted(diaries, key=lambda one: (one.session.ends_at, one.session.pk))
    mine = [one for one in latest if one.session.area.path == hers][-HERS:]
    return [*mine, *[one for one in latest if one not in mine][-WITH_PHOTOS:]]


def _hang_photos(diary: Diary) -> None:
    lot = Random(-diary.session.pk)  # noqa: S311 - the same demo every time
    for place, number in enumerate(lot.sample(range(DRAWN), 3)):
        record = _record(number)
        photo = DiaryPhoto(diary=diary, place=place, width=record.width, height=record.height, by=diary.handed_in_by)
        photo.client_id = uuid5(NAMESPACE_OID, f"{diary.session.code} {place}")
        photo.caption, photo.added_at = lot.choice(CAPTIONS), diary.begun_at
        photo.cleared_at = diary.handed_in_at if lot.random() < 0.6 else None
        keep_in(photo.image, record.content)
        keep_in(photo.small, record.small)
        photo.save(force_insert=True)
    Diary.objects.filter(pk=diary.pk).update(few_photos="")


@cache
def _record(number: int) -> Record:
    return record_of(_drawn(Random(number)))  # noqa: S311 - the same demo every time


def _drawn(lot: Random) -> bytes:
    """Leaves over paper."""
    picture = Image.new("RGB", (1080, 810), lot.choice(_PAPERS))
    for _leaf in range(lot.randint(7, 12)):
        leaf = Image.new("RGBA", (420, 420), (0, 0, 0, 0))
        ink = (*lot.choice(_INKS), lot.randint(60, 170))
        draw = ImageDraw.Draw(leaf)
        draw.chord((60, 110, 360, 410), 200, 340, fill=ink)
        draw.chord((60, 10, 360, 310), 20, 160, fill=ink)
        turned = leaf.rotate(lot.randrange(360)).resize((lot.randint(160, 420),) * 2)
        picture.paste(turned, (lot.randint(-120, 960), lot.randint(-120, 690)), turned)
    out = io.BytesIO()
    picture.filter(ImageFilter.GaussianBlur(0.8)).save(out, "JPEG", quality=85)
    return out.getvalue()


# --- Absences --------------------------------------------------------------------------------


def _expected(at: datetime) -> Sequence[Registration]:
    live = Q(seats__ended_at=None)
    here = live & Q(seats__check_ins__isnull=False, seats__check_ins__undone_at=None)
    rows = Registration.objects.filter(
        ended_at=None,
        state=State.HOLDS,
        session__called_off_at=None,
        session__settlement=None,
        session__ends_at__lt=at - SETTLED_AFTER,
        session__in=Session.objects.filter(check_ins__undone_at=None, check_ins__isnull=False),
    )
    return list(
        rows.select_related("session")
        .annotate(
            seated=Count("seats", filter=live, distinct=True),
            came=Count("seats__check_ins", filter=here, distinct=True),
        )
        .order_by("session__starts_at", "session_id", "pk")
    )


def _absence(row: Registration, number: int) -> Absence:
    """One in three had a reason."""
    settled_at = _hour_after(row.session)
    absence = Absence(registration=row, session=row.session, settled_at=settled_at)
    if number % 3 == 0:
        absence.excused_at = row.session.ends_at + timedelta(hours=2)
        absence.excuse = (Excuse.ILL, Excuse.TOLD, Excuse.WEATHER)[number // 3 % 3]
    return absence


def _hour_after(session: Session) -> datetime:
    return session.ends_at + SETTLED_AFTER
