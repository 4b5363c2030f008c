"""佐证材料: of one session at once, of many as long work."""

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from kit import clock
from kit.pdf import pdf_answer
from kit.refusals import Refused
from kit.toasts import toast
from people.doors import member, members_only, network_of
from programmes.door import doors
from programmes.door.commands.evidence import ask_for_evidence, note_evidence
from programmes.door.prints.evidence import evidence_pdf
from programmes.door.queries.diaries import sessions_over
from programmes.door.queries.evidence import Evidence, evidence_of
from programmes.door.sheets.evidence import evidence_zip
from programmes.door.views.after import AFTER
from programmes.planning import doors as planning_doors
from programmes.signup.commands.readings import open_list

MOST_SESSIONS = 60


@never_cache
@require_POST
@members_only
def evidence(request: HttpRequest, code: str) -> HttpResponse:
    """As a PDF or, with `as=zip`, as files."""
    session = doors.session_that_was(request, code)
    (found,) = evidence_of([session])
    by, at = member(request), clock.now()
    note_evidence(session, by=by)
    if found.named:
        open_list(session=session, children=found.named, by=by, at=at)
    name = _("Evidence %(title)s") % {"title": found.title}
    if request.POST.get("as") == "zip":
        return _zip(evidence_zip([found], pdf=None, zone=network_of(request).zone), name=f"{name}.zip")
    try:
        return pdf_answer(_drawn(request, found), name=f"{name}.pdf")
    except Refused as no:
        toast(request, " ".join(str(refusal) for refusal in no.refusals), kind="bad")
        return redirect("door:diary", session.code)


@require_POST
@members_only
def evidence_of_many(request: HttpRequest) -> HttpResponse:
    """The ticked rows of the list, or all that match it."""
    at = clock.now()
    rows = list(AFTER.chosen(request, sessions_over(planning_doors.running_paths(request), at=at))[: MOST_SESSIONS + 1])
    if not rows or len(rows) > MOST_SESSIONS:
        words = _("Please choose between 1 and %(most)s sessions.") % {"most": MOST_SESSIONS}
        toast(request, words, kind="warn")
        return redirect("door:diaries")
    job = ask_for_evidence(rows, with_problems=False, by=member(request))
    return redirect("people:job", job.code)


def _drawn(request: HttpRequest, found: Evidence) -> bytes:
    is_wished = bool(request.POST.get("problems"))
    return evidence_pdf([found], network=network_of(request), with_problems=is_wished, at=clock.now())


def _zip(content: bytes, *, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/zip")
    answer["Content-Disposition"] = f"attachment; filename=\"evidence.zip\"; filename*=UTF-8''{quote(name)}"
    return answer
