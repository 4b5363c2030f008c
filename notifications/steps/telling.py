"""Telling people, inside the transaction in which something happened."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from kit import sealed
from kit.command import step
from networks.steps.outbox import post
from notifications.choices import Channel
from notifications.models import Delivery, Message
from notifications.models.delivery import CONTENT
from notifications.registers import MessageKind, Recipient

DELIVERY = "notifications.delivery"


@step
def tell(kind: MessageKind, *, recipient: Recipient, dedupe_key: str, expires_at: datetime | None = None) -> None:
    """A line in the inbox, and a delivery for each other channel that has an address. Told once per key."""
    person = recipient.person
    fields = {name: recipient.fields[name] for name in kind.fields}
    if Channel.INBOX in kind.channels:
        Message.objects.bulk_create(
            [Message(person=person, kind=kind.key, fields=fields, dedupe_key=dedupe_key)], ignore_conflicts=True
        )
    for channel, address in (
        (Channel.SMS, recipient.phone or person.phone),
        (Channel.EMAIL, recipient.email or person.email),
    ):
        if channel in kind.channels and address:
            delivery = put_delivery(
                kind,
                recipient=recipient,
                channel=channel,
                address=address,
                fields=fields,
                dedupe_key=dedupe_key,
                expires_at=expires_at,
            )
            hand_over(delivery, key=delivery.code)


def put_delivery(
    kind: MessageKind,
    *,
    recipient: Recipient,
    channel: Channel,
    address: str,
    fields: Mapping[str, Any],
    dedupe_key: str,
    expires_at: datetime | None,
) -> Delivery:
    """The one row for this text, address and key; found again when it is there already."""
    person = recipient.person
    content = json.dumps({"to": address, "fields": dict(fields)}, ensure_ascii=False)
    delivery: Delivery
    delivery, _made = Delivery.objects.get_or_create(
        channel=channel,
        dedupe_key=f"{kind.key}:{person.pk}:{dedupe_key}",
        defaults={
            "person": person,
            "kind": kind.key,
            "content_sealed": sealed.seal(content, network_code=person.network.code, purpose=CONTENT),
            "expires_at": expires_at,
        },
    )
    return delivery


@step
def hand_over(delivery: Delivery, *, key: str) -> None:
    post(
        DELIVERY,
        payload={"delivery": delivery.pk},
        dedupe_key=key,
        lane=f"{delivery.channel}:{delivery.person_id or delivery.pk}",
        expires_at=delivery.expires_at,
    )
