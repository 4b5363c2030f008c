"""What an activity reads: found in the directory, taken from a list, or pasted."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from kit.refusals import Refusal, Refused
from kit.sheets import read
from kit.tables import words_of
from kit.toasts import toast
from people.doors import member, members_only, network_of
from programmes.planning import doors
from programmes.planning.commands import activity_books as commands
from programmes.planning.forms.books import PasteBooksForm
from programmes.planning.models import Activity, Book
from programmes.planning.queries.books import book_of_key, books_of, find_books, list_of_key, open_lists
from programmes.planning.rules.books import MOST_BOOKS
from programmes.planning.sheets.books import columns

MOST_SHOWN = 8


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def books(request: HttpRequest, activity_id: int) -> HttpResponse:
    """GET chooses; POST takes a pasted or sent table."""
    row = doors.activity_to_plan(request, activity_id)
    is_sent = request.method == "POST"
    form = PasteBooksForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    if form.is_bound and form.is_valid():
        try:
            count = commands.read_rows(activity=row, rows=_rows(form), by=member(request))
        except Refused as no:
            form.refuse(no.refusals)
        else:
            _tell(request, count)
            return redirect("planning:activity-books", row.pk)
    return _page(request, row, form)


def _rows(form: PasteBooksForm) -> list[dict[str, Any]]:
    known = columns(needs_title=False)
    content, name = form.table([str(column.title) for column in known])
    sheet = read(content, name=name, columns=known, most_rows=MOST_BOOKS * 2)
    faults = [Refusal("faults", fault, field="pasted") for one in sheet.rows for fault in one.faults]
    if faults:
        raise Refused(*faults[:10])
    names = [column.name for column in known]
    rows = [{name: one.values.get(name) or "" for name in names} for one in sheet.rows]
    found = [row for row in rows if row["isbn"] or row["title"]]
    if not found:
        raise Refused(Refusal("no_books", _("There is no book in it."), field="pasted"))
    return found


@require_POST
@members_only
def change(request: HttpRequest, activity_id: int) -> HttpResponse:
    """`do`: add, list, forward or remove."""
    row = doors.activity_to_plan(request, activity_id)
    book, asked, by = book_of_key(request.POST.get("book", "")), request.POST.get("do", ""), member(request)
    try:
        if asked == "list" and (book_list := list_of_key(request.POST.get("list", ""))):
            _tell(request, commands.read_list(activity=row, book_list=book_list, by=by))
        elif book is not None:
            _do(asked, row, book)(by)
    except Refused as no:
        toast(request, "".join(str(refusal) for refusal in no.refusals), kind="bad")
    words = words_of(request.POST.get("q", ""))
    here = reverse("planning:activity-books", args=[row.pk])
    return redirect(f"{here}?{urlencode({'q': words})}" if words else here)


def _do(asked: str, row: Activity, book: Book) -> Callable[[Any], object]:
    doings: dict[str, Callable[[Any], object]] = {
        "add": lambda by: commands.read_books(activity=row, books=[book], by=by),
        "forward": lambda by: commands.move_book_forward(activity=row, book=book, by=by),
        "remove": lambda by: commands.leave_out(activity=row, book=book, by=by),
    }
    return doings.get(asked, lambda _by: None)


def _tell(request: HttpRequest, count: int) -> None:
    told = ngettext("%(count)s book is added.", "%(count)s books are added.", count) % {"count": count}
    toast(request, told if count else _("All of them were there already."))


def _page(request: HttpRequest, row: Activity, form: PasteBooksForm) -> HttpResponse:
    words = words_of(request.GET.get("q", ""))
    lines = books_of(row, network_of(request))
    there = [line.book.pk for line in lines]
    found = find_books(Book.objects.exclude(pk__in=there), words).order_by("title")[:MOST_SHOWN] if words else []
    page = {
        "activity": row,
        "lines": lines,
        "words": words,
        "found": found,
        "lists": [one for one in open_lists() if one.book_count],  # type: ignore[attr-defined]
        "form": form,
        "most": MOST_BOOKS,
    }
    return render(request, "planning/activities/books.html", page, status=422 if form.is_bound else 200)
