"""A session's waiting list is brought up to date. The session's count is locked."""

from datetime import datetime

from kit.command import step
from networks.steps.journal import note
from networks.steps.outbox import post
from programmes.planning.models import Session
from programmes.signup.choices import Ending, State
from programmes.signup.messages import ENDED
from programmes.signup.models import Registration
from programmes.signup.rules.invitations import LEAST, MARGIN
from programmes.signup.steps.ending import end_registration
from programmes.signup.steps.inviting import answer_time, in_line, invite_who_fit, tell_invited
from programmes.signup.steps.places import count_waiting, give_back_places


@step
def tend_list(session_id: int, *, at: datetime) -> None:
    """Invitations that ran out end, whoever fits is invited, and where the session is too near the list closes. Done
    twice it is done once.
    """
    session = Session.objects.select_related("activity__signup_terms").get(pk=session_id)
    invited = list(Registration.objects.filter(session=session, ended_at=None, state=State.INVITED).order_by("pk"))
    if session.called_off_at is not None:
        for row in invited:
            _back_in_line(row)
        return
    for row in invited:
        if row.invited_until is not None and row.invited_until <= at:
            end_waiting(row, ending=Ending.EXPIRED, at=at)
        elif row.invited_until is not None and row.invited_until > session.starts_at - MARGIN:
            _ask_sooner(row, session, at=at)
    if answer_time(session, at=at) is None:
        for row in in_line(session_id):
            end_waiting(row, ending=Ending.NO_TURN, at=at)
    else:
        invite_who_fit(session_id, at=at)


@step
def end_waiting(row: Registration, *, ending: Ending, at: datetime) -> None:
    """By the course of things, not by anybody."""
    end_registration(row, ending=ending, at=at)
    post(ENDED, payload={"registration": row.pk, "by": None}, dedupe_key=f"{row.pk}")


def _back_in_line(row: Registration) -> None:
    """The session was called off; should it take place after all, they are the first to be asked."""
    row.state, row.invited_until = State.WAITS, None
    row.save(update_fields=["state", "invited_until"])
    give_back_places(row.session_id, row.counted)
    count_waiting(row.session_id, 1)
    note("signup.invitation_taken_back", subject=row, values={"places": row.counted})


def _ask_sooner(row: Registration, session: Session, *, at: datetime) -> None:
    """The session was moved to an earlier time."""
    sooner = answer_time(session, at=at) or max(session.starts_at - MARGIN, at + LEAST)
    if row.invited_until is None or sooner >= row.invited_until:
        return
    row.invited_until = sooner
    row.save(update_fields=["invited_until"])
    note("signup.invited", subject=row, values={"places": row.counted, "invited_until": sooner})
    tell_invited([row])
