"""A school class or another group is signed up: who answers for it, the table of its children, a look, and in."""

from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from kit import clock, uploads
from kit.numbers import whole
from kit.refusals import Refused
from kit.sheets import Sheet
from kit.toasts import toast
from people.doors import member, members_only, network_of
from programmes.planning.models import Session
from programmes.signup import doors
from programmes.signup.commands.groups import add_to_group, leave_out, sign_group_up
from programmes.signup.forms.groups import COLUMNS, GroupForm, MoreForm, guests_in, sheet_of
from programmes.signup.models import Registration
from programmes.signup.queries.standing import standing_of
from programmes.signup.views.registration_for import registration_page
from programmes.signup.views.session_list import of_list


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def add(request: HttpRequest, code: str) -> HttpResponse:
    """The first press shows what was read; the second signs up."""
    session = doors.session_to_receive(request, code)
    if request.method != "POST":
        return _page(request, session, GroupForm(initial={"request_key": uuid4()}))
    form = GroupForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, session, form, status=422)
    try:
        sheet, kept = _sheet(request, form)
        if "do" in request.POST and not _faults(sheet):
            return _taken_in(request, session, form, sheet)
    except Refused as no:
        form.refuse(no.refusals)
        return _page(request, session, form, status=422)
    return _page(request, session, form, sheet=sheet, kept=kept, status=422 if _faults(sheet) else 200)


def _sheet(request: HttpRequest, form: GroupForm) -> tuple[Sheet, str]:
    """Of what is sent now, else of what was sent before; and under which code it waits."""
    owner, network = member(request).pk, network_of(request).code
    said = form.cleaned_data
    if said.get("file") or (said.get("pasted") or "").strip():
        content, name = form.table([str(column.title) for column in COLUMNS])
        sheet = sheet_of(content, name)
        return sheet, uploads.keep(content, name=name, owner=owner, network_code=network)
    content, name = uploads.kept(said["code"], owner=owner, network_code=network)
    return sheet_of(content, name), said["code"]


def _faults(sheet: Sheet) -> list[str]:
    return [
        _("Row %(number)s: %(words)s") % {"number": row.number, "words": " ".join(row.faults)}
        for row in sheet.rows
        if row.faults
    ]


def _taken_in(request: HttpRequest, session: Session, form: GroupForm, sheet: Sheet) -> HttpResponse:
    made = sign_group_up(
        session=session,
        told=form.told(),
        guests=guests_in(sheet),
        by=member(request),
        request_key=form.cleaned_data["request_key"],
        at=clock.now(),
    )
    if form.cleaned_data["code"]:
        uploads.forget(form.cleaned_data["code"], owner=member(request).pk)
    toast(request, _("The class is signed up, and its teacher is told."))
    return redirect("signup:registration-for", made.code)


def _page(
    request: HttpRequest,
    session: Session,
    form: GroupForm,
    *,
    sheet: Sheet | None = None,
    kept: str = "",
    status: int = 200,
) -> HttpResponse:
    faults = _faults(sheet) if sheet is not None else []
    page: dict[str, Any] = {
        **of_list(session),
        "form": form,
        "guests": guests_in(sheet) if sheet is not None else [],
        "faults": faults,
        "unknown": "、".join(sheet.unknown_titles) if sheet is not None else "",
        "kept": kept if not faults else "",
        "standing": standing_of(session),
    }
    return render(request, "signup/staff/group.html", page, status=status)


@never_cache
@require_POST
@members_only
def more(request: HttpRequest, code: str) -> HttpResponse:
    """More of a class come."""
    row = _of_group(request, code)
    form = MoreForm(request.POST, auto_id="more_%s")
    if form.is_valid():
        try:
            sheet = sheet_of(*form.table([str(column.title) for column in COLUMNS]))
            if faults := _faults(sheet):
                form.add_error("pasted", faults)  # type: ignore[arg-type]
            else:
                return _added(request, row, form, sheet)
        except Refused as no:
            form.refuse(no.refusals)
    return registration_page(request, doors.registration_to_receive(request, code), more=form)


def _added(request: HttpRequest, row: Registration, form: MoreForm, sheet: Sheet) -> HttpResponse:
    guests, said = guests_in(sheet), form.cleaned_data
    add_to_group(
        registration=row,
        guests=guests,
        seen=said["seen"],
        is_agreed=said["agreed"],
        reason=said["reason"],
        by=member(request),
        at=clock.now(),
    )
    told = ngettext(
        "%(n)s child added, and the teacher is told.", "%(n)s children added, and the teacher is told.", len(guests)
    )
    toast(request, told % {"n": len(guests)})
    return redirect("signup:registration-for", row.code)


def _of_group(request: HttpRequest, code: str) -> Registration:
    row: Registration = doors.registration_to_receive(request, code)
    if row.group_id is None:
        raise Http404
    return row


@never_cache
@require_POST
@members_only
def fewer(request: HttpRequest, code: str) -> HttpResponse:
    """Some of a class stay at home."""
    row = _of_group(request, code)
    going = {number for value in request.POST.getlist("going") if (number := whole(value)) is not None}
    try:
        leave_out(registration=row, seats=going, by=member(request), at=clock.now())
    except Refused as no:
        toast(request, " ".join(str(refusal) for refusal in no.refusals), kind="bad")
    else:
        told = ngettext("%(n)s place is free again.", "%(n)s places are free again.", len(going))
        toast(request, told % {"n": len(going)})
    return redirect("signup:registration-for", row.code)
