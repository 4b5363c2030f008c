"""Families who wait for the library's yes or no: by session, and where there are any."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from kit import clock
from kit.refusals import Refused
from kit.toasts import toast
from people.doors import member, members_only
from programmes.planning.models import Session
from programmes.planning.rules.places import place_words
from programmes.planning.rules.wording import full_span_words
from programmes.signup import doors
from programmes.signup.commands.approving import approve, turn_down
from programmes.signup.commands.readings import open_list
from programmes.signup.forms.approving import ApprovalForm
from programmes.signup.models import Registration
from programmes.signup.queries.approvals import asking_families, sessions_to_answer
from programmes.signup.queries.caps import over_caps
from programmes.signup.queries.questions import lines_for


@require_safe
@members_only
def approvals(request: HttpRequest) -> HttpResponse:
    at = clock.now()
    rows = sessions_to_answer(doors.receiving_paths(request), at=at)
    page = {
        "lines": [
            (row, row.title or row.activity.title, full_span_words(row.starts_at, row.ends_at), place_words(row))
            for row in rows
        ]
    }
    return render(request, "signup/staff/approvals.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def approval(request: HttpRequest, code: str) -> HttpResponse:
    session = doors.session_to_receive(request, code)
    sight = doors.sight_of(request, session)
    families = asking_families(session, sight=sight)
    # Who was answered or has cancelled since the page was opened is left out by the command.
    codes = [*(one.registration.code for one in families), *request.POST.getlist("registrations")]
    form = ApprovalForm(request.POST if request.method == "POST" else None, codes=codes)
    if form.is_bound and form.is_valid():
        try:
            rows = _answer(request, session, form)
        except Refused as no:
            form.refuse(no.refusals)
        else:
            toast(request, _told(rows, is_yes=form.cleaned_data["do"] == "approve"))
            return redirect("signup:approval", session.code)
    children = [guest.child for one in families for guest in one.guests if guest.child is not None]
    if children:
        open_list(session=session, children=children, by=member(request), at=clock.now())
    over = over_caps(session, [one.registration for one in families])
    answers = lines_for(sight, [one.registration for one in families])
    page: dict[str, Any] = {
        "session": session,
        "title": session.title or session.activity.title,
        "when": full_span_words(session.starts_at, session.ends_at),
        "place": place_words(session),
        "families": [
            (one, answers.get(one.registration.pk, []), over.get(one.registration.pk, [])) for one in families
        ],
        "is_over": bool(over),
        "form": form,
    }
    return render(request, "signup/staff/approval.html", page, status=422 if form.is_bound else 200)


def _answer(request: HttpRequest, session: Session, form: ApprovalForm) -> list[Registration]:
    said, by, at = form.cleaned_data, member(request), clock.now()
    if said["do"] == "approve":
        return approve(session=session, codes=said["registrations"], passing=said["passing"], by=by, at=at)
    return turn_down(session=session, codes=said["registrations"], reason=said["reason"], by=by, at=at)


def _told(rows: list[Registration], *, is_yes: bool) -> str:
    if not rows:
        return _("They have been answered already.")
    if is_yes:
        text = ngettext("%(n)s family approved and told.", "%(n)s families approved and told.", len(rows))
    else:
        text = ngettext(
            "%(n)s family turned down and told why; the places are free again.",
            "%(n)s families turned down and told why; the places are free again.",
            len(rows),
        )
    return text % {"n": len(rows)}
