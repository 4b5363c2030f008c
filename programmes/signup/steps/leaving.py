"""Families and children go, and their places are free again. Counts of what is over stay."""

from collections.abc import Sequence
from datetime import datetime

from kit.command import step
from programmes.signup.choices import Ending
from programmes.signup.models import Registration, Seat
from programmes.signup.steps.ending import end_registration
from programmes.signup.steps.freeing import shrink
from programmes.signup.steps.places import lock_places


@step
def end_childrens_seats(seats: Sequence[Seat], *, at: datetime) -> None:
    """In the order of their sessions. A registration without a child, or without a place, ends."""
    for seat in seats:
        row = _locked(seat.session_id, seat.registration_id)
        Seat.objects.filter(pk=seat.pk).update(ended_at=at)
        others = Seat.objects.filter(registration=row, ended_at=None).count() > row.adults
        if others and row.counted > 1:
            shrink(row, row.counted - 1, at=at)
        else:
            end_registration(row, ending=Ending.ERASED, at=at)


@step
def end_registrations(rows: Sequence[Registration], *, at: datetime) -> None:
    """In the order of their sessions."""
    for found in rows:
        row = _locked(found.session_id, found.pk)
        if row.ended_at is None:
            end_registration(row, ending=Ending.ERASED, at=at)


def _locked(session_id: int, registration_id: int) -> Registration:
    lock_places(session_id)
    row: Registration = Registration.objects.select_for_update().get(pk=registration_id)
    return row
