"""The seasons' marks as coverage for pictures: the very paths of drawings.svg, without a program that knows SVG."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw

DRAWINGS = Path(__file__).parent / "static/kit/drawings.svg"
# Each symbol is drawn so many units wide, at three times its size, and made smaller to be smooth.
UNITS, FINER = 120, 3
# Straight pieces that stand for one curve.
PIECES = 8
_STEP = re.compile(r"([A-Za-z])|(-?(?:\d+\.?\d*|\.\d+))")
_TAKES = {"M": 2, "L": 2, "C": 6, "S": 4, "Q": 4, "h": 1, "Z": 0}

Point = tuple[float, float]


@lru_cache(maxsize=4)
def mark(season: str, *, size: int) -> Image.Image:
    """How much of the season's ink each dot takes, from 0 to 255."""
    found = re.search(rf'<symbol id="mark-{season}"[^>]*>(.*?)</symbol>', DRAWINGS.read_text("utf-8"), re.DOTALL)
    whole = Image.new("L", (size * FINER, size * FINER), 0)
    for attributes in re.findall(r"<path ([^>]*)/>", found[1] if found else ""):
        _draw(whole, dict(re.findall(r'([\w-]+)="([^"]*)"', attributes)))
    return whole.resize((size, size), Image.Resampling.LANCZOS)


def _draw(whole: Image.Image, path: dict[str, str]) -> None:
    """What is filled, then what is stroked: ink is laid over, paper takes ink away."""
    scale = whole.width / UNITS
    opacity = float(path.get("opacity", 1))
    lines = [[(x * scale, y * scale) for x, y in line] for line in strokes(path["d"])]
    for paint in ("fill", "stroke"):
        colour = path.get(paint, "none")
        if colour == "none":
            continue
        shape = Image.new("L", whole.size, 0)
        pen = ImageDraw.Draw(shape)
        for line in lines:
            if paint == "fill":
                pen.polygon(line, fill=255)
            else:
                _stroke(pen, line, float(path.get("stroke-width", 1)) * scale)
        level = 255 if colour == "currentColor" else 0
        whole.paste(level, mask=ImageChops.multiply(shape, Image.new("L", whole.size, round(255 * opacity))))


def _stroke(pen: ImageDraw.ImageDraw, line: list[Point], wide: float) -> None:
    """With round ends."""
    pen.line(line, fill=255, width=max(1, round(wide)), joint="curve")
    for x, y in (line[0], line[-1]):
        pen.ellipse([x - wide / 2, y - wide / 2, x + wide / 2, y + wide / 2], fill=255)


def strokes(path: str) -> list[list[Point]]:
    """Each stretch between two lifts of the pen, its curves in straight pieces."""
    found: list[list[Point]] = []
    last_handle: Point | None = None
    for letter, numbers in _steps(path):
        if letter == "M":
            found.append([(numbers[0], numbers[1])])
            continue
        line = found[-1]
        if letter == "Z":
            line.append(line[0])
            continue
        start = line[-1]
        points = list(zip(numbers[::2], numbers[1::2], strict=False))
        if letter == "h":
            points = [(start[0] + numbers[0], start[1])]
        elif letter == "S":
            before = last_handle or start
            points = [(2 * start[0] - before[0], 2 * start[1] - before[1]), *points]
        last_handle = points[-2] if len(points) == 3 else None
        line.extend(_curve([start, *points], at / PIECES) for at in range(1, PIECES + 1))
    return found


def _steps(path: str) -> Iterator[tuple[str, list[float]]]:
    """Each command with as many numbers as it takes; numbers that go on repeat it."""
    letter, numbers = "", []
    for found, number in _STEP.findall(path):
        if found:
            letter = found
        else:
            numbers.append(float(number))
        if letter and len(numbers) == _TAKES[letter]:
            yield letter, numbers
            letter, numbers = ("L" if letter == "M" else letter) if numbers else "", []


def _curve(points: list[Point], at: float) -> Point:
    """De Casteljau: a line, or a curve with one handle or two."""
    while len(points) > 1:
        points = [(x + (on - x) * at, y + (up - y) * at) for (x, y), (on, up) in pairwise(points)]
    return points[0]
