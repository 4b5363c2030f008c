"""Safety notices and their versions."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit import clock
from kit.refusals import Refused
from kit.tables import Cell, Column, Empty, Filter, ListTable, day
from kit.toasts import toast
from people.choices import Verb
from people.doors import may_anywhere, member, staff_only
from programmes.planning import doors
from programmes.planning.commands import notices as commands
from programmes.planning.forms.notices import NoticeForm, NoticeTextForm
from programmes.planning.models import SafetyNotice
from programmes.planning.queries.notices import all_notices, versions_of


def _title(row: SafetyNotice) -> Cell:
    chips = ((_("no longer used"), "warn"),) if row.closed_at else ()
    return Cell(row.title, href=reverse("planning:safety-notice", args=[row.pk]), chips=chips)


NOTICES = ListTable(
    key="planning.safety_notices",
    title=_("Safety notices"),
    columns=(
        Column("title", _("Title"), cell=_title, sort=("title", "-version"), fixed=True),
        Column(
            "version",
            pgettext_lazy("of a text", "Version"),
            cell=lambda row: Cell(row.version),
            number=True,
            sort=("version",),
        ),
        Column("made", _("Written on"), cell=lambda row: day(row.made_at), sort=("made_at",)),
        Column("sessions", _("Sessions"), cell=lambda row: Cell(row.session_count), number=True),
    ),
    filters=(
        Filter(
            "state",
            _("State"),
            choices=(("used", _("in use")), ("closed", _("no longer used"))),
            apply=lambda rows, value: rows.filter(closed_at__isnull=value == "used"),
        ),
    ),
    search=lambda rows, words: rows.filter(title__icontains=words),
    sort="title",
    empty=Empty(
        _("No notice yet"),
        _("A session at a meeting point outside needs one."),
        _("Write a notice"),
        "planning:safety-notice-add",
    ),
)


@require_safe
@staff_only(Verb.SEE_PLAN)
def notices(request: HttpRequest) -> HttpResponse:
    page = {"table": NOTICES.page(request, all_notices()), "may_plan": may_anywhere(Verb.PLAN)(request)}
    return render(request, "planning/notices/list.html", page)


@require_safe
@staff_only(Verb.SEE_PLAN)
def notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    row = doors.notice_to_see(request, notice_id)
    versions = versions_of(row)
    page: dict[str, Any] = {
        "notice": row,
        "versions": versions,
        "is_newest": versions[0].pk == row.pk,
        "session_count": row.session_count,  # type: ignore[attr-defined]
        "may_plan": may_anywhere(Verb.PLAN)(request),
    }
    return render(request, "planning/notices/notice.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Verb.PLAN)
def add(request: HttpRequest) -> HttpResponse:
    form = NoticeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            made = commands.write_notice(**form.cleaned_data, by=member(request), at=clock.now())
        except Refused as no:
            form.refuse(no.refusals)
        else:
            return redirect("planning:safety-notice", made.pk)
    page = {"form": form, "notice": None, "is_used": False}
    return render(request, "planning/notices/edit.html", page, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Verb.PLAN)
def edit(request: HttpRequest, notice_id: int) -> HttpResponse:
    row = doors.notice_to_see(request, notice_id)
    form = NoticeTextForm(request.POST if request.method == "POST" else None, initial={"text": row.text})
    if form.is_bound and form.is_valid():
        try:
            text = form.cleaned_data["text"]
            made = commands.change_notice(notice=row, text=text, by=member(request), at=clock.now())
        except Refused as no:
            form.refuse(no.refusals)
        else:
            toast(request, _now("Saved as version %(version)s.") % {"version": made.version})
            return redirect("planning:safety-notice", made.pk)
    page = {"form": form, "notice": row, "is_used": row.session_count > 0}  # type: ignore[attr-defined]
    return render(request, "planning/notices/edit.html", page, status=422 if form.is_bound else 200)


@require_POST
@staff_only(Verb.PLAN)
def close(request: HttpRequest, notice_id: int) -> HttpResponse:
    """`do`: close or again."""
    row = doors.notice_to_see(request, notice_id)
    if request.POST.get("do") == "again":
        commands.use_notice_again(notice=row, by=member(request))
    else:
        commands.close_notice(notice=row, by=member(request), at=clock.now())
    return redirect("planning:safety-notice", row.pk)
