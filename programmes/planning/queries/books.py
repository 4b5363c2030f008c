"""Books for lists, pages and choosing."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from kit.numbers import whole
from networks.models import Network
from programmes.planning.models import Activity, ActivityBook, Book, BookList, BookListLine
from programmes.planning.rules.books import catalogue_address
from programmes.planning.rules.isbn import bare, isbn13


@dataclass(frozen=True)
class BookLine:
    """A book as pages show it; `address`: of the catalogue, where the library has a pattern for it."""

    book: Book
    address: str


def all_books() -> "QuerySet[Book]":
    """With `activity_count` of activities that go on."""
    rows: QuerySet[Book] = Book.objects.annotate(
        activity_count=Count("activity_lines", filter=Q(activity_lines__activity__dropped_at=None), distinct=True)
    )
    return rows


def find_books(rows: Any, words: str) -> Any:
    """By title, author, publisher or level; by ISBN however it is written."""
    number = isbn13(words) or bare(words)
    if number.isascii() and number.isdigit() and len(number) >= 4:
        return rows.filter(isbn__contains=number)
    for word in words.split():
        rows = rows.filter(
            Q(title__icontains=word)
            | Q(author__icontains=word)
            | Q(publisher__icontains=word)
            | Q(grade__icontains=word)
        )
    return rows


def books_of(activity: Activity, network: Network) -> list[BookLine]:
    """In the planner's order, in one statement."""
    lines = ActivityBook.objects.filter(activity=activity).select_related("book").order_by("place", "pk")
    return [BookLine(line.book, catalogue_address(network.rules, line.book.isbn)) for line in lines]


def lists_of(book: Book) -> list[BookList]:
    return list(BookList.objects.filter(lines__book=book, closed_at=None).order_by("name"))


def books_in(book_list: BookList) -> list[Book]:
    lines = BookListLine.objects.filter(book_list=book_list).select_related("book").order_by("place", "pk")
    return [line.book for line in lines]


def open_lists() -> "QuerySet[BookList]":
    """With `book_count`."""
    rows: QuerySet[BookList] = BookList.objects.filter(closed_at=None).annotate(book_count=Count("lines"))
    return rows.order_by("name")


def titles_by_isbn(*, without: Book | None = None) -> dict[str, str]:
    rows = Book.objects.exclude(isbn="").exclude(pk=without.pk if without else None)
    return dict(rows.values_list("isbn", "title"))


def list_names() -> dict[int, list[str]]:
    """Of lists in use, by the book's key."""
    found: dict[int, list[str]] = {}
    rows = BookListLine.objects.filter(book_list__closed_at=None).order_by("book_list__name")
    for key, name in rows.values_list("book_id", "book_list__name"):
        found.setdefault(key, []).append(name)
    return found


def activities_reading(book: Book) -> list[Activity]:
    rows = Activity.objects.filter(book_lines__book=book, dropped_at=None).select_related("programme__season")
    return list(rows.order_by("-programme__season__year", "title"))


def book_of_key(typed: str) -> Book | None:
    key = whole(typed)
    if key is None:
        return None
    found: Book | None = Book.objects.filter(pk=key).first()
    return found


def list_of_key(typed: str) -> BookList | None:
    key = whole(typed)
    if key is None:
        return None
    found: BookList | None = BookList.objects.filter(pk=key).first()
    return found


def all_lists() -> "QuerySet[BookList]":
    """With `book_count`; those no longer used, too."""
    rows: QuerySet[BookList] = BookList.objects.annotate(book_count=Count("lines"))
    return rows.order_by("name")
