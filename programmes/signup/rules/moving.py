"""A family goes to another session: what speaks against it, and what it may do after one was moved."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from kit.refusals import Refusal
from programmes.planning.models import Session
from programmes.signup.choices import Way
from programmes.signup.models import Registration, Terms


def against_move(
    row: Registration, target: Session, terms: Terms | None, *, reason: str, at: datetime
) -> Iterator[Refusal]:
    """By staff. Times of sign-up do not bind them, places do."""
    if row.ended_at is not None:
        yield Refusal("ended", _("This registration has been cancelled already."), _("There is nothing more to do."))
        return
    if target.pk == row.session_id:
        yield Refusal("same_session", _("The family is in this very session."), field="session")
    elif target.called_off_at is not None or target.published_at is None or target.ends_at <= at:
        yield Refusal(
            "not_open", _("Nobody can come to this session any more."), _("Please choose another."), field="session"
        )
    elif terms is None or terms.way == Way.FREE:
        yield Refusal(
            "no_sign_up", _("Nobody signs up for this session here."), _("Please choose another."), field="session"
        )
    if not reason.strip():
        yield Refusal("reason_needed", _("The family reads why."), _("Please write it in a few words."), field="reason")


def no_room(left: int) -> Refusal:
    if not left:
        text = _("All places of that session are taken, or others wait for them.")
    else:
        text = _("That session has not so many places left.")
    return Refusal("full", text, _("Please choose another."), field="session")


def in_it_already() -> Refusal:
    return Refusal(
        "registered_already",
        _("The family, or one of the children, is signed up for that session already."),
        _("Cancel this registration instead, or choose another session."),
        field="session",
    )


def may_leave_freely(row: Registration) -> bool:
    """The session was moved after the family had signed up, or staff moved the family: no time of cancelling binds it."""
    moved = row.session.moved_at
    return row.follows_id is not None or (moved is not None and row.made_at < moved)
