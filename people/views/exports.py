"""Lists taken out of the service: what for, by whom, until when."""

from collections.abc import Sequence
from copy import copy
from itertools import islice
from typing import Any, cast

from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit import clock
from kit.refusals import Refused, refuse_if
from kit.tables import Cell, Column, Empty, ListTable, RowAction, day
from kit.toasts import toast
from networks.commands import exports as commands
from networks.registers import Exportable
from networks.rules import exports as rules
from people import doors
from people.choices import Verb
from people.forms.exports import ExportForm
from people.queries.exports import ExportLine, export_lines
from people.queries.rights import rights_of
from people.sheets.exports import exported


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@doors.staff_only(Verb.EXPORT)
def new(request: HttpRequest) -> HttpResponse:
    typed = request.POST if request.method == "POST" else request.GET
    wanted = doors.list_to_export(request, typed.get("list", ""))
    form = ExportForm(request.POST if request.method == "POST" else None, initial=typed.dict())
    if form.is_bound and form.is_valid():
        try:
            _make(request, wanted, form)
        except Refused as no:
            form.refuse(no.refusals)
        else:
            toast(request, _("The list is ready. Fetch it here."))
            return redirect("people:exports")
    page = {"form": form, "list": wanted}
    return render(request, "people/exports/new.html", page, status=422 if form.is_bound else 200)


def _as_listed(request: HttpRequest, query: QueryDict) -> HttpRequest:
    """As the list was asked for: the area in its address decides before the one chosen for all pages."""
    listed = copy(request)
    listed.GET = query  # type: ignore[assignment]
    listed.__dict__.pop("_area_in_view", None)
    return listed


def _make(request: HttpRequest, wanted: Exportable, form: ExportForm) -> None:
    person, at = doors.member(request), clock.now()
    typed = form.cleaned_data
    query = QueryDict(typed["query"])
    columns, found = wanted.rows(_as_listed(request, query), query)
    rows: Sequence[Any] = list(islice(found, rules.MOST_ROWS + 1))
    refuse_if(rules.against_export(purpose=typed["purpose"], days=typed["days"], rows=len(rows)))
    content = exported(
        rows,
        columns=columns,
        title=wanted.title,
        network=doors.network_of(request),
        purpose=typed["purpose"],
        days=typed["days"],
        by=person,
        at=at,
    )
    commands.make_export(
        list_key=wanted.key,
        query=typed["query"],
        purpose=typed["purpose"],
        days=typed["days"],
        content=content,
        rows=len(rows),
        by=person.pk,
        at=at,
    )


def _file(line: ExportLine) -> Cell:
    if not line.is_there:
        return Cell(_("destroyed"))
    return Cell(_("Fetch"), href=reverse("people:export", args=[line.export.code])) if line.is_mine else Cell()


def _destroy(line: ExportLine) -> Cell:
    address = reverse("people:export-remove", args=[line.export.code])
    return Cell(actions=(RowAction(_("Destroy"), address),)) if line.is_there else Cell()


EXPORTS = ListTable(
    key="people.exports",
    title=gettext_lazy("Lists taken out"),
    columns=(
        Column("list", gettext_lazy("List"), lambda line: line.title, fixed=True),
        Column("purpose", gettext_lazy("What for"), lambda line: line.export.purpose, long=True),
        Column("who", gettext_lazy("Who"), lambda line: line.maker),
        Column("at", gettext_lazy("When"), lambda line: line.export.made_at, sort=("export.made_at",)),
        Column("rows", gettext_lazy("Rows"), lambda line: Cell(line.export.rows), number=True),
        Column("taken", gettext_lazy("Fetched"), lambda line: Cell(line.export.taken), number=True),
        Column("until", gettext_lazy("Until"), lambda line: day(line.export.expires_at), sort=("export.expires_at",)),
        Column("file", gettext_lazy("File"), _file),
        Column("do", gettext_lazy("Do"), _destroy),
    ),
    sort="-at",
    row_id=lambda line: line.export.pk,
    empty=Empty(text=gettext_lazy("Nothing has been taken out. Lists have a button for it.")),
)


@never_cache
@require_safe
@doors.members_only
def exports(request: HttpRequest) -> HttpResponse:
    """One's own; everybody's for those who read the journal."""
    person = doors.member(request)
    sees_all = rights_of(person).may(Verb.SEE_JOURNAL)
    if not sees_all:
        doors.staff(request, Verb.EXPORT)
    lines = export_lines(person, sees_all=sees_all, at=clock.now())
    page = {"table": EXPORTS.page(request, lines), "sees_all": sees_all}
    return render(request, "people/exports/exports.html", page)


@never_cache
@require_safe
@doors.members_only
def fetch(request: HttpRequest, code: str) -> HttpResponse:
    export = doors.export_to_fetch(request, code, at=clock.now())
    commands.note_fetched(export, by=doors.member(request).pk)
    title = doors.list_to_export(request, export.list_key).title
    name = f"{title} {export.made_at:%Y-%m-%d}.xlsx"
    # Django's file response is no HttpResponse by its class, but by all that a browser sees.
    return cast("HttpResponse", FileResponse(export.file.open(), as_attachment=True, filename=name))


@require_POST
@doors.members_only
def remove(request: HttpRequest, code: str) -> HttpResponse:
    export = doors.export_of_request(request, code)
    try:
        commands.remove_export(export.code, by=doors.member(request).pk, at=clock.now())
    except Refused as no:
        toast(request, " ".join(str(refusal) for refusal in no.refusals), kind="bad")
    else:
        toast(request, _("The file is destroyed. The line stays in the journal."))
    return redirect("people:exports")
