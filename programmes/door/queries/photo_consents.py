"""Whose children may be recognised in a photo of a session."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from people.choices import ConsentAnswer
from people.models import Child, Consent
from people.registers import PHOTO
from programmes.door.models import CheckIn
from programmes.door.queries.attendance import attendance_of
from programmes.door.rules.calling import called
from programmes.planning.models import Session

_KIND = Session._meta.label_lower


@dataclass(frozen=True)
class PhotoConsents:
    """Of the children who were checked in. `nameless`: those of whom it is not known who they are, such as of a class."""

    without: tuple[Child, ...]
    agreed: int
    nameless: int

    @property
    def names(self) -> list[str]:
        return [called(child.name) for child in self.without]


def photo_consents(session: Session, *, at: datetime) -> PhotoConsents:
    """Three statements, however many came."""
    rows = CheckIn.objects.filter(session=session, undone_at=None, seat__child__erased_at=None)
    came = rows.filter(seat__child__isnull=False).select_related("seat__child").order_by("seat__child__name", "pk")
    children = [row.seat.child for row in came if row.seat.child is not None]
    agreed = _agreed({child.household_id for child in children if child.household_id is not None}, session, at=at)
    without = tuple(child for child in children if child.household_id not in agreed)
    everybody = attendance_of([session])[session.pk].checked_in.children
    return PhotoConsents(without, len(children) - len(without), max(0, everybody - len(children)))


def _agreed(households: Iterable[int], session: Session, *, at: datetime) -> set[int]:
    """What a family said about this session goes before what it says in general."""
    rows = Consent.objects.filter(
        Q(expires_at=None) | Q(expires_at__gt=at),
        Q(subject_kind="") | Q(subject_kind=_KIND, subject_id=session.pk),
        household__in=list(households),
        purpose=PHOTO.key,
        ended_at=None,
    )
    said: dict[int, bool] = {}
    for household, answer in rows.order_by("subject_kind").values_list("household", "answer"):
        said[household] = answer == ConsentAnswer.GIVEN
    return {household for household, is_given in said.items() if is_given}
