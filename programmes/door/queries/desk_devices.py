"""Devices that let families in and are nobody's account."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from django.db.models import Count, F, Q, QuerySet

from kit import sealed
from networks.models import Network
from networks.models.scoping import current_network
from people.queries.workplace import within
from programmes.door.choices import DeskDeviceState, Outcome
from programmes.door.models import DeskDevice
from programmes.door.models.desk_device import JOIN_CODE
from programmes.door.rules import desk_devices as rules


def hash_of(secret: str) -> bytes:
    return sha256(secret.encode()).digest()


def desk_device_of(secret: str) -> DeskDevice | None:
    """Whose cookie is at hand, whatever its state."""
    if not secret:
        return None
    rows = DeskDevice.objects.select_related("area")
    row: DeskDevice | None = rows.filter(secret_hash=hash_of(secret)).first()
    return row


def of_code(code: str) -> DeskDevice | None:
    """For which a join code was made, whatever its state."""
    row: DeskDevice | None = (
        DeskDevice.objects.select_related("area").filter(code_hash=code_index(code, network=current_network())).first()
    )
    return row


def code_index(code: str, *, network: Network) -> bytes:
    """So short a code would be found by its bare hash."""
    return sealed.blind_index(code, network_code=network.code, purpose=JOIN_CODE)


def code_of(row: DeskDevice) -> str:
    """To be shown again, while it is good."""
    return sealed.unseal(row.code_sealed, network_code=current_network().code, purpose=JOIN_CODE)


def desk_devices_within(paths: Iterable[str]) -> "QuerySet[DeskDevice]":
    """Those that are good come first; with how many families each let in."""
    rows: QuerySet[DeskDevice] = DeskDevice.objects.filter(within("area__path", tuple(paths)))
    admitted = Count("scans", filter=Q(scans__outcome=Outcome.ADMITTED))
    return (
        rows.select_related("area", "made_by")
        .annotate(admitted=admitted)
        .order_by(F("revoked_at").asc(nulls_first=True), "-expires_at", "-pk")
    )


def state_of(row: DeskDevice, *, at: datetime) -> DeskDeviceState:
    return rules.state_of(
        joined_at=row.joined_at,
        code_until=row.code_until,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
        at=at,
    )
