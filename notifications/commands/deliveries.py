"""What staff do about deliveries, and readers about their inbox."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from kit.command import command
from kit.refusals import Refusal, refuse_if
from networks.steps.journal import note
from networks.steps.outbox import post
from notifications.choices import Channel, DeliveryState
from notifications.messages import BUDGET_USED_UP
from notifications.models import Delivery, Message, ShownMessage
from notifications.queries.spending import has_to_wait
from notifications.registers import MessageKind, Recipient
from notifications.rules.spending import next_morning
from notifications.steps.telling import Timing, hand_over, put_delivery
from people.models import Person


@command
def put_code(
    kind: MessageKind, *, recipient: Recipient, fields: Mapping[str, Any], dedupe_key: str, expires_at: datetime
) -> Delivery:
    """A code's delivery, kept before it is sent, so that a second try finds it."""
    return put_delivery(
        kind,
        recipient=recipient,
        channel=Channel.SMS,
        address=recipient.phone,
        fields=fields,
        dedupe_key=dedupe_key,
        timing=Timing(expires_at=expires_at),
    )


@command
def send_again(*, delivery: Delivery, by: Person, at: datetime) -> None:
    row: Delivery = Delivery.objects.select_for_update().get(pk=delivery.pk)
    refuse_if(_against(row, at=at))
    row.state, row.settled_at, row.last_error, row.not_before = DeliveryState.WAITING, None, "", None
    row.save(update_fields=["state", "settled_at", "last_error", "not_before"])
    hand_over(row, key=f"{row.code}:{at.isoformat()}")
    note("notifications.sent_again", subject=row, actor=by)


@command
def put_off(*, delivery_id: int, at: datetime) -> bool:
    """To the next morning, when the day's SMS are used up; what is of no use by then is not sent at all.

    True when it was put off. Administrators are told once a day.
    """
    row = Delivery.objects.select_for_update(of=("self",)).select_related("network").filter(pk=delivery_id).first()
    if row is None or row.state != DeliveryState.WAITING or not has_to_wait(row, at=at):
        return False
    here = at.astimezone(row.network.zone)
    morning = next_morning(here)
    if row.expires_at is not None and row.expires_at <= morning:
        row.state, row.settled_at = DeliveryState.EXPIRED, at
        row.save(update_fields=["state", "settled_at"])
    else:
        row.not_before = morning
        row.save(update_fields=["not_before"])
        hand_over(row, key=f"{row.code}:{morning.isoformat()}")
    day = here.date().isoformat()
    post(BUDGET_USED_UP, payload={"day": day}, dedupe_key=day)
    return True


def _against(row: Delivery, *, at: datetime) -> list[Refusal]:
    if row.state == DeliveryState.SENT:
        return [Refusal("sent_already", _("This has gone out in the meantime."))]
    if row.expires_at is not None and at >= row.expires_at:
        return [Refusal("too_late", _("This is too old to be of use."), _("The reader can ask for a new one."))]
    return []


@command
def mark_read(*, person: Person, at: datetime) -> None:
    Message.objects.filter(person=person, read_at=None).update(read_at=at)


@command
def purge(*, at: datetime) -> None:
    """Codes are gone after a day, whatever else is kept; all other deliveries go by the retention clock."""
    Delivery.objects.filter(expires_at__lt=at - timedelta(days=1)).delete()
    ShownMessage.objects.filter(shown_at__lt=at - timedelta(days=7)).delete()
