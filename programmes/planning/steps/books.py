"""The directory of books is written by one person at a time; lines of books keep their order."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Max

from kit.command import step
from networks.models import Network
from networks.models.scoping import current_network_id
from programmes.planning.models import Activity, ActivityBook, Book, BookList, BookListLine

MANY = 500


@step
def hold_directory() -> None:
    """Two people who enter the same book, unit or list wait for each other. Rows of other tables go on being made."""
    Network.objects.select_for_update(no_key=True).get(pk=current_network_id() or 0)


@step
def make_books(values: Sequence[Mapping[str, Any]]) -> list[Book]:
    """Whoever calls holds the directory and has asked the rules."""
    made: list[Book] = Book.objects.bulk_create([Book(**one) for one in values], batch_size=MANY)
    return made


@step
def add_to_list(book_list: BookList, books: Iterable[Book]) -> int:
    """Those that are not in it, at its end."""
    there = set(BookListLine.objects.filter(book_list=book_list).values_list("book_id", flat=True))
    fresh = [book for book in dict.fromkeys(books) if book.pk not in there]
    place = _next(BookListLine.objects.filter(book_list=book_list))
    BookListLine.objects.bulk_create(
        [BookListLine(book_list=book_list, book=book, place=place + number) for number, book in enumerate(fresh)],
        batch_size=MANY,
    )
    return len(fresh)


@step
def add_to_activity(activity: Activity, books: Iterable[Book]) -> int:
    """Those that it does not read yet, after the others."""
    there = set(ActivityBook.objects.filter(activity=activity).values_list("book_id", flat=True))
    fresh = [book for book in dict.fromkeys(books) if book.pk not in there]
    place = _next(ActivityBook.objects.filter(activity=activity))
    ActivityBook.objects.bulk_create(
        [ActivityBook(activity=activity, book=book, place=place + number) for number, book in enumerate(fresh)]
    )
    return len(fresh)


def _next(rows: Any) -> int:
    last: int | None = rows.aggregate(last=Max("place"))["last"]
    return 0 if last is None else last + 1
