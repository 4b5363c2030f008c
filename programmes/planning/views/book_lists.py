"""Lists of books, such as 阅美善读."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kit import clock
from kit.refusals import Refused
from kit.tables import words_of
from kit.toasts import toast
from people.choices import Verb
from people.doors import may_anywhere, member, network_of, staff_only
from programmes.planning import doors
from programmes.planning.commands import books as commands
from programmes.planning.forms.books import BookListForm
from programmes.planning.models import Book, BookList
from programmes.planning.queries.books import BookLine, all_lists, book_of_key, books_in, find_books
from programmes.planning.rules.books import catalogue_address

MOST_SHOWN = 8


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Verb.SEE_PLAN)
def lists(request: HttpRequest) -> HttpResponse:
    may_plan = may_anywhere(Verb.PLAN)(request)
    form = BookListForm(request.POST if request.method == "POST" else None)
    if form.is_bound and may_plan and form.is_valid():
        typed = form.cleaned_data
        try:
            made = commands.add_list(name=typed["name"], remark=typed["note"], by=member(request))
        except Refused as no:
            form.refuse(no.refusals)
        else:
            return redirect("planning:book-list", made.pk)
    found = list(all_lists())
    page = {
        "lists": [row for row in found if row.closed_at is None],
        "closed": [row for row in found if row.closed_at is not None],
        "form": form,
        "may_plan": may_plan,
    }
    return render(request, "planning/books/lists.html", page, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Verb.PLAN)
def book_list(request: HttpRequest, list_id: int) -> HttpResponse:
    row = doors.book_list_to_plan(request, list_id)
    form = BookListForm(
        request.POST if request.method == "POST" else None, initial={"name": row.name, "note": row.note}
    )
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        try:
            commands.change_list(book_list=row, name=typed["name"], remark=typed["note"], by=member(request))
        except Refused as no:
            form.refuse(no.refusals)
        else:
            toast(request, _("Saved."))
            return redirect("planning:book-list", row.pk)
    return render(
        request, "planning/books/book_list.html", _page(request, row, form), status=422 if form.is_bound else 200
    )


def _page(request: HttpRequest, row: BookList, form: BookListForm) -> dict[str, Any]:
    words, rules = words_of(request.GET.get("q", "")), network_of(request).rules
    books = books_in(row)
    others = Book.objects.exclude(pk__in=[book.pk for book in books])
    return {
        "list": row,
        "form": form,
        "lines": [BookLine(book, catalogue_address(rules, book.isbn)) for book in books],
        "words": words,
        "found": find_books(others, words).order_by("title")[:MOST_SHOWN] if words else [],
    }


@require_POST
@staff_only(Verb.PLAN)
def change(request: HttpRequest, list_id: int) -> HttpResponse:
    """`do`: add, forward or remove with a book; close or again without."""
    row, asked = doors.book_list_to_plan(request, list_id), request.POST.get("do", "")
    book, by = book_of_key(request.POST.get("book", "")), member(request)
    try:
        if asked == "close":
            commands.close_list(book_list=row, by=by, at=clock.now())
        elif asked == "again":
            commands.use_list_again(book_list=row, by=by)
        elif book is not None and asked in _BOOKS:
            _BOOKS[asked](book_list=row, book=book, by=by)
    except Refused as no:
        toast(request, "".join(str(refusal) for refusal in no.refusals), kind="bad")
    words, here = words_of(request.POST.get("q", "")), reverse("planning:book-list", args=[row.pk])
    return redirect(f"{here}?{urlencode({'q': words})}" if words else here)


_BOOKS = {"add": commands.put_in_list, "forward": commands.move_in_list, "remove": commands.take_out_of_list}
