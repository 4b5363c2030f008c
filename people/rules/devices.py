"""A keeper's phone: confirmed once by the district, revocable, good for 90 days."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from kit.refusals import Refusal
from people.choices import DeviceState

LIFE = timedelta(days=90)


def state_of(
    *, confirmed_at: datetime | None, refused_at: datetime | None, revoked_at: datetime | None, at: datetime
) -> DeviceState:
    if revoked_at is not None:
        return DeviceState.REVOKED
    if refused_at is not None:
        return DeviceState.REFUSED
    if confirmed_at is None:
        return DeviceState.ASKED
    return DeviceState.CONFIRMED if at < confirmed_at + LIFE else DeviceState.EXPIRED


def against_answering(state: DeviceState) -> Iterator[Refusal]:
    if state != DeviceState.ASKED:
        yield Refusal(
            "answered_already", _("This phone has been answered already."), _("The list shows how it stands now.")
        )


def against_revoking(state: DeviceState) -> Iterator[Refusal]:
    if state != DeviceState.CONFIRMED:
        yield Refusal("not_in_use", _("This phone is not in use."), _("There is nothing to revoke."))
