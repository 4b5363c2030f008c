"""SMS, by the provider that SMS_PROVIDER names."""

from collections.abc import Mapping

from django.conf import settings

from notifications.channels.contract import Permanent
from notifications.channels.sms import aliyun, demo
from notifications.channels.sms.contract import Provider, Sms
from notifications.models import Delivery
from notifications.queries.wording import Wording, link_of, signature_of
from notifications.registers import kinds

PROVIDERS: Mapping[str, Provider] = {"demo": demo.send, "aliyun": aliyun.send}


def send(delivery: Delivery, wording: Wording) -> str:
    provider = PROVIDERS.get(settings.SMS_PROVIDER)
    if provider is None:
        raise Permanent("No SMS provider is set (SMS_PROVIDER).")
    content, rules = delivery.content, delivery.network.rules
    if not content["to"]:
        raise Permanent("There is no number to send to.")
    # The whole address is too long for one value: a template holds how it begins, and gets what follows.
    path = link_of(kinds[delivery.kind], content).lstrip("/")
    given = content["fields"] | ({"path": path} if path else {})
    return provider(
        Sms(
            to=content["to"],
            signature=signature_of(delivery.network),
            template=rules.get("sms_templates", {}).get(delivery.kind, ""),
            variables={key: str(value) for key, value in given.items()},
            text=wording.sms,
            reference=delivery.code,
        )
    )
