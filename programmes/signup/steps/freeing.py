"""Places become free: by a cancellation, a smaller party, an invitation that ran out, a place more."""

from datetime import datetime

from kit.command import step
from programmes.signup.steps.places import give_back_places


@step
def free_places(session_id: int, freed: int, *, at: datetime) -> None:  # noqa: ARG001 - whoever waits is asked then
    """The session's count is locked already."""
    give_back_places(session_id, freed)
