"""A Django database entry from a postgresql:// address, and the check of its connections."""

import select
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.db import connections

# A file with this name lies in the socket folder of a database that `make demo` or `make test` made.
LOCAL_MARK = "siji-local"


def database(url: str) -> dict[str, Any]:
    """Sessions of the database are kept and checked: a restart of it costs one request no more than a reconnect."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise ImproperlyConfigured("A database address reads postgresql://role:password@host:port/name.")
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5, **query},
    }


def trust_what_is_quiet(**_signal: Any) -> None:
    """When a request begins, after Django has asked for a check of its connection. A server that went away says so on the line
    by itself; where it is quiet, as nearly always, the check need not ask.
    """
    for connection in connections.all(initialized_only=True):
        live = connection.connection
        if live is not None and not live.closed and not select.select([live.fileno()], [], [], 0)[0]:
            connection.health_check_done = True  # type: ignore[attr-defined] # Django's own, unknown to its stubs
