"""What every channel promises: `send(delivery, wording)` gives the provider's id, or raises one of two errors."""

from typing import Protocol

from notifications.models import Delivery
from notifications.queries.wording import Wording


class Temporary(Exception):
    """Not now: the relay tries again with growing gaps. The reason holds no personal data."""


class Permanent(Exception):
    """Never: shown to staff. The reason holds no personal data."""


class Sends(Protocol):
    def __call__(self, delivery: Delivery, wording: Wording) -> str:
        """Called again for the same delivery after a crash: the world must know it again by `delivery.code`."""
        ...
