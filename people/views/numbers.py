"""Staff give a number back to the account that had it before."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kit import clock
from kit.refusals import Refused
from kit.tables import Cell, Column, Empty, ListTable, RowAction, day
from people import doors
from people.choices import Verb
from people.commands.sign_in import give_number_back
from people.forms import ReasonForm
from people.models import FormerNumber
from people.queries.numbers import former_numbers
from people.rules import phones


def _give(row: FormerNumber) -> Cell:
    address = reverse("people:former-number-give-back", args=[row.pk])
    return Cell(actions=(RowAction(_("Give back"), address, ask=_("Reason")),))


NUMBERS = ListTable(
    key="people.former_numbers",
    title=_("Former numbers"),
    columns=(
        Column("who", _("Older account"), lambda row: row.person.name or _("not given"), fixed=True),
        Column("phone", _("Mobile number"), lambda row: phones.masked(row.phone)),
        Column("taken", _("Taken over"), lambda row: day(row.taken_at), sort=("taken_at", "pk")),
        Column("do", _("Give back"), _give),
    ),
    search=lambda rows, words: rows.filter(person__name__icontains=words),
    sort="-taken",
    empty=Empty(text=_("No number has changed hands.")),
)


@never_cache
@require_safe
@doors.staff_only(Verb.GRANT_ROLES)
def numbers(request: HttpRequest) -> HttpResponse:
    return _page(request, status=200)


@require_POST
@doors.staff_only(Verb.GRANT_ROLES)
def give_back(request: HttpRequest, former_id: int) -> HttpResponse:
    person, former = doors.member(request), doors.former_number(former_id)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please give the reason."))
        return _page(request, status=422)
    try:
        give_number_back(former=former, by=person, reason=form.cleaned_data["reason"], at=clock.now())
    except Refused as no:
        messages.error(request, " ".join(str(refusal) for refusal in no.refusals))
    else:
        messages.success(request, _("The number signs in to the older account again."))
    return redirect("people:former-numbers")


def _page(request: HttpRequest, *, status: int) -> HttpResponse:
    table = NUMBERS.page(request, former_numbers(), at=reverse("people:former-numbers"))
    return render(request, "people/former_numbers.html", {"table": table}, status=status)
