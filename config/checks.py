"""System checks: what would be unsafe, or would not work, said before the first request with the way to mend it."""

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags
from django.core.checks import Warning as CheckWarning
from django.core.checks import register as register_check

from config.databases import LOCAL_MARK
from notifications.channels.sms.channel import PROVIDERS

# What the settings name where no database is named: commands that need none run without one.
NO_DATABASE = ("127.0.0.1", "1")


def register() -> None:
    register_check(production_is_complete, Tags.security)
    register_check(demo_stays_at_home, Tags.security)


def production_is_complete(**_kwargs: Any) -> list[CheckMessage]:
    return list(_production_gaps()) if settings.IS_PRODUCTION else []


def _production_gaps() -> Iterator[CheckMessage]:
    if len(settings.SECRET_KEY) < 50:
        yield Error(
            "SECRET_KEY is too short.",
            hint="Make one: python -c 'import secrets; print(secrets.token_urlsafe(64))'",
            id="siji.E001",
        )
    for name, key in _data_keys():
        if len(key) != 32:
            yield Error(
                f"The data key {name!r} is not 32 bytes in base64.", hint="DATA_KEYS=name:base64 …", id="siji.E002"
            )
    if len(_decoded(settings.INDEX_KEY)) != 32:
        yield Error("INDEX_KEY is not 32 bytes in base64.", hint="openssl rand -base64 32", id="siji.E003")
    if not settings.CELERY_BROKER_URL:
        yield Error("Production has no queue.", hint="Set REDIS_URL, or CELERY_BROKER_URL.", id="siji.E004")
    yield from _sign_in_gaps()
    if settings.WECHAT_SECRETS and not _wechat_is_named():
        yield Error(
            "WECHAT_SECRETS has an entry that is not network:secret, or WECHAT_ENDPOINT is not https.",
            hint="WECHAT_SECRETS=nanjing:… shenzhen:…",
            id="siji.E012",
        )
    if not settings.REDIS_URL:
        yield Error("Limits need a cache that all processes share.", hint="Set REDIS_URL.", id="siji.E005")


def _sign_in_gaps() -> Iterator[CheckMessage]:
    if not settings.SECOND_FACTOR_NEEDED:
        yield Error("Production cannot do without second factors.", hint="Leave them on.", id="siji.E006")
    if settings.SMS_PROVIDER == "demo":
        yield Error(
            "SMS_PROVIDER=demo shows everybody's codes on a page.", hint="Name a real provider.", id="siji.E007"
        )
    elif settings.SMS_PROVIDER == "aliyun" and not _aliyun_is_named():
        yield Error(
            "SMS_PROVIDER=aliyun has no key, or an address that is not https.",
            hint="Set ALIYUN_SMS_KEY_ID and ALIYUN_SMS_KEY_SECRET.",
            id="siji.E011",
        )
    elif settings.SMS_PROVIDER not in PROVIDERS:
        yield CheckWarning(
            "There is no SMS provider: nobody can sign in by SMS, only by passkey.",
            hint="Set SMS_PROVIDER.",
            id="siji.W008",
        )


def _aliyun_is_named() -> bool:
    named = bool(settings.ALIYUN_SMS_KEY_ID and settings.ALIYUN_SMS_KEY_SECRET)
    return named and str(settings.ALIYUN_SMS_ENDPOINT).startswith("https://")


def _wechat_is_named() -> bool:
    are_pairs = all(all(entry.partition(":")) for entry in settings.WECHAT_SECRETS)
    return are_pairs and str(settings.WECHAT_ENDPOINT).startswith("https://")


def demo_stays_at_home(**_kwargs: Any) -> list[CheckMessage]:
    """The demo has a fixed sign-in code: it never meets a database that may hold real people."""
    if not settings.IS_DEMO:
        return []
    place = settings.DATABASES["default"]
    if (Path(place["HOST"]) / LOCAL_MARK).is_file() or (place["HOST"], place["PORT"]) == NO_DATABASE:
        return []
    return [
        Error(
            f"STAGE=demo refuses the database at {place['HOST']!r}.",
            hint="The demo uses only the database that make demo made. For a real one set STAGE=production.",
            id="siji.E010",
        )
    ]


def _data_keys() -> Iterator[tuple[str, bytes]]:
    for entry in settings.DATA_KEYS:
        name, _, key = entry.partition(":")
        yield name, _decoded(key)


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return b""
