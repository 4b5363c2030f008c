"""Commands and steps: who opens a transaction, and who may only write inside one."""

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.db import connection, transaction

P = ParamSpec("P")
R = TypeVar("R")


def command(function: Callable[P, R]) -> Callable[P, R]:
    """One durable transaction. A command called inside another raises at once, in tests as well."""

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction.atomic(durable=True):
            return function(*args, **kwargs)

    return run


def step(function: Callable[P, R]) -> Callable[P, R]:
    """Writes inside the caller's transaction, and refuses to run without one."""

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if not connection.in_atomic_block:
            raise transaction.TransactionManagementError(
                f"{function.__qualname__} is a step: call it inside a command."
            )
        return function(*args, **kwargs)

    return run
