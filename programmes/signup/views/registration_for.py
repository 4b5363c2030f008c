"""One family's registration, as staff see it: who comes, whom to call, and what can be done for them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kit import clock
from kit.refusals import Refused
from kit.toasts import toast
from people.doors import member, members_only
from programmes.signup import doors
from programmes.signup.commands.changing import cancel_for
from programmes.signup.commands.noting import write_note
from programmes.signup.commands.readings import open_list
from programmes.signup.forms.cancelling import CancelForm, NoteForm
from programmes.signup.models import Registration
from programmes.signup.queries.coming import party_of
from programmes.signup.views.session_list import of_list, party_words, state_cell


@never_cache
@require_safe
@members_only
def registration(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, doors.registration_to_receive(request, code))


@never_cache
@require_POST
@members_only
def note(request: HttpRequest, code: str) -> HttpResponse:
    row = doors.registration_to_receive(request, code)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, row, note=form)
    write_note(registration=row, note=form.cleaned_data["note"], by=member(request))
    toast(request, _("The note is kept."))
    return redirect("signup:registration-for", row.code)


@never_cache
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
    return _page(request, row, cancel=form)


def _page(request: HttpRequest, row: Registration, **refused: Any) -> HttpResponse:
    session = row.session
    party = party_of(row, sight=doors.sight_of(request, session))
    children = [guest.child for guest in party.guests if guest.child is not None]
    if children:
        open_list(session=session, children=children, by=member(request), at=clock.now())
    page: dict[str, Any] = {
        **of_list(session),
        "party": party,
        "registration": row,
        "party_words": party_words(party),
        "state": state_cell(party),
        "is_live": row.ended_at is None,
        "is_over": session.ends_at <= clock.now(),
        "note": refused.get("note") or NoteForm(initial={"note": row.note}),
        "cancel": refused.get("cancel") or CancelForm(auto_id="cancel_%s"),
    }
    return render(request, "signup/staff/registration.html", page, status=422 if refused else 200)
