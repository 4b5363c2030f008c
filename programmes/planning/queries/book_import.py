"""A table of books, judged row by row against the directory. Three statements, however long the table is."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

from kit.sheets import Preview, Row, Sheet, preview
from programmes.planning.models import Book, BookListLine

FIELDS = ("isbn", "title", "author", "publisher", "grade")


@dataclass
class Known:
    """All books of the network, found by ISBN, else by title and author among those without one."""

    by_isbn: dict[str, Book] = field(default_factory=dict)
    by_words: dict[tuple[str, str], Book] = field(default_factory=dict)
    lists: dict[int, set[str]] = field(default_factory=dict)

    @classmethod
    def read(cls) -> "Known":
        found = cls()
        for book in Book.objects.order_by("pk"):
            if book.isbn:
                found.by_isbn[book.isbn] = book
            else:
                found.by_words.setdefault((book.title, book.author), book)
        for key, name in BookListLine.objects.values_list("book_id", "book_list__name"):
            found.lists.setdefault(key, set()).add(name)
        return found

    def match(self, values: dict[str, Any]) -> Book | None:
        """A book that was entered without its ISBN gets it from the table."""
        words = (values["title"], values.get("author") or "")
        return self.by_isbn.get(values.get("isbn") or "") or self.by_words.get(words)

    def before(self, row: Row) -> dict[str, Any] | None:
        """An empty cell leaves what is there; a list that is named is joined, none is left."""
        book = self.match(row.values)
        if book is None:
            return None
        found = {name: row.values.get(name) if not row.values.get(name) else getattr(book, name) for name in FIELDS}
        wanted = tuple(row.values.get("lists") or ())
        known = self.lists.get(book.pk, set())
        return found | {"lists": row.values.get("lists") if set(wanted) <= known else ()}


@dataclass(frozen=True)
class Judged:
    preview: Preview
    known: Known


def judge(sheet: Sheet) -> Judged:
    known = Known.read()
    return Judged(preview(sheet, key=_key, known=known.before), known)


def _key(values: dict[str, Any]) -> Hashable:
    return values.get("isbn") or (values["title"], values.get("author") or "")
