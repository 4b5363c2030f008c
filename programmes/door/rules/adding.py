"""Whether somebody may be added to a party at the door, and taken back."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from kit.refusals import Refusal
from programmes.door.choices import Outcome, Way


def against_adding(outcome: str) -> Refusal | None:
    """`outcome`: what the door would answer to the party now, came it for the first time."""
    if outcome == Outcome.ADMITTED:
        return None
    return Refusal(
        "not_let_in",
        _("Nobody can be added to this registration now."),
        _("It has to be for this session, with a place for certain, while the door is open."),
    )


def against_taking_back(way: Way | None) -> Iterator[Refusal]:
    """`way`: by which somebody without a name was added here. Who was signed up is unticked instead, so that one sees who
    stayed at home.
    """
    if way is None:
        yield Refusal(
            "not_added_here", _("Only who was counted at the door can be taken back."), _("Take the tick away instead.")
        )
