"""A keeper's phone: confirmed once by the district, revocable, good for 90 days."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from kit.refusals import Refusal
from people.choices import DeviceState

LIFE = timedelta(days=90)
# From here on the keeper is reminded, and the district may confirm anew.
SOON = timedelta(days=14)
TAKE_BACK_WITHIN = timedelta(minutes=30)


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


def runs_out_soon(confirmed_at: datetime | None, *, at: datetime) -> bool:
    return confirmed_at is not None and confirmed_at + LIFE - SOON <= at < confirmed_at + LIFE


def against_renewing(state: DeviceState, *, is_soon: bool) -> Iterator[Refusal]:
    if state != DeviceState.CONFIRMED:
        yield Refusal("not_in_use", _("This phone is not in use."), _("The keeper has to ask for it."))
    elif not is_soon:
        yield Refusal("too_early", _("This phone is good for more than two weeks yet."))


def against_taking_back(*, revoked_at: datetime | None, at: datetime) -> Iterator[Refusal]:
    if revoked_at is None:
        yield Refusal("in_use", _("This phone is in use."))
    elif at > revoked_at + TAKE_BACK_WITHIN:
        yield Refusal("too_late", _("It was revoked too long ago."), _("The keeper can ask for it anew."))
