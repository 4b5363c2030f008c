"""个人信息清单, for the administrators: what is kept, for how long, what would go tonight; and the clock by hand."""

from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit import clock
from kit.refusals import Refused
from networks.commands.jobs import start_job
from people import doors
from people.choices import Verb
from people.commands import retention as commands
from people.forms.retention import DaysForm
from people.queries.retention import days_of, days_set, last_runs, register_now
from people.registers.holdings import holdings
from people.sheets.holdings import KINDS, register_sheet


@never_cache
@require_safe
@doors.staff_only(Verb.TEND_PRIVACY)
def register(request: HttpRequest) -> HttpResponse:
    at = clock.now()
    lines = register_now(at=at)
    page = {"lines": list(reversed(lines)), "tonight": sum(line.due for line in lines), "runs": last_runs(), "at": at}
    return render(request, "people/privacy/register.html", page)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@doors.staff_only(Verb.TEND_PRIVACY)
def holding(request: HttpRequest, key: str) -> HttpResponse:
    """One class of data, and how long it is kept here."""
    found = holdings.named(key)
    if found is None or found.retention is None:
        raise Http404
    days = days_of(found, days_set())
    form = DaysForm(request.POST if request.method == "POST" else None, clock=found.retention, initial={"days": days})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            commands.set_days(found, days=typed["days"], by=doors.member(request), reason=typed["reason"])
        except Refused as no:
            form.refuse(no.refusals)
        else:
            messages.success(request, _("It is kept as long as you say, from tonight on."))
            return redirect("people:holdings")
    page = {"holding": found, "form": form}
    return render(request, "people/privacy/holding.html", page, status=422 if form.errors else 200)


@require_POST
@doors.staff_only(Verb.TEND_PRIVACY)
def run(request: HttpRequest) -> HttpResponse:
    """The nightly work, now: the same function, as a job that a page follows."""
    person = doors.member(request)
    job = start_job(commands.RETENTION_JOB, args={"by": person.pk}, by=person.pk)
    return redirect("people:job", job.code)


@never_cache
@require_safe
@doors.staff_only(Verb.TEND_PRIVACY)
def sheet(request: HttpRequest, kind: str) -> HttpResponse:
    """For the yearly audit of how minors' data is handled. It holds classes and counts, and nobody's data."""
    if kind not in KINDS:
        raise Http404
    at = clock.now()
    network = doors.network_of(request)
    content = register_sheet(list(reversed(register_now(at=at))), kind=kind, zone=network.zone)
    # Outside the f-string: texts are looked for in calls.
    what = _("what is kept")
    name = f"{what}-{at.astimezone(network.zone):%Y%m%d}.{kind}"
    answer = HttpResponse(content, content_type=KINDS[kind])
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer
