"""Statements that PostgreSQL plans once for each connection: for what is asked hundreds of times a second.

A statement is prepared where a connection asks it for the first time, and is gone with the connection. A pooler in between has to
keep connections for a session (docs/howto/deploy-with-compose.md).
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection

_MARK = re.compile(r"%\((\w+)\)s|%s")


def asked(sql: str, params: Sequence[Any] | Mapping[str, Any]) -> Sequence[Any] | None:
    """The first row of the answer; None where there is none. Marks are %s, or %(name)s, which may stand several times."""
    plan = _plan(sql)
    values = [params[name] for name in plan.names] if isinstance(params, Mapping) else params
    with connection.cursor() as cursor:
        if plan.name not in _prepared():
            cursor.execute(plan.preparing)
            _prepared().add(plan.name)
        cursor.execute(plan.asking, values)
        row: Sequence[Any] | None = cursor.fetchone()
    return row


def said_as(sql: str) -> tuple[str, str]:
    """What a connection hears of it: once, and each time."""
    plan = _plan(sql)
    return plan.preparing, plan.asking


class _Plan:
    def __init__(self, sql: str) -> None:
        self.names: list[str] = []
        self._marks = 0
        numbered = _MARK.sub(self._number, sql)
        self.name = f"siji_{hashlib.sha256(sql.encode()).hexdigest()[:24]}"
        self.preparing = f"PREPARE {self.name} AS {numbered}"
        values = ", ".join(["%s"] * (len(self.names) or self._marks))
        self.asking = f"EXECUTE {self.name} ({values})" if values else f"EXECUTE {self.name}"

    def _number(self, mark: "re.Match[str]") -> str:
        if mark[1] is None:
            self._marks += 1
            return f"${self._marks}"
        if mark[1] not in self.names:
            self.names.append(mark[1])
        return f"${self.names.index(mark[1]) + 1}"


@lru_cache(maxsize=512)
def _plan(sql: str) -> _Plan:
    return _Plan(sql)


def _prepared() -> set[str]:
    """Of the connection as it is now: a new one knows none."""
    found: set[str] = connection.connection.__dict__.setdefault("siji_prepared", set())
    return found
