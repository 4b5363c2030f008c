"""Long work of one's own, and for those who watch over the service, everybody's."""

from pathlib import PurePath
from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from kit import clock
from kit.refusals import Refused
from networks.commands.jobs import cancel_job, repeat_job
from networks.queries.jobs import all_jobs, job_view, jobs_of
from people.choices import Verb
from people.doors import job_of_request, member, members_only
from people.queries.rights import rights_of

PAGE = 50


@require_safe
@members_only
def jobs(request: HttpRequest) -> HttpResponse:
    person = member(request)
    sees_all = rights_of(person).may(Verb.WATCH_SERVICE)
    rows = all_jobs() if sees_all else jobs_of(person.pk)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page", "1"))
    at = clock.now()
    lines = [job_view(job, at=at) for job in page]
    return render(request, "people/jobs/jobs.html", {"page": page, "lines": lines, "sees_all": sees_all})


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
