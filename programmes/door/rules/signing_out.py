"""Who may be signed out how, and when a child that nobody fetched becomes a matter of alarm."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from kit.refusals import Refusal
from programmes.door.choices import LeftHow

ALARM_MINUTES = 15
# Until so long afterwards somebody is looked for; then the morning has come and everybody knows.
LOOKED_FOR = timedelta(hours=12)


def alarm_after(rules: Mapping[str, Any]) -> timedelta:
    """`rules`: of the network."""
    return timedelta(minutes=rules.get("not_fetched_minutes", ALARM_MINUTES))


def against_signing_out(
    how: LeftHow, *, note: str, chosen: Collection[int], here: Collection[int], alone: Collection[int], hands_over: bool
) -> Iterator[Refusal]:
    """Seats: those that were chosen, those that are here, those of children who may go alone."""
    if not chosen:
        yield Refusal("nobody", _("Nobody is chosen yet."))
    elif set(chosen) - set(here):
        yield Refusal("not_here", _("Somebody of them is not here, or has been signed out already."))
    if how == LeftHow.OTHER and not note:
        yield Refusal(
            "who_is_it", _("Please write down who fetches."), _("Look at an ID, and call the family if in doubt.")
        )
    if how == LeftHow.ALONE and set(chosen) - set(alone):
        yield Refusal("not_alone", _("No guardian has said that this child may go alone."))
    if how == LeftHow.SCAN and hands_over:
        yield Refusal("by_whom", _("Here each child is fetched: please choose by whom."))


def is_looked_for(ends_at: datetime, rules: Mapping[str, Any], *, at: datetime) -> bool:
    return ends_at + alarm_after(rules) <= at < ends_at + LOOKED_FOR
