"""Books and lists of books are entered and kept."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from kit import ids, kept_pages
from kit.command import command
from kit.refusals import refuse_if
from networks.steps.journal import note
from people.models import Person
from programmes.planning.models import Book, BookList, BookListLine
from programmes.planning.queries.books import titles_by_isbn
from programmes.planning.rules import books as rules
from programmes.planning.rules.isbn import isbn13
from programmes.planning.steps.books import add_to_list, hold_directory
from programmes.planning.steps.ordering import move_forward


@command
def add_book(*, values: Mapping[str, Any], by: Person) -> Book:
    """`values`: isbn (as it was written), title, author, publisher, grade."""
    hold_directory()
    wanted = {**values, "isbn": isbn13(values["isbn"]) or values["isbn"]}
    refuse_if(rules.against_book(wanted, taken=titles_by_isbn()))
    row: Book = Book.objects.create(**wanted)
    note("planning.book_added", subject=row, actor=by, values={"title": ["", row.title]})
    return row


@command
def change_book(*, book: Book, values: Mapping[str, Any], by: Person) -> Book:
    hold_directory()
    row: Book = Book.objects.select_for_update().get(pk=book.pk)
    wanted = {**values, "isbn": isbn13(values["isbn"]) or values["isbn"]}
    changed = {name: value for name, value in wanted.items() if getattr(row, name) != value}
    if not changed:
        return row
    refuse_if(rules.against_book(wanted, taken=titles_by_isbn(without=row)))
    before = {name: [getattr(row, name), value] for name, value in changed.items()}
    for name, value in changed.items():
        setattr(row, name, value)
    row.save(update_fields=list(changed))
    note("planning.book_changed", subject=row, actor=by, values=before)
    kept_pages.forget()
    return row


@command
def set_cover(*, book: Book, content: bytes, by: Person) -> None:
    """`content`: as `kit.pictures.cleaned` gives it; empty takes the cover away."""
    row: Book = Book.objects.select_for_update().get(pk=book.pk)
    storage, old = row.cover.storage, row.cover.name
    if content:
        row.cover.save(f"{ids.random_code(12).lower()}.webp", ContentFile(content), save=False)
    else:
        row.cover = ""
    row.save(update_fields=["cover"])
    note("planning.cover_set", subject=row, actor=by, changed=["cover"])
    kept_pages.forget()
    if old:
        transaction.on_commit(lambda: storage.delete(old))


@command
def add_list(*, name: str, remark: str, by: Person) -> BookList:
    hold_directory()
    refuse_if(rules.against_list(name, names=_names()))
    row: BookList = BookList.objects.create(name=name.strip(), note=remark)
    note("planning.book_list_added", subject=row, actor=by, values={"name": ["", row.name]})
    return row


@command
def change_list(*, book_list: BookList, name: str, remark: str, by: Person) -> None:
    hold_directory()
    row: BookList = BookList.objects.select_for_update().get(pk=book_list.pk)
    refuse_if(rules.against_list(name, names=_names(without=row)))
    before = {"name": [row.name, name.strip()], "note": [row.note, remark]}
    row.name, row.note = name.strip(), remark
    row.save(update_fields=["name", "note"])
    note("planning.book_list_changed", subject=row, actor=by, values=before)


@command
def close_list(*, book_list: BookList, by: Person, at: datetime) -> None:
    if BookList.objects.filter(pk=book_list.pk, closed_at=None).update(closed_at=at):
        note("planning.book_list_closed", subject=book_list, actor=by)


@command
def use_list_again(*, book_list: BookList, by: Person) -> None:
    if BookList.objects.filter(pk=book_list.pk).exclude(closed_at=None).update(closed_at=None):
        note("planning.book_list_used_again", subject=book_list, actor=by)


@command
def put_in_list(*, book_list: BookList, book: Book, by: Person) -> None:
    row = _hold(book_list)
    refuse_if(
        [
            *rules.against_closed_list(row.closed_at),
            *rules.against_more(row.lines.count() + 1, most=rules.MOST_OF_A_LIST),
        ]
    )
    if add_to_list(row, [book]):
        note("planning.book_list_filled", subject=row, actor=by, values={"book": [None, book.pk]})


@command
def take_out_of_list(*, book_list: BookList, book: Book, by: Person) -> None:
    row = _hold(book_list)
    found, _kinds = BookListLine.objects.filter(book_list=row, book=book).delete()
    if found:
        note("planning.book_list_emptied", subject=row, actor=by, values={"book": [book.pk, None]})


@command
def move_in_list(*, book_list: BookList, book: Book, by: Person) -> None:
    """One place nearer to the front."""
    row = _hold(book_list)
    lines = BookListLine.objects.filter(book_list=row).order_by("place", "pk")
    line = lines.filter(book=book).first()
    if line is not None and move_forward(lines, line.pk):
        note("planning.book_list_ordered", subject=row, actor=by, values={"book": [book.pk]})


def _hold(book_list: BookList) -> BookList:
    row: BookList = BookList.objects.select_for_update().get(pk=book_list.pk)
    return row


def _names(*, without: BookList | None = None) -> set[str]:
    return set(BookList.objects.exclude(pk=without.pk if without else None).values_list("name", flat=True))
