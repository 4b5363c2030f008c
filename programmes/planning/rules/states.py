"""How a session stands."""

from datetime import datetime

from programmes.planning.choices import SessionState
from programmes.planning.models import Session


def state_of(session: Session, *, at: datetime) -> SessionState:
    """Called off comes before over: whoever looks back wants to know that it never was."""
    if session.called_off_at is not None:
        return SessionState.CALLED_OFF
    if session.ends_at <= at:
        return SessionState.OVER
    return SessionState.DRAFT if session.published_at is None else SessionState.PUBLIC
