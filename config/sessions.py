"""Sessions in the database, each in its network and sealed: they hold codes that are still good."""

import json
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django_scopes import get_scope

from kit import sealed
from networks.models import Network
from people.models import LoginSession

_PURPOSE = "people.session"


class SessionStore(DatabaseStore):
    @classmethod
    def get_model_class(cls) -> type[LoginSession]:
        return LoginSession

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


def _network() -> Network:
    network: Network | None = get_scope().get("network")
    if network is None:
        raise RuntimeError("A session belongs to a network: open its scope first.")
    return network
