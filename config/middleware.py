"""What wraps every request."""

import sys
import time
from collections.abc import Callable
from typing import Any

import structlog
from allauth.core.exceptions import RateLimited
from csp.constants import WASM_UNSAFE_EVAL
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation

from config import metrics, views
from kit import ids
from kit.limits import TooMany
from networks.queries.hosts import network_of

log = structlog.get_logger("siji.request")
_seen_complete: list[bool] = []

GetResponse = Callable[[HttpRequest], HttpResponse]


def health(get_response: GetResponse) -> GetResponse:
    """/healthz, /readyz, /metrics, /known-host, before hosts and people: a load balancer knows none of them."""

    def handle(request: HttpRequest) -> HttpResponse:
        if request.path == "/healthz":
            return HttpResponse("ok\n", content_type="text/plain")
        if request.path == "/readyz":
            return _readiness()
        if request.path == "/metrics":
            return metrics.page(request)
        if request.path == "/known-host":
            return _known_host(request)
        return get_response(request)

    return handle


def _readiness() -> HttpResponse:
    try:
        pending = _migrations_are_pending()
    except DatabaseError:
        return HttpResponse("no database\n", status=503, content_type="text/plain")
    if pending:
        return HttpResponse("migrations pending\n", status=503, content_type="text/plain")
    return HttpResponse("ready\n", content_type="text/plain")


def _migrations_are_pending() -> bool:
    """Reading the migrations takes a tenth of a second; once they are applied they stay so for this process."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    if not _seen_complete:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return True
        _seen_complete.append(True)
    return False


def _known_host(request: HttpRequest) -> HttpResponse:
    """Asked by the proxy before it fetches a certificate: only hosts of a network get one."""
    host = request.GET.get("domain", "").lower().rstrip(".")
    known = host.isprintable() and network_of(host) is not None
    return HttpResponse("known\n" if known else "unknown\n", status=200 if known else 404, content_type="text/plain")


def request_log(get_response: GetResponse) -> GetResponse:
    """One line per request: its route, never its address. An error is logged once, under the page's reference."""

    def handle(request: HttpRequest) -> HttpResponse:
        reference = request.reference = ids.random_code(8)  # type: ignore[attr-defined]
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(reference=reference)
        started = time.perf_counter()
        response = get_response(request)
        seconds = time.perf_counter() - started
        method, route = request.method or "", route_of(request)
        metrics.observe(method=method, route=route, status=response.status_code, seconds=seconds)
        network = getattr(request, "network", None)
        log.info(
            "request",
            method=method,
            route=route,
            status=response.status_code,
            ms=round(seconds * 1000, 1),
            network=network.code if network else "",
        )
        response["X-Reference"] = reference
        return response

    return handle


def log_exception(request: HttpRequest | None = None, **_signal: Any) -> None:
    """Called by Django, inside its handler, for whatever nobody answered, middleware included."""
    log.error("error", route=route_of(request) if request else "", exc_info=sys.exc_info())


def route_of(request: HttpRequest) -> str:
    match = request.resolver_match
    return f"/{match.route}" if match else "(none)"


def language_of_reader(get_response: GetResponse) -> GetResponse:
    """The network's own language, or another of its languages that the reader has chosen.

    The browser's wish is not asked: a phone bought abroad would show a page in English to a reader of Chinese.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        network = request.network  # type: ignore[attr-defined]
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in network.other_languages else network.language
        with translation.override(language):
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return handle


class PolicyForPages(CSPMiddleware):  # type: ignore[misc]
    """An answer that only points on shows nothing that a policy could keep in order. WebAssembly runs at the desk alone,
    and a script from outside only on a page there whose view names its host (ADR 0034)."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if 300 <= response.status_code < 400:
            return response
        if request.path.startswith(settings.CODE_READER_PATHS):
            reader = [WASM_UNSAFE_EVAL] if settings.HAS_CODE_READER else []
            if scripts := [*reader, *getattr(response, "script_hosts", [])]:
                response._csp_update = {"script-src": scripts}  # type: ignore[attr-defined]  # noqa: SLF001 - django-csp's own name
        answer: HttpResponseBase = super().process_response(request, response)
        return answer


def too_many_requests(get_response: GetResponse) -> GetResponse:
    """allauth raises its limit out of some flows; the answer is a page, not an error."""

    def handle(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, TooMany):
            return views.too_many_requests(request, wait_seconds=exception.wait_seconds)
        return views.too_many_requests(request) if isinstance(exception, RateLimited) else None

    # Django looks for this name on whatever a middleware factory returns.
    handle.process_exception = process_exception  # type: ignore[attr-defined]
    return handle


def pages_for_forms_only(get_response: GetResponse) -> GetResponse:
    """An address that only takes what a form sends answers whoever opens it with a page, not with nothing."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code == 405 and request.method == "GET" and not response.content:
            return views.method_not_allowed(request, response["Allow"])
        return response

    return handle
