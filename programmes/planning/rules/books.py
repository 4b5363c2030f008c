"""Books, lists of books, and where the catalogue has them."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kit.refusals import Refusal
from programmes.planning.rules.isbn import against_isbn

MOST_BOOKS = 60
MOST_OF_A_LIST = 500


def against_book(values: Mapping[str, Any], *, taken: Mapping[str, str]) -> Iterator[Refusal]:
    """`taken`: titles of the other books, by ISBN."""
    if not values["title"].strip():
        yield Refusal("no_title", _("A book needs a title."), field="title")
    yield from against_isbn(values["isbn"])
    if values["isbn"] and values["isbn"] in taken:
        yield Refusal(
            "isbn_taken",
            _("This ISBN belongs to %(title)s.") % {"title": taken[values["isbn"]]},
            _("Look that book up instead of entering it again."),
            field="isbn",
        )


def against_list(name: str, *, names: Collection[str]) -> Iterator[Refusal]:
    if not name.strip():
        yield Refusal("no_name", _("A list needs a name."), field="name")
    elif name.strip() in names:
        yield Refusal("name_taken", _("There is a list called %(name)s already.") % {"name": name}, field="name")


def against_more(count: int, *, most: int) -> Iterator[Refusal]:
    if count > most:
        yield Refusal(
            "too_many_books",
            _("That would be %(count)s books; at most %(most)s fit.") % {"count": count, "most": most},
            _("Choose fewer."),
        )


def against_closed_list(closed_at: datetime | None) -> Iterator[Refusal]:
    if closed_at is not None:
        yield Refusal("list_closed", _("This list is no longer used."), _("Use it again first."))


def against_unknown(isbns: Collection[str]) -> Iterator[Refusal]:
    """ISBNs that came without a title and are in no directory."""
    if isbns:
        yield Refusal(
            "unknown_books",
            _("Not in the directory of books: %(isbns)s.") % {"isbns": "、".join(list(isbns)[:10])},
            _("Add a column with the title, or enter these books first."),
            field="pasted",
        )


def catalogue_address(rules: Mapping[str, Any], isbn: str) -> str:
    """By the pattern that the library chose; empty without one, or for a book without ISBN."""
    pattern = rules.get("catalogue_url")
    if not isbn or not isinstance(pattern, str) or not pattern.startswith(("https://", "http://")):
        return ""
    return pattern.replace("{isbn}", isbn)
