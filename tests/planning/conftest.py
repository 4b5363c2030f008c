"""The test's own reads and writes happen in Nanjing, whose plan it is."""

from collections.abc import Iterator

import pytest

from networks.models import inside


@pytest.fixture
def home(nanjing) -> Iterator[None]:
    with inside(nanjing):
        yield
