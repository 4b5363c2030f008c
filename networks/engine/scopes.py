"""The one place of this room that reads over all networks. Handlers and jobs run inside their own network."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.utils import timezone, translation
from django_scopes import scopes_disabled  # noqa: TID251 - this is the named place

from networks.models import Network, inside


@contextmanager
def across_networks() -> Iterator[None]:
    """For the engine alone: claims, sweeps and purges know no network."""
    with scopes_disabled():
        yield


@contextmanager
def at_home(network: Network) -> Iterator[None]:
    """A network's scope, with its time zone and language."""
    with inside(network), timezone.override(network.zone), translation.override(network.language):
        yield


def in_each_network(function: Callable[[Network], object]) -> None:
    for network in Network.objects.order_by("pk"):
        with at_home(network):
            function(network)
