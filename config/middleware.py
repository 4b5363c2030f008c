"""What wraps every request."""

from collections.abc import Callable

from allauth.core.exceptions import RateLimited
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse

from config import views
from kit import ids

GetResponse = Callable[[HttpRequest], HttpResponse]


def health(get_response: GetResponse) -> GetResponse:
    """/healthz and /readyz, before hosts, sessions and people: a load balancer knows none of them."""

    def handle(request: HttpRequest) -> HttpResponse:
        if request.path == "/healthz":
            return HttpResponse("ok\n", content_type="text/plain")
        if request.path == "/readyz":
            return _readiness()
        return get_response(request)

    return handle


def _readiness() -> HttpResponse:
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return HttpResponse("no database\n", status=503, content_type="text/plain")
    if pending:
        return HttpResponse("migrations pending\n", status=503, content_type="text/plain")
    return HttpResponse("ready\n", content_type="text/plain")


def request_log(get_response: GetResponse) -> GetResponse:
    def handle(request: HttpRequest) -> HttpResponse:
        request.reference = ids.random_code(8)  # type: ignore[attr-defined]
        return get_response(request)

    return handle


def too_many_requests(get_response: GetResponse) -> GetResponse:
    """allauth raises its limit out of some flows; the answer is a page, not an error."""

    def handle(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, RateLimited):
            return views.too_many_requests(request)
        return None

    handle.process_exception = process_exception  # type: ignore[attr-defined]
    return handle
