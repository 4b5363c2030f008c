"""Rooms above hear that readers are told something new of the plan."""

from collections.abc import Iterable

from kit import clock
from kit.command import step
from networks.steps.outbox import post_each
from programmes.planning.messages import ACTIVITY_TOLD, BRAND_TOLD, PROGRAMME_TOLD, SEASON_TOLD


@step
def tell_of_activities(keys: Iterable[int]) -> None:
    """Once for each, however many of its sessions there are."""
    _tell(ACTIVITY_TOLD, "activity", keys)


@step
def tell_of_programme(key: int) -> None:
    _tell(PROGRAMME_TOLD, "programme", [key])


@step
def tell_of_brand(key: int) -> None:
    _tell(BRAND_TOLD, "brand", [key])


@step
def tell_of_season(key: int) -> None:
    _tell(SEASON_TOLD, "season", [key])


def _tell(kind: str, name: str, keys: Iterable[int]) -> None:
    at = clock.now().isoformat()
    post_each(kind, lines=[({name: key}, f"{key}:{at}") for key in sorted(set(keys))])
