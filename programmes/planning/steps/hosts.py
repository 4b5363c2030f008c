"""Hosts with their hours and telephone."""

from collections.abc import Iterable

from kit import sealed
from kit.command import step
from networks.models import Network
from programmes.planning.models import Host, HostHours
from programmes.planning.rules.telephones import HOST_PHONE
from venues.rules.hours import Span

BATCH = 500


@step
def set_phone(host: Host, phone: str, *, network: Network) -> None:
    """Leaves the saving to the caller; no number is kept as none."""
    host.phone_sealed = sealed.seal(phone, network_code=network.code, purpose=HOST_PHONE) if phone else ""


@step
def write_hours(host: Host, week: Iterable[Span]) -> None:
    """In place of the hours that were."""
    HostHours.objects.filter(host=host).delete()
    HostHours.objects.bulk_create(
        HostHours(host=host, weekday=weekday, from_minute=first, until_minute=last) for weekday, first, last in week
    )


@step
def seal_phones_anew(network: Network) -> int:
    """A batch of those under an older key or cipher."""
    older = Host.objects.select_for_update().exclude(phone_sealed="").exclude(phone_sealed__startswith=sealed.newest())
    rows = list(older.order_by("pk")[:BATCH])
    for row in rows:
        row.phone_sealed = sealed.sealed_anew(row.phone_sealed, network_code=network.code, purpose=HOST_PHONE)
    Host.objects.bulk_update(rows, ["phone_sealed"])
    return len(rows)
