"""Template tags that every page has."""

import json
import re
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext_lazy

from kit import dates
from kit import qr as codes
from kit.colour import as_hex
from kit.markup import said
from kit.palette import Brand, colours
from kit.refusals import Text
from kit.seasons import Season, season_of

register = template.Library()

STATIC = Path(__file__).resolve().parents[1] / "static"
DRAWINGS = "kit/drawings.svg"
# What few reader's pages need stays out of the file that every one of them loads.
TOOLS = "kit/tools.svg"
_SYMBOL = re.compile(r'<symbol id="(?!mark-)([a-z-]+)"')
_IN_TOOLS = frozenset(_SYMBOL.findall((STATIC / TOOLS).read_text(encoding="utf-8")))
# Seven digits or more, with what people put between them.
_PHONE = re.compile(r"(\+?\d[\d -]{5,16}\d)")
# What could end the element that holds them.
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
# In half widths; a Chinese letter is as wide as two Latin ones.
LONGEST_PIECE = 26
_WIDE = re.compile(r"[\u2e81-\U0010ffff]")
WEEKDAYS = (
    pgettext_lazy("short weekday", "Mon"),
    pgettext_lazy("short weekday", "Tue"),
    pgettext_lazy("short weekday", "Wed"),
    pgettext_lazy("short weekday", "Thu"),
    pgettext_lazy("short weekday", "Fri"),
    pgettext_lazy("short weekday", "Sat"),
    pgettext_lazy("short weekday", "Sun"),
)


def drawings() -> list[str]:
    """Every name that `icon` knows."""
    return sorted(_IN_TOOLS | set(_SYMBOL.findall((STATIC / DRAWINGS).read_text(encoding="utf-8"))))


@register.simple_tag
def language() -> str:
    """For the `lang` of a document; Chinese by its script, as fonts and voices ask."""
    code = get_language() or settings.LANGUAGE_CODE
    return "zh-Hans" if code == "zh-hans" else code


@register.simple_tag
def icon(name: str) -> SafeString:
    """A line drawing beside a word; it says nothing of its own."""
    sheet = static(TOOLS if name in _IN_TOOLS else DRAWINGS)
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', sheet, name)


@register.simple_tag
def mark(season: str) -> SafeString:
    """The season's drawing: willow, lotus, ginkgo or plum."""
    return format_html(
        '<svg class="mark" viewBox="0 0 120 120" aria-hidden="true"><use href="{}#mark-{}"></use></svg>',
        static(DRAWINGS),
        season,
    )


@register.simple_tag
@lru_cache(maxsize=4)
def drawn_mark(season: str) -> SafeString:
    """The season's drawing in its colour, for paper: what draws PDFs follows no reference and hands no colour down."""
    found = re.search(rf'<symbol id="mark-{season}"[^>]*>(.*?)</symbol>', _drawn(), re.DOTALL)
    ink = as_hex(colours("light", Brand())[season])
    strokes = mark_safe(found[1].replace("currentColor", ink)) if found else ""  # noqa: S308 - of our own file
    return format_html('<svg class="mark" viewBox="0 0 120 120" aria-hidden="true">{}</svg>', strokes)


@lru_cache(maxsize=1)
def _drawn() -> str:
    return (STATIC / DRAWINGS).read_text(encoding="utf-8")


@register.simple_tag
def qr(text: str, label: str) -> SafeString:
    return codes.svg(text, label=label)


@register.simple_tag
def linked_data(values: dict[str, Any]) -> SafeString:
    """Data for machines, which no browser runs."""
    text = json.dumps(values, ensure_ascii=False).translate(_ESCAPES)
    return format_html(
        '<script type="application/ld+json">{}</script>',
        mark_safe(text),  # noqa: S308 - what could end the element is written as \u003C
    )


@register.filter
def weekday(day: date) -> Text:
    return WEEKDAYS[_here(day).weekday()]


@register.filter
def season(day: date) -> Season:
    return season_of(_here(day))


def _here(day: date) -> date:
    """An instant is the day that it has in the network's own time."""
    return timezone.localtime(day) if isinstance(day, datetime) else day


@register.filter
def short_day(day: date) -> str:
    return dates.short_day(_here(day))


@register.filter
def in_pieces(text: str, after: str = "，") -> SafeString:
    """What stands between two commas stays on one line, if it is short enough: 每周六 10:00–11:00，5月1日–29日."""
    pieces = re.split(rf"(?<={re.escape(after)})|(?=（)", text)
    return mark_safe("".join(map(_piece, pieces)))  # noqa: S308 - each piece went through said()


def _piece(text: str) -> str:
    wide = len(text) + len(_WIDE.findall(text))
    return f'<span class="whole">{said(text)}</span>' if wide <= LONGEST_PIECE else said(text)


@register.filter
def linked_phones(text: str) -> SafeString:
    """Numbers in a line of text, ready to be called by a tap."""
    parts = _PHONE.split(text)
    return format_html_join("", "{}", ((_called(part) if place % 2 else part,) for place, part in enumerate(parts)))


def _called(number: str) -> SafeString:
    return format_html('<a class="whole" href="tel:{}">{}</a>', re.sub(r"[^\d+]", "", number), number)
