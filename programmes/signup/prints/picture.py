"""The ticket as a picture for the phone's album: code, date and place, and nobody's name."""

import io
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

from kit import lettering, qr
from kit.colour import as_hex
from kit.marks import mark
from kit.palette import Brand, colours
from kit.seasons import Season

WIDTH, HEIGHT, EDGE = 900, 1270, 56
HEAD = 396
CODE = 590
MARK = 330
# Letters are soft at their edges; more colours than these nobody sees.
COLOURS = 48


@dataclass(frozen=True)
class Words:
    """What stands on it, top to bottom; `code` in groups."""

    when: str
    title: str
    place: str
    code: str
    party: str
    hint: str
    library: str


def ticket_picture(words: Words, *, address: str, season: Season) -> bytes:
    """PNG. Small enough for a weak network."""
    known = colours("light", Brand())
    ink, soft, paper, season_ink = (as_hex(known[name]) for name in ("ink", "ink-soft", "surface", season))
    wash = as_hex(known[f"{season}-wash"])
    picture = Image.new("RGB", (WIDTH, HEIGHT), paper)
    pen = ImageDraw.Draw(picture)
    pen.rectangle([0, 0, WIDTH, HEAD], fill=wash)
    drawn = mark(season, size=MARK).point(lambda level: round(level * 0.22))
    picture.paste(season_ink, (WIDTH - MARK + 40, HEAD - MARK + 50), drawn)
    pen.rectangle([0, HEAD, WIDTH, HEIGHT], fill=paper)
    _head(pen, words, ink=ink, season_ink=season_ink)
    _tear(pen, season_ink, wash)
    foot = _code(picture, address)
    _middle(pen, words.code, foot + 4, lettering.plain(40), ink)
    _middle(pen, words.party, foot + 66, lettering.serif(46), ink)
    _middle(pen, words.hint, foot + 138, lettering.plain(28), soft)
    _middle(pen, words.library, HEIGHT - 62, lettering.serif(32), season_ink)
    out = io.BytesIO()
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def _head(pen: ImageDraw.ImageDraw, words: Words, *, ink: str, season_ink: str) -> None:
    wide, down = WIDTH - 2 * EDGE, 44
    parts = (
        (words.when, lettering.serif(50), season_ink, 1, 72),
        (words.title, lettering.serif(58), ink, 2, 78),
        (words.place, lettering.plain(36), ink, 2, 50),
    )
    for text, font, colour, most, step in parts:
        for line in lettering.lines(text, font, wide=wide, most=most):
            pen.text((EDGE, down), line, font=font, fill=colour)
            down += step
        down += 8


def _tear(pen: ImageDraw.ImageDraw, season_ink: str, wash: str) -> None:
    """Where one would tear it off."""
    for start in range(34, WIDTH - 34, 26):
        pen.line([start, HEAD, start + 13, HEAD], fill=season_ink, width=3)
    for x in (0, WIDTH):
        pen.ellipse([x - 24, HEAD - 24, x + 24, HEAD + 24], fill=wash, outline=season_ink, width=2)


def _code(picture: Image.Image, address: str) -> int:
    """Gives back where it ends."""
    code = qr.dots(address, most=CODE)
    picture.paste(code, ((WIDTH - code.width) // 2, HEAD + 26))
    return HEAD + 26 + code.height


def _middle(pen: ImageDraw.ImageDraw, text: str, down: int, font: ImageFont.FreeTypeFont, colour: str) -> None:
    lettering.middle(pen, text, down, font, colour, width=WIDTH, edge=EDGE)
