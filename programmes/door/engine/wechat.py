"""What WeChat last said to a network's account: sealed, in the cache that all processes share. Lost, it is asked for again."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.cache import cache

from kit.sealed import CannotUnseal, seal, unseal
from networks.models import Network
from programmes.door.rules.wechat import Account, Standing

PURPOSE = "door.wechat"
# A refusal stays readable; what has run out is none the less out.
KEPT_SECONDS = 86_400
_INSTANTS = ("tried_at", "until", "fetched_at")


def app_id_of(network: Network) -> str:
    return str(network.rules.get("wechat_app_id", "")).strip()


def account_of(network: Network) -> Account | None:
    """None where the app ID or the secret is missing."""
    secrets = dict(entry.partition(":")[::2] for entry in settings.WECHAT_SECRETS)
    app_id, secret = app_id_of(network), secrets.get(network.code, "")
    return Account(app_id, secret) if app_id and secret else None


def standing_of(network: Network) -> Standing | None:
    kept = cache.get(_key(network))
    if kept is None:
        return None
    try:
        told: dict[str, Any] = json.loads(unseal(kept, network_code=network.code, purpose=PURPOSE))
    except CannotUnseal:
        return None
    instants = {name: datetime.fromisoformat(told[name]) for name in _INSTANTS if told[name]}
    return Standing(**{**told, **instants})


def keep(network: Network, standing: Standing) -> None:
    told = json.dumps(asdict(standing), default=datetime.isoformat)
    cache.set(_key(network), seal(told, network_code=network.code, purpose=PURPOSE), KEPT_SECONDS)


def _key(network: Network) -> str:
    return f"{PURPOSE}.{network.pk}"
