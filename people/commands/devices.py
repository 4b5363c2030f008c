"""A keeper's phone is asked for, confirmed or refused by the district, and revoked."""

from datetime import datetime

from kit.command import command
from kit.refusals import refuse_if
from networks.steps.journal import note
from networks.steps.outbox import post, post_each
from people.choices import DeviceState
from people.messages import DEVICE_ANSWERED, DEVICE_ASKED, DEVICE_RUNS_OUT
from people.models import Device, Person
from people.queries.devices import devices_running_out, state_of
from people.rules import devices as rules


@command
def ask_for_device(*, device: Device, at: datetime) -> Device:
    """Asks once; asks anew when the last answer no longer holds."""
    row = _locked(device)
    if state_of(row, at=at) in {DeviceState.ASKED, DeviceState.CONFIRMED}:
        return row
    row.asked_at, row.confirmed_at, row.refused_at, row.revoked_at, row.answered_by = at, None, None, None, None
    row.save(update_fields=["asked_at", "confirmed_at", "refused_at", "revoked_at", "answered_by"])
    note("people.device_asked", subject=row, actor=row.person_id)
    post(DEVICE_ASKED, payload={"device": row.pk}, dedupe_key=f"{row.pk}:{at.isoformat()}")
    return row


@command
def confirm_device(*, device: Device, by: Person, at: datetime) -> None:
    _answer(_locked(device), "confirmed", by=by, at=at)


@command
def refuse_device(*, device: Device, by: Person, at: datetime) -> None:
    _answer(_locked(device), "refused", by=by, at=at)


@command
def revoke_device(*, device: Device, by: Person, at: datetime) -> None:
    row = _locked(device)
    state = state_of(row, at=at)
    refuse_if(rules.against_revoking(state or DeviceState.REVOKED))
    row.revoked_at = at
    row.save(update_fields=["revoked_at"])
    note("people.device_revoked", subject=row, actor=by)


@command
def take_back_revoking(*, device: Device, by: Person, at: datetime) -> None:
    """Undo: the confirmation holds on for what is left of its days."""
    row = _locked(device)
    refuse_if(rules.against_taking_back(revoked_at=row.revoked_at, at=at))
    row.revoked_at = None
    row.save(update_fields=["revoked_at"])
    note("people.device_revoking_undone", subject=row, actor=by)


@command
def renew_device(*, device: Device, by: Person, at: datetime) -> None:
    """Another 90 days, without the keeper having to ask."""
    row = _locked(device)
    is_soon = rules.runs_out_soon(row.confirmed_at, at=at)
    refuse_if(rules.against_renewing(state_of(row, at=at) or DeviceState.REVOKED, is_soon=is_soon))
    row.confirmed_at, row.answered_by = at, by
    row.save(update_fields=["confirmed_at", "answered_by"])
    note("people.device_renewed", subject=row, actor=by)


@command
def remind_of_devices(*, at: datetime) -> int:
    """Keepers whose phone runs out within two weeks: once for each confirmation, in the open scope's network."""
    rows = list(devices_running_out(at=at))
    post_each(
        DEVICE_RUNS_OUT,
        lines=[({"device": row.pk}, f"{row.pk}:{row.confirmed_at.isoformat()}") for row in rows if row.confirmed_at],
    )
    return len(rows)


def _answer(row: Device, answer: str, *, by: Person, at: datetime) -> None:
    refuse_if(rules.against_answering(state_of(row, at=at) or DeviceState.REVOKED))
    setattr(row, f"{answer}_at", at)
    row.answered_by = by
    row.save(update_fields=[f"{answer}_at", "answered_by"])
    note(f"people.device_{answer}", subject=row, actor=by)
    post(DEVICE_ANSWERED, payload={"device": row.pk, "answer": answer}, dedupe_key=f"{row.pk}:{at.isoformat()}")


def _locked(device: Device) -> Device:
    row: Device = Device.objects.select_for_update().get(pk=device.pk)
    return row
