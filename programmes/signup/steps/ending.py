"""A registration ends. The session's count is locked already, and the registration after it."""

from datetime import datetime

from kit.command import step
from networks.steps.journal import note
from people.models import Person
from programmes.signup.choices import Ending
from programmes.signup.models import Registration
from programmes.signup.steps.freeing import free_places
from programmes.signup.steps.places import count_waiting
from programmes.signup.steps.seats import end_seats


@step
def end_registration(
    row: Registration, *, ending: Ending, at: datetime, reason: str = "", by: Person | None = None
) -> None:
    held, waited = row.holds_places, row.is_waiting
    row.ended_at, row.ending, row.end_reason = max(at, row.made_at), ending, reason
    row.save(update_fields=["ended_at", "ending", "end_reason"])
    end_seats(row, at=row.ended_at)
    if held:
        free_places(row.session_id, row.counted, at=at)
    if waited:
        count_waiting(row.session_id, -1)
    note("signup.registration_ended", subject=row, actor=by, values={"ending": ending, "places": row.counted})
