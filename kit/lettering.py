"""Chinese letters for pictures, from the fonts of the machine. Where it has none, nothing is drawn."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from PIL import ImageDraw, ImageFont

_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "/System/Library/Fonts")
# By what they are called on Debian, elsewhere on Linux, and on a Mac; the first that is there.
_SERIF = ("NotoSerifCJK-Bold.ttc", "NotoSerifCJKsc-Bold.otf", "SourceHanSerifSC-Bold.otf", "Songti.ttc")
_PLAIN = ("NotoSansCJK-Regular.ttc", "NotoSansCJKsc-Regular.otf", "SourceHanSansSC-Regular.otf", "STHeiti Medium.ttc")
# Faces of one file, as many as there may be: Japanese, Korean, simplified and traditional Chinese.
_FACES = 10


def can_draw() -> bool:
    """No font is opened for it: each takes two megabytes of the process."""
    return _file(_PLAIN) is not None


def serif(size: int) -> ImageFont.FreeTypeFont:
    return _font(_SERIF, size)


def plain(size: int) -> ImageFont.FreeTypeFont:
    return _font(_PLAIN, size)


def lines(text: str, font: ImageFont.FreeTypeFont, *, wide: int, most: int) -> list[str]:
    """Broken where a line is full, as Chinese is; what has no room ends in an ellipsis."""
    found: list[str] = []
    rest = text.strip()
    while rest and len(found) < most:
        end = _fits(rest, font, wide)
        if end < len(rest) and len(found) == most - 1:
            return [*found, f"{rest[: _fits(rest, font, wide - round(font.size))]}…"]
        found.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return found


def middle(
    pen: ImageDraw.ImageDraw, text: str, down: int, font: ImageFont.FreeTypeFont, colour: str, *, width: int, edge: int
) -> None:
    """One line in the middle of a picture so wide."""
    for line in lines(text, font, wide=width - 2 * edge, most=1):
        pen.text((width // 2, down), line, font=font, fill=colour, anchor="ma")


def _fits(text: str, font: ImageFont.FreeTypeFont, wide: int) -> int:
    """So many characters stand on one line; one at least."""
    end = 1
    while end < len(text) and font.getlength(text[: end + 1]) <= wide:
        end += 1
    return end


def _font(names: tuple[str, ...], size: int) -> ImageFont.FreeTypeFont:
    found = _file(names) or _file(_PLAIN)
    if found is None:
        raise FileNotFoundError("There is no font with Chinese letters: apt-get install fonts-noto-cjk")
    return ImageFont.truetype(found, size, index=_simplified(found))


@lru_cache(maxsize=4)
def _file(names: tuple[str, ...]) -> str | None:
    there = {path.name: path for folder in _FOLDERS for path in _fonts_in(Path(folder))}
    return next((str(there[name]) for name in names if name in there), None)


def _fonts_in(folder: Path) -> Iterator[Path]:
    return (path for end in ("*.ttc", "*.otf") for path in sorted(folder.rglob(end)))


@lru_cache(maxsize=4)
def _simplified(path: str) -> int:
    """Which of the file's faces writes simplified Chinese."""
    for face in range(_FACES):
        try:
            family = ImageFont.truetype(path, 10, index=face).getname()[0] or ""
        except OSError:
            break
        if family.endswith(" SC"):
            return face
    return 0
