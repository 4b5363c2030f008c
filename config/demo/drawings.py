"""Pictures for the demo's pages, drawn like layers of cut paper: hills, water, a sun, and what grows in that season."""

import io
import math
from random import Random

from PIL import Image, ImageDraw, ImageFilter

from kit.seasons import Season

SIZE = (960, 720)
Colour = tuple[int, int, int]
# Sky, sun, the layers from far to near, and what grows.
_INKS: dict[Season, tuple[Colour, Colour, tuple[Colour, ...], Colour]] = {
    Season.SPRING: (
        (243, 241, 224),
        (240, 196, 150),
        ((214, 224, 190), (180, 202, 146), (138, 170, 98), (98, 132, 62)),
        (228, 150, 160),
    ),
    Season.SUMMER: (
        (230, 240, 244),
        (250, 226, 160),
        ((196, 220, 226), (146, 190, 204), (92, 152, 176), (48, 110, 140)),
        (238, 170, 178),
    ),
    Season.AUTUMN: (
        (250, 240, 222),
        (232, 150, 88),
        ((238, 214, 176), (222, 176, 118), (198, 132, 72), (150, 88, 46)),
        (222, 158, 48),
    ),
    Season.WINTER: (
        (234, 236, 242),
        (250, 246, 236),
        ((214, 218, 230), (172, 180, 204), (118, 130, 168), (70, 82, 130)),
        (190, 62, 84),
    ),
}


def drawing(season: Season, *, number: int) -> bytes:
    """The same for the same number."""
    lot = Random(f"{season} {number}")  # noqa: S311 - a drawing, no secret
    sky, sun, layers, bloom = _INKS[season]
    twice = Image.new("RGB", (SIZE[0] * 2, SIZE[1] * 2), sky)
    _sun(twice, sun, lot)
    for place, ink in enumerate(layers):
        _hill(twice, ink, 0.42 + 0.15 * place, lot)
    _blooms(twice, bloom, lot)
    if number % 3 == 0:
        _book(twice, lot)
    small = twice.resize(SIZE, Image.Resampling.LANCZOS)
    file = io.BytesIO()
    small.save(file, "JPEG", quality=86)
    return file.getvalue()


def _sun(on: Image.Image, ink: Colour, lot: Random) -> None:
    width, height = on.size
    at, size = (lot.uniform(0.2, 0.8) * width, lot.uniform(0.18, 0.32) * height), lot.uniform(0.07, 0.11) * width
    ImageDraw.Draw(on).ellipse((at[0] - size, at[1] - size, at[0] + size, at[1] + size), fill=ink)


def _hill(on: Image.Image, ink: Colour, level: float, lot: Random) -> None:
    """With the soft shadow that a sheet of paper throws on the one behind it."""
    width, height = on.size
    waves = [(lot.uniform(0.5, 2.2), lot.uniform(0, math.tau), lot.uniform(0.02, 0.06)) for _wave in range(3)]
    line = [
        (
            x,
            height
            * (level + sum(size * math.sin(turns * math.tau * x / width + shift) for turns, shift, size in waves)),
        )
        for x in range(0, width + 20, 20)
    ]
    sheet = Image.new("L", on.size, 0)
    ImageDraw.Draw(sheet).polygon([*line, (width, height), (0, height)], fill=255)
    shadow = sheet.filter(ImageFilter.GaussianBlur(14)).point(lambda value: value * 0.22)
    on.paste((40, 40, 60), (0, -10), shadow)
    on.paste(ink, (0, 0), sheet)


def _blooms(on: Image.Image, ink: Colour, lot: Random) -> None:
    draw, (width, height) = ImageDraw.Draw(on), on.size
    for _bloom in range(lot.randint(16, 30)):
        x, y, size = lot.uniform(0, width), lot.uniform(0.05, 0.95) * height, lot.uniform(8, 26)
        for petal in range(5):
            turn = petal * math.tau / 5 + lot.random()
            at = (x + math.cos(turn) * size, y + math.sin(turn) * size)
            draw.ellipse((at[0] - size * 0.7, at[1] - size * 0.7, at[0] + size * 0.7, at[1] + size * 0.7), fill=ink)


def _book(on: Image.Image, lot: Random) -> None:
    """Open, on the nearest hill."""
    draw, (width, height) = ImageDraw.Draw(on), on.size
    x, y, half = lot.uniform(0.35, 0.65) * width, 0.8 * height, 0.14 * width
    for side in (-1, 1):
        pages = [(x, y), (x + side * half, y - half * 0.22), (x + side * half, y + half * 0.5), (x, y + half * 0.72)]
        draw.polygon(pages, fill=(252, 249, 240))
        for line in range(1, 5):
            down = half * 0.13 * line
            draw.line(
                [(x + side * half * 0.12, y + down), (x + side * half * 0.88, y + down - half * 0.18)],
                fill=(196, 190, 176),
                width=6,
            )
