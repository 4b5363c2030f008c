"""The table of books: what an Excel file may say of them, read and written with the same columns."""

import re
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kit.sheets import Cell, Column, Unreadable, short_text
from kit.sheets.cells import as_text
from programmes.planning.models import Book
from programmes.planning.rules.isbn import bare, isbn13

_BETWEEN = re.compile(r"[、,，;；\n]+")


def columns(*, needs_title: bool = True) -> tuple[Column, ...]:
    return (
        Column("isbn", "ISBN", _isbn, aliases=("isbn", "ISBN号", "国际标准书号", "书号"), width=18),
        Column(
            "title",
            pgettext("of a book", "Title"),
            short_text(120),
            required=needs_title,
            aliases=("书名", "题名"),
            width=32,
        ),
        Column("author", _("Author"), short_text(120), aliases=("作者", "著者", "责任者"), width=24),
        Column("publisher", _("Publisher"), short_text(60), aliases=("出版社", "出版者"), width=20),
        Column("grade", _("Reading level"), short_text(40), aliases=("分级", "阅读分级", "级别"), width=14),
        Column("lists", _("Book lists"), _names, aliases=("书单", "所属书单"), width=24, take=_joined),
    )


def _isbn(value: Cell) -> str:
    text = as_text(value)
    if not bare(text):
        return ""
    found = isbn13(text)
    if not found:
        raise Unreadable(_("%(isbn)s is no ISBN: look for a slip of the hand.") % {"isbn": text})
    return found


def _names(value: Cell) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.strip() for name in _BETWEEN.split(as_text(value)) if name.strip()))
    if any(len(name) > 60 for name in names):
        raise Unreadable(_("A list's name has at most 60 characters."))
    return names


def _joined(row: Any) -> str:
    found = row["lists"] if isinstance(row, dict) else row.lists
    return found if isinstance(found, str) else "、".join(found or ())


def row_of(book: Book, lists: dict[int, list[str]]) -> dict[str, Any]:
    return {
        "isbn": book.isbn,
        "title": book.title,
        "author": book.author,
        "publisher": book.publisher,
        "grade": book.grade,
        "lists": lists.get(book.pk, []),
    }


def example() -> dict[str, Any]:
    return {
        "isbn": "9787544291170",
        "title": "小种子",
        "author": "（美）艾瑞·卡尔",
        "publisher": "明天出版社",
        "grade": "金准阅读 L2",
        "lists": ["阅美善读 2027"],
    }
