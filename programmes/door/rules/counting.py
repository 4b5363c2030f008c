"""When heads may be counted, on which day of a session they count, and what a correction needs."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kit.refusals import Refusal
from programmes.door.rules.outcomes import opens_at
from programmes.planning.models import Session

DAYS_AFTER = 7


def first_and_last(session: Session) -> tuple[date, date]:
    """Its days in the network's own time; most sessions have one."""
    return timezone.localtime(session.starts_at).date(), timezone.localtime(session.ends_at).date()


def days_of(session: Session) -> list[date]:
    first, last = first_and_last(session)
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def day_of(session: Session, at: datetime) -> date:
    """The day on which a head counts that was seen at this moment: who clears up after midnight counts for the evening."""
    first, last = first_and_last(session)
    return max(first, min(last, timezone.localtime(at).date()))


def against_counting(session: Session, rules: Mapping[str, Any], *, at: datetime) -> Iterator[Refusal]:
    """`rules`: of the network."""
    if session.called_off_at is not None:
        yield Refusal("called_off", _("This session is called off; nobody is counted."))
        return
    if at < opens_at(session.starts_at, rules):
        yield Refusal("too_early", _("Counting begins when the door opens."))
    days = rules.get("count_days_after", DAYS_AFTER)
    if at > session.ends_at + timedelta(days=days):
        text = ngettext(
            "Numbers are taken until %(days)s day after the session.",
            "Numbers are taken until %(days)s days after the session.",
            days,
        )
        yield Refusal("too_late", text % {"days": days})


def against_correcting(was: tuple[int, int], now: tuple[int, int], found: tuple[int, int]) -> Iterator[Refusal]:
    """`was`: the sums that the page showed, `found`: those that stand; each grown-ups and children."""
    if found != was:
        yield Refusal(
            "counted_meanwhile",
            _("Others have counted meanwhile: %(adults)s grown-ups and %(children)s children now.")
            % {"adults": found[0], "children": found[1]},
            _("Look at the new numbers, and correct them if they are still wrong."),
        )
    elif now == was:
        yield Refusal("nothing_changed", _("These are the numbers that stand already."))
