"""How a request comes to a delivery, or to a kind of message."""

from django.http import Http404

from notifications.models import Delivery
from notifications.registers import MessageKind, kinds


def access_delivery(delivery_id: int) -> Delivery:
    """Another network's delivery is not there."""
    delivery: Delivery | None = Delivery.objects.select_related("network").filter(pk=delivery_id).first()
    if delivery is None:
        raise Http404
    return delivery


def access_kind(key: str) -> MessageKind:
    """Kinds are the same in every network; the words are its own."""
    if key not in kinds:
        raise Http404
    return kinds[key]
