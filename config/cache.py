"""A cache in PostgreSQL that every process shares: one statement per call, counters that do not lose counts.

Django's own database cache counts all rows at each write and adds in Python. This one keeps limits, so it must
not lose a count, and must not be undone when a command is refused: it refuses to be called inside one.
"""

import functools
import pickle
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection, transaction

FOREVER = datetime(9999, 1, 1, tzinfo=UTC)


class PostgresCache(BaseCache):
    def __init__(self, table: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._table = connection.ops.quote_name(table)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        rows = self._ask(
            f"SELECT number, value FROM {self._table} WHERE key = %s AND expires_at > clock_timestamp()",
            [self.make_and_validate_key(key, version=version)],
        )
        return _loaded(*rows[0]) if rows else default

    def get_many(self, keys: Iterable[str], version: int | None = None) -> dict[str, Any]:
        named = {self.make_and_validate_key(key, version=version): key for key in keys}
        rows = self._ask(
            f"SELECT key, number, value FROM {self._table} WHERE key = ANY(%s) AND expires_at > clock_timestamp()",
            [list(named)],
        )
        return {named[key]: _loaded(number, value) for key, number, value in rows}

    def has_key(self, key: str, version: int | None = None) -> bool:
        missing = object()
        return self.get(key, missing, version) is not missing

    def set(
        self, key: str, value: Any, timeout: float | object | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        number, pickled = _dumped(value)
        self._ask(
            f"""INSERT INTO {self._table} (key, number, value, expires_at) VALUES (%s, %s, %s, %s)
                ON CONFLICT (key) DO UPDATE
                SET number = excluded.number, value = excluded.value, expires_at = excluded.expires_at""",
            [self.make_and_validate_key(key, version=version), number, pickled, self._expiry(timeout)],
        )

    def add(
        self, key: str, value: Any, timeout: float | object | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        number, pickled = _dumped(value)
        rows = self._ask(
            f"""INSERT INTO {self._table} AS kept (key, number, value, expires_at) VALUES (%s, %s, %s, %s)
                ON CONFLICT (key) DO UPDATE
                SET number = excluded.number, value = excluded.value, expires_at = excluded.expires_at
                WHERE kept.expires_at <= clock_timestamp() RETURNING 1""",
            [self.make_and_validate_key(key, version=version), number, pickled, self._expiry(timeout)],
        )
        return bool(rows)

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        rows = self._ask(
            f"""UPDATE {self._table} SET number = number + %s
                WHERE key = %s AND number IS NOT NULL AND expires_at > clock_timestamp() RETURNING number""",
            [delta, self.make_and_validate_key(key, version=version)],
        )
        if not rows:
            raise ValueError(f"There is no counter {key!r} to add to.")
        return int(rows[0][0])

    def touch(self, key: str, timeout: float | object | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        rows = self._ask(
            f"UPDATE {self._table} SET expires_at = %s WHERE key = %s AND expires_at > clock_timestamp() RETURNING 1",
            [self._expiry(timeout), self.make_and_validate_key(key, version=version)],
        )
        return bool(rows)

    def delete(self, key: str, version: int | None = None) -> bool:
        """Inside a transaction it waits for the commit: what it forgets was true until then."""
        if _in_a_transaction():
            transaction.on_commit(functools.partial(self.delete, key, version=version))
            return False
        rows = self._ask(
            f"DELETE FROM {self._table} WHERE key = %s RETURNING 1",
            [self.make_and_validate_key(key, version=version)],
        )
        return bool(rows)

    def clear(self) -> None:
        self._ask(f"DELETE FROM {self._table}", [])

    def drop_expired(self) -> int:
        return len(self._ask(f"DELETE FROM {self._table} WHERE expires_at <= clock_timestamp() RETURNING 1", []))

    def _expiry(self, timeout: float | object | None) -> datetime:
        until = self.get_backend_timeout(timeout)  # type: ignore[arg-type]
        if until is None:
            return FOREVER
        return datetime.fromtimestamp(max(until, time.time() - 1), tz=UTC)

    def _ask(self, sql: str, params: list[Any]) -> list[tuple[Any, ...]]:
        if _in_a_transaction():
            raise transaction.TransactionManagementError(
                "The cache lives in the database: inside a transaction its writes would wait for the commit, "
                "and a refusal would undo them."
            )
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall() if cursor.description else []


def _in_a_transaction() -> bool:
    return any(not getattr(block, "_from_testcase", False) for block in connection.atomic_blocks)


def _dumped(value: Any) -> tuple[int | None, bytes | None]:
    if type(value) is int:
        return value, None
    return None, pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def _loaded(number: int | None, value: bytes | None) -> Any:
    return number if value is None else pickle.loads(bytes(value))
