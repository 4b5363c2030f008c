"""The demo's provider: the message appears at /dev/phone/ and goes nowhere else."""

from notifications.channels.sms.contract import Sms
from notifications.choices import Channel
from notifications.models import ShownMessage
from notifications.rules.texts import code_in


def send(sms: Sms) -> str:
    ShownMessage.objects.bulk_create(
        [
            ShownMessage(
                channel=Channel.SMS,
                to=sms.to,
                subject=sms.signature,
                text=sms.text,
                code=code_in(sms.text),
                reference=sms.reference,
            )
        ],
        ignore_conflicts=True,
    )
    return f"demo-{sms.reference}"
