"""图书馆知道什么: what is kept, who looked, a copy to take home, and erasing it."""

from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kit import clock
from kit.refusals import Refused
from networks.models import Job
from networks.queries.jobs import job_view
from people import doors
from people.commands import copies as commands
from people.models import DataCopy
from people.prints.data_copy import chapters_of
from people.queries.ownership import is_carer, owner_of, seen_children
from people.queries.readings import readings_of
from people.queries.retention import days_of, days_set
from people.views.proof import proven_only


@never_cache
@require_safe
@doors.members_only
def privacy(request: HttpRequest) -> HttpResponse:
    """Statements by class of data, not by row."""
    person = doors.member(request)
    owner = owner_of(person)
    seen, known = seen_children(owner), days_set()
    page = {
        "chapters": [
            (chapter, days_of(chapter.holding, known)) for chapter in chapters_of(owner) if not chapter.is_empty
        ],
        "readings": readings_of(seen, most=50),
        "children": owner.children,
        "households": owner.households,
        "is_carer": not seen and is_carer(person),
        "copies": _copies(request),
        "at": clock.now(),
    }
    return render(request, "people/privacy/privacy.html", page)


@require_POST
@doors.members_only
def ask_for_copy(request: HttpRequest) -> HttpResponse:
    try:
        copy = commands.ask_for_copy(doors.member(request), at=clock.now())
    except Refused as no:
        messages.error(request, " ".join(str(refusal) for refusal in no.refusals))
        return redirect("people:privacy")
    return redirect("people:copy", copy.code)


@never_cache
@require_safe
@doors.members_only
def copy(request: HttpRequest, code: str) -> HttpResponse:
    """Follows the making of the copy; htmx asks for the part, a browser without scripts for the page."""
    row = doors.data_copy(request, code)
    job = Job.objects.filter(code=row.job).first()
    page = {"copy": row, "view": job_view(job, at=clock.now()) if job else None, "is_here": _is_here(row)}
    part = getattr(request, "htmx", False)
    return render(request, "people/privacy/_copy.html" if part else "people/privacy/copy.html", page)


@never_cache
@require_safe
@proven_only
def copy_file(request: HttpRequest, code: str) -> HttpResponse:
    """Only for whoever asked, after a fresh proof of who it is."""
    row = doors.data_copy(request, code)
    if not _is_here(row):
        raise Http404
    commands.count_taken(row, by=doors.member(request))
    with row.file.open() as file:
        content = file.read()
    # Outside the f-string: texts are looked for in calls.
    what = _("my data")
    name = f"{doors.network_of(request).library_name}-{what}-{row.asked_at:%Y%m%d}.zip"
    answer = HttpResponse(content, content_type="application/zip")
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer


def _is_here(row: DataCopy) -> bool:
    return bool(row.file) and row.expires_at > clock.now()


def _copies(request: HttpRequest) -> list[DataCopy]:
    rows = DataCopy.objects.filter(person=doors.member(request), expires_at__gt=clock.now())
    return list(rows.order_by("-asked_at", "-pk")[:5])
