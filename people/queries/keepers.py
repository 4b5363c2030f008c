"""Who keeps what: keepers' roles by area, for lists of places in one statement."""

from collections.abc import Iterable
from dataclasses import dataclass

from people.choices import Role
from people.models import Person
from people.queries.rights import open_grants


@dataclass(frozen=True)
class Keeping:
    """A keeper, and the area that she keeps; it may be a whole street."""

    person: Person
    path: str


def keepers_at(paths: Iterable[str]) -> dict[str, list[Keeping]]:
    """By path, those whose role covers it: given for the place itself or for an area above it. One statement."""
    rows = open_grants().filter(role=Role.KEEPER).select_related("person", "area").order_by("starts_at", "pk")
    kept = [Keeping(grant.person, grant.area.path) for grant in rows]
    return {path: [one for one in kept if path.startswith(one.path)] for path in paths}
