"""Host name → network → scope, before anything that belongs to a network is read."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.decorators import sync_only_middleware

from networks.models import inside
from networks.queries.hosts import network_of
from networks.views import unknown_host

GetResponse = Callable[[HttpRequest], HttpResponse]


@sync_only_middleware
def network_of_host(get_response: GetResponse) -> GetResponse:
    def handle(request: HttpRequest) -> HttpResponse:
        network = network_of(bare_host(request))
        if network is None:
            return unknown_host(request)
        request.network = network  # type: ignore[attr-defined]
        with inside(network), timezone.override(network.zone), translation.override(network.language):
            return get_response(request)

    return handle


def bare_host(request: HttpRequest) -> str:
    """The host that was asked for, without port and trailing dot. Forwarded headers are the proxy's business."""
    host = request.META.get("HTTP_HOST", "").lower().rsplit("@", 1)[-1]
    if host.startswith("["):
        return host.split("]", 1)[0] + "]"
    return host.split(":", 1)[0].rstrip(".")
