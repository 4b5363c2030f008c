"""A person's own pages."""

from allauth.usersessions.internal.flows.sessions import end_other_sessions, end_sessions
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit import clock
from people import doors
from people.choices import DeviceState, Role
from people.commands import devices as commands
from people.commands.upkeep import set_name
from people.forms import NameForm
from people.queries.devices import device_of, live_sessions, state_of
from people.queries.rights import rights_of
from people.queries.second_factors import has_second_factor
from people.registers import account_pages
from people.rules import agents


@never_cache
@require_safe
@doors.members_only
def me(request: HttpRequest) -> HttpResponse:
    person = doors.member(request)
    return render(
        request,
        "people/me.html",
        {
            "person": person,
            "roles": [role.label for role in Role if role in rights_of(person).roles],
            "groups": account_pages.for_request(request),
        },
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@doors.members_only
def name(request: HttpRequest) -> HttpResponse:
    person = doors.member(request)
    form = NameForm(request.POST or None, initial={"name": person.name})
    if request.method == "POST" and form.is_valid():
        set_name(person=person, name=form.cleaned_data["name"])
        messages.success(request, _("Your name is saved."))
        return redirect("people:me")
    return render(request, "people/name.html", {"form": form}, status=422 if form.is_bound else 200)


@never_cache
@require_safe
@doors.members_only
def devices(request: HttpRequest) -> HttpResponse:
    person = doors.member(request)
    current = request.session.session_key
    found = sorted(live_sessions(person, at=clock.now()), key=lambda each: each.session_key != current)
    lines = [
        {"session": session, "name": agents.name_of(session.user_agent), "is_here": session.session_key == current}
        for session in found
    ]
    return render(request, "people/devices.html", {"lines": lines, "others": len(lines) - 1})


@require_POST
@doors.members_only
def end_session(request: HttpRequest, session_id: int) -> HttpResponse:
    """Of one's own alone: another's is not there."""
    session = UserSession.objects.filter(user_id=doors.member(request).pk, pk=session_id).first()
    if session is None:
        raise Http404
    end_sessions(request, [session])
    messages.success(request, _("That device is signed out."))
    return redirect("people:devices")


@require_POST
@doors.members_only
def end_others(request: HttpRequest) -> HttpResponse:
    end_other_sessions(request, doors.member(request))
    messages.success(request, _("All other devices are signed out."))
    return redirect("people:devices")


@never_cache
@require_safe
@doors.members_only
def second_factor_needed(request: HttpRequest) -> HttpResponse:
    if has_second_factor(doors.member(request)):
        return redirect("mfa_index")
    return render(request, "people/second_factor_needed.html", {"next": request.GET.get("next", "")})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@doors.members_only
def this_device(request: HttpRequest) -> HttpResponse:
    """A keeper asks the district to confirm this phone, and waits here."""
    person = doors.member(request)
    device = device_of(person, secret=request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""))
    at = clock.now()
    if request.method == "POST" and device is not None:
        commands.ask_for_device(device=device, at=at)
        return redirect("people:this-device")
    state = state_of(device, at=at) if device else None
    if state == DeviceState.CONFIRMED:
        messages.success(request, _("This phone is confirmed."))
        return redirect("people:me")
    return render(request, "people/this_device.html", {"device": device, "state": state})
