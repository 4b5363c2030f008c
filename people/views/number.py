"""Another mobile number: who you are, then the new number, then its code."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from kit import clock
from kit.refusals import Refused
from people import doors
from people.commands.change_number import change_number
from people.forms import PhoneForm
from people.rules import phones
from people.views.codes import NumberCode, take_turn
from people.views.proof import proven_only, typed_code
from people.views.sign_in import budget_answer, later, too_soon

NEW = "number_new"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@proven_only
def number(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, PhoneForm(network=doors.network_of(request)), status=200)
    form = PhoneForm(request.POST, network=doors.network_of(request))
    if not form.is_valid():
        return _page(request, form, status=422)
    phone = form.cleaned_data["phone"]
    if wait := take_turn(phone, request=request):
        form.refuse([too_soon(wait)])
        return later(_page(request, form, status=429), wait)
    if spent := budget_answer(request):
        return spent
    NumberCode.begin(request, key=NEW, phone=phone)
    return redirect("people:number-code")


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@proven_only
def number_code(request: HttpRequest) -> HttpResponse:
    process = NumberCode.pending(request, key=NEW)
    if process is None:
        return redirect("people:number")
    if answer := typed_code(request, process, template="people/number_code.html"):
        return answer
    process.abort()
    today = clock.today(doors.network_of(request).zone)
    try:
        change_number(person=doors.member(request), phone=process.phone, at=clock.now(), today=today)
    except Refused as no:
        form = PhoneForm({"phone": phones.spaced(process.phone)}, network=doors.network_of(request))
        form.is_valid()
        form.refuse(no.refusals)
        return _page(request, form, status=422)
    messages.success(request, _("From now on you sign in with the new number."))
    return redirect("people:me")


def _page(request: HttpRequest, form: PhoneForm, *, status: int) -> HttpResponse:
    page = {"form": form, "phone": phones.masked(doors.member(request).phone)}
    return render(request, "people/number.html", page, status=status)
