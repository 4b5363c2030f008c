"""A list of staff by Excel: send it, see what each row would do, take it in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit import clock, uploads
from kit.refusals import Refused
from kit.sheets import Fate, Sheet, parts, read
from kit.toasts import toast
from people import doors
from people.choices import Verb
from people.commands.import_staff import import_staff
from people.forms.imports import TableForm
from people.queries.rights import rights_of
from people.queries.staff_import import COLUMNS, MOST_ROWS, judge
from people.rules.appointing import roles_to_give
from people.sheets.staff import template

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@doors.staff_only(Verb.APPOINT_KEEPERS)
def staff_import(request: HttpRequest) -> HttpResponse:
    form = TableForm(request.POST, request.FILES) if request.method == "POST" else TableForm()
    if form.is_bound and form.is_valid():
        try:
            return _preview(request, *form.table([str(column.title) for column in COLUMNS]))
        except Refused as no:
            form.refuse(no.refusals)
    return render(request, "people/staff/import.html", {"form": form}, status=422 if form.is_bound else 200)


def _preview(request: HttpRequest, content: bytes, name: str) -> HttpResponse:
    person, network = doors.member(request), doors.network_of(request)
    sheet, rights = _read(content, name), rights_of(person)
    paths = rights.paths(Verb.APPOINT_KEEPERS)
    found = judge(sheet, network=network, rights=rights, paths=paths, at=clock.now()).preview
    code = ""
    if found.is_clean and found.has_work:
        code = uploads.keep(content, name=name, owner=person.pk, network_code=network.code)
    page = {
        "preview": found,
        "parts": parts(found, columns=COLUMNS),
        "heads": [column.title for column in COLUMNS],
        "unknown": sheet.unknown_titles,
        "code": code,
    }
    return render(request, "people/staff/import_preview.html", page, status=200 if found.is_clean else 422)


def _read(content: bytes, name: str) -> Sheet:
    return read(content, name=name, columns=COLUMNS, most_rows=MOST_ROWS)


@require_POST
@doors.staff_only(Verb.APPOINT_KEEPERS)
def confirm(request: HttpRequest) -> HttpResponse:
    person, network = doors.member(request), doors.network_of(request)
    code = request.POST.get("code", "")
    try:
        content, name = uploads.kept(code, owner=person.pk, network_code=network.code)
        counts = import_staff(_read(content, name), network=network, by=person, at=clock.now())
    except Refused as no:
        toast(request, " ".join(str(refusal) for refusal in no.refusals), kind="bad")
        return redirect("people:staff-import")
    uploads.forget(code, owner=person.pk)
    made = counts[Fate.MADE]
    told = ngettext("%(count)s invitation is on its way.", "%(count)s invitations are on their way.", made)
    toast(request, told % {"count": made} if made else _("Names are changed; nobody had to be invited."))
    return redirect("people:staff")


@require_safe
@doors.staff_only(Verb.APPOINT_KEEPERS)
def staff_template(request: HttpRequest) -> HttpResponse:
    rights = rights_of(doors.member(request))
    content = template(
        network=doors.network_of(request), roles=roles_to_give(rights), paths=rights.paths(Verb.APPOINT_KEEPERS)
    )
    answer = HttpResponse(content, content_type=EXCEL)
    answer["Content-Disposition"] = 'attachment; filename="staff.xlsx"'
    return answer
