"""Staff give a number back to the account that had it before."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kit import clock
from kit.refusals import Refused
from people import doors
from people.choices import Verb
from people.commands.sign_in import give_number_back
from people.forms import ReasonForm
from people.queries.numbers import former_numbers
from people.rules import phones

_SHOWN = 100


@never_cache
@require_safe
@doors.staff_only(Verb.GRANT_ROLES)
def numbers(request: HttpRequest) -> HttpResponse:
    return _page(request, ReasonForm(), status=200)


@require_POST
@doors.staff_only(Verb.GRANT_ROLES)
def give_back(request: HttpRequest, former_id: int) -> HttpResponse:
    person, former = doors.member(request), doors.former_number(former_id)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please give the reason."))
        return _page(request, form, status=422)
    try:
        give_number_back(former=former, by=person, reason=form.cleaned_data["reason"], at=clock.now())
    except Refused as no:
        messages.error(request, " ".join(str(refusal) for refusal in no.refusals))
    else:
        messages.success(request, _("The number signs in to the older account again."))
    return redirect("people:former-numbers")


def _page(request: HttpRequest, form: ReasonForm, *, status: int) -> HttpResponse:
    lines = [(row, phones.masked(row.phone)) for row in former_numbers()[:_SHOWN]]
    return render(request, "people/former_numbers.html", {"lines": lines, "form": form}, status=status)
