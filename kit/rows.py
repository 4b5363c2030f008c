"""Rows of models read by statements written by hand, where the ORM takes longer to write one than PostgreSQL to answer it."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from django.db import connection, models

Row = TypeVar("Row", bound=models.Model)


@lru_cache(maxsize=256)
def columns(model: type[models.Model], alias: str, *names: str) -> str:
    """For a SELECT; all fields, or those of these names."""
    return ", ".join(f'{alias}."{field.column}"' for field in _fields(model, names))


def made(model: type[Row], values: Iterator[Any], *names: str) -> Row:
    """Of as many values as `columns` of the same names asked for. What was not named is read when somebody asks for it."""
    attributes, converters = _plan(model, names)
    taken = [next(values) for _attribute in attributes]
    for place, column, convert in converters:
        taken[place] = convert(taken[place], column, connection)
    row: Row = model.from_db(connection.alias, list(attributes), taken)
    return row


def _fields(model: type[models.Model], names: Sequence[str]) -> list[Any]:
    """In the model's own order, which is the one that it takes them in."""
    return [field for field in model._meta.concrete_fields if not names or field.attname in names]


@lru_cache(maxsize=256)
def _plan(model: type[models.Model], names: Sequence[str]) -> tuple[tuple[str, ...], tuple[tuple[int, Any, Any], ...]]:
    fields = _fields(model, names)
    converters = (
        (place, field.cached_col, convert)
        for place, field in enumerate(fields)
        for convert in field.get_db_converters(connection)
    )
    return tuple(field.attname for field in fields), tuple(converters)
