"""What a chat shows beside a shared link: the season's mark or a date, a title, where it is, and a code that leads there."""

import hashlib
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

WIDTH, HEIGHT = 1200, 630
# Another drawing of the same words is another picture: count up with each change of it.
DRAWING = 1
# The column to the left, where words begin, and where they end.
COLUMN, LEFT, RIGHT = 396, 448, WIDTH - 52
TOP, EDGE = 50, 44
MARK, FAINT_MARK = 316, 300
CODE = 190
# From here down the code stands beside the words, and whose it is below them.
BESIDE, FOOT = HEIGHT - EDGE - CODE + 40, HEIGHT - EDGE - 92
COLOURS = 48

Inks = dict[str, str]


@dataclass(frozen=True)
class Card:
    """What stands on it. `kicker`: above the title; `sheet` and `hours`: of what has a date; `address`: where the code
    leads."""

    kicker: str
    title: str
    lines: tuple[str, ...]
    hint: str
    library: str
    address: str
    season: Season
    sheet: Sheet | None = None
    hours: str = ""

    @property
    def version(self) -> str:
        return hashlib.sha256(f"{DRAWING} {self!r}".encode()).hexdigest()[:16]


def share_picture(card: Card) -> bytes:
    """PNG. Small enough for whoever fetches it for a chat."""
    known, season = colours("light", Brand()), card.season
    names = {"ink": "ink", "soft": "ink-soft", "paper": "surface", "season": season, "wash": f"{season}-wash"}
    inks = {name: as_hex(known[token]) for name, token in names.items()}
    picture = Image.new("RGB", (WIDTH, HEIGHT), inks["paper"])
    pen = ImageDraw.Draw(picture)
    pen.rectangle([0, 0, COLUMN, HEIGHT], fill=inks["wash"])
    if card.sheet is None:
        drawn = mark(season, size=MARK)
        picture.paste(inks["season"], ((COLUMN - MARK) // 2, (HEIGHT - MARK) // 2), drawn)
    else:
        _date(picture, pen, card, card.sheet, inks)
    _words(pen, card, inks)
    _foot(picture, pen, card, inks)
    out = io.BytesIO()
    # Of Pillow's methods the one that takes least: half the time, and a quarter of the memory that stays behind.
    picture.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(
        out, "PNG", optimize=True
    )
    return out.getvalue()


def _date(picture: Image.Image, pen: ImageDraw.ImageDraw, card: Card, sheet: Sheet, inks: Inks) -> None:
    """Over the hours, and over a mark that is no more than a hint."""
    faint = mark(card.season, size=FAINT_MARK).point(lambda level: round(level * 0.25))
    corner = (COLUMN - FAINT_MARK + 40, HEIGHT - FAINT_MARK + 50)
    picture.paste(inks["season"], corner, faint.crop((0, 0, COLUMN - corner[0], FAINT_MARK)))
    left, top = (COLUMN - DATE) // 2, 92
    tear_off(pen, sheet, left=left, top=top, ink=inks["season"], paper=inks["paper"])
    font, down = lettering.serif(46), top + DATE + 34
    if font.getlength(card.hours) <= COLUMN - 2 * EDGE:
        pen.text((COLUMN // 2, down), card.hours, font=font, fill=inks["season"], anchor="ma")
        return
    for line in _by_words(card.hours, lettering.serif(32), wide=COLUMN - 2 * EDGE):
        pen.text((COLUMN // 2, down), line, font=lettering.serif(32), fill=inks["season"], anchor="ma")
        down += 46


def _by_words(text: str, font: ImageFont.FreeTypeFont, *, wide: int) -> list[str]:
    """Hours that end on another day: no word of them is broken."""
    found: list[str] = []
    for word in text.split():
        longer = f"{found[-1]} {word}" if found else word
        if found and font.getlength(longer) <= wide:
            found[-1] = longer
        else:
            found.append(word)
    return found


def _words(pen: ImageDraw.ImageDraw, card: Card, inks: Inks) -> None:
    """Beside the code lines are shorter; what would run into the foot is left out."""
    down = TOP
    parts = [
        (card.kicker, lettering.plain(32), inks["season"], 1, 50, 12),
        (card.title, lettering.serif(64), inks["ink"], 2, 84, 22),
        *((line, lettering.plain(34), inks["soft"], 2, 48, 12) for line in card.lines),
    ]
    for text, font, colour, most, step, gap in parts:
        wide = (RIGHT if down + most * step < BESIDE else RIGHT - CODE - 20) - LEFT
        for line in lettering.lines(text, font, wide=wide, most=most):
            if down + step > FOOT:
                return
            pen.text((LEFT, down), line, font=font, fill=colour)
            down += step
        down += gap if text else 0


def _foot(picture: Image.Image, pen: ImageDraw.ImageDraw, card: Card, inks: Inks) -> None:
    """Whose it is to the left, the code to the right."""
    code = qr.dots(card.address, most=CODE)
    picture.paste(code, (RIGHT - code.width + 20, HEIGHT - EDGE - code.height + 20))
    wide = RIGHT - code.width - LEFT
    for text, font, colour, up in (
        (card.library, lettering.serif(34), inks["season"], 92),
        (card.hint, lettering.plain(26), inks["soft"], 42),
    ):
        for line in lettering.lines(text, font, wide=wide, most=1):
            pen.text((LEFT, HEIGHT - EDGE - up + 14), line, font=font, fill=colour)
