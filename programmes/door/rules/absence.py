"""When it is settled who did not come, and what speaks against changing it."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from kit.refusals import Refusal

GRACE_HOURS = 24
# Doors that were not kept wait so long for somebody to say who came; the list shows them for good.
WAITS_DAYS = 60


def grace(rules: Mapping[str, Any]) -> timedelta:
    """`rules`: of the network."""
    return timedelta(hours=rules.get("absence_hours", GRACE_HOURS))


def against_settling(*, ends_at: datetime, is_settled: bool, at: datetime) -> Iterator[Refusal]:
    if is_settled:
        yield Refusal("settled", _("This session is settled already."), _("The page shows how it stands now."))
    if at < ends_at:
        yield Refusal("goes_on", _("The session is not over yet."), _("Settle it afterwards."))


def against_late_entry(*, is_settled: bool, reason: str) -> Iterator[Refusal]:
    if is_settled and not reason:
        yield Refusal("no_reason", _("The session is settled."), _("Please say why it is corrected."), field="reason")


def against_not_kept(checked_in: int) -> Iterator[Refusal]:
    if checked_in:
        yield Refusal(
            "was_kept",
            _("Somebody was checked in, so the door was kept."),
            _("Enter who came as well; the others count as absent."),
        )
