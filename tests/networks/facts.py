"""Listeners of a test's own, and a look at the queue."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from networks import registers
from networks.engine.scopes import across_networks
from networks.models import Fact
from networks.registers import HandedFact


@contextmanager
def listening(
    function: Callable[[HandedFact], None],
    *,
    kind: str = "test.happened",
    name: str = "test.listener",
    outside: bool = False,
    limit_seconds: float = 10,
) -> Iterator[None]:
    listens = registers.listens_outside if outside else registers.listens_inside
    listens(kind, name=name, limit_seconds=limit_seconds)(function)
    try:
        yield
    finally:
        del registers.listeners[name]


def facts(**wanted: Any) -> list[Fact]:
    with across_networks():
        return list(Fact.objects.filter(**wanted).order_by("pk"))


def states(**wanted: Any) -> list[str]:
    return [fact.state for fact in facts(**wanted)]
