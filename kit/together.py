"""Rows of several tables written by one statement, if its condition holds: nothing is locked while Python thinks."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, time
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction

from kit.prepared import asked

# What JSON and a column say alike.
_SAID_AS_THEY_ARE = frozenset({str, int, bool, type(None)})


def written_if(condition: str, params: Sequence[Any], rows: Sequence[models.Model]) -> bool:
    """`condition`: an UPDATE with RETURNING. Where it changed a row, all of `rows` are there; else none, and False.

    A command of its own: the statement is one durable transaction. Rows of one model stand side by side; those that
    others point to bring their ids.
    """
    tables = [list(group) for _model, group in groupby(rows, key=type)]
    shape = tuple((type(group[0]), group[0].pk is not None) for group in tables)
    given = [json.dumps([_values(row) for row in group], default=_plain, ensure_ascii=False) for group in tables]
    with _alone():
        found = asked(_statement(condition, shape), [*params, *given])
    return found is not None and bool(found[0])


@contextmanager
def _alone() -> Iterator[None]:
    """Outside a transaction the statement is one; inside a command this raises, and inside a test's own it is undone alone."""
    if not connection.in_atomic_block:
        yield
        return
    with transaction.atomic(durable=True):
        yield


@lru_cache(maxsize=256)
def _statement(condition: str, shape: tuple[tuple[type[models.Model], bool], ...]) -> str:
    inserts = [
        f"written_{number} AS ({_insert(model, with_id=with_id)})" for number, (model, with_id) in enumerate(shape)
    ]
    return f"WITH held AS ({condition}), {', '.join(inserts)} SELECT count(*) FROM held"  # noqa: S608 - names of columns


def _insert(model: type[models.Model], *, with_id: bool) -> str:
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in _fields(model, with_id=with_id))
    table = quote(model._meta.db_table)
    return (
        f"INSERT INTO {table} ({names}) SELECT {names} FROM json_populate_recordset(NULL::{table}, %s::json) "  # noqa: S608
        "WHERE EXISTS (SELECT FROM held)"
    )


@lru_cache(maxsize=256)
def _fields(model: type[models.Model], *, with_id: bool) -> list[Any]:
    return [field for field in model._meta.concrete_fields if with_id or not field.primary_key]


def _values(row: models.Model) -> dict[str, Any]:
    return {field.column: _value(field, row) for field in _fields(type(row), with_id=row.pk is not None)}


def _value(field: Any, row: models.Model) -> Any:
    value = getattr(row, field.attname)
    if type(value) in _SAID_AS_THEY_ARE and not isinstance(
        field, models.DateField
    ):  # an instant may be made as it is written
        return value
    value = field.get_prep_value(field.pre_save(row, add=True))
    if value is not None and isinstance(field, models.JSONField) and field.encoder is not None:
        return json.loads(json.dumps(value, cls=field.encoder))
    return value


def _plain(value: Any) -> str:
    """As PostgreSQL reads it."""
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return f"\\x{bytes(value).hex()}"
    if isinstance(value, UUID | Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} cannot be written together.")
