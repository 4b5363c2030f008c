"""What staff do for a family on the waiting list: move it up, or accept the places for it when it calls."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from kit import clock
from kit.refusals import Refused
from kit.toasts import toast
from people.doors import member, members_only
from programmes.signup import doors
from programmes.signup.commands.waiting import accept_for, move_up
from programmes.signup.forms.cancelling import MoveUpForm
from programmes.signup.views.registration_for import registration_page


@never_cache
@require_POST
@members_only
def up(request: HttpRequest, code: str) -> HttpResponse:
    row = doors.registration_to_receive(request, code)
    form = MoveUpForm(request.POST, auto_id="up_%s")
    if form.is_valid():
        try:
            move_up(registration=row, reason=form.cleaned_data["reason"], by=member(request), at=clock.now())
        except Refused as no:
            form.refuse(no.refusals)
        else:
            toast(request, _("The family is the next now."))
            return redirect("signup:registration-for", row.code)
    return registration_page(request, row, move_up=form)


@never_cache
@require_POST
@members_only
def accept(request: HttpRequest, code: str) -> HttpResponse:
    row = doors.registration_to_receive(request, code)
    try:
        accept_for(registration=row, by=member(request), at=clock.now())
    except Refused as no:
        return registration_page(request, doors.registration_to_receive(request, code), no=no.refusals[0])
    toast(request, _("Accepted, and the family is told that it is signed up."))
    return redirect("signup:registration-for", row.code)
