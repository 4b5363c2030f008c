"""What upper rooms hang on a venue's public page, filled in their `apps.ready()`."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from venues.models import Venue


@dataclass(frozen=True)
class PagePart:
    """`values` is asked once per page; None: nothing to show. `template` gets them, and the venue."""

    key: str
    template: str
    values: Callable[[HttpRequest, Venue], dict[str, Any] | None]
    place: int = 50


@dataclass
class PageParts:
    parts: dict[str, PagePart] = field(default_factory=dict)

    def add(self, part: PagePart) -> None:
        if self.parts.setdefault(part.key, part) != part:
            raise ValueError(f"Two rooms put {part.key!r} on a venue's page.")

    def of(self, request: HttpRequest, venue: Venue) -> list[tuple[str, dict[str, Any]]]:
        asked = [(part, part.values(request, venue)) for part in sorted(self.parts.values(), key=lambda one: one.place)]
        return [(part.template, values) for part, values in asked if values is not None]


# Activities, stories, volunteers: below what a venue says of itself.
venue_page_parts = PageParts()

# Another template for the body of a venue's page; the address, the frame and the facts stay. The first that has one
# for this venue counts.
Face = Callable[[HttpRequest, Venue], str | None]
faces: list[Face] = []


def face_of(request: HttpRequest, venue: Venue) -> str:
    found = (face(request, venue) for face in faces)
    return next((template for template in found if template), "venues/public/_body.html")
