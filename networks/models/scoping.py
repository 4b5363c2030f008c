"""Tenancy: every row below belongs to one network, and is seen only inside that network's scope."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import connections, models
from django_scopes import get_scope, scope
from django_scopes.manager import DisabledQuerySet, ScopedManager

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    from networks.models.network import Network

CONNECTION_SETTING = "siji.network"
_SAY = "SELECT set_config(%s, %s, false)"
# Statements that ask for no network's rows, so that a connection need not be told first that nobody is inside.
OF_NO_NETWORK = {_SAY}


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
        _tell(connections["default"], network)
        try:
            yield
        finally:
            _tell(connections["default"], before)


def tell_connection(connection: "BaseDatabaseWrapper", **_signal: Any) -> None:
    """The one place that sets a connection's network; also called for each connection newly made."""
    connection.siji_told, connection.siji_left = None, False  # type: ignore[attr-defined]
    if _leave_first not in connection.execute_wrappers:
        connection.execute_wrappers.append(_leave_first)
    network = get_scope().get("network")
    if network is not None:  # a new one knows of nobody
        _tell(connection, network)


def _tell(connection: "BaseDatabaseWrapper", network: "Network | None") -> None:
    """A connection keeps what it was told; that nobody is inside any more it hears before its next statement, which is
    mostly another request's, of the same network. A rollback would undo what was said in a transaction: so it is said at
    once there, and not relied on.
    """
    if connection.connection is None:
        return
    is_sure = not connection.in_atomic_block
    connection.siji_left = is_sure and network is None  # type: ignore[attr-defined]
    if connection.needs_rollback:
        connection.siji_told = None  # type: ignore[attr-defined]
        return
    if is_sure and (network is None or connection.siji_told == network.pk):  # type: ignore[attr-defined]
        return
    with connection.cursor() as cursor:
        cursor.execute(_SAY, [CONNECTION_SETTING, str(network.pk) if network is not None else ""])
    connection.siji_told = network.pk if network is not None and is_sure else None  # type: ignore[attr-defined]


def _leave_first(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:  # noqa: FBT001 - Django's signature
    connection = context["connection"]
    if connection.siji_left and sql not in OF_NO_NETWORK:
        with connection.cursor() as cursor:
            cursor.execute(_SAY, [CONNECTION_SETTING, ""])
        connection.siji_told, connection.siji_left = None, connection.in_atomic_block
    return execute(sql, params, many, context)


class TenantModel(models.Model):
    """A row of one network. Left out of Wagtail's search and reference indexes."""

    network = models.ForeignKey(
        "networks.Network", models.PROTECT, related_name="+", default=current_network_id, editable=False
    )

    objects: ClassVar[Any] = NetworkScopedManager()

    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True
