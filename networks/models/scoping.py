"""Tenancy: every row below belongs to one network, and is seen only inside that network's scope."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import connections, models
from django_scopes import get_scope, scope
from django_scopes.manager import DisabledQuerySet, ScopedManager

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    from networks.models.network import Network

CONNECTION_SETTING = "siji.network"


class ClosedQuerySet(DisabledQuerySet):
    """What a manager hands out outside a scope: django-scopes leaves these doors open."""

    bulk_create = DisabledQuerySet.error
    bulk_update = DisabledQuerySet.error
    contains = DisabledQuerySet.error
    create = DisabledQuerySet.error
    defer = DisabledQuerySet.error
    difference = DisabledQuerySet.error
    distinct = DisabledQuerySet.error
    exclude = DisabledQuerySet.error
    exists = DisabledQuerySet.error
    explain = DisabledQuerySet.error
    extra = DisabledQuerySet.error
    in_bulk = DisabledQuerySet.error
    intersection = DisabledQuerySet.error
    prefetch_related = DisabledQuerySet.error
    select_related = DisabledQuerySet.error
    update_or_create = DisabledQuerySet.error


class NetworkScopedManager(type(ScopedManager(network="network"))):  # type: ignore[misc]
    def get_queryset(self) -> models.QuerySet[Any]:
        rows = super().get_queryset()
        if isinstance(rows, DisabledQuerySet):
            return ClosedQuerySet(self.model, using=self._db, missing_scopes=rows.missing_scopes)
        return rows


def current_network_id() -> int | None:
    """The network of the open scope; new rows take it. Outside a scope NOT NULL refuses them."""
    network = get_scope().get("network")
    return None if network is None else int(network.pk)


def current_network() -> "Network":
    """That of the open scope; there has to be one."""
    network: Network = get_scope()["network"]
    return network


@contextmanager
def inside(network: "Network") -> Iterator[None]:
    """Opens the network's scope and tells the database connection whose rows are meant."""
    before = get_scope().get("network")
    with scope(network=network):
        tell_connection(connections["default"])
        try:
            yield
        finally:
            _tell(connections["default"], before)


def tell_connection(connection: "BaseDatabaseWrapper", **_signal: Any) -> None:
    """The one place that sets a connection's network; also called for each connection newly made."""
    _tell(connection, get_scope().get("network"))


def _tell(connection: "BaseDatabaseWrapper", network: "Network | None") -> None:
    if connection.connection is None or connection.needs_rollback:
        return
    value = str(network.pk) if network is not None else ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, false)", [CONNECTION_SETTING, value])


class TenantModel(models.Model):
    """A row of one network. Left out of Wagtail's search and reference indexes."""

    network = models.ForeignKey(
        "networks.Network", models.PROTECT, related_name="+", default=current_network_id, editable=False
    )

    objects: ClassVar[Any] = NetworkScopedManager()

    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True
