"""A session's row is held while it is settled, excused or corrected who did not come, so that each sees what the other wrote."""

from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from kit.command import step
from networks.models.scoping import current_network
from networks.steps.outbox import post, post_each
from people.models import Device, Person
from programmes.door.choices import Outcome, Way
from programmes.door.messages import ABSENCE_LIFTED, ABSENT, SESSION_SETTLED
from programmes.door.models import Absence, Scan, Settlement
from programmes.door.queries.absences import expected_of
from programmes.door.queries.coming_in import door_of, known_of
from programmes.door.rules.outcomes import outcome_of
from programmes.door.steps.letting_in import write_scan
from programmes.planning.models import Session
from programmes.signup.models import Registration


@step
def held(session_id: int) -> Session:
    row: Session = Session.objects.select_for_update(of=("self",)).select_related("activity").get(pk=session_id)
    return row


@step
def settlement_of(session: Session) -> Settlement | None:
    row: Settlement | None = Settlement.objects.filter(session=session).first()
    return row


@step
def write_settlement(session: Session, *, by: Person | None, at: datetime) -> Settlement:
    """Of a session that is held, where the door was kept. Whoever was excused before is not told of."""
    rows = expected_of(session)
    absent = [row for row in rows if not row.came]  # type: ignore[attr-defined]
    empty = sum(row.seated - row.came for row in rows if row.came)  # type: ignore[attr-defined]
    settlement = Settlement(session=session, settled_at=at, by=by, expected=len(rows), absent=len(absent))
    settlement.empty_seats = empty
    settlement.save(force_insert=True)
    excused = _excused_before(session, absent, at=at)
    fresh = [row for row in absent if row.pk not in excused]
    Absence.objects.bulk_create([Absence(registration=row, session=session, settled_at=at) for row in fresh])
    post_each(ABSENT, lines=[({"registration": row.pk}, f"{row.pk}") for row in fresh])
    tell_settled(settlement)
    return settlement


def _excused_before(session: Session, absent: list[Registration], *, at: datetime) -> set[int]:
    """Who came all the same needs no excuse."""
    keys = {row.pk for row in absent}
    Absence.objects.filter(session=session, settled_at=None).exclude(registration__in=keys).delete()
    excused = Absence.objects.filter(session=session, registration__in=keys)
    excused.update(settled_at=at)
    return set(excused.values_list("registration", flat=True))


@step
def tell_settled(settlement: Settlement) -> None:
    payload = {"session": settlement.session_id, "was_kept": settlement.was_kept, "by": settlement.by_id}
    post(SESSION_SETTLED, payload=payload, dedupe_key=f"{settlement.session_id}")


@step
def enter_late(registration: Registration, *, by: Person, device: Device | None, at: datetime) -> int:
    """Who was not checked in is, at the moment at which the session began: how many. `at`: when it is entered."""
    row, known = known_of(registration.pk)
    begun = row.session.starts_at
    scan = Scan(client_id=uuid4(), session=row.session, registration=row, way=Way.LATE, by=by, device=device)
    scan.at, scan.received_at = begun, at
    scan.outcome = outcome_of(replace(known, came=False), door_of(row.session, current_network().rules), at=begun)
    return write_scan(scan) or 0 if scan.outcome == Outcome.ADMITTED else 0


@step
def lift(absence: Absence, *, why: str) -> None:
    """Once; `why`: excused or came."""
    payload = {"registration": absence.registration_id, "why": why}
    post(ABSENCE_LIFTED, payload=payload, dedupe_key=f"{absence.registration_id}")
