"""Staff say yes or no to families who asked for a place, one or many of a session at once."""

from collections.abc import Collection
from datetime import date, datetime
from zoneinfo import ZoneInfo

from kit.command import command
from kit.refusals import refuse_if
from networks.steps.journal import note, note_each
from networks.steps.outbox import post_each
from people.models import Person
from programmes.planning.models import Session
from programmes.signup.choices import Ending, State
from programmes.signup.messages import APPROVAL_DUE, APPROVED, ENDED
from programmes.signup.models import Registration
from programmes.signup.queries.approvals import sessions_that_ask
from programmes.signup.queries.caps import over_caps
from programmes.signup.rules.approval import against_answer, against_no, against_yes_past_limit
from programmes.signup.steps.approving import asking_of
from programmes.signup.steps.ending import end_registration


@command
def approve(
    *, session: Session, codes: Collection[str], passing: str = "", by: Person, at: datetime
) -> list[Registration]:
    """Those who were answered by somebody else meanwhile, or have cancelled, stay as they are. `passing`: why families who
    are past a limit come all the same.
    """
    refuse_if(against_answer(session, found=len(codes), at=at))
    rows = asking_of(session, codes)
    over = over_caps(session, rows)
    refuse_if(against_yes_past_limit(len(over), reason=passing))
    for row in rows:
        row.approved_at = at
        if row.state == State.ASKED:
            row.state = State.HOLDS
    Registration.objects.bulk_update(rows, ["approved_at", "state"])
    note_each("signup.approved", subjects=rows, actor=by, values=lambda row: {"places": row.counted})
    for row in rows:
        if row.pk in over:
            note("signup.limit_passed", subject=row, actor=by, reason=passing.strip())
    # Once for each yes: who joined later asks again.
    post_each(APPROVED, lines=[({"registration": row.pk}, f"{row.pk}:{at.isoformat()}") for row in rows])
    return rows


@command
def turn_down(*, session: Session, codes: Collection[str], reason: str, by: Person, at: datetime) -> list[Registration]:
    """With a reason that the families read; their places are free again."""
    refuse_if(against_answer(session, found=len(codes), at=at))
    refuse_if(against_no(reason))
    # Those in line first: nobody is invited who hears a no.
    rows = sorted(asking_of(session, codes), key=lambda row: not row.is_waiting)
    for row in rows:
        end_registration(row, ending=Ending.REFUSED, reason=reason.strip(), by=by, at=at)
    post_each(ENDED, lines=[({"registration": row.pk, "by": by.pk}, f"{row.pk}") for row in rows])
    return rows


@command
def remind_of_approvals(*, today: date, zone: ZoneInfo) -> None:
    """The day before a session, where somebody still waits for an answer."""
    due = sessions_that_ask(today, zone)
    post_each(APPROVAL_DUE, lines=[({"session": session.pk}, f"{session.pk}:{today}") for session in due])
