"""Whether somebody may be added to a party at the door."""

from django.utils.translation import gettext_lazy as _

from kit.refusals import Refusal
from programmes.door.choices import Outcome


def against_adding(outcome: str) -> Refusal | None:
    """`outcome`: what the door would answer to the party now, came it for the first time."""
    if outcome == Outcome.ADMITTED:
        return None
    return Refusal(
        "not_let_in",
        _("Nobody can be added to this registration now."),
        _("It has to be for this session, with a place for certain, while the door is open."),
    )
