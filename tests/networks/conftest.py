from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from networks.registers import HandedFact
from tests.networks.facts import listening

Heard = list[HandedFact]


@pytest.fixture
def listen() -> Iterator[Callable[..., Heard]]:
    """listen(outside=…, does=…) registers a listener for this test and returns the list of what it is handed."""
    with ExitStack() as stack:

        def add(*, does: Callable[[HandedFact], None] | None = None, **how: Any) -> Heard:
            heard: Heard = []

            def hear(fact: HandedFact) -> None:
                heard.append(fact)
                if does is not None:
                    does(fact)

            stack.enter_context(listening(hear, **how))
            return heard

        yield add
