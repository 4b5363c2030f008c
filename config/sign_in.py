"""allauth, told how Siji signs people in."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.stages import LoginStage
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse

from kit import clock, ids, sealed
from networks.models import Network
from people.commands import sign_in as commands
from people.models import Person
from people.models.person import SECOND_FACTOR
from people.queries.appointments import count_offers_to
from people.queries.devices import device_of
from people.queries.persons import person_with_phone
from people.registers import first_pages
from people.rules import agents, codes
from people.views.sign_in import SILENT_STAGE

_SET_UP = {"totp_activated": "totp", "webauthn_added": "webauthn"}
_DEVICE_COOKIE_AGE = 400 * 86_400


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """The phone is kept by Person: sealed, with a blind index per network."""

    def get_user_by_phone(self, phone: str) -> Person | None:
        return person_with_phone(phone, network=_network())

    def get_phone(self, user: Person) -> tuple[str, bool] | None:
        return (user.phone, user.phone_verified_at is not None) if user.phone_sealed else None

    def set_phone(self, user: Person, phone: str, verified: bool) -> None:  # noqa: ARG002, FBT001 - allauth's signature
        raise RuntimeError("Numbers are written by people's own commands.")

    def set_phone_verified(self, user: Person, phone: str) -> None:  # noqa: ARG002 - allauth's signature
        commands.verify_phone(person=user, at=clock.now())

    def generate_phone_verification_code(self, *, user: Person, phone: str) -> str:
        if settings.IS_DEMO:
            return codes.DEMO_CODE
        return str(super().generate_phone_verification_code(user=user, phone=phone))

    def send_verification_code_sms(self, user: Person, phone: str, code: str, **_more: Any) -> None:
        commands.send_code(person=user, phone=phone, code=code, at=clock.now())

    def get_login_stages(self) -> list[str]:
        stages: list[str] = super().get_login_stages()
        place = next(number for number, path in enumerate(stages) if path.startswith("allauth.mfa."))
        return [*stages[:place], "config.sign_in.SilentNumberStage", *stages[place:]]

    def post_login(self, request: HttpRequest, user: Person, **hooks: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **hooks)
        _remember_device(request, response, user)
        _lead_on(response, user)
        return response

    def add_message(self, request: HttpRequest, level: int, *_args: Any, **more: Any) -> None:
        """Our pages say for themselves what happened; only what allauth refuses is worth a line of its own."""
        if more.get("message"):
            super().add_message(request, level, **more)

    def send_notification_mail(self, template_prefix: str, user: Person, *_args: Any, **_more: Any) -> None:
        """ "mfa/email/totp_activated": told like everything else, by a fact. Setting one up is using it."""
        change = template_prefix.rsplit("/", 1)[-1]
        if change in _SET_UP:
            record_authentication(self.request, user, method="mfa", type=_SET_UP[change])
        commands.tell_second_factor(person=user, change=change)

    def format_email_subject(self, subject: str) -> str:
        return subject


class SilentNumberStage(LoginStage):  # type: ignore[misc]
    """二次放号: between the right code and the account of a number long silent stands one question."""

    key = SILENT_STAGE
    urlname = "people:long-silent"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        person: Person | None = self.login.user
        if person is None or not self._is_by_code_alone(person) or not _is_silent(person):
            return None, True
        return HttpResponseRedirect(reverse("people:long-silent")), True

    def _is_by_code_alone(self, person: Person) -> bool:
        methods = [record["method"] for record in get_authentication_records(self.request, person)]
        return methods[-1:] == ["code"] and not _knows(self.request, person)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    def encrypt(self, text: str) -> str:
        return sealed.seal(text, network_code=_network().code, purpose=SECOND_FACTOR)

    def decrypt(self, encrypted_text: str) -> str:
        return sealed.unseal(encrypted_text, network_code=_network().code, purpose=SECOND_FACTOR)

    def get_totp_issuer(self) -> str:
        return _network().name

    def _get_site_name(self) -> str:
        return _network().name

    def _get_user_identifier(self, user: Person) -> str:
        return user.name or user.login

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        host = context.request.get_host().partition(":")[0]
        domain = settings.PASSKEY_DOMAIN
        return {"id": domain if domain and f".{host}".endswith(f".{domain}") else host, "name": _network().name}


def _knows(request: HttpRequest, person: Person) -> bool:
    """Whether the person signed in on this browser before; one that was revoked counts for nothing."""
    device = device_of(person, secret=_device_secret(request))
    return device is not None and device.revoked_at is None


def _is_silent(person: Person) -> bool:
    network = person.network
    return codes.is_silent(
        last_seen_on=person.seen_on or person.joined_at.astimezone(network.zone).date(),
        today=clock.today(network.zone),
        network_rules=network.rules,
    )


def _device_secret(request: HttpRequest) -> str:
    return str(request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""))


def _remember_device(request: HttpRequest, response: HttpResponse, person: Person) -> None:
    """The cookie outlives sign-out: with it, a code proves more than a number does."""
    secret = _device_secret(request) or ids.random_code(40)
    commands.remember_device(
        person=person, secret=secret, label=agents.name_of(request.META.get("HTTP_USER_AGENT", ""))
    )
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        secret,
        max_age=_DEVICE_COOKIE_AGE,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def _lead_on(response: HttpResponse, person: Person) -> None:
    """Whoever signs in without being under way elsewhere sees first what they are invited to, then what their work is."""
    if response.get("Location") != str(resolve_url(settings.LOGIN_REDIRECT_URL)):
        return
    if count_offers_to(person, at=clock.now()):
        response["Location"] = reverse("people:appointments")
    elif first := next((found for page in first_pages if (found := page(person))), ""):
        response["Location"] = first


def _network() -> Network:
    network: Network = context.request.network
    return network
