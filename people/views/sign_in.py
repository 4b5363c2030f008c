"""One page for everybody: number, code, in."""

from datetime import timedelta

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.stagekit import clear_login
from allauth.account.stages import LoginStageController
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from kit import clock, limits
from kit.refusals import Refusal, Refused
from networks.queries.privacy import is_open_to_readers
from people.commands import sign_in as commands
from people.doors import network_of, person_of
from people.forms import CodeForm, PhoneForm
from people.queries.rights import is_staff_number
from people.queries.second_factors import has_second_factor
from people.rules import codes, phones
from people.views.codes import CodeOnItsWay, SignInCode, take_turn

SILENT_STAGE = "people_silent_number"

_NOT_OPEN = Refusal(
    "not_open",
    gettext_lazy("The library is still getting ready and signs in its own staff only."),
    gettext_lazy("Please come back in a few days."),
    field="phone",
)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    back = safe_address(request, request.POST.get("next") or request.GET.get("next"))
    if person_of(request) is not None:
        return redirect(back or "people:me")
    if request.method != "POST":
        pending = SignInCode.pending(request)
        typed = phones.spaced(pending.phone) if pending else ""
        form = PhoneForm(network=network_of(request), initial={"phone": typed})
        return render(request, "people/sign_in.html", {"form": form, "next": back or ""})
    form = PhoneForm(request.POST, network=network_of(request))
    _count_address(request)
    if not form.is_valid():
        return render(request, "people/sign_in.html", {"form": form, "next": back or ""}, status=422)
    return _send_first(request, form, back)


def _send_first(request: HttpRequest, form: PhoneForm, back: str | None) -> HttpResponse:
    phone, network = form.cleaned_data["phone"], network_of(request)
    if not (is_open_to_readers() or is_staff_number(phone, network=network)):
        form.refuse([_NOT_OPEN])
        return render(request, "people/sign_in.html", {"form": form, "next": back or ""}, status=422)
    pending = SignInCode.pending(request)
    if pending is not None and pending.phone == phone and pending.is_fresh() and pending.seconds_to_wait():
        return redirect("people:sign-in-code")
    if wait := take_turn(phone, request=request):
        form.refuse([too_soon(wait)])
        page = {"form": form, "next": back or ""}
        return later(render(request, "people/sign_in.html", page, status=429), wait)
    if spent := budget_answer(request):
        return spent
    person = commands.begin(network=network, phone=phone)
    SignInCode.begin(request, person=person, phone=phone, back=back)
    return redirect("people:sign-in-code")


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    if person_of(request) is not None:
        return redirect("people:me")
    process = SignInCode.pending(request)
    if process is None:
        return redirect("people:sign-in")
    if request.method != "POST":
        return code_page(request, process, CodeForm(initial={"sent": process.token}), "people/code.html")
    _count_address(request)
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            process.try_code(form.cleaned_data["code"], page=form.cleaned_data["sent"])
        except Refused as no:
            form.refuse(no.refusals)
        else:
            return finished(process.finish(process.back))
    return code_page(request, process, form, "people/code.html", status=422)


def finished(response: HttpResponse) -> HttpResponse:
    """After a form, whatever allauth says is an address to read."""
    if isinstance(response, HttpResponseRedirect):
        response.status_code = 303
    return response


def code_page(
    request: HttpRequest, process: CodeOnItsWay, form: CodeForm, template: str, status: int = 200
) -> HttpResponse:
    """A page whose code can no longer count says so at once and offers a new one."""
    over = [] if form.is_bound else process.refusals_for(process.token)
    if over:
        form.initial["sent"] = process.token
    elif form.is_bound:
        # The newest message is the one meant from now on, and a wrong code need not be deleted by hand.
        form.data = {"code": "", "sent": process.token}
    wait = process.seconds_to_wait()
    return render(
        request,
        template,
        {
            "form": form,
            "over": over,
            "is_over": bool(process.refusals_for(process.token)),
            "phone": phones.masked(process.phone),
            "wait": wait,
            "again_at": clock.now() + timedelta(seconds=wait),
            "runs_out_at": process.sent_at + codes.LIFE,
        },
        status=status,
    )


@never_cache
@require_POST
def send_again(request: HttpRequest) -> HttpResponse:
    process = SignInCode.pending(request)
    if process is None:
        return redirect("people:sign-in")
    return resent(request, process, "people/code.html") or redirect("people:sign-in-code")


def resent(request: HttpRequest, process: CodeOnItsWay, template: str) -> HttpResponse | None:
    """None once a new code is on its way, else the page that says why not."""
    _count_address(request)
    if wait := take_turn(process.phone, request=request):
        form = CodeForm({"code": "", "sent": process.token})
        form.errors.clear()
        form.refuse([too_soon(wait)])
        return later(code_page(request, process, form, template, status=429), wait)
    if spent := budget_answer(request):
        return spent
    process.send_again()  # type: ignore[attr-defined]
    return None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def long_silent(request: HttpRequest) -> HttpResponse:
    """The number was silent for half a year: a code alone opens an empty account."""
    stage = LoginStageController.enter(request, SILENT_STAGE)
    if stage is None or stage.login.user is None:
        return redirect("people:sign-in")
    old = stage.login.user
    can_prove = has_second_factor(old)
    if request.method != "POST":
        page = {"can_prove": can_prove, "phone": phones.masked(old.phone), "days": codes.silent_days(old.network.rules)}
        return render(request, "people/long_silent.html", page)
    if request.POST.get("way") == "prove" and can_prove:
        # The next stage asks for the second factor, and nothing opens before it.
        return finished(stage.exit())
    if request.POST.get("way") != "fresh":
        clear_login(request)
        return redirect("people:sign-in")
    phone = old.phone
    fresh = commands.take_number_over(person=old, at=clock.now())
    record_authentication(request, fresh, method="code", phone=phone)
    stage.login.user = fresh
    return finished(stage.exit())


@require_http_methods(["GET", "HEAD", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "people/sign_out.html")
    get_adapter(request).logout(request)
    return redirect("/")


def inactive(request: HttpRequest) -> HttpResponse:
    return render(request, "people/inactive.html", status=403)


def too_soon(wait: int) -> Refusal:
    if wait <= codes.BETWEEN_CODES.seconds:
        text, way_on = _("A code went to this number a moment ago."), _("In %d seconds you can ask for another.") % wait
    else:
        text = _("Many codes went to this number already.")
        way_on = _("Please try again in %d minutes.") % -(-wait // 60)
    return Refusal("too_soon", text, way_on, field="phone")


def budget_answer(request: HttpRequest) -> HttpResponse | None:
    """A page once the network's messages for today are used up, else None with one more counted."""
    network = network_of(request)
    today = clock.today(network.zone)
    most = codes.sms_a_day(network.rules)
    if limits.count(f"sms:{network.pk}:{today:%Y%m%d}", seconds=90_000) <= most:
        return None
    return later(render(request, "people/no_messages_left.html", status=503), 3600)


def _count_address(request: HttpRequest) -> None:
    address = get_adapter(request).get_client_ip(request)
    limits.take_or_raise(f"sign-in:{address}", *codes.PER_ADDRESS)


def later(response: HttpResponse, seconds: int) -> HttpResponse:
    response["Retry-After"] = str(seconds)
    return response


def safe_address(request: HttpRequest, url: str | None) -> str | None:
    """Only to this very host."""
    safe = url and url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return url if safe else None
