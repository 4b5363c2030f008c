"""The smallest that the web server does: it says “ok”."""

from collections.abc import Callable, Iterable


def application(_environ: dict[str, object], start: Callable[..., object]) -> Iterable[bytes]:
    start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "2")])
    return [b"ok"]
