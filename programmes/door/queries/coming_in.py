"""What a door knows of a registration at this moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, QuerySet
from django.utils import timezone

from people.rules.names import masked
from programmes.door.choices import ADDED, Way
from programmes.door.models import CheckIn, Scan
from programmes.door.rules.outcomes import Door, Known, closes_at, opens_at
from programmes.planning.models import Session
from programmes.signup.choices import State
from programmes.signup.models import Registration


def door_of(session: Session, rules: Mapping[str, Any]) -> Door:
    """`rules`: of the network."""
    return Door(
        session.pk,
        timezone.localtime(session.starts_at).date(),
        opens_at(session.starts_at, rules),
        closes_at(session.ends_at, rules),
    )


def known_of(registration_id: int) -> tuple[Registration, Known]:
    """One statement."""
    here = CheckIn.objects.filter(seat__registration=OuterRef("pk"), undone_at=None)
    row = Registration.objects.select_related("session").annotate(came=Exists(here)).get(pk=registration_id)
    return row, Known(
        row.session_id,
        timezone.localtime(row.session.starts_at).date(),
        State(row.state),
        has_ended=row.ended_at is not None,
        is_called_off=row.session.called_off_at is not None,
        came=row.came,
    )


def first_check_in(registration_id: int) -> CheckIn | None:
    """When the party came, and who let it in."""
    rows = CheckIn.objects.filter(seat__registration=registration_id, undone_at=None)
    row: CheckIn | None = (
        rows.select_related("scan__by", "scan__desk_device").order_by("at", "scan__client_id", "pk").first()
    )
    return row


def taken_back(registration_id: int) -> set[int]:
    """Seats that staff unticked last: a family ticks none of these itself."""
    rows = CheckIn.objects.filter(seat__registration=registration_id)
    live = set(rows.filter(undone_at=None).values_list("seat_id", flat=True))
    return set(rows.filter(undone_at__isnull=False).values_list("seat_id", flat=True)) - live


@dataclass(frozen=True)
class Came:
    """Seats: those that are checked in, and how those were added that nobody signed up."""

    here: frozenset[int]
    added: Mapping[int, Way]


def came_to(rows: "QuerySet[CheckIn]") -> Came:
    """One statement."""
    told = list(rows.values_list("seat_id", "undone_at", "scan__way"))
    here = frozenset(seat for seat, undone_at, _way in told if undone_at is None)
    return Came(here, {seat: Way(way) for seat, _undone_at, way in told if way in ADDED})


def came(registration_id: int) -> tuple[int, datetime | None]:
    """How many of the party are here, and since when. One statement."""
    rows = CheckIn.objects.filter(seat__registration=registration_id, undone_at=None)
    told = rows.aggregate(here=Count("pk"), first=Min("at"))
    return told["here"], told["first"]


def by_whom(scan: Scan) -> str:
    """Who stood at the door; empty where nobody knows any more. The scan comes with its person and device."""
    if scan.desk_device is not None:
        return str(scan.desk_device.name)
    return masked(scan.by.name) if scan.by is not None and scan.by.name else ""


def came_by_ticket(ticket_hash: bytes) -> tuple[int, datetime | None, int | None]:
    """The same, and of which registration, by its ticket. One statement."""
    rows = CheckIn.objects.filter(
        seat__registration__ticket_hash=ticket_hash, seat__registration__forgotten_at=None, undone_at=None
    )
    told = rows.aggregate(here=Count("pk"), first=Min("at"), key=Min("seat__registration"))
    return told["here"], told["first"], told["key"]
