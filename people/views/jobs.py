"""Long work of one's own, and for those who watch over the service, everybody's."""

from pathlib import PurePath
from typing import cast

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from kit import clock
from kit.refusals import Refused
from kit.tables import Cell, Column, Empty, Filter, ListTable
from networks.choices import JobState
from networks.commands.jobs import cancel_job, repeat_job
from networks.models import Job
from networks.queries.jobs import all_jobs, job_view, jobs_of
from people.choices import Verb
from people.doors import job_of_request, member, members_only
from people.queries.rights import rights_of

_STATES = {
    JobState.WAITING: "waiting",
    JobState.RUNNING: "few",
    JobState.DONE: "good",
    JobState.FAILED: "bad",
    JobState.CANCELLED: "full",
}


def _what(job: Job) -> Cell:
    view = job_view(job, at=clock.now())
    return Cell(view.title, href=reverse("people:job", args=[job.code]), soft=job.note)


def _far(job: Job) -> str:
    return f"{job.done * 100 // job.total}%" if job.total else ""


JOBS = ListTable(
    key="people.jobs",
    title=_("Long work"),
    columns=(
        Column("what", _("What"), _what, fixed=True, long=True),
        Column("state", _("State"), lambda job: Cell(job.get_state_display(), state=_STATES[JobState(job.state)])),
        Column("far", _("How far"), _far, number=True),
        Column("asked", _("Asked for"), lambda job: job.asked_at, sort=("asked_at", "pk")),
        Column("ended", _("Ended"), lambda job: job.finished_at, sort=("finished_at", "pk"), shown=False),
    ),
    filters=(Filter("state", _("State"), JobState.choices, lambda rows, value: rows.filter(state=value)),),
    sort="-asked",
    empty=Empty(text=_("No long work yet. Exports and large batches show up here.")),
)


@require_safe
@members_only
def jobs(request: HttpRequest) -> HttpResponse:
    person = member(request)
    sees_all = rights_of(person).may(Verb.WATCH_SERVICE)
    table = JOBS.page(request, all_jobs() if sees_all else jobs_of(person.pk))
    return render(request, "people/jobs/jobs.html", {"table": table, "sees_all": sees_all})


@require_safe
@members_only
def job(request: HttpRequest, code: str) -> HttpResponse:
    """Follows the work: htmx asks for the part again and again, a browser without scripts for the page."""
    view = job_view(job_of_request(request, code), at=clock.now())
    part = getattr(request, "htmx", False)
    return render(request, "people/jobs/_job.html" if part else "people/jobs/job.html", {"view": view})


@require_safe
@members_only
def result(request: HttpRequest, code: str) -> HttpResponse:
    found = job_of_request(request, code)
    if not found.result_file:
        raise Http404
    name = PurePath(found.result_file.name or "").name
    # Django's file response is no HttpResponse by its class, but by all that a browser sees.
    return cast("HttpResponse", FileResponse(found.result_file.open(), as_attachment=True, filename=name))


@require_POST
@members_only
def cancel(request: HttpRequest, code: str) -> HttpResponse:
    found = job_of_request(request, code)
    try:
        cancel_job(found.code, by=member(request).pk, at=clock.now())
    except Refused as no:
        return _refused(request, no, code)
    return redirect("people:job", code)


@require_POST
@members_only
def repeat(request: HttpRequest, code: str) -> HttpResponse:
    found = job_of_request(request, code)
    try:
        repeat_job(found.code, by=member(request).pk)
    except Refused as no:
        return _refused(request, no, code)
    return redirect("people:job", code)


def _refused(request: HttpRequest, no: Refused, code: str) -> HttpResponse:
    for refusal in no.refusals:
        messages.error(request, str(refusal))
    view = job_view(job_of_request(request, code), at=clock.now())
    return render(request, "people/jobs/job.html", {"view": view}, status=422)
