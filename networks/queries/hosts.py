"""Which network a host name belongs to. Asked before any scope is open."""

from networks.models import Network, NetworkHost


def network_of(host: str) -> Network | None:
    """`host` without its port, in small letters."""
    row = NetworkHost.objects.select_related("network").filter(host=host).first()
    return row.network if row else None
