"""Sign-ups that the library says yes or no to: when one asks, and what speaks against an answer."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kit.refusals import Refusal
from programmes.planning.models import Session
from programmes.signup.choices import State
from programmes.signup.models import Registration, Terms


def with_a_place(terms: Terms | None, *, is_approved: bool = False) -> State:
    """How a family stands once it has its places. What was approved while it waited needs no second yes."""
    return State.ASKED if terms is not None and terms.approval and not is_approved else State.HOLDS


def asks_again(row: Registration, terms: Terms | None, *, is_more: bool) -> bool:
    """A child who joins was not looked at yet; whoever leaves changes nothing of the yes."""
    return is_more and row.approved_at is not None and terms is not None and terms.approval


def against_answer(session: Session, *, found: int, at: datetime) -> Iterator[Refusal]:
    """To families who ask. It can be given to the end, also at the door."""
    if session.called_off_at is not None:
        yield Refusal("called_off", _("This session has been called off."), _("Its families have been told."))
    elif at >= session.ends_at:
        yield Refusal("over", _("This session is over."), _("Nobody waits for an answer any more."))
    elif not found:
        yield Refusal(
            "nobody_chosen", _("No family is chosen."), _("Tick those that you answer."), field="registrations"
        )


def against_no(reason: str) -> Iterator[Refusal]:
    if not reason.strip():
        yield Refusal("reason_needed", _("The family reads why."), _("Please write it in a few words."), field="reason")


def against_yes_past_limit(families: int, *, reason: str) -> Iterator[Refusal]:
    """So many of those who are approved come more often than the activity allows."""
    if families and not reason.strip():
        text = ngettext(
            "%(n)s of the families ticked comes more often than this activity allows.",
            "%(n)s of the families ticked come more often than this activity allows.",
            families,
        )
        yield Refusal("reason_needed", text % {"n": families}, _("Write why, or leave it out."), field="passing")
