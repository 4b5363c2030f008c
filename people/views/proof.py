"""Before an account is changed: a fresh proof of who it is, by a code to its own number or by its second factor."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from kit.refusals import Refused
from people import doors
from people.forms import CodeForm
from people.queries.second_factors import has_second_factor
from people.rules import phones
from people.views.codes import NumberCode, take_turn
from people.views.sign_in import budget_answer, code_page, resent, safe_address, too_soon

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

PROOF, AFTERWARDS = "number_proof", "number_proof_next"
_PROVEN_SECONDS = 900


def is_proven(request: HttpRequest) -> bool:
    records = get_authentication_records(request, doors.member(request))
    return any(
        record["method"] in {"code", "mfa"} and time.time() - record["at"] < _PROVEN_SECONDS for record in records
    )


def proven_only(view: View[P]) -> View[P]:
    """Within a quarter of an hour of such a proof; signing in is one."""

    @doors.members_only
    @wraps(view)
    def handle(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not is_proven(request):
            return HttpResponseRedirect(f"{reverse('people:prove')}?{urlencode({'next': request.path})}")
        person = doors.member(request)
        if not has_second_factor(person):
            # From the first second factor on, allauth asks for it; until then this proof is the one it goes by.
            record_authentication(request, person, method="code", reauthenticated=True)
        return view(request, *args, **kwargs)

    return handle


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@doors.members_only
def prove(request: HttpRequest) -> HttpResponse:
    person = doors.member(request)
    if afterwards := safe_address(request, request.GET.get("next")):
        request.session[AFTERWARDS] = afterwards
    if request.method != "POST":
        page = {
            "phone": phones.masked(person.phone),
            "has_second_factor": has_second_factor(person),
            "next": request.session.get(AFTERWARDS, reverse("people:me")),
        }
        return render(request, "people/prove.html", page)
    if not person.phone:
        return redirect("people:prove")
    pending = NumberCode.pending(request, key=PROOF)
    if pending is None or not pending.is_fresh():
        if wait := take_turn(person.phone, request=request):
            messages.error(request, str(too_soon(wait)))
            return redirect("people:prove")
        if spent := budget_answer(request):
            return spent
        NumberCode.begin(request, key=PROOF, phone=person.phone)
    return redirect("people:prove-code")


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@doors.members_only
def prove_code(request: HttpRequest) -> HttpResponse:
    process = NumberCode.pending(request, key=PROOF)
    if process is None:
        return redirect("people:prove")
    answer = typed_code(request, process, template="people/prove_code.html")
    if answer is not None:
        return answer
    process.abort()
    person = doors.member(request)
    # Whoever has a second factor changes it by that alone.
    again = {} if has_second_factor(person) else {"reauthenticated": True}
    record_authentication(request, person, method="code", **again)
    return HttpResponseRedirect(request.session.pop(AFTERWARDS, reverse("people:me")))


def typed_code(request: HttpRequest, process: NumberCode, *, template: str) -> HttpResponse | None:
    """The page of a code; None once the right one was typed."""
    if request.method != "POST":
        return code_page(request, process, CodeForm(initial={"sent": process.token}), template)
    if request.POST.get("again"):
        return resent(request, process, template) or HttpResponseRedirect(request.path)
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            process.try_code(form.cleaned_data["code"], page=form.cleaned_data["sent"])
        except Refused as no:
            form.refuse(no.refusals)
        else:
            return None
    return code_page(request, process, form, template, status=422)
