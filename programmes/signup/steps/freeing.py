"""Places become free: by a cancellation, a smaller party, an invitation that ran out."""

from datetime import datetime

from kit.command import step
from programmes.signup.models import Registration
from programmes.signup.steps.inviting import invite_who_fit
from programmes.signup.steps.places import give_back_places


@step
def free_places(session_id: int, freed: int, *, at: datetime) -> None:
    """The session's count is locked already. Whoever waits and fits is invited before anybody else can ask."""
    give_back_places(session_id, freed)
    invite_who_fit(session_id, at=at)


@step
def shrink(row: Registration, counted: int, *, at: datetime) -> None:
    """A party that became smaller gives places back; one that waits may fit now."""
    freed, row.counted, row.changed_at = row.counted - counted, counted, at
    row.save(update_fields=["counted", "changed_at"])
    if row.holds_places:
        free_places(row.session_id, freed, at=at)
    elif row.is_waiting:
        invite_who_fit(row.session_id, at=at)
