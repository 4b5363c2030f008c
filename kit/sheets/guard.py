"""A spreadsheet runs a cell that begins like a formula. Text gets an apostrophe in front, and loses it when read again."""

import re

_RISKY = re.compile(r"[\s']*[=+\-@＝＋－＠\t\r]")


def guarded(text: str) -> str:
    return f"'{text}" if _RISKY.match(text) else text


def unguarded(text: str) -> str:
    return text[1:] if text.startswith("'") and _RISKY.match(text) else text
