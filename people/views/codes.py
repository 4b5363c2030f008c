"""A code on its way to a phone: allauth's own processes, with tries that no two requests can share."""

import hmac
from datetime import UTC, datetime
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.code_verification import AbstractCodeVerificationProcess
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.stages import LoginByCodeStage, LoginStageController
from django.http import HttpRequest

from kit import clock, ids, limits
from kit.refusals import Refusal, refuse_if
from networks.models import Network
from people.commands.sign_in import send_code
from people.doors import network_of
from people.models import Person
from people.queries.persons import index_of
from people.rules import codes

_TRIES_KEPT = int(codes.LIFE.total_seconds()) * 2


def limit_name(phone: str, *, network: Network) -> str:
    """Numbers are counted per network, by what nobody can read back."""
    return f"code:{network.pk}:{index_of(phone, network=network).hex()}"


def take_turn(phone: str, *, request: HttpRequest) -> int:
    """Counts one more code for this number: seconds to wait if that is too many."""
    return limits.take(limit_name(phone, network=network_of(request)), *codes.PER_NUMBER)


class CodeOnItsWay(AbstractCodeVerificationProcess):
    """What the sign-in's process and the one for changing a number share."""

    request: HttpRequest

    @property
    def phone(self) -> str:
        return str(self.state["phone"])

    @property
    def token(self) -> str:
        return str(self.state.get("token", ""))

    @property
    def sent_at(self) -> datetime:
        return datetime.fromtimestamp(self.state["at"], tz=UTC)

    def is_fresh(self) -> bool:
        """A code that can still be typed in."""
        return not list(codes.against_state(self._state_for(self.token), at=clock.now()))

    def seconds_to_wait(self) -> int:
        name = limit_name(self.phone, network=network_of(self.request))
        return limits.waiting(name, codes.BETWEEN_CODES)

    def refusals_for(self, page: str) -> list[Refusal]:
        return list(codes.against_state(self._state_for(page), at=clock.now()))

    def try_code(self, typed: str, *, page: str) -> None:
        """Raises Refused unless it is the one. `page` is the token that the page was made with."""
        refuse_if(self.refusals_for(page))
        tries = limits.count(self._tries_name, seconds=_TRIES_KEPT) if codes.counts_as_try(typed) else self._tries
        if tries > codes.TRIES:
            refuse_if(self.refusals_for(page))
        refuse_if(codes.against_code(typed, expected=self.code, tries_left=codes.TRIES - tries))

    def stamp(self) -> None:
        """Called with each code that is made."""
        self.state["at"] = clock.now().timestamp()
        self.state["token"] = ids.random_code(12)

    @property
    def _tries_name(self) -> str:
        return f"code-tries:{self.token}"

    @property
    def _tries(self) -> int:
        return limits.counted(self._tries_name)

    def _state_for(self, page: str) -> codes.CodeState:
        return codes.CodeState(
            sent_at=self.sent_at,
            tries=self._tries,
            is_for_this_page=hmac.compare_digest(page.encode(), self.token.encode()),
        )


class SignInCode(CodeOnItsWay, LoginCodeVerificationProcess):
    """allauth's login by code. An unknown number has a person by now, so both go one way."""

    @classmethod
    def begin(cls, request: HttpRequest, *, person: Person, phone: str, back: str | None) -> "SignInCode":
        process = cls.initiate(request=request, user=person, phone=phone)
        process.stage.login.redirect_url = back
        process.persist()
        return cls(stage=process.stage)

    @classmethod
    def pending(cls, request: HttpRequest) -> "SignInCode | None":
        stage = LoginStageController.enter(request, LoginByCodeStage.key)
        if stage is None or "phone" not in stage.state:
            return None
        return cls(stage=stage)

    @classmethod
    def initiate(cls, *, request: HttpRequest, user: Person, phone: str, **_more: Any) -> "SignInCode":
        process = super().initiate(request=request, user=user, phone=phone)
        own = cls(stage=process.stage)
        own.stamp()
        own.persist()
        return own

    def send_again(self) -> None:
        self.resend()
        self.stamp()
        self.persist()

    @property
    def back(self) -> str | None:
        url: str | None = self.stage.login.redirect_url
        return url


class NumberCode(CodeOnItsWay):
    """Proof that somebody signed in holds a number: the old one before a change, then the new one."""

    def __init__(self, request: HttpRequest, *, key: str, state: dict[str, Any]) -> None:
        self.request = request
        self.key = key
        super().__init__(
            max_attempts=codes.TRIES, timeout=int(codes.LIFE.total_seconds()), state=state, user=request.user
        )

    @classmethod
    def begin(cls, request: HttpRequest, *, key: str, phone: str) -> "NumberCode":
        process = cls(request, key=key, state=cls.initial_state(user=request.user, phone=phone))
        process.send()
        return process

    @classmethod
    def pending(cls, request: HttpRequest, *, key: str) -> "NumberCode | None":
        state = request.session.get(key)
        return cls(request, key=key, state=state) if state else None

    def send(self) -> None:
        person: Any = self.request.user
        self.state["code"] = get_adapter(self.request).generate_phone_verification_code(user=person, phone=self.phone)
        self.stamp()
        self.persist()
        send_code(person=person, phone=self.phone, code=self.code, at=clock.now())

    def send_again(self) -> None:
        self.send()

    def persist(self) -> None:
        self.request.session[self.key] = self.state

    def abort(self) -> None:
        self.request.session.pop(self.key, None)
