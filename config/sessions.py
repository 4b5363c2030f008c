"""Sessions in the database, each in its network and sealed: they hold codes that are still good."""

import json
from contextvars import ContextVar
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.middleware import AuthenticationMiddleware, get_user
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django_scopes import get_scope

from kit import sealed
from kit.prepared import asked
from kit.rows import columns, made
from networks.models import Network
from networks.queries.rows import own_row
from people.models import LoginSession, Person

_PURPOSE = "people.session"
_SESSION = f"""SELECT {columns(LoginSession, "one")}, {columns(Person, "person")} FROM people_loginsession AS one
LEFT JOIN usersessions_usersession AS listed ON listed.session_key = one.session_key
LEFT JOIN people_person AS person ON person.id = listed.user_id AND person.network_id = one.network_id
WHERE one.network_id = %s AND one.session_key = %s AND one.expire_date > %s"""  # noqa: S608 - of names of columns


class SessionStore(DatabaseStore):
    @classmethod
    def get_model_class(cls) -> type[LoginSession]:
        return LoginSession

    # Whoever is signed in with it, read along; None where nobody is, or allauth does not list the session.
    person: Person | None = None

    def _get_session_from_db(self) -> LoginSession | None:
        row = asked(_SESSION, [_network().pk, self.session_key, timezone.now()])
        if row is None:
            self._session_key = None
            return None
        values = iter(row)
        found = made(LoginSession, values)
        person = made(Person, values)
        self.person = person if person.pk is not None else None
        return found

    def encode(self, session_dict: dict[str, Any]) -> str:
        text = json.dumps(session_dict, separators=(",", ":"), ensure_ascii=False)
        return sealed.seal(text, network_code=_network().code, purpose=_PURPOSE)

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        try:
            text = sealed.unseal(str(session_data), network_code=_network().code, purpose=_PURPOSE)
        except sealed.CannotUnseal:
            return {}
        values: dict[str, Any] = json.loads(text)
        return values


_read_along: ContextVar[Person | None] = ContextVar("read_along", default=None)


class PersonBackend(ModelBackend):
    def get_user(self, user_id: Any) -> Person | None:
        along = _read_along.get()
        person = along if along is not None and along.pk == user_id else own_row(Person, "one.id = %s", user_id)
        return person if person is not None and self.user_can_authenticate(person) else None


class SignedIn(AuthenticationMiddleware):
    """Whoever is signed in is read at every request, by the statement that reads the session."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _person_of(request))  # type: ignore[assignment]


def _person_of(request: HttpRequest) -> Any:
    request.session.get(SESSION_KEY)  # now it is read
    token = _read_along.set(getattr(request.session, "person", None))
    try:
        return get_user(request)
    finally:
        _read_along.reset(token)


def _network() -> Network:
    network: Network | None = get_scope().get("network")
    if network is None:
        raise RuntimeError("A session belongs to a network: open its scope first.")
    return network
