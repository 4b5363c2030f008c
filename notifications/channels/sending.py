"""One delivery, sent: no transaction open, safe to repeat, the row always says how it stands."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import translation

from networks.queries.hosts import address_of
from notifications.channels.contract import Permanent, Sends, Temporary
from notifications.channels.email import channel as email
from notifications.channels.sms import channel as sms
from notifications.choices import Channel, DeliveryState
from notifications.models import Delivery, SmsCount
from notifications.queries.wording import Wording, link_of, signature_of, word_book, wording
from notifications.registers import kinds
from notifications.rules.words import parts, signed

CHANNELS: Mapping[str, Sends] = {Channel.SMS: sms.send, Channel.EMAIL: email.send}


def send(delivery_id: int, *, at: datetime) -> None:
    """Raises Temporary for the relay to try again. A delivery that is settled already is left alone."""
    delivery = (
        Delivery.objects.select_related("network", "person__network", "unless_read").filter(pk=delivery_id).first()
    )
    if delivery is None or delivery.state != DeliveryState.WAITING:
        return
    if delivery.expires_at is not None and at >= delivery.expires_at:
        _settle(delivery, DeliveryState.EXPIRED, at=at)
        return
    if delivery.unless_read is not None and delivery.unless_read.read_at is not None:
        _settle(delivery, DeliveryState.UNNEEDED, at=at)
        return
    try:
        said = words_of(delivery)
        provider_id = CHANNELS[delivery.channel](delivery, said)
    except Permanent as no:
        _settle(delivery, DeliveryState.FAILED, at=at, last_error=str(no)[:200], attempts=F("attempts") + 1)
    except Temporary as later:
        _waiting(delivery).update(attempts=F("attempts") + 1, last_error=str(later)[:200])
        raise
    else:
        _sent(delivery, said, provider_id=provider_id, at=at)


def words_of(delivery: Delivery) -> Wording:
    network, kind, content = delivery.network, kinds[delivery.kind], delivery.content
    with translation.override(network.language):
        return wording(
            kind,
            fields=content["fields"],
            library=network.library_name,
            name=delivery.person.name if delivery.person else "",
            own=word_book([delivery.kind]).of(delivery.kind, at=delivery.made_at),
            address=address_of(network) + link_of(kind, content),
        )


def _waiting(delivery: Delivery) -> "QuerySet[Delivery]":
    rows: QuerySet[Delivery] = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.WAITING)
    return rows


def _settle(delivery: Delivery, state: DeliveryState, *, at: datetime, **columns: object) -> bool:
    return bool(_waiting(delivery).update(state=state, settled_at=at, **columns))


def _sent(delivery: Delivery, said: Wording, *, provider_id: str, at: datetime) -> None:
    """Counted with the row that says so: once for each delivery."""
    tries = F("attempts") + 1
    with transaction.atomic():
        done = _settle(delivery, DeliveryState.SENT, at=at, provider_id=provider_id, last_error="", attempts=tries)
        if done and delivery.channel == Channel.SMS:
            _count(delivery, parts(signed(said.sms, signature=signature_of(delivery.network))), at=at)


def _count(delivery: Delivery, billed: int, *, at: datetime) -> None:
    place = {"day": at.astimezone(delivery.network.zone).date(), "kind": delivery.kind}
    SmsCount.objects.bulk_create([SmsCount(**place)], ignore_conflicts=True)
    SmsCount.objects.filter(**place).update(sent=F("sent") + 1, parts=F("parts") + billed)
