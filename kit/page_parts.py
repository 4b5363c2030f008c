"""A page of one room on which rooms above it hang something of theirs, filled in their `apps.ready()`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.http import HttpRequest

T = TypeVar("T")


@dataclass(frozen=True)
class PagePart(Generic[T]):
    """`values` is asked once per page; None: nothing to show. `template` gets them, and the page's own object."""

    key: str
    template: str
    values: Callable[[HttpRequest, T], dict[str, Any] | None]
    place: int = 50


@dataclass
class PageParts(Generic[T]):
    parts: dict[str, PagePart[T]] = field(default_factory=dict)

    def add(self, part: PagePart[T]) -> None:
        if self.parts.setdefault(part.key, part) != part:
            raise ValueError(f"Two rooms put {part.key!r} on the same page.")

    def of(self, request: HttpRequest, subject: T) -> list[tuple[str, dict[str, Any]]]:
        parts = sorted(self.parts.values(), key=lambda one: one.place)
        asked = [(part, part.values(request, subject)) for part in parts]
        return [(part.template, values) for part, values in asked if values is not None]


@dataclass
class Faces(Generic[T]):
    """Other templates for the body of a page; its address, frame and facts stay. The first that has one counts."""

    faces: list[Callable[[HttpRequest, T], str | None]] = field(default_factory=list)

    def of(self, request: HttpRequest, subject: T) -> str:
        """Empty where the page shows its own."""
        found = (face(request, subject) for face in self.faces)
        return next((template for template in found if template), "")


@dataclass(frozen=True)
class CardPart(Generic[T]):
    """For cards of which a page shows many. `values` is asked once for all of them, in a constant number of statements,
    and gives back by id what there is to show; a card that it leaves out shows nothing. `template` gets that as `values`.
    """

    key: str
    template: str
    values: Callable[[HttpRequest, Sequence[T]], Mapping[int, dict[str, Any]]]
    place: int = 50


@dataclass
class CardParts(Generic[T]):
    parts: dict[str, CardPart[T]] = field(default_factory=dict)

    def add(self, part: CardPart[T]) -> None:
        if self.parts.setdefault(part.key, part) != part:
            raise ValueError(f"Two rooms put {part.key!r} on the same cards.")

    def of(self, request: HttpRequest, subjects: Sequence[T]) -> dict[int, list[tuple[str, dict[str, Any]]]]:
        """By the subject's id; no subjects, no statement."""
        found: dict[int, list[tuple[str, dict[str, Any]]]] = {}
        if not subjects:
            return found
        for part in sorted(self.parts.values(), key=lambda one: one.place):
            for key, values in part.values(request, subjects).items():
                found.setdefault(key, []).append((part.template, values))
        return found
