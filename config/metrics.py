"""/metrics in Prometheus' text form: requests of this process, and what the database knows of the whole service."""

import os
import threading
from collections import defaultdict
from collections.abc import Iterator
from hmac import compare_digest

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound

from kit import clock
from networks.queries.facts import queue_figures

BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)

_lock = threading.Lock()
_counts: dict[tuple[str, str, int], int] = defaultdict(int)
_seconds: dict[tuple[str, str], list[float]] = defaultdict(lambda: [0.0, *([0] * (len(BUCKETS) + 1))])


def observe(*, method: str, route: str, status: int, seconds: float) -> None:
    with _lock:
        _counts[method, route, status] += 1
        row = _seconds[method, route]
        row[0] += seconds
        for place, bound in enumerate(BUCKETS, start=1):
            if seconds <= bound:
                row[place] += 1
        row[-1] += 1


def page(request: HttpRequest) -> HttpResponse:
    """Open in the demo; in production only to whoever knows METRICS_TOKEN."""
    token = settings.METRICS_TOKEN
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if settings.IS_PRODUCTION and not (token and compare_digest(given.encode(), token.encode())):
        return HttpResponseNotFound()
    return HttpResponse("\n".join(_lines()) + "\n", content_type="text/plain; version=0.0.4; charset=utf-8")


def _lines() -> Iterator[str]:
    process = f'process="{os.getpid()}"'
    with _lock:
        counts, seconds = dict(_counts), {key: list(row) for key, row in _seconds.items()}
    yield "# TYPE siji_requests_total counter"
    for (method, route, status), count in sorted(counts.items()):
        yield f'siji_requests_total{{{process},method="{method}",route="{_quoted(route)}",status="{status}"}} {count}'
    yield "# TYPE siji_request_seconds histogram"
    for (method, route), row in sorted(seconds.items()):
        labels = f'{process},method="{method}",route="{_quoted(route)}"'
        for bound, seen in zip((*BUCKETS, "+Inf"), row[1:], strict=True):
            yield f'siji_request_seconds_bucket{{{labels},le="{bound}"}} {seen:g}'
        yield f"siji_request_seconds_sum{{{labels}}} {row[0]:.6f}"
        yield f"siji_request_seconds_count{{{labels}}} {row[-1]:g}"
    yield from _queue()


def _queue() -> Iterator[str]:
    figures = queue_figures(at=clock.now())
    for name, value in (
        ("facts_waiting", figures.waiting),
        ("facts_due", figures.due),
        ("facts_in_hand", figures.in_hand),
        ("facts_set_aside", figures.set_aside),
        ("oldest_due_fact_seconds", figures.oldest_due_seconds or 0),
        ("relay_processes", figures.processes),
    ):
        yield f"# TYPE siji_{name} gauge"
        yield f"siji_{name} {value:g}"


def _quoted(label: str) -> str:
    return label.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
