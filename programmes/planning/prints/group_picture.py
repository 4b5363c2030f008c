"""A session as a picture for a chat group: day, title, place, and a code that leads to its page."""

import io
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

from kit import lettering, qr
from kit.colour import as_hex
from kit.marks import mark
from kit.palette import Brand, colours
from kit.seasons import Season
from kit.tear_off import SIZE as DATE
from kit.tear_off import Sheet, tear_off

WIDTH, HEIGHT, EDGE = 900, 1240, 64
HEAD = 330
MARK = 380
CODE = 330
COLOURS = 48


@dataclass(frozen=True)
class Poster:
    """What stands on it. `weekday`, `day` and `month` are the block of the date; `lines` are place, address and ages."""

    weekday: str
    day: str
    month: str
    clock: str
    title: str
    summary: str
    lines: tuple[str, ...]
    hint: str
    library: str


def group_picture(words: Poster, *, address: str, season: Season) -> bytes:
    """PNG. Small enough for a weak network."""
    known = colours("light", Brand())
    ink, soft, paper, season_ink = (as_hex(known[name]) for name in ("ink", "ink-soft", "surface", season))
    picture = Image.new("RGB", (WIDTH, HEIGHT), paper)
    pen = ImageDraw.Draw(picture)
    pen.rectangle([0, 0, WIDTH, HEAD], fill=as_hex(known[f"{season}-wash"]))
    drawn = mark(season, size=MARK).point(lambda level: round(level * 0.3))
    picture.paste(season_ink, (WIDTH - MARK + 30, HEAD - MARK + 40), drawn)
    pen.rectangle([0, HEAD, WIDTH, HEIGHT], fill=paper)
    _date(pen, words, season_ink=season_ink, paper=paper)
    _words(pen, words, ink=ink, soft=soft)
    _foot(picture, pen, words, address=address, inks=(ink, season_ink))
    out = io.BytesIO()
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def _date(pen: ImageDraw.ImageDraw, words: Poster, *, season_ink: str, paper: str) -> None:
    """The hours beside it."""
    left, top = EDGE, 52
    tear_off(pen, Sheet(words.weekday, words.day, words.month), left=left, top=top, ink=season_ink, paper=paper)
    pen.text((left + DATE + 36, top + DATE // 2), words.clock, font=_hours(words.clock), fill=season_ink, anchor="lm")


def _hours(clock: str) -> ImageFont.FreeTypeFont:
    """What ends on another day is longer."""
    return lettering.serif(58 if len(clock) <= 12 else 34)


def _words(pen: ImageDraw.ImageDraw, words: Poster, *, ink: str, soft: str) -> None:
    wide, down = WIDTH - 2 * EDGE, HEAD + 44
    title = lettering.serif(66)
    for line in lettering.lines(words.title, title, wide=wide, most=2):
        pen.text((EDGE, down), line, font=title, fill=ink)
        down += 92
    parts = [
        (words.summary, lettering.plain(34), soft, 26),
        *((line, lettering.plain(38), ink, 6) for line in words.lines),
    ]
    for text, font, colour, gap in parts:
        for line in lettering.lines(text, font, wide=wide, most=2):
            pen.text((EDGE, down), line, font=font, fill=colour)
            down += 54
        down += gap


def _foot(
    picture: Image.Image, pen: ImageDraw.ImageDraw, words: Poster, *, address: str, inks: tuple[str, str]
) -> None:
    """The code to the left, what it is for beside it, and whose it is."""
    ink, season_ink = inks
    code = qr.dots(address, most=CODE)
    top = HEIGHT - EDGE - code.height + 20
    pen.line([EDGE, top - 24, WIDTH - EDGE, top - 24], fill=season_ink, width=2)
    picture.paste(code, (EDGE - 24, top))
    left, down = EDGE + code.width + 12, top + 70
    for text, font, colour in (
        (words.hint, lettering.plain(38), ink),
        (words.library, lettering.serif(38), season_ink),
    ):
        for line in lettering.lines(text, font, wide=WIDTH - EDGE - left, most=3):
            pen.text((left, down), line, font=font, fill=colour)
            down += 56
        down += 18
