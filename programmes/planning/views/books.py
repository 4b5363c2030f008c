"""The directory of books, one book, and what an activity reads."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit.pictures import LARGEST_FILE, cleaned
from kit.refusals import Refused
from kit.sheets import Column as SheetColumn
from kit.tables import Cell, Column, Empty, Filter, ListTable
from kit.toasts import toast
from people.choices import Verb
from people.doors import may_anywhere, member, network_of, staff_only
from programmes.planning import doors
from programmes.planning.commands import books as commands
from programmes.planning.forms.books import BookForm
from programmes.planning.forms.pictures import CoverForm
from programmes.planning.models import Book, BookList
from programmes.planning.queries.books import activities_reading, all_books, find_books, list_names, lists_of
from programmes.planning.rules.books import catalogue_address
from programmes.planning.rules.isbn import spoken
from programmes.planning.sheets.books import columns, row_of


def _title(row: Book) -> Cell:
    return Cell(row.title, href=reverse("planning:book", args=[row.pk]), soft=row.author)


def _lists(_request: HttpRequest) -> list[tuple[str, str]]:
    return [(str(row.pk), row.name) for row in BookList.objects.order_by("closed_at", "name")]


def _grades(_request: HttpRequest) -> list[tuple[str, str]]:
    found = Book.objects.exclude(grade="").order_by("grade").values_list("grade", flat=True).distinct()[:60]
    return [(grade, grade) for grade in found]


def _read(rows: Any, value: str) -> Any:
    return rows.filter(activity_count__gt=0) if value == "yes" else rows.filter(activity_count=0)


BOOKS = ListTable(
    key="planning.books",
    title=_("Books"),
    columns=(
        Column("title", pgettext_lazy("of a book", "Title"), cell=_title, sort=("title",), fixed=True),
        Column("isbn", "ISBN", cell=lambda row: Cell(spoken(row.isbn)), sort=("isbn",)),
        Column("publisher", _("Publisher"), cell=lambda row: Cell(row.publisher), sort=("publisher",)),
        Column("grade", _("Reading level"), cell=lambda row: Cell(row.grade), sort=("grade",)),
        Column(
            "activities",
            _("Activities"),
            cell=lambda row: Cell(row.activity_count),
            number=True,
            sort=("activity_count",),
        ),
    ),
    filters=(
        Filter(
            "list", _("Book list"), choices=_lists, apply=lambda rows, value: rows.filter(list_lines__book_list=value)
        ),
        Filter("grade", _("Reading level"), choices=_grades, apply=lambda rows, value: rows.filter(grade=value)),
        Filter("read", _("Read by an activity"), choices=(("yes", _("yes")), ("no", _("no"))), apply=_read),
    ),
    search=find_books,
    search_label=_("Title, author, ISBN"),
    sort="title",
    export=may_anywhere(Verb.EXPORT),
    empty=Empty(
        _("No book yet"),
        _("Add them one by one, or all at once from Excel."),
        _("Import from Excel"),
        "planning:book-import",
    ),
)


@require_safe
@staff_only(Verb.SEE_PLAN)
def books(request: HttpRequest) -> HttpResponse:
    page = {"table": BOOKS.page(request, all_books()), "may_plan": may_anywhere(Verb.PLAN)(request)}
    return render(request, "planning/books/list.html", page)


def export_rows(request: HttpRequest, query: QueryDict) -> tuple[Sequence[SheetColumn], Iterable[Any]]:
    """As a table that can be taken in again."""
    names = list_names()
    return columns(), [row_of(book, names) for book in BOOKS.matching(request, all_books(), query)]


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Verb.PLAN)
def add(request: HttpRequest) -> HttpResponse:
    form = BookForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            made = commands.add_book(values=form.values(), by=member(request))
        except Refused as no:
            form.refuse(no.refusals)
        else:
            toast(request, _now("%(title)s is in the directory.") % {"title": made.title})
            return redirect("planning:book", made.pk)
    return render(request, "planning/books/add.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Verb.SEE_PLAN)
def book(request: HttpRequest, book_id: int) -> HttpResponse:
    row = doors.book_to_plan(request, book_id) if request.method == "POST" else doors.book_to_see(request, book_id)
    initial = {name: getattr(row, name) for name in BookForm.base_fields} | {"isbn": spoken(row.isbn)}
    form = BookForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            commands.change_book(book=row, values=form.values(), by=member(request))
        except Refused as no:
            form.refuse(no.refusals)
        else:
            toast(request, _now("Saved."))
            return redirect("planning:book", row.pk)
    return _page(request, row, form, CoverForm())


@require_POST
@staff_only(Verb.PLAN)
def cover(request: HttpRequest, book_id: int) -> HttpResponse:
    row = doors.book_to_plan(request, book_id)
    if request.POST.get("do") == "remove":
        commands.set_cover(book=row, content=b"", by=member(request))
        return redirect("planning:book", row.pk)
    form = CoverForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            commands.set_cover(book=row, content=cleaned(form.file.read(LARGEST_FILE + 1)), by=member(request))
        except Refused as no:
            form.refuse(no.refusals)
        else:
            toast(request, _now("The cover is there."))
            return redirect("planning:book", row.pk)
    initial = {name: getattr(row, name) for name in BookForm.base_fields}
    return _page(request, row, BookForm(initial=initial), form)


def _page(request: HttpRequest, row: Book, form: BookForm, cover_form: CoverForm) -> HttpResponse:
    page = {
        "book": row,
        "form": form,
        "cover_form": cover_form,
        "address": catalogue_address(network_of(request).rules, row.isbn),
        "lists": lists_of(row),
        "isbn": spoken(row.isbn),
        "may_plan": may_anywhere(Verb.PLAN)(request),
        "activities": activities_reading(row),
    }
    status = 422 if form.is_bound or cover_form.is_bound else 200
    return render(request, "planning/books/book.html", page, status=status)
