"""The colours of the style sheet, read from it, so that their contrast can be computed and shown."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from kit.colour import Oklab, contrast, oklch, strongest_chroma

Mode = Literal["light", "dark"]
MODES: tuple[Mode, Mode] = ("light", "dark")

SHEET = Path(__file__).parent / "static/kit/css/tokens.css"
TEXT = 4.5
SHAPE = 3.0

# What is written or drawn on what. A button's border and a focus ring are shapes; everything else is text.
TEXT_ON: dict[str, tuple[str, ...]] = {
    "ink": (
        "paper", "surface", "sunken", "brand-wash", "good-wash", "warn-wash", "bad-wash",
        "spring-wash", "summer-wash", "autumn-wash", "winter-wash",
    ),
    "ink-soft": (
        "paper", "surface", "sunken", "brand-wash", "spring-wash", "summer-wash", "autumn-wash", "winter-wash",
    ),
    "brand": ("paper", "surface", "sunken", "brand-wash"),
    "on-brand": ("brand", "brand-deep"),
    "spring": ("paper", "surface", "spring-wash"),
    "summer": ("paper", "surface", "summer-wash"),
    "autumn": ("paper", "surface", "autumn-wash"),
    "winter": ("paper", "surface", "winter-wash"),
    "good": ("paper", "surface", "good-wash", "brand-wash"),
    "warn": ("paper", "surface", "warn-wash", "brand-wash"),
    "bad": ("paper", "surface", "bad-wash", "brand-wash"),
}  # fmt: skip
SHAPE_ON: dict[str, tuple[str, ...]] = {"edge": ("paper", "surface", "sunken"), "brand": ("paper", "surface")}

BRAND_LIGHTNESS: dict[Mode, float] = {"light": 0.50, "dark": 0.74}
# In the dark a strong colour glows: the dark brand keeps this part of the strength.
BRAND_STRENGTH: dict[Mode, float] = {"light": 1.0, "dark": 0.76}

_OKLCH = r"oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\)"
_PAIR = re.compile(rf"--([a-z-]+): light-dark\({_OKLCH}, {_OKLCH}\);")
_MIX = re.compile(r"--([a-z-]+): color-mix\(in oklab, var\(--([a-z-]+)\) (\d+)%, var\(--([a-z-]+)\)\);")


@dataclass(frozen=True)
class Brand:
    hue: int = 15
    chroma: float = 0.17

    def shade(self, mode: Mode) -> Oklab:
        return oklch(BRAND_LIGHTNESS[mode], self.strength(mode), self.hue)

    def strength(self, mode: Mode) -> float:
        """Not more than a screen can show: bent colours would lose the contrast that is promised."""
        return strongest_chroma(BRAND_LIGHTNESS[mode], self.hue, self.chroma * BRAND_STRENGTH[mode])


@dataclass(frozen=True)
class Pair:
    text: str
    ground: str
    mode: Mode
    ratio: float
    least: float

    @property
    def is_shape(self) -> bool:
        return self.least == SHAPE

    @property
    def is_enough(self) -> bool:
        return self.ratio >= self.least


@lru_cache(maxsize=1)
def _sheet() -> str:
    return SHEET.read_text(encoding="utf-8")


def colours(mode: Mode, brand: Brand) -> dict[str, Oklab]:
    """Every colour token as one mode shows it."""
    found = {}
    for name, *numbers in _PAIR.findall(_sheet()):
        lightness, chroma, hue = map(float, numbers[:3] if mode == "light" else numbers[3:])
        found[name] = oklch(lightness / 100, chroma, hue)
    found["brand"] = brand.shade(mode)
    for name, first, percent, second in _MIX.findall(_sheet()):
        found[name] = found[first].mixed(found[second], share=int(percent) / 100)
    return found


def pairs(brand: Brand) -> list[Pair]:
    """Each text on each ground it may stand on, in both modes."""
    return [
        Pair(text, ground, mode, contrast(known[text], known[ground]), least)
        for mode in MODES
        for known in [colours(mode, brand)]
        for least, table in ((TEXT, TEXT_ON), (SHAPE, SHAPE_ON))
        for text, grounds in table.items()
        for ground in grounds
    ]
