"""The demo has a fixed sign-in code, so it serves this machine alone, from a database that was made for it."""

import ipaddress
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from config import checks

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def at_home(application: Application) -> Application:
    """Whatever address the server was told to listen on: callers from elsewhere are turned away."""
    if errors := checks.demo_stays_at_home():
        raise ImproperlyConfigured(f"{errors[0].msg} {errors[0].hint}")

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if _is_this_machine(environ.get("REMOTE_ADDR", "")):
            return application(environ, start_response)
        start_response("403 Forbidden", [("Content-Type", "text/plain; charset=utf-8")])
        return [b"The demo serves only the machine it runs on.\n"]

    return answer


def _is_this_machine(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
