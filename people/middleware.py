"""What is asked of a signed-in person before a page of staff opens."""

from collections.abc import Callable
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from kit import clock
from people.choices import Assurance, DeviceState
from people.commands.upkeep import mark_seen
from people.doors import network_of, person_of
from people.models import Person
from people.queries.devices import device_of, state_of
from people.queries.rights import rights_of
from people.queries.second_factors import has_second_factor
from people.rules.rights import assurance_needed

GetResponse = Callable[[HttpRequest], HttpResponse]

STAFF_PREFIXES = ("/plan/", "/desk/", "/cms/", "/contests/judge/")


def last_seen(get_response: GetResponse) -> GetResponse:
    """One write per person and day. It tells a number that is in use from one that was handed on."""

    def handle(request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and (person := person_of(request)):
            today = clock.today(network_of(request).zone)
            if person.seen_on != today:
                mark_seen(person=person, today=today)
        return get_response(request)

    return handle


def second_factor(get_response: GetResponse) -> GetResponse:
    """Staff pages open with the assurance that the roles table asks for: a second factor, or a bound phone."""

    def handle(request: HttpRequest) -> HttpResponse:
        if settings.SECOND_FACTOR_NEEDED and request.path.startswith(STAFF_PREFIXES):
            person = person_of(request)
            if person is not None and (place := _place_to_go_first(request, person)):
                back = request.get_full_path() if request.method in {"GET", "HEAD"} else request.path
                return HttpResponseRedirect(f"{reverse(place)}?{urlencode({'next': back})}")
        return get_response(request)

    return handle


def _place_to_go_first(request: HttpRequest, person: Person) -> str | None:
    needed = assurance_needed(rights_of(person).roles)
    if needed == Assurance.CODE or _used_second_factor(request, person):
        return None
    if needed == Assurance.BOUND_DEVICE:
        return None if is_on_bound_device(request, person) else "people:this-device"
    return "mfa_reauthenticate" if has_second_factor(person) else "people:second-factor-needed"


def _used_second_factor(request: HttpRequest, person: Person) -> bool:
    return any(record["method"] == "mfa" for record in get_authentication_records(request, person))


def is_on_bound_device(request: HttpRequest, person: Person) -> bool:
    device = device_of(person, secret=request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""))
    return device is not None and state_of(device, at=clock.now()) == DeviceState.CONFIRMED
