"""Somebody leaves."""

from datetime import date, datetime, time, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kit import clock
from kit.refusals import Refused
from kit.toasts import toast
from people import doors
from people.choices import Verb
from people.commands.leaving import grants_to_end, leave
from people.forms.staff import LeaveForm
from people.queries.rights import rights_of
from people.registers import handovers


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@doors.staff_only(Verb.APPOINT_KEEPERS)
def leaving(request: HttpRequest, person_id: int) -> HttpResponse:
    by, at = doors.member(request), clock.now()
    found = doors.staff_member(request, person_id)
    form = LeaveForm(request.POST or None)
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        try:
            made = leave(
                found,
                network=doors.network_of(request),
                by=by,
                at=at,
                ends_at=_end_of(typed["day"], request, at=at),
                reason=typed["reason"],
                successor_phone=typed["successor_phone"],
                successor_name=typed["successor_name"],
            )
        except Refused as no:
            form.refuse(no.refusals)
        else:
            toast(request, _("The roles end; the successor is invited.") if made else _("The roles end."))
            return redirect("people:staff-person", person_id)
    grants = grants_to_end(found, by=by)
    page = {
        "form": form,
        "who": found,
        "grants": grants,
        "others": len(rights_of(found).held) - len(grants) if found.is_known else 0,
        "duties": handovers.counts(found, rights_of(by).paths(Verb.APPOINT_KEEPERS)),
    }
    return render(request, "people/staff/leave.html", page, status=422 if form.is_bound else 200)


def _end_of(day: date | None, request: HttpRequest, *, at: datetime) -> datetime:
    """The midnight after the last day, as the network's clock has it; a day that has passed means now."""
    if day is None:
        return at
    return max(at, datetime.combine(day + timedelta(days=1), time(), tzinfo=doors.network_of(request).zone))
