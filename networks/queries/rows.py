"""One row of the network in hand, by a statement written by hand: for what every request reads."""

from typing import Any, TypeVar

from django.db import connection

from kit.prepared import asked
from kit.rows import columns, made
from networks.models.scoping import TenantModel, current_network_id

Row = TypeVar("Row", bound=TenantModel)


def own_row(model: type[Row], where: str, *params: Any) -> Row | None:
    """`where`: of columns of `one`. Outside a scope it raises, as every other door."""
    network_id = current_network_id()
    if network_id is None:
        model.objects.all()  # says which scope is missing
    table = connection.ops.quote_name(model._meta.db_table)
    sql = f"SELECT {columns(model, 'one')} FROM {table} AS one WHERE one.network_id = %s AND {where} LIMIT 1"  # noqa: S608
    row = asked(sql, [network_id, *params])
    return made(model, iter(row)) if row is not None else None
