"""Books by Excel: send the table, see what each row would do, take it in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit import uploads
from kit.refusals import Refused
from kit.sheets import Fate, Sheet, excel_bytes, parts, read
from kit.toasts import toast
from people.choices import Verb
from people.doors import member, network_of, staff_only
from people.forms.imports import TableForm
from programmes.planning.commands.book_import import import_books
from programmes.planning.queries.book_import import judge
from programmes.planning.queries.books import open_lists
from programmes.planning.sheets.books import columns, example

MOST_ROWS = 2_000
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Verb.PLAN)
def import_(request: HttpRequest) -> HttpResponse:
    form = TableForm(request.POST, request.FILES) if request.method == "POST" else TableForm()
    if form.is_bound and form.is_valid():
        try:
            return _preview(request, *form.table([str(column.title) for column in columns()]))
        except Refused as no:
            form.refuse(no.refusals)
    page = {"form": form, "most": MOST_ROWS}
    return render(request, "planning/books/import.html", page, status=422 if form.is_bound else 200)


def _preview(request: HttpRequest, content: bytes, name: str) -> HttpResponse:
    sheet = _read(content, name)
    found, code = judge(sheet).preview, ""
    if found.is_clean and found.has_work:
        owner, network = member(request), network_of(request)
        code = uploads.keep(content, name=name, owner=owner.pk, network_code=network.code)
    page = {
        "preview": found,
        "parts": parts(found, columns=columns()),
        "heads": [column.title for column in columns()],
        "unknown": sheet.unknown_titles,
        "code": code,
    }
    return render(request, "planning/books/import_preview.html", page, status=200 if found.is_clean else 422)


def _read(content: bytes, name: str) -> Sheet:
    return read(content, name=name, columns=columns(), most_rows=MOST_ROWS)


@require_POST
@staff_only(Verb.PLAN)
def confirm(request: HttpRequest) -> HttpResponse:
    person, code = member(request), request.POST.get("code", "")
    try:
        content, name = uploads.kept(code, owner=person.pk, network_code=network_of(request).code)
        counts = import_books(sheet=_read(content, name), by=person)
    except Refused as no:
        toast(request, " ".join(str(refusal) for refusal in no.refusals), kind="bad")
        return redirect("planning:book-import")
    uploads.forget(code, owner=person.pk)
    made = counts[Fate.MADE]
    told = ngettext("%(count)s book is new", "%(count)s books are new", made) % {"count": made}
    toast(request, _("%(made)s, %(changed)s changed.") % {"made": told, "changed": counts[Fate.CHANGED]})
    return redirect("planning:books")


@require_safe
@staff_only(Verb.PLAN)
def template(request: HttpRequest) -> HttpResponse:
    content = excel_bytes(
        [example()],
        columns=columns(),
        title=_("Books"),
        zone=network_of(request).zone,
        above=[_("Fill in one row for each book, and delete the example. Format the column ISBN as text.")],
        words=[(_("Book lists"), [row.name for row in open_lists()])],
    )
    answer = HttpResponse(content, content_type=EXCEL)
    answer["Content-Disposition"] = 'attachment; filename="books.xlsx"'
    return answer
