"""Which network a host name belongs to. Asked before any scope is open."""

from django.conf import settings

from networks.models import Network, NetworkHost


def network_of(host: str) -> Network | None:
    """`host` without its port, in small letters."""
    row = NetworkHost.objects.select_related("network").filter(host=host).first()
    return row.network if row else None


def address_of(network: Network) -> str:
    """How links in messages begin. The demo speaks to this machine, without a certificate."""
    row = NetworkHost.objects.filter(network=network).order_by("-is_primary", "pk").first()
    host = row.host if row else ""
    return f"http://{host}:{settings.PORT}" if settings.IS_DEMO else f"https://{host}"
