"""Who comes to a session: the list at the door, and a registration that staff cancel for a family."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kit import clock
from kit.refusals import Refused
from kit.toasts import toast
from people.doors import member, members_only
from programmes.planning.models import Session
from programmes.planning.rules.places import place_words
from programmes.planning.rules.wording import full_span_words
from programmes.signup import doors
from programmes.signup.commands.changing import cancel_for
from programmes.signup.commands.readings import open_list
from programmes.signup.forms.cancelling import CancelForm
from programmes.signup.queries.coming import coming_to


@require_safe
@members_only
def sign_ups(request: HttpRequest, code: str) -> HttpResponse:
    return _list(request, doors.session_to_receive(request, code))


@require_POST
@members_only
def cancel(request: HttpRequest, code: str) -> HttpResponse:
    """For a family that called, or that cannot be received."""
    row = doors.registration_to_receive(request, code)
    form = CancelForm(request.POST)
    if form.is_valid():
        try:
            cancel_for(registration=row, reason=form.cleaned_data["reason"], by=member(request), at=clock.now())
        except Refused as no:
            form.refuse(no.refusals)
        else:
            toast(request, _("Cancelled, and the family is told why. The places are free again."))
            return redirect("signup:session-sign-ups", row.session.code)
    return _list(request, doors.session_to_receive(request, row.session.code), refused={row.code: form}, status=422)


def _list(
    request: HttpRequest, session: Session, *, refused: dict[str, CancelForm] | None = None, status: int = 200
) -> HttpResponse:
    may_call = doors.may_call(request, session)
    coming = coming_to(session, with_telephones=may_call)
    if coming.children:
        open_list(session=session, children=coming.children, by=member(request), at=clock.now())
    forms = refused or {}
    page: dict[str, Any] = {
        "session": session,
        "title": session.title or session.activity.title,
        "when": full_span_words(session.starts_at, session.ends_at),
        "place": place_words(session),
        "coming": coming,
        "lines": [
            (one, forms.get(one.registration.code) or CancelForm(auto_id=f"{one.registration.code}_%s"))
            for one in coming.parties
        ],
        "may_call": may_call,
        "is_called_off": session.called_off_at is not None,
    }
    return render(request, "signup/staff/session_list.html", page, status=status)
