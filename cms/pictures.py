"""The sizes in which pictures of the site are kept, and how a page shows them.

They are cut in the background: no reader waits for it, and no web process grows by it. Until then the picture itself is shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import prefetch_related_objects
from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue

from cms.models.picture import Picture, Rendition

# The first that a browser knows; every browser of the last six years knows the last.
FORMATS = ("avif", "webp")
# Passed on with a link, where few know newer ones.
PASSED_ON = "format-jpeg|fill-1200x630"


@dataclass(frozen=True)
class Place:
    """Where a picture stands: how it is cut, the smallest first, and how wide it is drawn on which screen."""

    cuts: tuple[str, ...]
    sizes: str


PLACES = {
    "card": Place(("fill-400x300", "fill-800x600"), "(min-width: 48rem) 20rem, 100vw"),
    "page": Place(("width-480", "width-960", "width-1440"), "(min-width: 66rem) 66rem, 100vw"),
    "face": Place(("fill-240x240",), "7rem"),
}
SPECS = (*(f"format-{kind}|{cut}" for place in PLACES.values() for cut in place.cuts for kind in FORMATS), PASSED_ON)


@dataclass(frozen=True)
class Shown:
    """A picture at a place. `sources`: a type and its addresses, the best first."""

    src: str
    width: int
    height: int
    sizes: str = ""
    sources: tuple[tuple[str, str], ...] = field(default=())


def cut(picture: Picture) -> None:
    """What is there already stays."""
    picture.get_renditions(*SPECS)


def shown(picture: Picture, place: str) -> Shown:
    cuts = {row.filter_spec: row for row in picture.renditions.all()}
    wanted = PLACES[place]
    rows = {kind: _of(cuts, wanted.cuts, kind) for kind in FORMATS}
    last = rows[FORMATS[-1]]
    if not all(rows.values()):
        return Shown(picture.file.url, picture.width, picture.height)
    sources = tuple((f"image/{kind}", ", ".join(f"{row.url} {row.width}w" for row in rows[kind])) for kind in FORMATS)
    return Shown(last[0].url, last[-1].width, last[-1].height, wanted.sizes, sources)


def passed_on(picture: Picture | None) -> str:
    """The address under which a picture goes along with a link."""
    if picture is None:
        return ""
    return next((str(row.url) for row in picture.renditions.all() if row.filter_spec == PASSED_ON), "")


def know_cuts(pictures: Iterable[Picture | None]) -> None:
    """Of all pictures of a page in one statement."""
    prefetch_related_objects([one for one in pictures if one is not None], "renditions")


def pictures_in(value: Any) -> list[Picture]:
    """Those in a body of parts."""
    if isinstance(value, Picture):
        return [value]
    if isinstance(value, StreamValue):
        return [one for part in value for one in pictures_in(part.value)]
    if isinstance(value, StructValue):
        return [one for part in value.values() for one in pictures_in(part)]
    if isinstance(value, ListValue):
        return [one for part in value for one in pictures_in(part)]
    return []


def _of(cuts: dict[str, Rendition], wanted: tuple[str, ...], kind: str) -> list[Rendition]:
    """Each width once: nothing is made larger than it was."""
    rows = [cuts[spec] for spec in (f"format-{kind}|{one}" for one in wanted) if spec in cuts]
    return list({row.width: row for row in rows}.values())
