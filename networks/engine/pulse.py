"""A sign of life, and how much was done: what /metrics tells of the processes behind the web."""

from kit import clock
from networks.engine.hands import Hand
from networks.models import Pulse


class Heart:
    def __init__(self, process: str, hands: list[Hand]) -> None:
        self._process = process
        self._hands = hands

    def beat(self) -> None:
        Pulse.objects.bulk_create(
            [
                Pulse(
                    process=self._process,
                    seen_at=clock.now(),
                    handed=sum(hand.handed for hand in self._hands),
                    failed=sum(hand.failed for hand in self._hands),
                )
            ],
            update_conflicts=True,
            unique_fields=["process"],
            update_fields=["seen_at", "handed", "failed"],
        )

    def end(self) -> None:
        Pulse.objects.filter(process=self._process).delete()
