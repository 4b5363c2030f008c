"""Venues from Excel: a template, a table sent in, a look at every row, and one yes for all of them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit import clock, uploads
from kit.refusals import Refused
from kit.sheets import Fate, Sheet, TellingLine, Verdict, excel_bytes, read, telling
from kit.toasts import toast
from people.choices import Verb
from people.doors import member, network_of, staff_only
from people.queries.rights import rights_of
from venues.commands.imports import import_venues
from venues.forms import TableForm
from venues.queries.importing import Judged, judge
from venues.queries.venues import districts
from venues.sheets import allowed_words, cell_text, columns, example

MOST_ROWS = 2_000
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Verb.OPEN_VENUES)
def import_(request: HttpRequest) -> HttpResponse:
    """Sends a table in; shows what would become of it, and writes nothing."""
    is_sent = request.method == "POST"
    form = TableForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    if not (form.is_bound and form.is_valid()):
        return _page(request, form, status=422 if form.is_bound else 200)
    content, name = form.table()
    try:
        sheet = read(content, name=name, columns=columns(), most_rows=MOST_ROWS)
        judged = _judge(request, sheet)
        code = _keep(request, content, name) if judged.preview.is_clean else ""
    except Refused as no:
        form.refuse(no.refusals)
        return _page(request, form, status=422)
    return _page(request, TableForm(), sheet=sheet, judged=judged, code=code, name=name)


@never_cache
@require_POST
@staff_only(Verb.OPEN_VENUES)
def confirm(request: HttpRequest) -> HttpResponse:
    person, network = member(request), network_of(request)
    code = request.POST.get("code", "")
    form = TableForm()
    try:
        content, name = uploads.kept(code, owner=person.pk, network_code=network.code)
        sheet = read(content, name=name, columns=columns(), most_rows=MOST_ROWS)
    except Refused as no:
        return _page(request, form, refusals=[str(refusal) for refusal in no.refusals], status=422)
    try:
        counts = import_venues(sheet=sheet, by=person, at=clock.now())
    except Refused as no:
        told = [str(refusal) for refusal in no.refusals]
        return _page(request, form, sheet=sheet, judged=_judge(request, sheet), name=name, refusals=told, status=422)
    uploads.forget(code, owner=person.pk)
    toast(request, _told(counts))
    return redirect("venues:venues")


@require_safe
@staff_only(Verb.OPEN_VENUES)
def template(request: HttpRequest) -> HttpResponse:
    names = [area.name for area in districts()]
    row = {**example(), "district": names[0] if names else ""}
    content = excel_bytes(
        [row],
        columns=columns(),
        title=_("Venues"),
        zone=network_of(request).zone,
        above=[_("Fill in one row for each venue, and delete the example. Allowed words stand on the second sheet.")],
        words=allowed_words(names),
    )
    response = HttpResponse(content, content_type=EXCEL)
    response["Content-Disposition"] = 'attachment; filename="venues.xlsx"'
    return response


def _judge(request: HttpRequest, sheet: Sheet) -> Judged:
    return judge(sheet, paths=rights_of(member(request)).paths(Verb.OPEN_VENUES))


def _keep(request: HttpRequest, content: bytes, name: str) -> str:
    return uploads.keep(content, name=name, owner=member(request).pk, network_code=network_of(request).code)


def _page(
    request: HttpRequest,
    form: TableForm,
    *,
    sheet: Sheet | None = None,
    judged: Judged | None = None,
    code: str = "",
    name: str = "",
    refusals: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    page: dict[str, Any] = {
        "form": form,
        "code": code,
        "name": name,
        "refusals": refusals or [],
        "telling": telling(judged.preview, line=lambda verdict: _line(verdict, judged)) if judged else None,
        "unknown": "、".join(sheet.unknown_titles) if sheet else "",
        "most": MOST_ROWS,
    }
    if judged is not None:
        status = status if judged.preview.is_clean else 422
    return render(request, "venues/import.html", page, status=status)


def _line(verdict: Verdict, judged: Judged) -> TellingLine:
    row = verdict.row
    words = tuple(str(reason) for reason in verdict.reasons)
    if verdict.fate == Fate.CHANGED:
        words = tuple(_changes(verdict, judged))
    elif verdict.fate == Fate.MADE:
        parts = (str(row.values["district"]), str(row.values.get("street") or ""), row.values["address"])
        words = (" · ".join(part for part in parts if part),)
    return TellingLine(row.number, str(row.values.get("name") or ""), words)


def _changes(verdict: Verdict, judged: Judged) -> list[str]:
    titles = {column.name: str(column.title) for column in columns()}
    standing = judged.standing[verdict.row.number]
    told = []
    for name, value in verdict.changes.items():
        before = "" if name == "rooms" else cell_text(name, standing.values.get(name))
        words = {
            "title": titles[name],
            "before": before or _("nothing"),
            "after": cell_text(name, value) or _("nothing"),
        }
        told.append(
            _("%(title)s: %(after)s") % words if name == "rooms" else _("%(title)s: %(before)s → %(after)s") % words
        )
    return told


def _told(counts: dict[Fate, int]) -> str:
    made = ngettext("%(count)s venue is added", "%(count)s venues are added", counts[Fate.MADE])
    changed = ngettext("%(count)s is changed", "%(count)s are changed", counts[Fate.CHANGED])
    return _("%(made)s, %(changed)s.") % {
        "made": made % {"count": counts[Fate.MADE]},
        "changed": changed % {"count": counts[Fate.CHANGED]},
    }
