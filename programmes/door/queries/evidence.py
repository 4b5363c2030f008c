"""佐证材料: what proves that sessions took place and how many came, gathered when somebody asks for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext, pgettext

from people.models import Child
from people.rules.names import masked
from programmes.door.choices import Way
from programmes.door.models import CheckIn, Diary, DiaryPhoto, Settlement
from programmes.door.queries.absences import settlements_of
from programmes.door.queries.attendance import Attendance, attendance_of
from programmes.door.queries.stays import Stays, stays_of
from programmes.planning.models import Session
from programmes.planning.queries.session_table import whole_sessions
from programmes.planning.queries.today import hosts_words


@dataclass(frozen=True)
class Signature:
    """A line of the sheet of who was checked in; names are masked. `child`: None of a class, and of what was erased."""

    name: str
    came_at: datetime
    way: str
    child: Child | None


@dataclass(frozen=True)
class Evidence:
    """Of one session. `ways`: how many were checked in, by the way in which the door was asked."""

    session: Session
    diary: Diary | None
    photos: tuple[DiaryPhoto, ...]
    attendance: Attendance
    ways: tuple[tuple[str, int], ...]
    signatures: tuple[Signature, ...]
    settlement: Settlement | None
    stays: Stays

    @property
    def title(self) -> str:
        return self.session.title or self.session.activity.title

    @property
    def hosts(self) -> str:
        return hosts_words(self.session)

    @property
    def told(self) -> Diary | None:
        """A diary that is handed in; a draft proves nothing."""
        return self.diary if self.diary is not None and self.diary.is_handed_in else None

    @property
    def children(self) -> int:
        return self.told.children or 0 if self.told is not None else self.attendance.heads.children

    @property
    def adults(self) -> int:
        return self.told.adults or 0 if self.told is not None else self.attendance.heads.adults

    @property
    def person_times(self) -> int:
        return self.children + self.adults

    @property
    def named(self) -> list[Child]:
        """Whose names somebody reads."""
        return [one.child for one in self.signatures if one.child is not None]


def evidence_of(sessions: Iterable[Session]) -> list[Evidence]:
    """In the order of their beginning; a constant number of statements."""
    rows = sorted(whole_sessions(list(sessions)), key=lambda row: (row.starts_at, row.pk))
    diaries = {one.session_id: one for one in Diary.objects.select_related("handed_in_by").filter(session__in=rows)}
    photos = _by_session(DiaryPhoto.objects.filter(diary__session__in=rows).select_related("diary").order_by("place"))
    attendance, settled = attendance_of(rows), settlements_of(rows)
    ways, signatures, stays = _ways(rows), _signatures(rows), stays_of(rows)
    return [
        Evidence(
            row,
            diaries.get(row.pk),
            tuple(photos.get(row.pk, ())),
            attendance[row.pk],
            tuple(ways.get(row.pk, ())),
            tuple(signatures.get(row.pk, ())),
            settled.get(row.pk),
            stays[row.pk],
        )
        for row in rows
    ]


def _by_session(photos: Iterable[DiaryPhoto]) -> dict[int, list[DiaryPhoto]]:
    found: dict[int, list[DiaryPhoto]] = {}
    for photo in photos:
        found.setdefault(photo.diary.session_id, []).append(photo)
    return found


def _ways(sessions: Sequence[Session]) -> dict[int, list[tuple[str, int]]]:
    rows = CheckIn.objects.filter(session__in=sessions, undone_at=None).order_by("session", "scan__way")
    found: dict[int, list[tuple[str, int]]] = {}
    for key, way, count in rows.values_list("session", "scan__way").annotate(count=Count("pk")):
        found.setdefault(key, []).append((str(Way(way).label), count))
    return found


def _signatures(sessions: Sequence[Session]) -> dict[int, list[Signature]]:
    """Those who have a name; how many came without one says the attendance."""
    rows = CheckIn.objects.filter(session__in=sessions, undone_at=None).select_related("seat__child", "scan")
    found: dict[int, list[Signature]] = {}
    for row in rows.order_by("session", "at", "pk"):
        child = row.seat.child
        name = child.name if child is not None and child.erased_at is None else row.seat.guest
        if name:
            line = Signature(masked(name), row.at, str(Way(row.scan.way).label), child)
            found.setdefault(row.session_id, []).append(line)
    return found


def unnamed_words(one: Evidence) -> str:
    """Of those who were checked in and stand on no line."""
    heads = one.attendance.checked_in
    children = max(0, heads.children - len(one.signatures))
    parts = []
    if children:
        parts.append(
            ngettext("%(n)s child without a name here", "%(n)s children without a name here", children)
            % {"n": children}
        )
    if heads.adults:
        parts.append(npgettext("at the door", "%(n)s grown-up", "%(n)s grown-ups", heads.adults) % {"n": heads.adults})
    named = pgettext("between children and grown-ups", ", ").join(parts)
    return _("Besides: %(who)s.") % {"who": named} if parts else ""
