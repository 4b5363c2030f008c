"""Sessions in the database, each in its network and sealed: they hold codes that are still good."""

import json
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone
from django_scopes import get_scope

from kit import sealed
from networks.models import Network
from networks.queries.rows import own_row
from people.models import LoginSession, Person

_PURPOSE = "people.session"


class SessionStore(DatabaseStore):
    @classmethod
    def get_model_class(cls) -> type[LoginSession]:
        return LoginSession

    def _get_session_from_db(self) -> LoginSession | None:
        found = own_row(LoginSession, "one.session_key = %s AND one.expire_date > %s", self.session_key, timezone.now())
        if found is None:
            self._session_key = None
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


class PersonBackend(ModelBackend):
    """Whoever is signed in is read at every request."""

    def get_user(self, user_id: Any) -> Person | None:
        person = own_row(Person, "one.id = %s", user_id)
        return person if person is not None and self.user_can_authenticate(person) else None


def _network() -> Network:
    network: Network | None = get_scope().get("network")
    if network is None:
        raise RuntimeError("A session belongs to a network: open its scope first.")
    return network
