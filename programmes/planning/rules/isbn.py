"""The number of a book: kept as thirteen digits, however it was written."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from kit.refusals import Refusal
from kit.sheets.cells import narrowed

_DASHES = str.maketrans("", "", "-‐‑‒–—－ \t\u3000")


def bare(typed: str) -> str:
    """Without blanks, dashes and the word ISBN in front."""
    text = narrowed(typed).translate(_DASHES).upper()
    return text.removeprefix("ISBN").lstrip(":：")


def isbn13(typed: str) -> str:
    """Thirteen digits; empty where it is no ISBN, or its check digit is wrong."""
    text = bare(typed)
    if len(text) == 10 and _is_ten(text):
        head = f"978{text[:9]}"
        return head + _check_digit(head)
    if len(text) == 13 and text.isascii() and text.isdigit() and text[:3] in {"978", "979"}:
        return text if _check_digit(text[:12]) == text[12] else ""
    return ""


def _is_ten(text: str) -> bool:
    head, last = text[:9], text[9]
    if not (head.isascii() and head.isdigit() and (last in "0123456789X")):
        return False
    value = sum((10 - place) * int(digit) for place, digit in enumerate(head)) + (10 if last == "X" else int(last))
    return value % 11 == 0


def _check_digit(head: str) -> str:
    value = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(head))
    return str(-value % 10)


def against_isbn(typed: str) -> Iterator[Refusal]:
    """Nothing against a book without one."""
    if bare(typed) and not isbn13(typed):
        yield Refusal(
            "no_isbn",
            _("%(isbn)s is no ISBN.") % {"isbn": typed.strip()},
            _("It has 10 or 13 digits, and the last one is worked out from the others: look for a slip of the hand."),
            field="isbn",
        )


def spoken(isbn: str) -> str:
    """In groups that can be read aloud; where a publisher's part ends is left open."""
    return f"{isbn[:3]}-{isbn[3:4]}-{isbn[4:12]}-{isbn[12:]}" if len(isbn) == 13 else isbn
