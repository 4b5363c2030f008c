"""Which network a host name belongs to. Asked before any scope is open."""

import time
from collections.abc import Sequence
from typing import Any

from django.conf import settings

from kit.prepared import asked, said_as
from kit.rows import columns, made
from networks.models import Network, NetworkHost
from networks.models.scoping import OF_NO_NETWORK

_OF_HOST = f"""SELECT {columns(Network, "network")} FROM networks_networkhost AS host
JOIN networks_network AS network ON network.id = host.network_id WHERE host.host = %s"""  # noqa: S608 - of names of columns
OF_NO_NETWORK.update(said_as(_OF_HOST))


# What hosts of networks said, as it came from the database, and until when it is believed; others are asked each time.
_known: dict[str, tuple[float, Sequence[Any]]] = {}


def network_of(host: str) -> Network | None:
    """`host` without its port, in small letters. Whoever asks has a Network of its own."""
    until, row = _known.get(host, (0.0, None))
    if row is None or until < time.monotonic():
        row = asked(_OF_HOST, [host])
        if row is None:
            return None
        if settings.RUSH_SECONDS:
            _known[host] = (time.monotonic() + settings.RUSH_SECONDS, row)
    return made(Network, iter(row))


def address_of(network: Network) -> str:
    """How links in messages begin. The demo speaks to this machine, without a certificate."""
    row = NetworkHost.objects.filter(network=network).order_by("-is_primary", "pk").first()
    host = row.host if row else ""
    return f"http://{host}:{settings.PORT}" if settings.IS_DEMO else f"https://{host}"
