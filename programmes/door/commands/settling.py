"""到场核定: settled who did not come, excused, entered late, corrected."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from kit.command import command
from kit.refusals import Refusal, Refused, refuse_if
from networks.steps.journal import note
from people.models import Device, Person
from programmes.door.choices import Excuse
from programmes.door.models import Absence, CheckIn, Settlement
from programmes.door.queries.absences import expected_of
from programmes.door.rules.absence import against_late_entry, against_not_kept, against_settling
from programmes.door.steps.settling import enter_late, held, lift, settlement_of, tell_settled, write_settlement
from programmes.planning.models import Session
from programmes.signup.models import Registration


@command
def settle(*, session: Session, by: Person, at: datetime) -> Settlement:
    """By staff, before it happens by itself; where nobody was checked in, they say first who came."""
    row = held(session.pk)
    refuse_if(against_settling(ends_at=row.ends_at, is_settled=settlement_of(row) is not None, at=at))
    if not _checked_in(row):
        raise Refused(
            Refusal(
                "not_kept",
                _("Nobody was checked in to this session."),
                _("Enter who came, or say that the door was not kept."),
            )
        )
    settlement = write_settlement(row, by=by, at=at)
    note("door.settled", subject=settlement, actor=by, values={"absent": settlement.absent})
    return settlement


@command
def settle_by_itself(*, session_id: int, at: datetime) -> bool:
    """False: somebody was quicker, or it turned out otherwise."""
    row = held(session_id)
    is_over = row.ends_at <= at and row.called_off_at is None
    if not is_over or settlement_of(row) is not None or not _checked_in(row):
        return False
    settlement = write_settlement(row, by=None, at=at)
    note("door.settled", subject=settlement, values={"absent": settlement.absent})
    return True


@command
def leave_unkept(*, session: Session, by: Person, at: datetime) -> Settlement:
    """Nobody stood at the door: nobody is counted absent."""
    row = held(session.pk)
    refuse_if(against_settling(ends_at=row.ends_at, is_settled=settlement_of(row) is not None, at=at))
    refuse_if(against_not_kept(_checked_in(row)))
    settlement = Settlement(session=row, settled_at=at, by=by, was_kept=False, expected=len(expected_of(row)))
    settlement.save(force_insert=True)
    tell_settled(settlement)
    note("door.not_kept", subject=settlement, actor=by)
    return settlement


@command
def excuse(*, registration: Registration, why: Excuse, words: str, by: Person, at: datetime) -> Absence:
    """Before it is settled or afterwards; said again, the last word counts."""
    row = held(registration.session_id)
    if CheckIn.objects.filter(seat__registration=registration, undone_at=None).exists():
        raise Refused(Refusal("came", _("This family was checked in."), _("There is nothing to excuse.")))
    absence = Absence.objects.filter(registration=registration).first() or Absence(
        registration=registration, session=row
    )
    counted = absence.counts
    absence.excused_at, absence.excused_by, absence.excuse, absence.note = at, by, why, words
    settlement = settlement_of(row)
    if absence.settled_at is None and settlement is not None:
        absence.settled_at = settlement.settled_at
    absence.save()
    if counted:
        lift(absence, why="excused")
    note("door.excused", subject=absence, actor=by)
    return absence


@command
def enter(
    *, session: Session, rows: Collection[Registration], reason: str, by: Person, device: Device | None, at: datetime
) -> int:
    """补签: how many people were entered. Of a settled session with a reason, and then nobody of them was absent."""
    row = held(session.pk)
    settlement = settlement_of(row)
    refuse_if(against_late_entry(is_settled=settlement is not None, reason=reason))
    came = 0
    for registration in rows:
        entered = enter_late(registration, by=by, device=device, at=at)
        if entered:
            note("door.entered_late", subject=registration, actor=by, values={"people": entered}, reason=reason)
            _came(registration, reason=reason, by=by, at=at)
        came += entered
    return came


@command
def lift_who_came(*, absence: Absence, at: datetime) -> bool:
    """A device without a network has told late that they were let in."""
    held(absence.session_id)
    row: Absence | None = Absence.objects.filter(pk=absence.pk, corrected_at=None).first()
    if row is None:
        return False
    _correct(row, reason="", by=None, at=at)
    return True


def _checked_in(session: Session) -> int:
    return CheckIn.objects.filter(session=session, undone_at=None).count()


def _came(registration: Registration, *, reason: str, by: Person, at: datetime) -> None:
    """An excuse of what is not settled yet is needed no more."""
    absence = Absence.objects.filter(registration=registration).first()
    if absence is None:
        return
    if absence.settled_at is None:
        absence.delete()
    elif absence.corrected_at is None:
        _correct(absence, reason=reason, by=by, at=at)


def _correct(absence: Absence, *, reason: str, by: Person | None, at: datetime) -> None:
    counted = absence.counts
    absence.corrected_at, absence.corrected_by, absence.correction = at, by, reason
    absence.save(update_fields=["corrected_at", "corrected_by", "correction"])
    if counted:
        lift(absence, why="came")
    note("door.absence_corrected", subject=absence, actor=by, reason=reason)
