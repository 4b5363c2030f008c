"""Devices are made for the desk, join it once, and are revoked."""

from datetime import datetime

from django.utils import timezone

from kit import ids, sealed
from kit.command import command
from kit.refusals import Refused
from networks.models import Area
from networks.models.scoping import current_network
from networks.steps.journal import note
from people.models import Person
from programmes.door.choices import Stay
from programmes.door.models import DeskDevice
from programmes.door.models.desk_device import JOIN_CODE
from programmes.door.queries.desk_devices import code_index, hash_of, of_code, state_of
from programmes.door.rules import desk_devices as rules
from programmes.planning.queries.session_table import midnight

SECRET_LENGTH, CODE_LENGTH = 32, 8


@command
def make_desk_device(*, name: str, area: Area, stay: Stay, by: Person, at: datetime) -> DeskDevice:
    """With its first code."""
    today = midnight(timezone.localtime(at).date())
    last = rules.ends_at(stay, midnight=today, at=at)
    row = DeskDevice(name=name, area=area, made_by=by, made_at=at, expires_at=last)
    _give_code(row, at=at)
    row.save(force_insert=True)
    note("door.device_made", subject=row, actor=by, values={"area": area.pk, "expires_at": row.expires_at})
    return row


@command
def new_code(*, desk_device: DeskDevice, by: Person, at: datetime) -> None:
    """For one that did not join in time; the code before it is no good any more."""
    row = DeskDevice.objects.select_for_update().get(pk=desk_device.pk)
    if row.joined_at is not None or row.revoked_at is not None or at >= row.expires_at:
        raise Refused(rules.joins_no_more())
    _give_code(row, at=at)
    row.save(update_fields=["code_hash", "code_sealed", "code_until"])
    note("door.device_code_made", subject=row, actor=by)


@command
def join(*, code: str, at: datetime) -> tuple[DeskDevice, str]:
    """The device, and the secret that its cookie keeps. Of two who press at once, one finds the code good."""
    row, secret = of_code(code), ids.random_code(SECRET_LENGTH)
    refusal = rules.against_joining(state_of(row, at=at) if row is not None else None)
    if row is None or refusal is not None or not use_code(row, secret=secret, at=at):
        raise Refused(refusal or rules.join_code_gone())
    note("door.device_joined", subject=row)
    return row, secret


def use_code(row: DeskDevice, *, secret: str, at: datetime) -> bool:
    still_good = DeskDevice.objects.filter(
        pk=row.pk, code_hash=row.code_hash, joined_at=None, revoked_at=None, code_until__gt=at
    )
    joined = still_good.update(
        joined_at=at, last_seen_at=at, secret_hash=hash_of(secret), code_hash=None, code_sealed=""
    )
    return joined == 1


@command
def revoke(*, desk_device: DeskDevice, by: Person, at: datetime) -> None:
    """Twice is once."""
    live = DeskDevice.objects.filter(pk=desk_device.pk, revoked_at=None)
    if live.update(revoked_at=at, revoked_by=by, code_hash=None, code_sealed=""):
        note("door.device_revoked", subject=desk_device, actor=by)


@command
def mark_seen(*, desk_device: DeskDevice, at: datetime) -> None:
    rows = DeskDevice.objects.filter(pk=desk_device.pk).exclude(last_seen_at__gt=at - rules.SEEN_EVERY)
    rows.update(last_seen_at=at)


def _give_code(row: DeskDevice, *, at: datetime) -> None:
    network, code = current_network(), ids.random_code(CODE_LENGTH)
    row.code_hash = code_index(code, network=network)
    row.code_sealed = sealed.seal(code, network_code=network.code, purpose=JOIN_CODE)
    row.code_until = at + rules.CODE_LIFE
