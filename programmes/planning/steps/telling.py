"""Rooms above hear that readers are told something new of the plan."""

from collections.abc import Iterable

from kit import clock
from kit.command import step
from networks.steps.outbox import post_each
from programmes.planning.messages import ACTIVITY_TOLD


@step
def tell_of_activities(keys: Iterable[int]) -> None:
    """Once for each, however many of its sessions there are."""
    at = clock.now().isoformat()
    post_each(ACTIVITY_TOLD, lines=[({"activity": key}, f"{key}:{at}") for key in sorted(set(keys))])
