"""Rows written back many at once. Django's `bulk_update` builds a branch for each row and field: ten times the work."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Field

from kit.command import step
from networks.models.scoping import TenantModel, current_network_id

MANY = 500


@step
def save_rows(rows: Sequence[TenantModel], names: Iterable[str]) -> None:
    """These fields of rows of one model; one statement per five hundred."""
    if not rows:
        return
    fields: list[Any] = [rows[0]._meta.pk, *(rows[0]._meta.get_field(name) for name in names)]
    statement = _statement(rows[0]._meta.db_table, fields)
    with connection.cursor() as cursor:
        for start in range(0, len(rows), MANY):
            part = rows[start : start + MANY]
            lists = [
                [field.get_db_prep_save(getattr(row, field.attname), connection) for row in part] for field in fields
            ]
            cursor.execute(statement, [*lists, current_network_id()])


def _statement(table: str, fields: Sequence[Any]) -> str:
    quoted = connection.ops.quote_name
    columns = [quoted(field.column) for field in fields]
    sets = ", ".join(f"{column} = given.{column}" for column in columns[1:])
    lists = ", ".join(f"%s::{_kind(field)}[]" for field in fields)
    return (
        f"UPDATE {quoted(table)} AS kept SET {sets} FROM unnest({lists}) AS given({', '.join(columns)}) "  # noqa: S608
        f"WHERE kept.{columns[0]} = given.{columns[0]} AND kept.network_id = %s"
    )


def _kind(field: "Field[Any, Any]") -> str:
    """Without its length: a cast to that would cut what is too long instead of refusing it."""
    return (field.db_type(connection) or "").partition("(")[0]
