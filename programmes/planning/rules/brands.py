"""The tree of brands: how deep it goes, what a brand looks like, and when one can no longer be used."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from kit.palette import Brand as Colour
from kit.palette import Mode
from kit.refusals import Refusal, Text
from kit.seasons import Season
from programmes.planning.choices import BrandMark
from programmes.planning.rules.seasons import named

DEEPEST = 3
# Hues that are far enough from one another to be told apart on a crowded page.
READY_HUES: dict[int, Text] = {
    15: pgettext_lazy("colour", "Plum red"),
    50: pgettext_lazy("colour", "Persimmon"),
    80: pgettext_lazy("colour", "Osmanthus"),
    128: pgettext_lazy("colour", "Willow green"),
    165: pgettext_lazy("colour", "Pine green"),
    200: pgettext_lazy("colour", "Jade"),
    230: pgettext_lazy("colour", "Lake blue"),
    268: pgettext_lazy("colour", "Indigo"),
    305: pgettext_lazy("colour", "Wisteria"),
    345: pgettext_lazy("colour", "Lotus pink"),
}
DRAWN_AS: dict[str, Season] = {
    BrandMark.WILLOW: Season.SPRING,
    BrandMark.LOTUS: Season.SUMMER,
    BrandMark.GINKGO: Season.AUTUMN,
    BrandMark.PLUM: Season.WINTER,
}


@dataclass(frozen=True)
class Look:
    """What readers know a brand by; `is_own_…` where the brand says it itself."""

    hue: int
    mark: str
    is_own_hue: bool = False
    is_own_mark: bool = False

    @property
    def fill(self) -> str:
        """For an attribute of a drawing, where no style sheet reaches."""
        return shade(self.hue)

    @property
    def drawn_as(self) -> str:
        return DRAWN_AS.get(self.mark, "")


def shade(hue: int, mode: Mode = "light") -> str:
    """A middle lightness, which stands out from light and from dark paper."""
    return f"oklch(58% {min(Colour(hue=hue).strength(mode), 0.15):g} {hue})"


def looks_of(lines: Mapping[int, tuple[int | None, int | None, str]], *, hue: int) -> dict[int, Look]:
    """`lines`: parent, hue and mark by brand. `hue` is the network's own, for brands with nothing above them."""
    known: dict[int, Look] = {}

    def look(key: int) -> Look:
        if key not in known:
            parent, own, mark = lines[key]
            above = look(parent) if parent is not None else Look(hue, "")
            known[key] = Look(
                above.hue if own is None else own,
                mark or above.mark,
                is_own_hue=own is not None,
                is_own_mark=bool(mark),
            )
        return known[key]

    return {key: look(key) for key in lines}


def depth_of(key: int | None, parents: Mapping[int, int | None]) -> int:
    """1 for a brand on top, 0 for none."""
    depth = 0
    while key is not None:
        depth, key = depth + 1, parents[key]
    return depth


def height_of(key: int, parents: Mapping[int, int | None]) -> int:
    """1 for a brand with none below it."""
    below = [child for child, parent in parents.items() if parent == key]
    return 1 + max((height_of(child, parents) for child in below), default=0)


def is_below(key: int | None, other: int, parents: Mapping[int, int | None]) -> bool:
    """Whether `key` is `other` or lies under it."""
    while key is not None:
        if key == other:
            return True
        key = parents[key]
    return False


def against_name(name: str, *, others: Sequence[str]) -> Iterator[Refusal]:
    if name.casefold() in {other.casefold() for other in others}:
        yield Refusal("name_is_taken", _("There is a brand of this name already."), field="name")


def against_place(
    brand: int | None, parent: int | None, parents: Mapping[int, int | None], *, closed: frozenset[int]
) -> Iterator[Refusal]:
    """`brand` is none for one that is added."""
    if parent is None:
        return
    if brand is not None and is_below(parent, brand, parents):
        yield Refusal("goes_round", _("A brand cannot stand under itself or under one of its own."), field="parent")
        return
    height = 1 if brand is None else height_of(brand, parents)
    if depth_of(parent, parents) + height > DEEPEST:
        yield Refusal(
            "too_deep",
            _("Brands go %(count)s levels deep at most.") % {"count": DEEPEST},
            _("Choose a brand further up."),
            field="parent",
        )
    if parent in closed and brand not in closed:
        yield Refusal("parent_is_closed", _("The brand above is no longer used."), field="parent")


def against_closing(*, programmes: Sequence[str], brands: Sequence[str]) -> Iterator[Refusal]:
    """`programmes` in open seasons, `brands` below that are in use."""
    if programmes:
        yield Refusal(
            "programmes_use_it",
            _("Programmes of an open season stand under it: %(titles)s.") % {"titles": named(programmes)},
            _("Give them another brand, or close the season first."),
        )
    if brands:
        yield Refusal(
            "brands_stand_below",
            _("Brands that are in use stand below it: %(names)s.") % {"names": named(brands)},
            _("Close these first."),
        )


def against_reopening(*, is_parent_closed: bool) -> Iterator[Refusal]:
    if is_parent_closed:
        yield Refusal("parent_is_closed", _("The brand above is no longer used."), _("Open that one again first."))
