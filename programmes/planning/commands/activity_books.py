"""What an activity reads."""

from collections.abc import Sequence
from typing import Any

from kit import kept_pages
from kit.command import command
from kit.refusals import refuse_if
from networks.steps.journal import note
from people.models import Person
from programmes.planning.models import Activity, ActivityBook, Book, BookList
from programmes.planning.queries.books import books_in
from programmes.planning.rules import books as rules
from programmes.planning.rules.programmes import against_change
from programmes.planning.steps.books import add_to_activity, hold_directory, make_books
from programmes.planning.steps.ordering import move_forward
from programmes.planning.steps.programmes import lock_activity


@command
def read_books(*, activity: Activity, books: Sequence[Book], by: Person) -> int:
    """How many are new to it."""
    row = lock_activity(activity)
    return _read(row, books, by=by)


@command
def read_list(*, activity: Activity, book_list: BookList, by: Person) -> int:
    row = lock_activity(activity)
    refuse_if(rules.against_closed_list(book_list.closed_at))
    return _read(row, books_in(book_list), by=by)


@command
def read_rows(*, activity: Activity, rows: Sequence[dict[str, Any]], by: Person) -> int:
    """`rows`: of a table with isbn and title. Books that nobody knows are entered, where a title is given."""
    hold_directory()
    row = lock_activity(activity)
    by_isbn = {book.isbn: book for book in Book.objects.filter(isbn__in=[one["isbn"] for one in rows if one["isbn"]])}
    by_title = {
        book.title: book for book in Book.objects.filter(title__in=[one["title"] for one in rows if not one["isbn"]])
    }
    unknown = [one for one in rows if one["isbn"] not in by_isbn and (one["isbn"] or one["title"] not in by_title)]
    refuse_if(rules.against_unknown([one["isbn"] for one in unknown if not one["title"]]))
    fresh = {(one["isbn"] or one["title"]): one for one in unknown}
    for book in make_books([{name: one[name] for name in BOOK_FIELDS} for one in fresh.values()]):
        by_isbn[book.isbn] = by_title[book.title] = book
        note("planning.book_added", subject=book, actor=by, values={"title": ["", book.title]})
    found = [by_isbn[one["isbn"]] if one["isbn"] else by_title[one["title"]] for one in rows]
    return _read(row, found, by=by)


BOOK_FIELDS = ("isbn", "title", "author", "publisher", "grade")


@command
def leave_out(*, activity: Activity, book: Book, by: Person) -> None:
    row = lock_activity(activity)
    found, _kinds = ActivityBook.objects.filter(activity=row, book=book).delete()
    if found:
        note("planning.activity_book_left_out", subject=row, actor=by, values={"book": [book.pk, None]})
        kept_pages.forget()


@command
def move_book_forward(*, activity: Activity, book: Book, by: Person) -> None:
    row = lock_activity(activity)
    lines = ActivityBook.objects.filter(activity=row).order_by("place", "pk")
    line = lines.filter(book=book).first()
    if line is not None and move_forward(lines, line.pk):
        note("planning.activity_books_ordered", subject=row, actor=by, values={"book": [book.pk]})
        kept_pages.forget()


def _read(row: Activity, books: Sequence[Book], *, by: Person) -> int:
    there = ActivityBook.objects.filter(activity=row).values_list("book_id", flat=True)
    refuse_if(
        [
            *against_change(row.dropped_at),
            *rules.against_more(len({*there, *(book.pk for book in books)}), most=rules.MOST_BOOKS),
        ]
    )
    count = add_to_activity(row, books)
    if count:
        keys = [book.pk for book in books]
        note("planning.activity_books_added", subject=row, actor=by, values={"books": keys, "count": count})
        kept_pages.forget()
    return count
