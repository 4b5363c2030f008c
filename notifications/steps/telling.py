"""Telling people, inside the transaction in which something happened."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kit import clock, sealed
from kit.command import step
from networks.steps.outbox import post
from notifications.choices import Channel, Need
from notifications.models import Delivery, Message
from notifications.models.delivery import CONTENT
from notifications.queries.wishes import wishes_of
from notifications.registers import MessageKind, Recipient
from notifications.rules.wishes import USUAL, Wishes, due_at, goes_over, is_told

DELIVERY = "notifications.delivery"


@dataclass(frozen=True)
class Timing:
    """When a delivery may go out, when it is of no use any more, and which line in the inbox makes it needless."""

    not_before: datetime | None = None
    expires_at: datetime | None = None
    unless_read: Message | None = None


@step
def tell(kind: MessageKind, *, recipient: Recipient, dedupe_key: str) -> None:
    """A line in the inbox, and a delivery for each other channel that has an address. Told once per key.

    What the person switched off is not told; what may wait for the morning waits.
    """
    person = recipient.person
    wishes = wishes_of(person) if kind.need is Need.SUGGESTION or kind.channels != (Channel.INBOX,) else USUAL
    if not is_told(wishes, kind.need):
        return
    fields = {name: recipient.fields[name] for name in kind.fields}
    if Channel.INBOX in kind.channels:
        Message.objects.bulk_create(
            [Message(person=person, kind=kind.key, fields=fields, link=recipient.link, dedupe_key=dedupe_key)],
            ignore_conflicts=True,
        )
    for channel in kind.channels:
        address = _address(recipient, channel)
        if address and goes_over(wishes, kind.need, channel):
            timing = _timing(kind, recipient, channel, wishes, dedupe_key=dedupe_key)
            delivery = put_delivery(
                kind,
                recipient=recipient,
                channel=channel,
                address=address,
                fields=fields,
                dedupe_key=dedupe_key,
                timing=timing,
            )
            hand_over(delivery, key=delivery.code)


def _address(recipient: Recipient, channel: Channel) -> str:
    """Asked for by the channels of a kind alone: opening a number costs."""
    if channel is Channel.SMS:
        return recipient.phone or recipient.person.phone
    return recipient.email or recipient.person.email if channel is Channel.EMAIL else ""


def _timing(kind: MessageKind, recipient: Recipient, channel: Channel, wishes: Wishes, *, dedupe_key: str) -> Timing:
    person, at = recipient.person, clock.now()
    waits = kind.sms_after if channel is Channel.SMS and Channel.INBOX in kind.channels else None
    ready = at + waits if waits else at
    morning = due_at(
        ready.astimezone(person.network.zone),
        wishes,
        about=recipient.about,
        expires_at=recipient.expires_at,
        is_urgent=kind.is_urgent,
    )
    line = Message.objects.filter(person=person, kind=kind.key, dedupe_key=dedupe_key) if waits else None
    return Timing(
        not_before=morning or (ready if waits else None),
        expires_at=recipient.expires_at,
        unless_read=line.first() if line is not None else None,
    )


def put_delivery(
    kind: MessageKind,
    *,
    recipient: Recipient,
    channel: Channel,
    address: str,
    fields: Mapping[str, Any],
    dedupe_key: str,
    timing: Timing,
) -> Delivery:
    """The one row for this text, address and key; found again when it is there already."""
    person = recipient.person
    link = recipient.sent_link() if recipient.sent_link is not None else recipient.link or kind.link
    content = json.dumps({"to": address, "fields": dict(fields), "link": link}, ensure_ascii=False)
    delivery: Delivery
    delivery, _made = Delivery.objects.get_or_create(
        channel=channel,
        dedupe_key=f"{kind.key}:{person.pk}:{dedupe_key}",
        defaults={
            "person": person,
            "kind": kind.key,
            "content_sealed": sealed.seal(content, network_code=person.network.code, purpose=CONTENT),
            "expires_at": timing.expires_at,
            "not_before": timing.not_before,
            "unless_read": timing.unless_read,
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
        due_at=delivery.not_before,
        expires_at=delivery.expires_at,
    )
