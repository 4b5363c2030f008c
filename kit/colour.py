"""Colour arithmetic: OKLCH as the style sheets write it, sRGB as screens show it, contrast as WCAG counts it."""

from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians, sin

_EDGE = 1e-4


@dataclass(frozen=True)
class Oklab:
    lightness: float
    a: float
    b: float

    def mixed(self, other: "Oklab", *, share: float) -> "Oklab":
        """`share` of this colour, the rest of the other: what color-mix(in oklab, …) does."""
        rest = 1 - share
        return Oklab(
            self.lightness * share + other.lightness * rest,
            self.a * share + other.a * rest,
            self.b * share + other.b * rest,
        )


def oklch(lightness: float, chroma: float, hue: float) -> Oklab:
    """Lightness from 0 to 1, hue in degrees."""
    return Oklab(lightness, chroma * cos(radians(hue)), chroma * sin(radians(hue)))


def linear_rgb(colour: Oklab) -> tuple[float, float, float]:
    """Linear sRGB, not yet clipped to what a screen can show."""
    long = (colour.lightness + 0.3963377774 * colour.a + 0.2158037573 * colour.b) ** 3
    medium = (colour.lightness - 0.1055613458 * colour.a - 0.0638541728 * colour.b) ** 3
    short = (colour.lightness - 0.0894841775 * colour.a - 1.2914855480 * colour.b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def is_shown_true(colour: Oklab) -> bool:
    """Whether an ordinary screen can show it without bending it."""
    return all(-_EDGE <= channel <= 1 + _EDGE for channel in linear_rgb(colour))


def luminance(colour: Oklab) -> float:
    red, green, blue = (min(max(channel, 0.0), 1.0) for channel in linear_rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Oklab, other: Oklab) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@lru_cache(maxsize=2048)
def strongest_chroma(lightness: float, hue: int, wanted: float) -> float:
    """As strong as wanted, or as strong as an ordinary screen shows at this lightness and hue; in thousandths."""
    steps = round(wanted * 1000)
    while steps > 0 and not is_shown_true(oklch(lightness, steps / 1000, hue)):
        steps -= 1
    return steps / 1000


def as_hex(colour: Oklab) -> str:
    """ "#a1213f", bent to what an ordinary screen or a printer shows."""
    return "#" + "".join(f"{round(_curved(min(max(channel, 0.0), 1.0)) * 255):02x}" for channel in linear_rgb(colour))


def _curved(channel: float) -> float:
    return 12.92 * channel if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055
