"""Phone numbers: any usual spelling in, E.164 ("+8613800138000") kept, "138****8000" shown."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from kit.refusals import Refusal

# Phones and people write these between digits; full-width ones are narrowed first.
_SEPARATORS = re.compile(r"[\s().·\u2010-\u2015\u2212\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff-]+")
_MAINLAND = re.compile(r"^\+861[3-9]\d{9}$")
_INTERNATIONAL = re.compile(r"^\+[1-9]\d{6,14}$")


def normal(typed: str) -> str:
    """As E.164 where it can be read as a number, else what is left after tidying."""
    text = _SEPARATORS.sub("", unicodedata.normalize("NFKC", typed).strip())
    if text.startswith("00"):
        text = f"+{text[2:]}"
    if re.fullmatch(r"861[3-9]\d{9}", text):
        return f"+{text}"
    if re.fullmatch(r"0?1[3-9]\d{9}", text):
        return f"+86{text.removeprefix('0')}"
    return text


def against_number(number: str, *, foreign_allowed: bool) -> Iterator[Refusal]:
    """`number` as `normal` gives it."""
    if _MAINLAND.match(number):
        return
    if not number:
        yield Refusal("empty", _("Please type your mobile number."), field="phone")
    elif number.startswith("+") and not number.startswith("+86"):
        if not foreign_allowed:
            yield Refusal(
                "foreign",
                _("Codes go to mobile numbers of mainland China only."),
                _("Use such a number, or ask at the library's desk."),
                field="phone",
            )
        elif not _INTERNATIONAL.match(number):
            yield Refusal(
                "not_a_number",
                _("This number does not look right."),
                _("Write + and the country code, then the number."),
                field="phone",
            )
    else:
        yield Refusal(
            "not_a_mobile",
            _("This is not a mobile number that we can read."),
            _("It has 11 digits and starts with 1, like 138 0013 8000."),
            field="phone",
        )


def foreign_allowed(network_rules: Mapping[str, Any]) -> bool:
    return network_rules.get("foreign_phones") is True


def masked(number: str) -> str:
    """Enough to know one's own number by: 138****8000, +85 ***** 21."""
    if _MAINLAND.match(number):
        return f"{number[3:6]}****{number[-4:]}"
    return f"{number[:3]}*****{number[-2:]}" if number else ""


def spaced(number: str) -> str:
    """As people read it out: 138 0013 8000."""
    if _MAINLAND.match(number):
        return f"{number[3:6]} {number[6:10]} {number[10:]}"
    return number
