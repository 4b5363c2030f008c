"""待核实: what devices without a network let in, where the library would have said otherwise, or two said yes."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from programmes.door.choices import ADDED, Outcome, Way
from programmes.door.models import Scan
from programmes.door.queries.coming_in import by_whom
from programmes.door.rules.calling import called
from programmes.planning.models import Session
from programmes.signup.choices import State
from programmes.signup.models import Registration


@dataclass(frozen=True)
class Dispute:
    """`who`: empty where nobody knows. `scans`: all that let this party in, the first of them first."""

    word: str
    who: str
    scans: tuple[Scan, ...]

    @property
    def times(self) -> list[tuple[datetime, str]]:
        """When, and who stood there."""
        return [(scan.at, by_whom(scan)) for scan in self.scans]


def _that_let_in() -> "QuerySet[Scan]":
    """Where somebody of a party with a place is ticked, it is here already; late entries have their own page."""
    rows: QuerySet[Scan] = Scan.objects.filter(outcome__in=(Outcome.ADMITTED, Outcome.ON_TRUST))
    return rows.exclude(Q(way=Way.LIST, registration__state=State.HOLDS) | Q(way__in=(Way.LATE, *ADDED)))


def disputed(rows: "QuerySet[Session]") -> "QuerySet[Session]":
    """Of these sessions those with a dispute that nobody has looked at, as `disputes_of` tells them."""
    beside = _that_let_in().filter(session=OuterRef("session"), registration=OuterRef("registration"))
    beside = beside.exclude(pk=OuterRef("pk"))
    unseen = _that_let_in().filter(is_offline=True, seen_at=None)
    wrong = (
        Q(registration=None)
        | Q(outcome=Outcome.ON_TRUST)
        | Q(registration__ended_at__lte=F("at"))
        | ~Q(registration__state=State.HOLDS)
        | Q(session__called_off_at__lte=F("at"))
        | Exists(beside)
    )
    return rows.filter(Exists(unseen.filter(wrong, session=OuterRef("pk"))))


def disputes_of(session: Session) -> list[Dispute]:
    """Those that nobody has looked at yet. Two statements and one for their seats, however many they are."""
    rows = list(
        _that_let_in()
        .filter(session=session)
        .select_related("registration", "by", "desk_device")
        .prefetch_related("registration__seats__child")
        .order_by("at", "client_id")
    )
    by_party: dict[int, list[Scan]] = defaultdict(list)
    for scan in rows:
        by_party[scan.registration_id or -scan.pk].append(scan)
    told = (_dispute(tuple(scans), session) for scans in by_party.values() if _is_open(scans))
    return [one for one in told if one is not None]


def _is_open(scans: list[Scan]) -> bool:
    return any(scan.is_offline and scan.seen_at is None for scan in scans)


def _dispute(scans: tuple[Scan, ...], session: Session) -> Dispute | None:
    row, first = scans[0].registration, scans[0]
    if row is None or any(scan.outcome == Outcome.ON_TRUST for scan in scans):
        return Dispute(_("Let in on trust, and not signed up for this session"), _who(row), scans)
    if len(scans) > 1:
        return Dispute(_("Let in at two doors"), _who(row), scans)
    if row.ended_at is not None and row.ended_at <= first.at:
        return Dispute(_("Let in after it was cancelled"), _who(row), scans)
    if row.state != State.HOLDS:
        return Dispute(_("Let in without a place"), _who(row), scans)
    if session.called_off_at is not None and session.called_off_at <= first.at:
        return Dispute(_("Let in after the session was called off"), _who(row), scans)
    return None


def _who(row: Registration | None) -> str:
    if row is None:
        return ""
    names = [called(seat.child.name) for seat in row.seats.all() if seat.child is not None and seat.child.name]
    return "、".join(dict.fromkeys(names))
