"""How somebody wants to be told, and when: what may be switched off, and what waits for the morning."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils.translation import gettext_lazy as _

from kit.refusals import Refusal
from notifications.choices import Channel, Need

QUIET_FROM, QUIET_UNTIL = time(21, 30), time(8)
# What takes place so soon after the night goes out in the night: in the morning it would be too late.
SOON_AFTER = timedelta(hours=2)


@dataclass(frozen=True)
class Wishes:
    """What holds for everybody who has not said otherwise."""

    suggestions: bool = True
    by_sms: bool = True
    by_email: bool = True
    is_quiet: bool = True
    quiet_from: time = QUIET_FROM
    quiet_until: time = QUIET_UNTIL


USUAL = Wishes()


def is_told(wishes: Wishes, need: Need) -> bool:
    return need is not Need.SUGGESTION or wishes.suggestions


def goes_over(wishes: Wishes, need: Need, channel: Channel) -> bool:
    """Necessary messages go over every channel that there is."""
    if need is Need.NECESSARY or channel is Channel.INBOX:
        return True
    return wishes.by_sms if channel is Channel.SMS else wishes.by_email


def morning_after(at: datetime, wishes: Wishes) -> datetime | None:
    """The end of the quiet hours that an instant falls into; none by day. `at` is in the library's zone."""
    if not wishes.is_quiet:
        return None
    begins, ends, now = wishes.quiet_from, wishes.quiet_until, at.time()
    over_midnight = begins > ends
    if not (now >= begins or now < ends if over_midnight else begins <= now < ends):
        return None
    day = at.date() + timedelta(days=1) if over_midnight and now >= begins else at.date()
    return datetime.combine(day, ends, at.tzinfo)


def due_at(
    at: datetime, wishes: Wishes, *, about: datetime | None, expires_at: datetime | None, is_urgent: bool
) -> datetime | None:
    """When it may go out, if not at once."""
    morning = morning_after(at, wishes)
    if morning is None or is_urgent:
        return None
    if expires_at is not None and expires_at <= morning:
        return None
    return None if about is not None and about < morning + SOON_AFTER else morning


def against_wishes(wishes: Wishes) -> Iterator[Refusal]:
    if wishes.is_quiet and wishes.quiet_from == wishes.quiet_until:
        yield Refusal(
            "no_hours",
            _("Quiet hours cannot begin and end at the same time."),
            _("Choose two times, or switch them off."),
            field="quiet_until",
        )
