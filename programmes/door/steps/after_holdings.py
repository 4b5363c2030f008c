"""What this room keeps about people after a session: photos, who wrote of it, and who did not come."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.registers.holdings import Holding, Owner, Retention, Section, holdings
from people.steps.holdings.words import SERVICE
from programmes.door.models import Absence, Diary, DiaryPhoto, Settlement
from programmes.door.steps.diaries import drop_photos
from programmes.planning.models import Session

# --- Diaries and their photos ----------------------------------------------------------------


def _diaries() -> "QuerySet[Diary]":
    """Those with photos, with words that may be about people, or that say who handed them in."""
    photos = DiaryPhoto.objects.filter(diary=OuterRef("pk"))
    rows: QuerySet[Diary] = Diary.objects.filter(Exists(photos) | Q(handed_in_by__isnull=False) | ~Q(problems=""))
    return rows


def _written_by(owner: Owner) -> Iterable[Section]:
    mine = Diary.objects.filter(handed_in_by__in=owner.persons).select_related("session__activity")
    cells = tuple((_named(row.session), row.session.starts_at, row.handed_in_at) for row in mine.order_by("pk"))
    heads = (_("Activity"), _("When"), pgettext_lazy("a diary", "Handed in"))
    yield Section("diaries", _("Diaries that you handed in"), heads, cells)


def _leave_diaries(owner: Owner, _at: datetime) -> int:
    """What was said of a session stays the library's; who said it is gone."""
    told: int = Diary.objects.filter(handed_in_by__in=owner.persons).update(handed_in_by=None)
    shown: int = DiaryPhoto.objects.filter(by__in=owner.persons).update(by=None)
    return told + shown


def _diaries_over_before(before: datetime) -> "QuerySet[Diary]":
    return _diaries().filter(session__ends_at__lt=before).order_by("session__ends_at", "pk")


def _forget_photos(before: datetime, most: int, _at: datetime) -> int:
    """A line and the numbers stay; photos and their files go."""
    keys = list(_diaries_over_before(before).values_list("pk", flat=True)[:most])
    drop_photos(list(DiaryPhoto.objects.filter(diary__in=keys)))
    return Diary.objects.filter(pk__in=keys).update(handed_in_by=None, problems="")


holdings.add(
    Holding(
        key="door.diaries",
        title=_("Diaries of sessions, with photos"),
        what=_("Photos of sessions, without place and camera data, and what staff wrote of them."),
        why=_("To show that a session took place, and what can be better next time."),
        basis=SERVICE,
        who_sees=_(
            "Those who run or plan the session. Without the family's agreement no photo is shown in which a child can be recognised."
        ),
        models=("door.Diary", "door.DiaryPhoto"),
        rows=_diaries,
        export=_written_by,
        erase=_leave_diaries,
        retention=Retention(
            days=1095,
            shortest=90,
            longest=3650,
            since=_("the end of the session"),
            since_field="session__ends_at",
            due=_diaries_over_before,
            purge=_forget_photos,
        ),
        place=42,
        shown=33,
    )
)


# --- Absences ------------------------------------------------------------------------------


def _absences() -> "QuerySet[Absence]":
    rows: QuerySet[Absence] = Absence.objects.all()
    return rows


def _missed(owner: Owner) -> Iterable[Section]:
    mine = Absence.objects.filter(registration__household__in=owner.households).select_related("session__activity")
    cells: tuple[tuple[Any, ...], ...] = tuple(
        (_named(row.session), row.session.starts_at, row.get_excuse_display(), row.corrected_at)
        for row in mine.order_by("pk")
    )
    heads = (_("Activity"), _("When"), _("Excuse"), pgettext_lazy("an absence", "Corrected"))
    yield Section("absences", _("Where nobody of your family was checked in"), heads, cells)


def _erase_absences(owner: Owner, _at: datetime) -> int:
    """How many did not come is counted with the session."""
    gone, _each = Absence.objects.filter(registration__household__in=owner.households).delete()
    for name in ("excused_by", "corrected_by"):
        Absence.objects.filter(**{f"{name}__in": owner.persons}).update(**{name: None})
    return gone + int(Settlement.objects.filter(by__in=owner.persons).update(by=None))


def _absences_over_before(before: datetime) -> "QuerySet[Absence]":
    return _absences().filter(session__ends_at__lt=before).order_by("session__ends_at", "pk")


def _forget_absences(before: datetime, most: int, _at: datetime) -> int:
    keys = list(_absences_over_before(before).values_list("pk", flat=True)[:most])
    Settlement.objects.filter(session__ends_at__lt=before, by__isnull=False).update(by=None)
    gone, _each = Absence.objects.filter(pk__in=keys).delete()
    return gone


def _named(session: Session) -> str:
    return session.title or session.activity.title


holdings.add(
    Holding(
        key="door.absences",
        title=_("Who did not come"),
        what=_(
            "That nobody of your family was checked in to a session that you were signed up for, and an excuse where staff noted one."
        ),
        why=_("To give places to those who come, and to count truly."),
        basis=SERVICE,
        who_sees=_("The adults of your family, and the staff of the session."),
        models=("door.Absence", "door.Settlement"),
        rows=_absences,
        export=_missed,
        erase=_erase_absences,
        retention=Retention(
            days=365,
            shortest=30,
            longest=1095,
            since=_("the end of the session"),
            since_field="session__ends_at",
            due=_absences_over_before,
            purge=_forget_absences,
        ),
        place=43,
        shown=34,
    )
)
