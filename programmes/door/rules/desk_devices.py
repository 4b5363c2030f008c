"""签到设备: how long one is good for, and in what state it is."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from kit.refusals import Refusal
from programmes.door.choices import DeskDeviceState, Stay

CODE_LIFE = timedelta(minutes=10)
# So long after its end it may bring back what it answered without a network; revoked, not at all.
HEARD_FOR = timedelta(days=3)
# Its last sign of life is written down no more often.
SEEN_EVERY = timedelta(minutes=1)
_DAYS = {Stay.TONIGHT: 1, Stay.THREE_DAYS: 3, Stay.MONTH: 30}


def ends_at(stay: Stay, *, midnight: datetime, at: datetime) -> datetime:
    """`at`: when it is made, `midnight`: with which that day began. It ends with the last minute of the last of its days, and not
    before its first code does.
    """
    return max(midnight + timedelta(days=_DAYS[stay], minutes=-1), at + CODE_LIFE)


def state_of(
    *, joined_at: datetime | None, code_until: datetime, expires_at: datetime, revoked_at: datetime | None, at: datetime
) -> DeskDeviceState:
    if revoked_at is not None:
        return DeskDeviceState.REVOKED
    if at >= expires_at:
        return DeskDeviceState.EXPIRED
    if joined_at is not None:
        return DeskDeviceState.JOINED
    return DeskDeviceState.WAITS if at < code_until else DeskDeviceState.CODE_EXPIRED


def against_joining(state: DeskDeviceState | None) -> Refusal | None:
    """`state`: of the device that the code was made for; None: of none."""
    return None if state == DeskDeviceState.WAITS else join_code_gone()


def join_code_gone() -> Refusal:
    return Refusal(
        "join_code_gone",
        _("This code does not work: it was used already, or its ten minutes are over, or it is mistyped."),
        _("Ask the member of staff for a new one."),
    )


def joins_no_more() -> Refusal:
    return Refusal("joins_no_more", _("This device has joined already, or its time is over."))
