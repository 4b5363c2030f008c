"""Which network a host name belongs to. Asked before any scope is open."""

from django.conf import settings

from kit.prepared import asked, said_as
from kit.rows import columns, made
from networks.models import Network, NetworkHost
from networks.models.scoping import OF_NO_NETWORK

_OF_HOST = f"""SELECT {columns(Network, "network")} FROM networks_networkhost AS host
JOIN networks_network AS network ON network.id = host.network_id WHERE host.host = %s"""  # noqa: S608 - of names of columns
OF_NO_NETWORK.update(said_as(_OF_HOST))


def network_of(host: str) -> Network | None:
    """`host` without its port, in small letters."""
    row = asked(_OF_HOST, [host])
    return made(Network, iter(row)) if row is not None else None


def address_of(network: Network) -> str:
    """How links in messages begin. The demo speaks to this machine, without a certificate."""
    row = NetworkHost.objects.filter(network=network).order_by("-is_primary", "pk").first()
    host = row.host if row else ""
    return f"http://{host}:{settings.PORT}" if settings.IS_DEMO else f"https://{host}"
