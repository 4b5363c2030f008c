"""A date as on a tear-off calendar, for pictures: the weekday over a large day, the month under it."""

from dataclasses import dataclass

from PIL import ImageDraw

from kit import lettering

SIZE = 236
HEAD = 58


@dataclass(frozen=True)
class Sheet:
    weekday: str
    day: str
    month: str


def tear_off(pen: ImageDraw.ImageDraw, sheet: Sheet, *, left: int, top: int, ink: str, paper: str) -> None:
    middle = left + SIZE // 2
    pen.rounded_rectangle([left, top, left + SIZE, top + SIZE], radius=22, fill=paper, outline=ink, width=3)
    pen.rounded_rectangle([left, top, left + SIZE, top + HEAD], radius=22, fill=ink, corners=(True, True, False, False))
    pen.text((middle, top + 29), sheet.weekday, font=lettering.plain(32), fill=paper, anchor="mm")
    pen.text((middle, top + 122), sheet.day, font=lettering.serif(104), fill=ink, anchor="mm")
    pen.text((middle, top + 204), sheet.month, font=lettering.serif(34), fill=ink, anchor="mm")
